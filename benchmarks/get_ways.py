"""What it costs to get a small object: boto3, what a scan does, and obstore if it is installed: `python -m benchmarks.get_ways [OBJECTS]`.

Against a gateway on loopback (see benchmarks.stores). One process, 16 threads, objects of 20 KB; three rounds, of which the best counts.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from benchmarks.machine import machine
from scanner.config import StoreConfig
from scanner.sources.s3_connect import connect
from scanner.sources.s3_direct import DirectGet
from tests.system.gateway import REMEDY, Gateway, User, missing

_OWNER: Final = User("owner")
_BUCKET: Final = "objects"
_THREADS: Final = 16
_ROUNDS: Final = 3
Get = Callable[[str], int]
"""Gets the object of this key and tells how many bytes it has."""


def _ways(gateway: Gateway) -> Mapping[str, Get]:
    plain, own = gateway.client(_OWNER), connect(StoreConfig(endpoint_url=gateway.url))
    direct = DirectGet(own)

    def boto3(key: str) -> int:
        return len(plain.get_object(Bucket=_BUCKET, Key=key)["Body"].read())

    def scan(key: str) -> int:
        arguments = {"Bucket": _BUCKET, "Key": key}
        return len((direct.get(arguments) or own.get_object(**arguments))["Body"].read())

    return {"boto3": boto3, "scan": scan, **_obstore(gateway)}


def _obstore(gateway: Gateway) -> Mapping[str, Get]:
    try:
        import obstore
        from obstore.store import S3Store
    except ModuleNotFoundError:
        print("obstore is not installed: pip install obstore")
        return {}
    settings: dict[str, Any] = {"endpoint": gateway.url, "access_key_id": _OWNER.access, "secret_access_key": _OWNER.secret}
    options: Any = {"allow_http": True}
    store = S3Store(_BUCKET, region="us-east-1", virtual_hosted_style_request=False, client_options=options, **settings)
    return {f"obstore {obstore.__version__}": lambda key: len(obstore.get(store, key).bytes())}


def _measure(get: Get, keys: list[str]) -> tuple[float, float]:
    """Milliseconds of processor time and on the clock for one object."""
    get(keys[0])
    with ThreadPoolExecutor(_THREADS) as pool:
        clock, used = time.perf_counter(), time.process_time()
        total = sum(pool.map(get, keys))
        spent = time.process_time() - used, time.perf_counter() - clock
    assert total == 20_000 * len(keys)
    return spent[0] / len(keys) * 1000, spent[1] / len(keys) * 1000


def main() -> None:
    """Prints a line for each way."""
    if absent := missing():
        raise SystemExit(f"{', '.join(absent)} missing: {REMEDY}")
    keys = [f"logs/{number:05}.log" for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)]
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    with tempfile.TemporaryDirectory(prefix="ways-") as folder, Gateway(Path(folder), (_OWNER,)) as gateway:
        os.environ.update(_OWNER.environment)
        s3 = gateway.client(_OWNER)
        s3.create_bucket(Bucket=_BUCKET)
        for key in keys:
            s3.put_object(Bucket=_BUCKET, Key=key, Body=bytes(20_000))
        ways = _ways(gateway)
        rounds = [{name: _measure(get, keys) for name, get in ways.items()} for _ in range(_ROUNDS)]
        for name in ways:
            cpu, clock = min(one[name] for one in rounds)
            print(f"{name:16} {cpu:.2f} ms of processor time, {clock:.2f} ms on the clock for each object")


if __name__ == "__main__":
    main()
