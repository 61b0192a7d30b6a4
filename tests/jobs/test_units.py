"""The examples for other schedulers are what these take, and mean what the job's schedule means."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.errors import ConfigError
from scanner.jobs.calendar import eventbridge_cron, kubernetes_cron, systemd_calendar
from scanner.jobs.schedule import Schedule
from scanner.jobs.units import Kind, Occasion, program_path, unit

NIGHTLY = Schedule("30 2 * * 1-5", "Europe/Berlin")


def occasion(schedule: Schedule | None = None, program: str = "/usr/bin/dowse", folder: str = "/var/lib/dowse/jobs") -> Occasion:
    return Occasion(5, schedule, program, folder, "registry.example.com/dowse:1")


@pytest.mark.parametrize(
    ("cron", "systemd", "eventbridge"),
    [
        ("30 2 * * *", "*-*-* 2:30:00 UTC", "cron(30 2 * * ? *)"),
        ("30 2 * * 1-5", "Mon,Tue,Wed,Thu,Fri *-*-* 2:30:00 UTC", "cron(30 2 ? * MON,TUE,WED,THU,FRI *)"),
        ("*/20 * * * 7", "Sun *-*-* *:0,20,40:00 UTC", "cron(0,20,40 * ? * SUN *)"),
        ("0 4 31 * *", "*-*-31 4:0:00 UTC", "cron(0 4 31 * ? *)"),
        ("0 4 L * *", "*-*~01 4:0:00 UTC", "cron(0 4 L * ? *)"),
        ("0 4 1,15 jan,jul *", "*-1,7-1,15 4:0:00 UTC", "cron(0 4 1,15 1,7 ? *)"),
        ("@weekly", "Sun *-*-* 0:0:00 UTC", "cron(0 0 ? * SUN *)"),
    ],
)
def test_schedules_in_other_words(cron: str, systemd: str, eventbridge: str) -> None:
    assert systemd_calendar(Schedule(cron)) == systemd
    assert eventbridge_cron(Schedule(cron)) == eventbridge


@pytest.mark.parametrize("cron", ["0 0 1 * 1", "0 0 * * 1#2", "0 0 * * 5L", "0 0 LW * *", "0 0 0 * * *"])
def test_what_cannot_be_said_is_refused(cron: str) -> None:
    for said in (systemd_calendar, eventbridge_cron):
        with pytest.raises(ConfigError, match="leave the job's name out"):
            said(Schedule(cron))


def test_kubernetes_cannot_say_the_last_day() -> None:
    with pytest.raises(ConfigError, match="last day"):
        kubernetes_cron(Schedule("0 0 L * *"))


@pytest.mark.parametrize("schedule", [None, NIGHTLY])
def test_the_example_for_kubernetes_is_a_cron_job(schedule: Schedule | None) -> None:
    job = yaml.safe_load(unit(Kind.KUBERNETES, occasion(schedule)))

    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "CronJob")
    assert (job["spec"]["schedule"], job["spec"]["timeZone"]) == (("30 2 * * 1-5", "Europe/Berlin") if schedule else ("*/5 * * * *", "UTC"))
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    [container] = pod["containers"]
    assert container["args"] == ["jobs", "--folder", "/var/lib/dowse/jobs", "due"]
    assert {one["name"] for one in container["volumeMounts"]} == {one["name"] for one in pod["volumes"]}


@pytest.mark.parametrize("schedule", [None, NIGHTLY])
def test_the_example_for_eventbridge_is_what_its_api_takes(schedule: Schedule | None) -> None:
    from botocore.session import Session
    from botocore.validate import ParamValidator

    request = json.loads(unit(Kind.EVENTBRIDGE, occasion(schedule)))

    shape: Any = Session().get_service_model("scheduler").operation_model("CreateSchedule").input_shape
    assert not ParamValidator().validate(request, shape).has_errors()
    assert request["ScheduleExpression"] == ("cron(30 2 ? * MON,TUE,WED,THU,FRI *)" if schedule else "rate(5 minutes)")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
@pytest.mark.parametrize("schedule", [None, NIGHTLY, Schedule("0 4 L * *", "America/New_York")])
def test_systemd_takes_its_example_with_odd_paths_too(schedule: Schedule | None, tmp_path: Path) -> None:
    program = tmp_path / "a b 100% $HOME"
    program.mkdir()
    (program / "dowse").write_text("#!/bin/sh\n")
    (program / "dowse").chmod(0o755)
    text = unit(Kind.SYSTEMD, occasion(schedule, str(program / "dowse"), str(tmp_path / "'5' 50% $HOME")))
    service, timer = text.split("# /etc/systemd/system/dowse-jobs.timer\n")
    (tmp_path / "dowse-jobs.service").write_text(service)
    (tmp_path / "dowse-jobs.timer").write_text(timer)

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / "dowse-jobs.service", tmp_path / "dowse-jobs.timer"],
        capture_output=True,
        text=True,
        check=False,
    )

    complaints = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "dowse-jobs" in line]
    assert complaints == []


def test_the_line_for_cron_quotes_what_cron_would_take_otherwise() -> None:
    line = unit(Kind.CRON, occasion(None, "/opt/my tools/dowse", "/srv/my 50%/jobs"))

    assert line == "*/5 * * * * '/opt/my tools/dowse' jobs --folder '/srv/my 50\\%/jobs' due --quiet\n"


def test_the_program_is_named_by_its_whole_path(tmp_path: Path) -> None:
    (tmp_path / "dowse").write_text("#!/bin/sh\n")
    (tmp_path / "dowse").chmod(0o755)

    assert program_path(str(tmp_path / "dowse")) == str(tmp_path / "dowse")
    assert program_path("/somewhere/__main__.py").startswith("/")
