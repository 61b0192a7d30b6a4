"""The key of the fingerprints: one for each installation, so that equal values can be recognised from run to run.

A bare hash of a social security number can be undone by trying all of them; a keyed one cannot, without the key.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from scanner.engine.state_folders import folder_below
from scanner.errors import ConfigError

_BYTES: Final = 32


def load_key(environment: Mapping[str, str]) -> tuple[bytes, str]:
    """The key, and a warning where it serves this run only (else empty).

    It lies in the file that `DOWSE_KEY_FILE` names, else in `dowse/key` below `XDG_STATE_HOME` (by default `~/.local/state`),
    readable by its owner only, and is made when it is missing.

    :raises ConfigError: if `DOWSE_KEY_FILE` names a file that cannot serve, or the key file is damaged
    """
    named = environment.get("DOWSE_KEY_FILE")
    path = named or os.path.join(folder_below(environment, "XDG_STATE_HOME", os.path.join(".local", "state")), "key")
    try:
        return _checked(_existing(path) or _made(path), path), ""
    except OSError as error:
        if named:
            raise ConfigError(f"{path}: cannot be used as key file: {error.strerror}; point DOWSE_KEY_FILE elsewhere or unset it") from None
        warning = f"{path}: cannot be used ({error.strerror}); fingerprints of this run cannot be compared with those of others"
        return secrets.token_bytes(_BYTES), warning


def _existing(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read(_BYTES + 1)
    except FileNotFoundError:
        return None


def _made(path: str) -> bytes:
    """A new key, written whole or not at all; that of another run which was faster, if there is one."""
    os.makedirs(os.path.dirname(path) or ".", mode=0o700, exist_ok=True)
    draft = f"{path}.{secrets.token_hex(8)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, a link does not replace the file of another run.
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)
    with open(path, "rb") as file:
        return file.read(_BYTES + 1)


def _checked(key: bytes, path: str) -> bytes:
    if len(key) != _BYTES:
        raise ConfigError(f"{path}: is no key file of {_BYTES} bytes; delete it to have a new key made, or restore it")
    return key
