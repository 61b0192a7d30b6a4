"""What is read next: breadth first, then by urgency, never beyond the budget."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scanner.discovery.choose import Budget, Chooser, urgency
from scanner.discovery.clusters import Cluster
from scanner.discovery.survey import Prospect, Rank, Tally
from scanner.model.objects import ObjectRef, StoredObject


def cluster(name: str, bucket: str = "b") -> Cluster:
    return Cluster("s3", bucket, name, "csv", "STANDARD", "older")


def prospects(name: str, sizes: list[int], bucket: str = "b") -> list[Prospect]:
    return [
        Prospect(Rank.UNREAD, number, StoredObject(ObjectRef("s3", bucket, f"{name}/{number}"), size)) for number, size in enumerate(sizes)
    ]


def folders(chosen: list[Prospect]) -> Counter[str]:
    return Counter(one.stored.ref.key.partition("/")[0] for one in chosen)


def test_each_cluster_is_tried_once_first_and_buckets_take_turns() -> None:
    waiting = {cluster(name, bucket): prospects(name, [1] * 9, bucket) for bucket, names in (("b", "xyz"), ("c", "u")) for name in names}
    tallies = {one: Tally(objects=10 + number) for number, one in enumerate(waiting)}

    chosen = Chooser(waiting).broad(tallies, Budget(3, 100))

    assert [(one.stored.ref.bucket, one.stored.ref.key) for one in chosen] == [("b", "z/0"), ("c", "u/0"), ("b", "y/0")]


def test_what_was_tried_is_not_tried_for_breadth_again() -> None:
    waiting = {cluster("x"): prospects("x", [1] * 9)}

    assert Chooser(waiting).broad({cluster("x"): Tally(objects=9, failed=1)}, Budget(9, 9)) == []


def test_the_budget_moves_to_what_is_sensitive_and_to_what_is_not_known() -> None:
    names = {
        "sensitive": Tally(objects=1000, analysed=20, sensitive=20),
        "unknown": Tally(objects=1000, analysed=1),
        "clean": Tally(objects=1000, analysed=50),
        "pictures": Tally(objects=1000, unsupported=50),
    }
    waiting = {cluster(name): prospects(name, [1] * 1000) for name in names}

    found = folders(Chooser(waiting).deep({cluster(name): tally for name, tally in names.items()}, Budget(1000, 10**9)))

    assert found.total() == 500
    assert found["sensitive"] > found["unknown"] > 3 * found["clean"]
    assert found["clean"] == found["pictures"] > 0


@given(tried=st.integers(0, 10**6), sensitive=st.integers(0, 10**6))
def test_urgency_is_a_share_and_falls_with_every_object_tried_in_vain(tried: int, sensitive: int) -> None:
    sensitive = min(sensitive, tried)
    now = urgency(Tally(analysed=tried, sensitive=sensitive))

    assert 0 < now <= 1
    assert urgency(Tally(analysed=tried + 1, sensitive=sensitive)) <= now


@given(sizes=st.lists(st.lists(st.integers(1, 50), max_size=20), max_size=6), objects=st.integers(0, 60), size=st.integers(0, 300))
def test_the_budget_is_never_exceeded_and_nothing_is_chosen_twice(sizes: list[list[int]], objects: int, size: int) -> None:
    waiting = {cluster(str(number)): prospects(str(number), one) for number, one in enumerate(sizes)}
    tallies = {one: Tally(objects=len(found)) for one, found in waiting.items()}
    chooser, budget = Chooser(waiting), Budget(objects, size)

    chosen = chooser.broad(tallies, budget)
    while more := chooser.deep(tallies, budget):
        chosen += more

    assert len(chosen) == len({one.stored.ref for one in chosen}) == objects - budget.objects <= objects
    assert sum(one.stored.size for one in chosen) == size - budget.size <= size
    left = [one.stored.size for found in waiting.values() for one in found if one not in chosen]
    assert budget.objects == 0 or all(one > budget.size for one in left)
