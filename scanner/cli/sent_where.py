"""Where outputs of a scan may be sent, and where not."""

from collections.abc import Sequence

from scanner.cli.outputs import Output
from scanner.config import ScanConfig
from scanner.delivery.destinations import is_delivery
from scanner.errors import ConfigError


def check_where(outputs: Sequence[Output], config: ScanConfig, *, into_scanned: bool) -> None:
    """:raises ConfigError: if values would leave this machine, or an output would go into a bucket that is scanned, unconfirmed"""
    sent = [output.path for output in outputs if is_delivery(output.path)]
    if sent and config.reveal:
        raise ConfigError("--reveal: values are written to files and standard output only; leave it out, or the outputs that are sent")
    buckets = [path for path in sent if path.startswith("s3://")]
    if buckets and not into_scanned:
        _check_buckets(buckets, [target for target in config.targets if target.startswith("s3://")])


def _check_buckets(outputs: Sequence[str], targets: Sequence[str]) -> None:
    from scanner.delivery.s3 import parse_s3
    from scanner.sources.s3_target import parse_target

    scanned = [parse_target(target) for target in targets]
    for output in outputs:
        bucket, _ = parse_s3(output)
        if any(target.means(bucket) for target in scanned):
            remedy = "choose another, or confirm with --into-scanned-bucket (in a job's file: into_scanned_bucket = true)"
            raise ConfigError(f"--output: {output}: the bucket is scanned; {remedy}")
