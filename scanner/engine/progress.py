"""How far a run is, for whoever shows it."""

from dataclasses import dataclass

from scanner.model.objects import ObjectRef


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a run.

    :param objects_listed: so far; all there are once `listed_all`
    :param bytes_listed: of those among them that are to be read
    :param objects_done: of which the result has been given out
    :param bytes_done: of objects and parts that are done, whether given out or not
    :param current: the object that has been in hand for longest
    """

    objects_listed: int
    bytes_listed: int
    objects_done: int
    bytes_done: int
    current: ObjectRef | None
    listed_all: bool
