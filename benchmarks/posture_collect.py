"""Time to collect and judge the buckets of a store on loopback: `python -m benchmarks.posture_collect [--buckets 1000] [--threads 20]`.

The store is moto, in a process of its own; every tenth bucket has a public policy. It answers slower than a real store does, and on
the same cores, so the time is an upper bound of what the collector itself costs; its CPU seconds are printed beside it.
"""

import argparse
import json
import platform
import socket
import subprocess
import sys
import time
from typing import Any

import boto3

from scanner.posture.clients import Clients, StoreOptions
from scanner.posture.collect import collect
from scanner.posture.judged import judge_inventory
from scanner.posture.parties import Trusted
from scanner.version import VERSION


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _fill(s3: Any, buckets: int) -> None:  # noqa: ANN401 - boto3 has no types
    for number in range(buckets):
        name = f"bench-{number:05d}"
        s3.create_bucket(Bucket=name)
        if number % 10 == 0:
            statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{name}/*"}
            s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Statement": [statement]}))


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("moto_server does not start")


def main() -> None:
    """Starts the store, fills it, collects, prints the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--buckets", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=20)
    options = parser.parse_args()
    port = _free_port()
    code = f"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        endpoint = f"http://127.0.0.1:{port}"
        session = boto3.Session(aws_access_key_id="testing", aws_secret_access_key="testing", region_name="us-east-1")  # noqa: S106 - no secret
        clients = Clients(session, StoreOptions(endpoint=endpoint, threads=options.threads))
        _fill(session.client("s3", endpoint_url=endpoint), options.buckets)
        started, cpu = time.perf_counter(), time.process_time()
        report = judge_inventory(collect(clients), Trusted())
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        public = report.summary["bucketCountByEffectivePermission"]["publiclyAccessible"]
        print(
            f"Dowse {VERSION}, Python {platform.python_version()}: {len(report.buckets):,} buckets ({public} public) in {seconds:.1f} s, "
            f"{options.threads} threads; {cpu:.1f} CPU seconds of the collector"
        )
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
