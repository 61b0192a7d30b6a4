"""Gets all objects of a bucket with boto3 and drops them: `python -m benchmarks.bare_get URL BUCKET THREADS`.

Prints seconds on the clock and of processor time. The keys are listed, the client made and one object got before the clocks start.
Credentials come from the environment.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
from botocore.config import Config


def keys_of(s3: Any, bucket: str) -> list[str]:  # noqa: ANN401 - boto3 has no types
    """All keys."""
    return [entry["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket) for entry in page["Contents"]]


def main() -> None:
    """Prints the seconds."""
    url, bucket, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    config = Config(s3={"addressing_style": "path"}, max_pool_connections=threads, retries={"mode": "adaptive"})
    s3 = boto3.client("s3", endpoint_url=url, region_name="us-east-1", config=config)
    keys = keys_of(s3, bucket)

    def get(key: str) -> int:
        return len(s3.get_object(Bucket=bucket, Key=key)["Body"].read())

    get(keys[0])
    with ThreadPoolExecutor(threads) as pool:
        clock, used = time.perf_counter(), time.process_time()
        sum(pool.map(get, keys))
        print(time.perf_counter() - clock, time.process_time() - used)


if __name__ == "__main__":
    main()
