"""Messages from a queue, on moto's server: none lost, none deleted before its results are safe."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import regex

from scanner.config import EventsConfig, ScanConfig, SourceConfig, StoreConfig
from scanner.errors import ConfigError, TargetError
from scanner.sources.chosen import choose_source
from scanner.sources.event_feed import Delivery
from scanner.sources.sqs import SqsFeed, open_queue
from scanner.sources.sqs_target import QueueTarget, parse_queue
from tests.sources.event_messages import TEST_EVENT, bridge, by_sns, notification, record
from tests.sources.test_s3 import fill
from tests.sources.test_s3_scan import LEAK, ROOT, dowse, outcomes


class Queue:
    """A new queue on moto's server."""

    def __init__(self, store: StoreConfig, visibility: int = 30) -> None:
        self.client = boto3.client("sqs", endpoint_url=store.endpoint_url, region_name="us-east-1")
        attributes = {"VisibilityTimeout": str(visibility)}
        self.url = self.client.create_queue(QueueName=f"q-{uuid.uuid4().hex[:8]}", Attributes=attributes)["QueueUrl"]
        self.place = f"sqs://{self.url}"

    def send(self, *bodies: str) -> None:
        for start in range(0, len(bodies), 10):
            entries = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(bodies[start : start + 10])]
            self.client.send_message_batch(QueueUrl=self.url, Entries=entries)

    @property
    def left(self) -> tuple[int, int]:
        """Messages that can be received, and those that somebody holds."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=names)["Attributes"]
        return int(answer[names[0]]), int(answer[names[1]])


@pytest.fixture
def queue(moto: StoreConfig) -> Queue:
    return Queue(moto)


def feed(queue: Queue, store: StoreConfig, **limits: Any) -> SqsFeed:
    return open_queue(EventsConfig(queue.place, **limits), store)


def bodies(deliveries: Iterator[Delivery]) -> list[str]:
    return sorted(str(one.body) for one in deliveries)


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("sqs://written", QueueTarget("written")),
        ("sqs://written.fifo", QueueTarget("written.fifo")),
        ("sqs://arn:aws:sqs:eu-west-1:111122223333:q", QueueTarget("q", region="eu-west-1", account="111122223333")),
        (
            "sqs://sqs.eu-west-1.amazonaws.com/111122223333/q",
            QueueTarget("q", "https://sqs.eu-west-1.amazonaws.com/111122223333/q", "eu-west-1"),
        ),
        (
            "sqs://http://localhost:4566/000000000000/q",
            QueueTarget("q", "http://localhost:4566/000000000000/q", endpoint_url="http://localhost:4566"),
        ),
    ],
)
def test_a_queue_is_named_by_url_arn_or_name(place: str, target: QueueTarget) -> None:
    assert parse_queue(place) == target


@pytest.mark.parametrize(
    "place", ["sqs://", "sqs://a b", "sqs://arn:aws:sns:eu-west-1:111122223333:q", "sqs://file:///etc/passwd", "sqs://h/"]
)
def test_what_names_no_queue_is_refused(place: str) -> None:
    with pytest.raises(TargetError, match="it names no queue"):
        parse_queue(place)


def test_a_queue_at_a_link_local_address_is_never_asked(credentials: None) -> None:  # noqa: ARG001 - a fixture that is wanted for what it does
    with pytest.raises(ConfigError, match="link-local"):
        open_queue(EventsConfig("sqs://http://169.254.169.254/latest/q"), StoreConfig())


def test_a_queue_that_is_not_there_is_a_target_error(moto: StoreConfig, queue: Queue) -> None:
    config = ScanConfig((), events=EventsConfig(f"{queue.place}-not"), sources=SourceConfig(store=moto))
    with pytest.raises(TargetError, match="cannot be counted on"):
        choose_source(config)


def test_only_what_is_done_and_committed_is_deleted_and_the_rest_is_given_back(moto: StoreConfig, queue: Queue) -> None:
    queue.send("done", "committed", "failed", "held")
    messages = feed(queue, moto, max_messages=4)
    received = {str(one.body): one for one in messages}
    assert queue.left == (0, 4)

    messages.done(received["committed"])
    messages.committed()
    messages.done(received["done"])
    messages.failed(received["failed"])
    messages.close()

    # What failed stays hidden until its time is over, so that it is not tried again at once.
    assert queue.left == (2, 1)
    assert bodies(iter(feed(queue, moto, idle_exit=0.0))) == ["done", "held"]


def test_a_message_stays_hidden_while_it_is_held(moto: StoreConfig) -> None:
    queue = Queue(moto, visibility=3)
    queue.send("long")
    holder = feed(queue, moto, max_messages=1)
    assert bodies(iter(holder)) == ["long"]
    end = time.monotonic() + 5
    while time.monotonic() < end:
        assert queue.left == (0, 1)
        time.sleep(0.25)
    holder.close()
    assert queue.left == (1, 0)


def test_what_fails_again_and_again_keeps_no_run_from_its_end(moto: StoreConfig) -> None:
    queue = Queue(moto, visibility=0)
    queue.send("poison")
    messages = feed(queue, moto, idle_exit=4.0)
    times = 0
    for one in messages:
        times += 1
        messages.failed(one)
    messages.close()
    assert times >= 1
    assert queue.left[0] + queue.left[1] == 1


def test_a_queue_without_dead_letters_is_warned_of(moto: StoreConfig, queue: Queue) -> None:
    (warning,) = feed(queue, moto).warnings
    assert "no dead-letter queue" in warning
    dead = queue.client.get_queue_attributes(QueueUrl=Queue(moto).url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": 3})
    queue.client.set_queue_attributes(QueueUrl=queue.url, Attributes={"RedrivePolicy": policy})
    assert feed(queue, moto).warnings == ()


def test_messages_are_kept_until_a_file_is_in_its_place(moto: StoreConfig, queue: Queue, tmp_path: Path) -> None:
    bucket = fill(moto, {"a.csv": LEAK})
    queue.send(bridge(bucket, "a.csv"), TEST_EVENT)
    report = f"jsonl={tmp_path / 'report.jsonl'}"

    code, _, told = dowse(moto, "--events", queue.place, "--output", report, "--workers", "1")
    assert (code, "name one with --idle-exit or --max-messages" in told) == (2, True)
    assert queue.left == (2, 0)

    assert dowse(moto, "--events", queue.place, "--output", f"jsonl={tmp_path}/none/report", "--max-messages", "2")[0] == 2
    assert queue.left == (2, 0)

    code, _, told = dowse(moto, "--events", queue.place, "--output", report, "--idle-exit", "0", "--workers", "1")
    written = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    assert (code, outcomes(written), queue.left) == (0, {"a.csv": "scanned"}, (0, 0))
    assert written[-1]["events"] == {"duplicates": 0, "events": 2, "messages": 2, "tests": 1}
    assert dowse(moto, "--events", queue.place, "--dry-run")[0] == 2


def test_messages_are_kept_when_their_results_cannot_be_delivered(moto: StoreConfig, queue: Queue, tmp_path: Path) -> None:
    queue.send(bridge(fill(moto, {"a.csv": LEAK}), "a.csv"))
    # Nobody listens there.
    (tmp_path / "url").write_text("http://127.0.0.1:9/findings")
    beside = ["--format", "jsonl"]

    code, written, _ = dowse(moto, "--events", queue.place, *beside, "--output", f"jsonl=url-file:{tmp_path / 'url'}", "--idle-exit", "0")

    assert (code, outcomes(written)) == (4, {"a.csv": "scanned"})
    assert queue.left == (1, 0)


# moto takes a tenth of a second for each request to a queue.
@pytest.mark.parametrize(("objects", "most"), [(60, 100), pytest.param(200, 500, marks=pytest.mark.system)])
def test_no_message_is_lost_when_a_worker_and_the_program_are_killed(moto: StoreConfig, objects: int, most: int) -> None:
    keys = [f"in/{number:03}.csv" for number in range(objects)]
    bucket = fill(moto, dict.fromkeys(keys, LEAK))
    events = [(bridge if number % 2 else notified)(bucket, key, sequencer=f"{number:04X}") for number, key in enumerate(keys)]
    wrapped = [event if number % 3 else by_sns(event) for number, event in enumerate(events)]
    messages = [*wrapped, *random.choices(wrapped, k=most - objects - 1), "{malformed"]
    random.shuffle(messages)
    queue = Queue(moto, visibility=4)
    queue.send(*messages)

    first = killed_in_the_middle(moto, queue, worker_after=objects // 12, program_after=objects // 4)
    code, second, _ = dowse(moto, "--events", queue.place, "--idle-exit", "6", "--all-outcomes", "--workers", "2")

    records = first + second
    found = outcomes([one for one in records if one.get("path", "").startswith("s3://")])
    assert found == dict.fromkeys(keys, "scanned")
    assert {one["path"] for one in records if one["record"] == "finding"} == {f"s3://{bucket}/{key}" for key in keys}
    assert {one["outcome"]["reason"] for one in records if one.get("path", "").startswith("sqs://")} == {"malformed"}
    assert code == 3
    assert sum(queue.left) == 1


def notified(bucket: str, key: str, sequencer: str) -> str:
    return notification(record(bucket, key, sequencer=sequencer))


def killed_in_the_middle(store: StoreConfig, queue: Queue, *, worker_after: int, program_after: int) -> list[dict[str, Any]]:
    """Records of a run of which a worker is killed after so many findings, and then the program itself."""
    command = [
        sys.executable,
        "-m",
        "scanner",
        "scan",
        "--events",
        queue.place,
        "--endpoint-url",
        str(store.endpoint_url),
        "--workers",
        "2",
    ]
    records: list[dict[str, Any]] = []
    findings = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as running:
        assert running.stdout
        for line in running.stdout:
            # Killed while it wrote, it leaves half a line.
            if not line.endswith(b"\n"):
                break
            records.append(json.loads(line))
            findings += records[-1]["record"] == "finding"
            if findings == worker_after:
                os.kill(workers_of(running.pid)[0], signal.SIGKILL)
            if findings == program_after:
                running.kill()
    assert running.returncode == -signal.SIGKILL
    return records


def workers_of(process: int) -> list[int]:
    """Process ids of the children of all threads of `process`."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(number) for task in tasks for number in regex.findall(r"[0-9]+", task.read_text())]
