"""Lets a command take its flags in groups: dataclasses whose fields are flags."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import wraps
from typing import Any, cast, get_type_hints


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """`command` as typer wants it, with one parameter for each flag.

    Each parameter of `command` that is a dataclass stands for its fields, in their order; defaults are those of the fields.
    """
    parameters = inspect.signature(command).parameters.values()
    groups = {one.name: cast("type[Any]", one.annotation) for one in parameters if _is_group(one)}

    @wraps(command)
    def flat(**given: object) -> None:
        taken = {name: group(**{one.name: given.pop(one.name) for one in fields(group)}) for name, group in groups.items()}
        command(**given, **taken)

    flat.__signature__ = inspect.Signature(list(_parameters(command)))  # type: ignore[attr-defined]
    flat.__annotations__ = {}
    return flat


def _parameters(command: Callable[..., None]) -> Iterator[inspect.Parameter]:
    for parameter in inspect.signature(command).parameters.values():
        if _is_group(parameter):
            types = get_type_hints(parameter.annotation, include_extras=True)
            yield from (_parameter(one, types[one.name]) for one in fields(parameter.annotation))
        else:
            yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)


def _is_group(parameter: inspect.Parameter) -> bool:
    return is_dataclass(parameter.annotation)


def _parameter(field: Field[Any], kind: object) -> inspect.Parameter:
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
