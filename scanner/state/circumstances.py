"""What decides what a reading gives, besides the object itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Texts that change when what they stand for does.

    :param rules: what is looked for, how it is judged and what is kept of it
    :param reading: limits and versions of the readers: what comes out of an object at all
    """

    rules: str
    reading: str
