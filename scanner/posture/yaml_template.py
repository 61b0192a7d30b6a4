"""Reads YAML with CloudFormation's short forms, `!Ref x` for `{Ref: x}`; needs the extra `yaml`."""

from typing import TYPE_CHECKING, Any

from scanner.errors import ConfigError, MissingExtraError

if TYPE_CHECKING:
    import yaml


def parse_yaml(text: str, where: str) -> Any:  # noqa: ANN401 - any YAML value
    """The document as plain values; no tag makes anything but a mapping of one.

    :param where: its path, for messages
    :raises ValueError: if it is not YAML
    :raises ConfigError: if it has aliases, which CloudFormation does not take either, and a few of which can stand for billions of values
    :raises MissingExtraError: if PyYAML is not installed
    """
    try:
        import yaml
    except ModuleNotFoundError as error:
        raise MissingExtraError("templates in YAML need PyYAML: pip install 'dowse[yaml]'") from error

    try:
        return yaml.load(text, _loader(where))  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, RecursionError, TypeError) as error:
        raise ValueError("not YAML") from error


def _loader(where: str) -> Any:  # noqa: ANN401 - a class of a module that may be missing
    import yaml

    class Loader(yaml.SafeLoader):
        """Plain values and intrinsic functions only."""

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            """As it was, but without aliases."""
            if self.check_event(yaml.AliasEvent):
                raise ConfigError(f"{where}: has YAML aliases (*name), which CloudFormation does not take; write them out")
            return super().compose_node(parent, index)

    Loader.add_multi_constructor("!", _intrinsic)
    # `Version: 2012-10-17` is no date here.
    Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_text)
    return Loader


def _intrinsic(loader: "yaml.SafeLoader", suffix: str, node: "yaml.Node") -> dict[str, object]:
    import yaml

    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {name: loader.construct_mapping(node, deep=True)}


def _as_text(loader: "yaml.SafeLoader", node: "yaml.ScalarNode") -> str:
    return str(loader.construct_scalar(node))
