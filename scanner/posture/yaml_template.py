"""Reads YAML with CloudFormation's short forms, `!Ref x` for `{Ref: x}`; needs the extra `yaml`."""

from typing import Any

from scanner.errors import MissingExtraError


def parse_yaml(text: str) -> Any:  # noqa: ANN401 - any YAML value
    """The document as plain values; no tag makes anything but a mapping of one.

    :raises ValueError: if it is not YAML
    :raises MissingExtraError: if PyYAML is not installed
    """
    try:
        import yaml
    except ModuleNotFoundError as error:
        raise MissingExtraError("templates in YAML need PyYAML: pip install 'dowse[yaml]'") from error

    class Loader(yaml.SafeLoader):
        """Plain values and intrinsic functions only."""

    def intrinsic(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, object]:
        name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
        if isinstance(node, yaml.ScalarNode):
            return {name: loader.construct_scalar(node)}
        if isinstance(node, yaml.SequenceNode):
            return {name: loader.construct_sequence(node, deep=True)}
        assert isinstance(node, yaml.MappingNode)
        return {name: loader.construct_mapping(node, deep=True)}

    def as_text(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
        return str(loader.construct_scalar(node))

    Loader.add_multi_constructor("!", intrinsic)
    # `Version: 2012-10-17` is no date here.
    Loader.add_constructor("tag:yaml.org,2002:timestamp", as_text)
    try:
        return yaml.load(text, Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, RecursionError, TypeError) as error:
        raise ValueError("not YAML") from error
