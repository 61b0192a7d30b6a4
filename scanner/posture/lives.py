"""What became of each finding, written into the records of buckets."""

from collections.abc import Mapping

from scanner.posture.changes import Key, keyed_records
from scanner.posture.records import Record


def with_lives(record: Record, lives: Mapping[Key, Record]) -> Record:
    """A record of a bucket whose findings say what became of them.

    :param lives: `life` (new, changed or unchanged) and, if it is not new, `firstSeen`
    """
    findings = [{**one, **lives.get(key, {})} for key, one in keyed_records(str(record["bucketName"]), record["findings"])]
    return {**record, "findings": findings} if lives else record
