"""Tells what kind of input a path is, and reads it."""

import json
import os
from typing import Any, Final

from scanner.errors import ConfigError, TargetError
from scanner.posture.inventory import Inventory

# Plans of large estates reach hundreds of megabytes.
_LARGEST: Final = 2**30
_KNOWN: Final = "a folder of dumps, a Terraform plan or state (terraform show -json), a CloudFormation template, or AWS Config items"


def read_offline(path: str, account: str | None = None) -> Inventory:
    """The buckets that a folder or file describes.

    :param account: whose they are, where the input does not say
    :raises ConfigError: if there is no such path, or it is nothing that is known
    """
    from scanner.posture.dumps import read_dumps

    if os.path.isdir(path):
        return read_dumps(path)
    document = _parsed(path, _content(path))
    try:
        return _read(path, document, account)
    except (AttributeError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise ConfigError(f"{path}: looks like a known input but has another form; expected {_KNOWN}") from error


def _read(path: str, document: Any, account: str | None) -> Inventory:  # noqa: ANN401 - JSON
    from scanner.posture.cloudformation import is_cloudformation, read_cloudformation
    from scanner.posture.config_items import is_config, read_config
    from scanner.posture.terraform import is_terraform, read_terraform

    if is_config(document):
        return read_config(document)
    if isinstance(document, dict) and is_terraform(document):
        return read_terraform(document)
    if is_cloudformation(document):
        return read_cloudformation(document, account)
    raise ConfigError(f"{path}: is nothing that is known; give {_KNOWN}")


def _content(path: str) -> str:
    try:
        with open(path, "rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise TargetError(f"{path}: cannot be read ({os.strerror(error.errno or 0)})") from error
    if len(content) > _LARGEST:
        raise ConfigError(f"{path}: is larger than 1 GiB; split it")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 at byte {error.start}; expected {_KNOWN}") from error


def _parsed(path: str, text: str) -> Any:  # noqa: ANN401 - JSON
    from scanner.posture.yaml_template import parse_yaml

    try:
        return json.loads(text)
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deeply") from error
    except ValueError:
        pass
    try:
        return parse_yaml(text, path)
    except ValueError as error:
        raise ConfigError(f"{path}: is neither JSON nor YAML; give {_KNOWN}") from error
