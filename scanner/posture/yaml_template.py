"""Reads YAML with CloudFormation's short forms, `!Ref x` for `{Ref: x}`; needs the extra `yaml`."""

from typing import Any

from scanner.errors import ConfigError, MissingExtraError


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

    class Loader(yaml.SafeLoader):
        """Plain values and intrinsic functions only."""

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise ConfigError(f"{where}: has YAML aliases (*name), which CloudFormation does not take; write them out")
            return super().compose_node(parent, index)

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
