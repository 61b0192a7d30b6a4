"""A Ceph RADOS Gateway of our own: one monitor, one store that lives in memory, one gateway, all on loopback and as ordinary processes.

Unlike other servers that tests start, it checks signatures, policies and access control lists, and refuses what they do not allow.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import boto3
from botocore.config import Config

PROGRAMS: Final = ("ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
REMEDY: Final = "apt-get install --no-install-recommends radosgw ceph-mon ceph-osd"
# Each daemon answers within seconds; a machine that is busy with other things may need longer.
_PATIENCE: Final = 90.0
_STORE_BYTES: Final = 3 * 1024**3


def missing() -> list[str]:
    """The programs that are not on the PATH."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


@dataclass(frozen=True, slots=True)
class User:
    """One of those whom the gateway knows.

    :param account: number of the account; empty for the one that all share who have none
    """

    name: str
    account: str = ""
    access: str = field(default_factory=lambda: f"T{secrets.token_hex(9).upper()}E")
    secret: str = field(default_factory=lambda: secrets.token_hex(20))

    @property
    def arn(self) -> str:
        """As the principal of a policy."""
        return f"arn:aws:iam::{self.account}:user/{self.name}"

    @property
    def canonical_id(self) -> str:
        """As the grantee of an access control list."""
        return f"{self.account}${self.name}" if self.account else self.name

    @property
    def environment(self) -> dict[str, str]:
        """What AWS's tools are told of it."""
        return {"AWS_ACCESS_KEY_ID": self.access, "AWS_SECRET_ACCESS_KEY": self.secret}


class Gateway:
    """The three daemons, for as long as a `with` block lasts; they end with this process, too.

    :param folder: for their settings, logs and sockets; its path must be short (a socket's may have 107 bytes)
    :param users: are made when it starts
    """

    def __init__(self, folder: Path, users: Iterable[User]) -> None:
        self._folder = folder
        self._users = tuple(users)
        self._daemons: dict[str, subprocess.Popen[bytes]] = {}
        self._monitor_port, self._port = _free_ports(2)
        self.url = f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def kill(self) -> None:
        """The gateway ends at once and in the middle of whatever it does; what it has stored stays."""
        daemon = self._daemons.pop("radosgw")
        daemon.kill()
        daemon.wait()

    def restart(self) -> None:
        """The gateway comes back at the same address. To be called by the main thread: a daemon ends with the thread that began it."""
        self._launch("radosgw", "-n", "client.rgw")
        self._wait_for_answer()

    def sent_bytes(self) -> int:
        """Bytes of objects that have been asked for since the gateway began."""
        socket_of = self._file(f"run/client.rgw.{self._daemons['radosgw'].pid}.asok")
        told = subprocess.run(["ceph", "--admin-daemon", socket_of, "perf", "dump"], capture_output=True, check=True)
        return int(json.loads(told.stdout)["rgw"]["get_b"])

    def client(self, user: User | None, service: str = "s3") -> Any:
        """A client in the name of `user`, or of nobody."""
        from botocore import UNSIGNED
        from botocore.handlers import validate_bucket_name

        keys = {"aws_access_key_id": user.access, "aws_secret_access_key": user.secret} if user else {}
        unsigned = {} if user else {"signature_version": UNSIGNED}
        config = Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, max_pool_connections=32, **unsigned)
        client = boto3.client(service, endpoint_url=self.url, region_name="us-east-1", config=config, **keys)
        # A bucket of another account is called ACCOUNT:BUCKET here, which Amazon's library takes for a slip.
        client.meta.events.unregister("before-parameter-build.s3", validate_bucket_name)
        return client

    def _start(self) -> None:
        self._configure()
        self._run("monmaptool", "--create", "--clobber", "--fsid", self._fsid, "--addv", "a", self._monitor, self._file("monmap"))
        self._run("ceph-mon", "-i", "a", "--mkfs", "--monmap", self._file("monmap"), "--keyring", self._file("keyring"))
        self._launch("ceph-mon", "-i", "a")
        disk = str(uuid.uuid4())
        self._run("ceph", "--connect-timeout", str(int(_PATIENCE)), "osd", "new", disk)
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk)
        self._launch("ceph-osd", "-i", "0")
        self._launch("radosgw", "-n", "client.rgw")
        self._wait_for_answer()
        self._make_users()

    def _stop(self) -> None:
        for daemon in self._daemons.values():
            daemon.kill()
        for daemon in self._daemons.values():
            daemon.wait()
        self._daemons.clear()

    def _configure(self) -> None:
        for name in ("mon", "osd", "run"):
            (self._folder / name).mkdir(parents=True)
        self._fsid = str(uuid.uuid4())
        self._monitor = f"[v2:127.0.0.1:{self._monitor_port}]"
        (self._folder / "keyring").touch()
        sections = _settings(self._folder, self._fsid, self._monitor_port, self._port)
        lines = [f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in section.items()) for name, section in sections.items()]
        (self._folder / "ceph.conf").write_text("\n".join(lines), encoding="utf-8")

    def _make_users(self) -> None:
        """All at once: each command takes seconds to find its way about."""
        commands = [_creating(user) for user in self._users]
        running = [self._launch_command("radosgw-admin", "-n", "client.rgw", *command) for command in commands]
        for command, process in zip(commands, running, strict=True):
            if process.wait(_PATIENCE):
                raise RuntimeError(f"radosgw-admin {' '.join(command)} failed; {self._told('radosgw-admin')}")

    def _launch(self, program: str, *arguments: str) -> None:
        self._daemons[program] = self._launch_command(program, "--foreground", *arguments)

    def _launch_command(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        # The kernel ends it with the thread that began it, whatever becomes of that.
        command = ["setpriv", "--pdeathsig", "KILL", program, "--conf", self._file("ceph.conf"), *arguments]
        with open(self._folder / f"{program}.out", "ab") as output:
            return subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)

    def _run(self, program: str, *arguments: str) -> None:
        if self._launch_command(program, *arguments).wait(_PATIENCE):
            raise RuntimeError(f"{program} {' '.join(arguments)} failed; {self._told(program)}")

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            if self._daemons["radosgw"].poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self._port)).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"the gateway does not answer; {self._told('radosgw')}")

    def _told(self, program: str) -> str:
        """The end of what `program` printed, for people who wonder why it failed."""
        return f"it said: {(self._folder / f'{program}.out').read_text('utf-8', 'replace')[-2000:]}"

    def _file(self, name: str) -> str:
        return os.fspath(self._folder / name)


def _creating(user: User) -> Sequence[str]:
    account = ["--tenant", user.account] if user.account else []
    keys = ["--access-key", user.access, "--secret-key", user.secret]
    may = ["--max-buckets", "0", "--caps", "roles=*"]
    return ["user", "create", *account, "--uid", user.name, "--display-name", user.name, *keys, *may]


def _settings(folder: Path, fsid: str, monitor_port: int, port: int) -> Mapping[str, Mapping[str, object]]:
    """One copy of everything, no authentication among the daemons, nothing outside of `folder`, no address but loopback."""
    everyone = {
        "fsid": fsid,
        "mon_host": f"v2:127.0.0.1:{monitor_port}",
        "public_addr": "127.0.0.1",
        "cluster_addr": "127.0.0.1",
        "ms_bind_ipv6": "false",
        "ms_bind_msgr1": "false",
        "auth_cluster_required": "none",
        "auth_service_required": "none",
        "auth_client_required": "none",
        "keyring": folder / "keyring",
        "run_dir": folder / "run",
        "admin_socket": folder / "run/$name.$pid.asok",
        "pid_file": folder / "run/$name.pid",
        "log_file": folder / "run/$name.log",
        "crash_dir": folder / "run",
        "osd_pool_default_size": 1,
        "osd_pool_default_min_size": 1,
        "osd_pool_default_pg_num": 8,
        "osd_pool_default_pgp_num": 8,
        "osd_pool_default_pg_autoscale_mode": "off",
        "osd_crush_chooseleaf_type": 0,
        "mon_allow_pool_size_one": "true",
        "mon_max_pg_per_osd": 1000,
    }
    monitor = {
        "mon_data": folder / "mon",
        "mon_cluster_log_file": folder / "run/cluster.log",
        "mon_data_avail_crit": 1,
        # It has nobody to agree with: changes are not held back to gather more of them.
        "paxos_propose_interval": 0.02,
        "paxos_min_wait": 0.01,
    }
    store = {"osd_data": folder / "osd", "osd_objectstore": "memstore", "memstore_device_bytes": _STORE_BYTES}
    classes = {"osd_class_load_list": "*", "osd_class_default_list": "*"}
    gateway = {
        # Without keys it could not do what it does by default: encrypt what it says to the monitor.
        "ms_mon_client_mode": "crc",
        "rgw_frontends": f"beast endpoint=127.0.0.1:{port} tcp_nodelay=1",
        "rgw_data": folder / "run",
        "rgw_s3_auth_use_sts": "true",
        "rgw_sts_key": secrets.token_hex(8),
        "rgw_crypt_require_ssl": "false",
        # A key of its own for each start, and no server of keys.
        "rgw_crypt_s3_kms_backend": "testing",
        "rgw_crypt_s3_kms_encryption_keys": "known-key=YmluCmJvb3N0CmJvb3N0LWJ1aWxkCmNlcGguY29uZgo=",
    }
    return {"global": everyone, "mon": monitor, "osd": {**store, **classes}, "client.rgw": gateway}


def _free_ports(count: int) -> list[int]:
    servers = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(server.getsockname()[1]) for server in servers]
    for server in servers:
        server.close()
    return ports
