"""Examples for the schedulers that a machine or a cluster has. All of them call `dowse jobs due`: what is due, is Dowse's to know.

So they never start a job that is paused, and a run that was missed is made good whichever of them wakes it.
"""

import json
import os
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scanner.jobs.calendar import eventbridge_cron, kubernetes_cron, systemd_calendar
from scanner.jobs.schedule import Schedule


class Kind(StrEnum):
    """Whose words."""

    SYSTEMD = "systemd"
    CRON = "cron"
    KUBERNETES = "kubernetes"
    EVENTBRIDGE = "eventbridge"


@dataclass(frozen=True, slots=True)
class Occasion:
    """When `dowse jobs due` is called, and how.

    :param every: minutes from one call to the next, 1 to 59
    :param schedule: of one job, instead of `every`
    :param program: path of `dowse`
    :param folder: where the jobs are kept
    :param image: of a container with `dowse` in it
    """

    every: int
    schedule: Schedule | None
    program: str
    folder: str
    image: str


_SYSTEMD: Final = """\
# {home}/dowse-jobs.service
[Unit]
Description=Dowse: scans that are due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart={program} jobs --folder {folder} due
# 3: something could not be scanned. It is told in the records, and the unit did its work.
SuccessExitStatus=3
Nice=10
IOSchedulingClass=idle

# {home}/dowse-jobs.timer
[Unit]
Description=Dowse: scans that are due

[Timer]
OnCalendar={calendar}
Persistent=true

[Install]
WantedBy=timers.target
"""

_CRON: Final = "{minutes} * * * * {program} jobs --folder {folder} due --quiet\n"

_KUBERNETES: Final = """\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: dowse-jobs
spec:
  schedule: {schedule}
  timeZone: {timezone}
  # One at a time; what is missed is made good by the next.
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 0
      template:
        spec:
          restartPolicy: Never
          # With the permissions to list and read the buckets.
          serviceAccountName: dowse
          containers:
            - name: dowse
              image: {image}
              args: ["jobs", "--folder", "/var/lib/dowse/jobs", "due"]
              volumeMounts:
                - name: state
                  mountPath: /var/lib/dowse
                - name: scratch
                  mountPath: /tmp
              env:
                # The key of the fingerprints must outlive the container, too.
                - name: XDG_STATE_HOME
                  value: /var/lib
                - name: XDG_CACHE_HOME
                  value: /tmp
              securityContext:
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
              resources:
                requests:
                  cpu: "1"
                  memory: 2Gi
          volumes:
            - name: state
              persistentVolumeClaim:
                claimName: dowse-state
            - name: scratch
              emptyDir: {{}}
"""


def unit(kind: Kind, occasion: Occasion) -> str:
    """The example, ready to be written to a file. Raises ConfigError for a schedule that this scheduler cannot be told."""
    return {Kind.SYSTEMD: _systemd, Kind.CRON: _cron, Kind.KUBERNETES: _kubernetes, Kind.EVENTBRIDGE: _eventbridge}[kind](occasion)


def _systemd(occasion: Occasion) -> str:
    calendar = systemd_calendar(occasion.schedule) if occasion.schedule else f"*:0/{occasion.every}"
    # systemd expands % in unit files, and $ behind the program; it splits at spaces that are not quoted.
    program, folder = _unit_escaped(occasion.program), _unit_escaped(occasion.folder).replace("$", "$$")
    return _SYSTEMD.format(home="/etc/systemd/system", calendar=calendar, program=f'"{program}"', folder=f'"{folder}"')


def _cron(occasion: Occasion) -> str:
    """By the minute whatever the schedule: crontabs of different systems know no common word for a time zone."""
    import shlex

    # % is a newline in a crontab.
    program, folder = (shlex.quote(one).replace("%", "\\%") for one in (occasion.program, occasion.folder))
    remark = "# A crontab cannot say a job's time zone: what is due is looked for by the minute.\n" if occasion.schedule else ""
    return remark + _CRON.format(minutes=f"*/{occasion.every}", program=program, folder=folder)


def _kubernetes(occasion: Occasion) -> str:
    schedule = kubernetes_cron(occasion.schedule) if occasion.schedule else f"*/{occasion.every} * * * *"
    timezone = occasion.schedule.timezone if occasion.schedule else "UTC"
    # Text in JSON is text in YAML.
    return _KUBERNETES.format(schedule=json.dumps(schedule), timezone=json.dumps(timezone), image=json.dumps(occasion.image))


def _eventbridge(occasion: Occasion) -> str:
    """For `aws scheduler create-schedule --cli-input-json file://...`; the names of the account's own things are to be filled in."""
    rate = f"rate({occasion.every} minute{'s' if occasion.every > 1 else ''})"
    arn = "arn:aws:{service}:eu-central-1:123456789012:{name}".format
    target = {
        "Arn": arn(service="ecs", name="cluster/dowse"),
        "RoleArn": "arn:aws:iam::123456789012:role/dowse-scheduler",
        "EcsParameters": {
            "TaskDefinitionArn": arn(service="ecs", name="task-definition/dowse-jobs-due"),
            "LaunchType": "FARGATE",
            "TaskCount": 1,
            "NetworkConfiguration": {"awsvpcConfiguration": {"Subnets": ["subnet-0123456789abcdef0"], "AssignPublicIp": "DISABLED"}},
        },
        "RetryPolicy": {"MaximumRetryAttempts": 0},
    }
    record = {
        "Name": "dowse-jobs-due",
        "Description": "Runs a task whose command is: dowse jobs due. Its state must lie on a volume that outlives it (EFS).",
        "ScheduleExpression": eventbridge_cron(occasion.schedule) if occasion.schedule else rate,
        "ScheduleExpressionTimezone": occasion.schedule.timezone if occasion.schedule else "UTC",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": target,
    }
    return json.dumps(record, indent=2) + "\n"


def program_path(called: str) -> str:
    """The absolute path of `dowse`, for files that are read where there is no PATH.

    :param called: the name that it was called by
    """
    import shutil

    found = shutil.which(called) if os.path.basename(called) == "dowse" else shutil.which("dowse")
    return os.path.abspath(found or "/usr/local/bin/dowse")


def _unit_escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
