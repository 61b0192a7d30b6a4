"""Policies a second through the evaluator, on one core: `python -m benchmarks.posture [--policies 20000] [--rounds 3]`.

The policies are made anew: the usual shapes of bucket policies with account numbers, organisations and networks of their own, as
JSON text. The best round counts, in CPU seconds, since other programs disturb; parsing the JSON is part of it.
"""

import argparse
import gc
import json
import platform
import random
import time
from collections.abc import Iterator

from scanner.posture.policy import evaluate_policy
from scanner.version import VERSION

_OWNER = "111111111111"


def _account(chance: random.Random) -> str:
    return f"{chance.randrange(10**12):012d}"


def _statement(principal: object, action: object, bucket: str, condition: object = None, effect: str = "Allow") -> dict[str, object]:
    resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    made = {"Effect": effect, "Principal": principal, "Action": action, "Resource": resources}
    return made | {"Condition": condition} if condition else made


def _shape(kind: int, bucket: str, chance: random.Random) -> dict[str, object]:
    account = _account(chance)
    if kind == 0:
        return _statement("*", "s3:*", bucket, {"Bool": {"aws:SecureTransport": "false"}}, "Deny")
    if kind == 1:
        return _statement({"AWS": f"arn:aws:iam::{account}:role/reader"}, ["s3:GetObject", "s3:ListBucket"], bucket)
    if kind == 2:
        return _statement("*", "s3:GetObject", bucket, {"StringEquals": {"aws:PrincipalOrgID": f"o-{chance.randrange(10**10):010d}"}})
    if kind == 3:
        source = {"StringEquals": {"aws:SourceAccount": account}}
        return _statement({"Service": "cloudtrail.amazonaws.com"}, "s3:PutObject", bucket, source)
    if kind == 4:
        return _statement("*", "s3:GetObject", bucket)
    return _statement({"AWS": "*"}, "s3:Get*", bucket, {"IpAddress": {"aws:SourceIp": f"203.0.{chance.randrange(256)}.0/24"}})


def policies(count: int, seed: int = 1) -> Iterator[str]:
    """Policies of one to three statements, as JSON text."""
    chance = random.Random(seed)
    for number in range(count):
        bucket = f"bucket-{number}"
        kinds = chance.sample(range(6), chance.choice([1, 1, 2, 3]))
        yield json.dumps({"Version": "2012-10-17", "Statement": [_shape(kind, bucket, chance) for kind in kinds]})


def _round(count: int, seed: int) -> float:
    texts = list(policies(count, seed))
    gc.collect()
    started = time.process_time()
    for text in texts:
        evaluate_policy(text, _OWNER)
    return time.process_time() - started


def main() -> None:
    """Makes the policies, evaluates them, prints the rate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    # Another seed each time: no round finds its account numbers in the caches of the one before.
    seconds = min(_round(options.policies, seed) for seed in range(options.rounds))
    rate = options.policies / seconds
    print(f"Dowse {VERSION}, Python {platform.python_version()}: {rate:,.0f} policies per CPU second ({options.policies:,} policies)")


if __name__ == "__main__":
    main()
