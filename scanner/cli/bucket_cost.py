"""What scanning buckets costs: requests, and money by the list."""

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from scanner.model.objects import StoredObject

# A page of a list holds so many keys, a request for a part of a large object at most so many bytes.
_PAGE: Final = 1000
_RANGE: Final = 8 * 1024 * 1024
_GIB: Final = 1024**3
# Dollars, us-east-1, by AWS's public price list: a thousand LIST requests; a thousand GET requests and a GiB retrieved by class.
_LIST: Final = 0.005
_STANDARD: Final = (0.0004, 0.0)
_CLASSES: Final = {"STANDARD_IA": (0.001, 0.01), "ONEZONE_IA": (0.001, 0.01), "GLACIER_IR": (0.01, 0.03)}
# Macie, us-east-1: dollars a GB up to so many GB a month.
_MACIE: Final = ((50_000, 1.0), (500_000, 0.5), (math.inf, 0.25))


@dataclass(slots=True)
class BucketCost:
    """Adds up what is met in buckets.

    :ivar met: everything that is listed
    """

    met: int = 0
    _size: int = 0
    _requests: Counter[str] = field(default_factory=Counter)
    _bytes: Counter[str] = field(default_factory=Counter)

    def add(self, stored: StoredObject) -> None:
        """Count an object that would be read."""
        self._requests[stored.storage_class] += max(1, math.ceil(stored.size / _RANGE))
        self._bytes[stored.storage_class] += stored.size
        self._size += stored.size

    def as_json(self) -> dict[str, object]:
        """Requests, dollars for them and for retrieval, and dollars that Macie would charge for the same bytes, all estimated."""
        lists, gets = max(1, math.ceil(self.met / _PAGE)), self._requests.total()
        cost = lists * _LIST / 1000 + sum(map(self._cost_of, self._requests))
        return {"listRequests": lists, "getRequests": gets, "dollars": round(cost, 6), "macieDollars": round(_macie(self._size), 2)}

    def as_text(self) -> str:
        """The same in a line."""
        told = self.as_json()
        return (
            f"about {told['listRequests']:,} list and {told['getRequests']:,} get requests, ${told['dollars']:,.2f} at the list price of "
            f"us-east-1, read from within the region; Macie would charge ${told['macieDollars']:,.2f}\n"
        )

    def _cost_of(self, storage_class: str) -> float:
        request, retrieval = _CLASSES.get(storage_class, _STANDARD)
        return self._requests[storage_class] * request / 1000 + self._bytes[storage_class] / _GIB * retrieval


def _macie(size: int) -> float:
    total, below, gigabytes = 0.0, 0.0, size / 1e9
    for limit, price in _MACIE:
        total += max(0.0, min(gigabytes, limit) - below) * price
        below = limit
    return total
