"""Outputs for data catalogues, each held to the form that its reader takes."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
import yaml

from identifiers.catalogues import load_catalogue
from scanner.model.result import ColumnCount, ObjectResult
from scanner.reports.catalogue_settings import (
    CatalogueSettings,
    DataHubSettings,
    DbtSettings,
    GlueSettings,
    OpenMetadataSettings,
)
from scanner.reports.levels import Levels
from scanner.reports.options import SinkOptions
from tests.acceptance.sink_suite import HOSTILE, SinkSuite, hostile_identifiers, hostile_result
from tests.reports.build import RUN, column, detection, result, stored

KINDS = {one.id: one for one in load_catalogue()}
SSN, MAIL, CARD = (KINDS[name] for name in ("USA_SOCIAL_SECURITY_NUMBER", "EMAIL_ADDRESS", "CREDIT_CARD_NUMBER"))
TEXT = {"type": "string", "minLength": 1}


class TestGlueSuite(SinkSuite):
    format = "glue"


class TestDatahubSuite(SinkSuite):
    format = "datahub"


class TestOpenmetadataSuite(SinkSuite):
    format = "openmetadata"


class TestOpenlineageSuite(SinkSuite):
    format = "openlineage"


class TestDbtSuite(SinkSuite):
    format = "dbt"


SUITES = (TestGlueSuite, TestDatahubSuite, TestOpenmetadataSuite, TestOpenlineageSuite, TestDbtSuite)


def in_lake(key: str, *found: tuple[Any, ColumnCount]) -> ObjectResult:
    detections = [detection(kind, one.count, (), [one]) for kind, one in found]
    return result(*detections, of=stored(key, store="s3", bucket="lake"))


LAKE = (
    in_lake("sales/year=2026/month=10/a.csv", (SSN, column("SSN", 8, 10, position=2)), (MAIL, column("mail", 3, 10, position=3))),
    in_lake("sales/year=2026/month=11/a.csv", (SSN, column("SSN", 2, 10, position=2))),
    in_lake("hr/people.jsonl", (SSN, column("$.person.ssn", 5, 5, position=0)), (MAIL, column("$.person.mail", 1, 500, position=0))),
    in_lake("odd/a,(b).csv", (CARD, column("", 9, 9, position=1))),
)


def written(suite: type[SinkSuite], results: Sequence[ObjectResult] = LAKE, settings: CatalogueSettings | None = None) -> str:
    return suite().written(results, SinkOptions(KINDS, catalogues=settings or CatalogueSettings()))


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


# --- Lake Formation


def glue(results: Sequence[ObjectResult] = LAKE, settings: CatalogueSettings | None = None) -> list[tuple[str, Any]]:
    return [(one["operation"], one["input"]) for one in lines(written(TestGlueSuite, results, settings))]


def test_every_request_is_one_that_lake_formation_takes() -> None:
    from botocore.loaders import Loader
    from botocore.model import ServiceModel
    from botocore.validate import ParamValidator

    model = ServiceModel(Loader().load_service_model("lakeformation", "service-2"))
    operations = {"create-lf-tag": "CreateLFTag", "add-lf-tags-to-resource": "AddLFTagsToResource"}
    requests = glue(settings=CatalogueSettings(glue=GlueSettings("lake", "111111111111")))
    assert len(requests) > len(operations)
    for operation, request in requests:
        report = ParamValidator().validate(request, model.operation_model(operations[operation]).input_shape)
        assert not report.has_errors(), report.generate_report()


def test_columns_are_tagged_under_the_name_that_a_crawler_gives_the_table() -> None:
    tagged = [one for operation, one in glue() if operation == "add-lf-tags-to-resource"]
    by_column: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for one in tagged:
        table = one["Resource"]["TableWithColumns"]
        tags = {tag["TagKey"]: tag["TagValues"] for tag in one["LFTags"]}
        by_column |= {(table["DatabaseName"], table["Name"], name): tags for name in table["ColumnNames"]}
    assert by_column.keys() == {
        ("default", "sales", "ssn"),
        ("default", "sales", "mail"),
        ("default", "people_jsonl", "person"),
        ("default", "a_b_csv", "col0"),
    }
    assert by_column["default", "sales", "ssn"]["sensitivity"] == ["restricted"]
    assert by_column["default", "sales", "mail"]["sensitivity"] == ["confidential"]
    assert by_column["default", "a_b_csv", "col0"]["pci_dss"] == ["yes"]
    assert by_column["default", "a_b_csv", "col0"]["data_category"] == ["financial"]


def test_a_tag_that_is_set_was_made_with_that_value_before() -> None:
    requests = glue()
    made = {one["TagKey"]: one["TagValues"] for operation, one in requests if operation == "create-lf-tag"}
    used = [tag for operation, one in requests if operation != "create-lf-tag" for tag in one["LFTags"]]
    assert used
    assert all(set(tag["TagValues"]) <= set(made[tag["TagKey"]]) for tag in used)
    assert [operation for operation, _ in requests] == sorted((operation for operation, _ in requests), reverse=True)


def test_tables_that_would_have_one_name_have_their_path_in_it() -> None:
    twice = [in_lake(f"{folder}/people.csv", (SSN, column("ssn", 1, 1))) for folder in ("a", "b")]
    names = [one["Resource"]["TableWithColumns"]["Name"] for operation, one in glue(twice) if operation != "create-lf-tag"]
    assert names == ["lake_a_people_csv", "lake_b_people_csv"]


# --- DataHub

PROPOSALS = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["entityType", "entityUrn", "changeType", "aspectName", "aspect"],
        "properties": {
            "entityType": {"enum": ["tag", "dataset"]},
            "entityUrn": {"pattern": r"^urn:li:(tag:[^,()]+|dataset:\(urn:li:dataPlatform:(s3|file),[^,()]+,[A-Z]+\))$"},
            "changeType": {"enum": ["UPSERT", "PATCH"]},
            "aspectName": {"enum": ["tagProperties", "editableSchemaMetadata"]},
            "aspect": {
                "oneOf": [
                    {
                        "additionalProperties": False,
                        "required": ["json"],
                        "properties": {"json": {"required": ["name", "description"], "additionalProperties": TEXT}},
                    },
                    {
                        "additionalProperties": False,
                        "required": ["value", "contentType"],
                        "properties": {"value": TEXT, "contentType": {"const": "application/json-patch+json"}},
                    },
                ]
            },
        },
    },
}


def test_datahub_gets_proposals_in_the_form_of_its_file_source() -> None:
    jsonschema.validate(json.loads(written(TestDatahubSuite)), PROPOSALS)
    assert json.loads(written(TestDatahubSuite, [])) == []


def test_datahub_fields_get_the_tags_that_were_made() -> None:
    proposals = json.loads(written(TestDatahubSuite, settings=CatalogueSettings(datahub=DataHubSettings("TEST", "eu"))))
    tags = {one["entityUrn"] for one in proposals if one["entityType"] == "tag"}
    patches = {one["entityUrn"]: json.loads(one["aspect"]["value"]) for one in proposals if one["entityType"] == "dataset"}
    assert list(patches) == [
        "urn:li:dataset:(urn:li:dataPlatform:s3,eu.lake/hr/people.jsonl,TEST)",
        "urn:li:dataset:(urn:li:dataPlatform:s3,eu.lake/odd/a%2C%28b%29.csv,TEST)",
        "urn:li:dataset:(urn:li:dataPlatform:s3,eu.lake/sales,TEST)",
    ]
    (sales,) = [patch for urn, patch in patches.items() if "sales" in urn]
    assert {one["path"].split("/")[2] for one in sales} == {"SSN", "mail"}
    used = {one["value"]["tag"] for patch in patches.values() for one in patch}
    assert used == tags
    assert {"urn:li:tag:dowse.level.restricted", "urn:li:tag:dowse.USA_SOCIAL_SECURITY_NUMBER", "urn:li:tag:dowse.HIPAA"} <= tags


def test_a_slash_in_the_name_of_a_field_does_not_end_its_pointer() -> None:
    found = in_lake("a.csv", (SSN, column("ssn/tin~", 1, 1)))
    (patch,) = [one for one in json.loads(written(TestDatahubSuite, [found])) if one["entityType"] == "dataset"]
    assert {one["path"].split("/")[2] for one in json.loads(patch["aspect"]["value"])} == {"ssn~1tin~0"}


# --- OpenMetadata

UPDATES = {
    "type": "object",
    "additionalProperties": False,
    "required": ["columnUpdates"],
    "properties": {
        "columnUpdates": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["columnFQN", "entityType", "tags"],
                "properties": {
                    "columnFQN": TEXT,
                    "entityType": {"const": "table"},
                    "tags": {
                        "minItems": 1,
                        "items": {
                            "additionalProperties": False,
                            "required": ["tagFQN", "source", "labelType", "state"],
                            "properties": {
                                "tagFQN": TEXT,
                                "source": {"enum": ["Classification", "Glossary"]},
                                "labelType": {"enum": ["Manual", "Propagated", "Automated", "Derived", "Generated"]},
                                "state": {"enum": ["Suggested", "Confirmed"]},
                                "reason": {"type": "string"},
                            },
                        },
                    },
                },
            },
        }
    },
}


def test_openmetadata_gets_one_request_that_suggests_tags() -> None:
    settings = CatalogueSettings(openmetadata=OpenMetadataSettings("s3", "raw", "Sensitivity"))
    request = json.loads(written(TestOpenmetadataSuite, settings=settings))
    jsonschema.validate(request, UPDATES)
    jsonschema.validate(json.loads(written(TestOpenmetadataSuite, [])), UPDATES)
    by_name = {one["columnFQN"]: one["tags"] for one in request["columnUpdates"]}
    assert by_name.keys() == {
        's3.raw.lake."hr/people.jsonl".person.ssn',
        's3.raw.lake."hr/people.jsonl".person.mail',
        's3.raw.lake."odd/a,(b).csv".col0',
        "s3.raw.lake.sales.SSN",
        "s3.raw.lake.sales.mail",
    }
    (level, *_) = by_name["s3.raw.lake.sales.SSN"]
    assert level == {
        "tagFQN": "Sensitivity.level_restricted",
        "source": "Classification",
        "labelType": "Automated",
        "state": "Suggested",
        "reason": "USA_SOCIAL_SECURITY_NUMBER in 50 % of the rows",
    }


def test_what_separates_names_in_openmetadata_is_written_as_its_ingestion_keeps_it() -> None:
    found = in_lake("a::b.csv", (SSN, column('x>"y"\t', 1, 1)))
    (update,) = json.loads(written(TestOpenmetadataSuite, [found]))["columnUpdates"]
    table, name = update["columnFQN"].split('.lake."')[1].split('".')
    assert table == "a__reserved__colon__b.csv"
    assert name == "x__reserved__arrow____reserved__quote__y__reserved__quote____reserved__tab__"


# --- OpenLineage

EVENT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["eventTime", "producer", "schemaURL", "dataset"],
    "properties": {
        "eventTime": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"},
        "producer": {"pattern": "^urn:"},
        "schemaURL": {"const": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent"},
        "dataset": {
            "additionalProperties": False,
            "required": ["namespace", "name", "facets"],
            "properties": {
                "namespace": TEXT,
                "name": TEXT,
                "facets": {
                    "additionalProperties": False,
                    "properties": {
                        "tags": {
                            "additionalProperties": False,
                            "required": ["_producer", "_schemaURL", "tags"],
                            "properties": {
                                "_producer": TEXT,
                                "_schemaURL": TEXT,
                                "tags": {
                                    "minItems": 1,
                                    "items": {
                                        "additionalProperties": False,
                                        "required": ["key", "value"],
                                        "properties": dict.fromkeys(("key", "value", "source", "field"), TEXT),
                                    },
                                },
                            },
                        }
                    },
                },
            },
        },
    },
}


def test_openlineage_gets_an_event_for_each_dataset() -> None:
    events = lines(written(TestOpenlineageSuite))
    for event in events:
        jsonschema.validate(event, EVENT)
    assert [(one["dataset"]["namespace"], one["dataset"]["name"]) for one in events] == [
        ("s3://lake", "hr/people.jsonl"),
        ("s3://lake", "odd/a,(b).csv"),
        ("s3://lake", "sales"),
    ]
    tags = [(tag["field"], tag["key"], tag["value"]) for tag in events[0]["dataset"]["facets"]["tags"]["tags"]]
    assert ("person.ssn", "sensitivity", "restricted") in tags
    assert ("person.mail", "identifier", "EMAIL_ADDRESS") in tags
    assert ("person.ssn", "regulation", "HIPAA") in tags


def test_a_whole_bucket_that_is_one_dataset_has_a_name_too() -> None:
    (event,) = lines(written(TestOpenlineageSuite, [in_lake("year=2026/a.csv", (SSN, column("ssn", 1, 1)))]))
    assert (event["dataset"]["namespace"], event["dataset"]["name"]) == ("s3://lake", "/")


# --- dbt


def test_dbt_gets_a_source_with_what_is_in_its_columns() -> None:
    (source,) = yaml.safe_load(written(TestDbtSuite, settings=CatalogueSettings(dbt=DbtSettings("raw"))))["sources"]
    assert source["name"] == "raw"
    tables = {table["name"]: table for table in source["tables"]}
    assert tables.keys() == {"people_jsonl", "a_b_csv", "sales"}
    assert tables["sales"]["config"]["meta"]["dowse"] == {"location": "s3://lake/sales", "partitions": ["year", "month"]}
    columns = {one["name"]: one["config"]["meta"]["dowse"] for one in tables["sales"]["columns"]}
    assert columns["SSN"] == {
        "level": "restricted",
        "category": "personal",
        "regulations": ["HIPAA", "CCPA"],
        "identifiers": [{"id": "USA_SOCIAL_SECURITY_NUMBER", "confidence": "high", "share": 0.5}],
    }
    assert yaml.safe_load(written(TestDbtSuite, []))["sources"] == [{"name": "lake", "tables": []}]


@pytest.mark.parametrize("text", [*HOSTILE, "yes", "null", "- a: b", "'\"", "12", "a: b # c"])
def test_whatever_a_column_is_called_yaml_reads_that_name(text: str) -> None:
    found = in_lake("a.csv", (SSN, column(text, 1, 1)))
    (source,) = yaml.safe_load(written(TestDbtSuite, [found]))["sources"]
    (only,) = source["tables"][0]["columns"]
    if "\udcff" not in text and "\ud83d" not in text:
        assert only["name"] == text
    assert isinstance(only["name"], str)


# --- all of them


@pytest.mark.parametrize("suite", SUITES)
def test_columns_of_which_too_little_is_known_are_left_out(suite: type[SinkSuite]) -> None:
    assert "person.mail" in written(suite, settings=CatalogueSettings()) or suite is TestGlueSuite
    assert "person.mail" not in written(suite, settings=CatalogueSettings(min_share=0.01))


@pytest.mark.parametrize("suite", SUITES)
def test_levels_are_those_of_the_settings(suite: type[SinkSuite]) -> None:
    levels = Levels(("green", "red"), {"personal": "red", "financial": "red"}, {}, {}, {})
    text = written(suite, settings=CatalogueSettings(levels=levels))
    assert "red" in text
    assert "restricted" not in text


@pytest.mark.parametrize("suite", SUITES)
def test_tables_in_documents_are_no_datasets(suite: type[SinkSuite]) -> None:
    found = in_lake("contract.docx", (SSN, column("Number", 1, 1, position=0)))
    assert "contract" not in written(suite, [found])


@pytest.mark.parametrize("suite", SUITES)
def test_text_makes_no_columns(suite: type[SinkSuite]) -> None:
    text = suite().written([result(detection(SSN, 1, ()))], SinkOptions(KINDS))
    assert "USA_SOCIAL_SECURITY_NUMBER" not in text


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_leave_the_file_well_formed(suite: type[SinkSuite], text: str) -> None:
    name = text if "\ud83d" not in text else "plain"
    hostile = replace(hostile_result(text, name), detections=(detection(hostile_identifiers(text)["X"], 1, (), [column(text, 1, 1)]),))
    shown = suite().written([hostile], SinkOptions(hostile_identifiers(text)), run=replace(RUN, targets=(name,)))
    if suite is TestDbtSuite:
        assert yaml.safe_load(shown)["sources"][0]["tables"]
    elif suite in (TestDatahubSuite, TestOpenmetadataSuite):
        assert json.loads(shown)
    else:
        assert lines(shown)
