"""Which objects are the same object."""

from dataclasses import replace

from scanner.model.objects import ObjectRef
from scanner.reports.identity import object_id
from tests.reports.build import stored


def test_an_object_stays_itself_whatever_is_in_it() -> None:
    here = stored()
    assert object_id(here.ref) == object_id(replace(here, etag="other", size=7).ref)
    assert len(object_id(here.ref)) == 32


def test_other_objects_and_versions_are_others() -> None:
    one = ObjectRef("s3", "b", "k")
    assert len({object_id(ref) for ref in (one, replace(one, key="l"), replace(one, bucket="c"), replace(one, version="1"))}) == 4


def test_names_that_are_no_text_are_told_apart() -> None:
    assert object_id(ObjectRef("file", "/srv", "\udcff")) != object_id(ObjectRef("file", "/srv", "\udcfe"))
