"""Names, what a run covers, and where it did not look."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model.objects import ObjectRef
from scanner.sources.directory import DirectorySource
from scanner.sources.inventory import InventorySource
from scanner.sources.inventory_manifest import Manifest
from scanner.sources.options import SourceOptions
from scanner.sources.s3 import S3Source
from scanner.sources.s3_target import S3Target
from scanner.sources.several import SeveralSources
from scanner.sources.single_file import SingleFileSource
from scanner.state.covers import Cover, Shadows, covers_of
from scanner.state.names import Name, name_of, ref_of
from scanner.state.seen import Seen

KEYS = st.binary(max_size=3)


def holds(source: object, ref: ObjectRef, *met: str) -> bool:
    return any(cover.holds(name_of(ref)) for cover in covers_of(source, met))  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.sampled_from(["/", "/srv", "/srv/a b"]), st.text("ab/\udcff\n", min_size=1, max_size=5).filter(lambda key: key[0] != "/"))
def test_a_file_has_one_name_under_every_target(root: str, key: str) -> None:
    ref = ObjectRef("file", root, key)
    assert name_of(ref) == name_of(ObjectRef("file", "/", os.path.join(root, key).lstrip("/")))
    assert ref_of(name_of(ref), root) == ref


def test_a_folder_covers_what_is_below_and_a_file_itself() -> None:
    folder = DirectorySource("/srv/a", SourceOptions())
    assert holds(folder, ObjectRef("file", "/srv", "a/b.txt"))
    assert not holds(folder, ObjectRef("file", "/srv", "ab.txt"))
    assert not holds(folder, ObjectRef("s3", "srv", "a/b.txt"))
    file = SingleFileSource("/srv", "a.txt", SourceOptions())
    assert holds(file, ObjectRef("file", "/", "srv/a.txt"))
    assert not holds(file, ObjectRef("file", "/srv", "a.txt.old"))
    both = SeveralSources({folder.root: folder, file.root: file})
    assert holds(both, ObjectRef("file", "/srv", "a.txt"))
    assert holds(both, ObjectRef("file", "/srv/a", "b"))


def test_what_names_single_objects_covers_none_that_it_does_not_name() -> None:
    buckets = S3Source((S3Target("b"),), SourceOptions())
    manifest = Manifest(ObjectRef("s3", "inventories", "manifest.json"), "CSV", "Bucket, Key", ())
    for source in (buckets, InventorySource(manifest, buckets)):
        assert holds(source, ObjectRef("s3", "b", "a")) is (source is buckets)


def test_buckets_cover_their_prefixes_and_versions_apart() -> None:
    source = S3Source((S3Target("b", "in/"), S3Target("logs-*")), SourceOptions())
    assert holds(source, ObjectRef("s3", "b", "in/a"))
    assert not holds(source, ObjectRef("s3", "b", "out/a"))
    assert not holds(source, ObjectRef("s3", "b", "in/a", "v1"))
    assert holds(source, ObjectRef("s3", "logs-1", "a"), "logs-1")
    assert not holds(source, ObjectRef("s3", "logs-2", "a"), "logs-1")
    versions = S3Source((S3Target("b"),), SourceOptions(all_versions=True))
    assert holds(versions, ObjectRef("s3", "b", "a", "v1"))
    assert not holds(versions, ObjectRef("s3", "b", "a"))
    single = S3Source((S3Target("b", "a"),), SourceOptions(version_id="v1"))
    assert holds(single, ObjectRef("s3", "b", "a", "v1"))
    assert not holds(single, ObjectRef("s3", "b", "ab", "v1"))
    assert not holds(single, ObjectRef("s3", "b", "a", "v2"))


@settings(deadline=None)
@given(KEYS, KEYS)
def test_no_key_with_the_prefix_lies_at_or_behind_the_end(prefix: bytes, rest: bytes) -> None:
    end = Cover("file", "", prefix).end
    assert end is None or prefix + rest < end
    assert end is None or not end.startswith(prefix)


@settings(deadline=None)
@given(st.lists(KEYS, max_size=5), KEYS)
def test_shadows(prefixes: list[bytes], key: bytes) -> None:
    shadows = Shadows()
    for prefix in prefixes:
        shadows.add(Name("s3", "b", prefix))
    assert shadows.over(Name("s3", "b", key)) is any(key.startswith(prefix) for prefix in prefixes)
    assert not shadows.over(Name("s3", "c", key))


@settings(deadline=None)
@given(st.sets(st.integers(1, 300)), st.sets(st.integers(1, 300)))
def test_seen_is_a_set(numbers: set[int], others: set[int]) -> None:
    seen, other = Seen(), Seen()
    for number in numbers:
        seen.add(number)
    for number in others:
        other.add(number)
    assert list(Seen(seen.packed())) == sorted(numbers)
    assert {number for number in range(400) if number in seen} == numbers
    assert seen.isdisjoint(other) is numbers.isdisjoint(others)
