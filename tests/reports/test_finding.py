"""The native finding."""

from dataclasses import replace

from scanner.model.objects import ObjectRef
from scanner.reports.finding import finding_id, name_of
from tests.reports.build import RUN, stored

HERE = stored()


def test_the_id_is_32_hexadecimal_digits_and_always_the_same() -> None:
    assert finding_id(HERE, RUN) == finding_id(HERE, replace(RUN, id="another run"))
    assert len(finding_id(HERE, RUN)) == 32
    assert set(finding_id(HERE, RUN)) <= set("0123456789abcdef")


def test_the_id_changes_with_the_object_its_content_and_the_ruleset() -> None:
    ids = {
        finding_id(HERE, RUN),
        finding_id(stored("people/customers.tsv"), RUN),
        finding_id(replace(HERE, etag="4b1-18866f3c5a2b4000-1f"), RUN),
        finding_id(replace(HERE, ref=replace(HERE.ref, version="2")), RUN),
        finding_id(HERE, replace(RUN, ruleset_digest="another")),
    }
    assert len(ids) == 5


def test_the_id_is_that_of_the_file_however_the_target_was_given() -> None:
    assert finding_id(stored("customers.csv", bucket="/srv/data/people"), RUN) == finding_id(HERE, RUN)


def test_a_name_has_its_bytes_beside_only_when_text_cannot_hold_them() -> None:
    assert name_of(ObjectRef("s3", "bucket", "a//b ü")) == {"uri": "s3://bucket/a//b%20%C3%BC", "path": "s3://bucket/a//b ü"}
    assert name_of(ObjectRef("s3", "bucket", "\udcff"))["keyBase64"] == "/w=="
