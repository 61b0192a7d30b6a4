"""All word lists together: what is a given name, a surname, a city.

gazetteer = load()
gazetteer.given("Zoë"), gazetteer.which_surname(pa.array(["Müller", "Table"]))
"""

from functools import cache
from typing import TYPE_CHECKING

from scanner.names.words import Words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Flags = npt.NDArray[np.bool_]


class Gazetteer:
    """Lists by kind; each is read from disk when it is first asked. Case and accents do not matter.

    `given`, `surname`, `city` and so on are for one word; `which_given(array)` and so on for all texts of an Arrow array. The lists
    themselves (`gazetteer.lists["given"]`) have the folded words, for those who fold once and ask often.

    :ivar lists: name -> list; see `scanner.names.lists.LISTS`
    """

    def __init__(self) -> None:
        from scanner.names.lists import LISTS

        self.lists = {name: Words(name) for name in LISTS}

    def given(self, word: str) -> bool:
        """Whether `word` is a given name."""
        return word in self.lists["given"]

    def surname(self, word: str) -> bool:
        """Whether `word` is a surname, or a part of one with several words."""
        return word in self.lists["surname"]

    def city(self, word: str) -> bool:
        """Whether `word` is a city, town or municipality."""
        return word in self.lists["city"]

    def region(self, word: str) -> bool:
        """Whether `word` is a state, province or county, or the short form of one."""
        return word in self.lists["region"] or word in self.lists["region_code"]

    def country(self, word: str) -> bool:
        """Whether `word` is a country, in any of some fifty languages."""
        return word in self.lists["country"]

    def street(self, word: str) -> bool:
        """Whether `word` says that something is a street: `Avenue`, `rue`, `ул`, or a word that ends so, as `Hauptstraße`."""
        from scanner.names.fold import fold

        folded = fold(word).rstrip(".")
        return folded in self.lists["street"].folded or folded.endswith(tuple(self.lists["street_ending"].folded))

    def which_given(self, texts: "pa.Array") -> "Flags":
        """For each text whether it is a given name."""
        return self.lists["given"].which(texts)

    def which_surname(self, texts: "pa.Array") -> "Flags":
        """For each text whether it is a surname."""
        return self.lists["surname"].which(texts)


@cache
def load() -> Gazetteer:
    """The gazetteer of this process."""
    return Gazetteer()
