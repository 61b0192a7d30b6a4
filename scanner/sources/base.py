"""What a source is: something that lists objects and opens them. One file a store; the registry names them."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Protocol

from scanner.model.objects import ObjectRef, StoredObject, Unlisted


class Source(Protocol):
    """Lists the objects of one target and opens them. Picklable, so that a worker can open what the main process listed."""

    @property
    def root(self) -> ObjectRef:
        """What the source covers: one object; all of a bucket when the key is empty; several targets when the store is empty."""

    def portable(self, stored: StoredObject) -> bool:
        """Whether the pickled source can open `stored` in another process; if not, it is read in the main process only."""

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """Every object of the target, and everything that was met but is not offered for reading.

        In the order of the bytes of their keys; nothing appears twice.
        """

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """A hint: `coming` will be opened next, in this order. A store that is far away can send for them at once.

        :param until: from this byte on little will be read of them; None if nothing is known
        """

    def open(self, stored: StoredObject) -> BinaryIO:
        """A binary stream of `stored`, seekable where the store can.

        Raises ReadError (GONE, ACCESS_DENIED, SPECIAL_FILE, IO_ERROR, and what only some stores know).
        """

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:
        """`stored` with the facts of the object behind the open `stream` as they are now; asked before reading.

        Between listing and opening an object may have been written anew; what is read is then the new one.
        """

    def described(self, stored: StoredObject) -> StoredObject:
        """`stored` with all facts that the store can tell; asked of what makes a finding.

        Raises nothing: what cannot be had is left out.
        """

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:
        """Whether the object behind the open `stream` is still `stored`, as listed or as `current` gave it; asked after reading.

        Raises ReadError if the store failed to give some of it: a parser may have taken that for damage.
        """
