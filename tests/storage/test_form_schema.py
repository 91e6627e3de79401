"""The JSON Schema says of the form what the reader of the form does."""

import json
import re
from pathlib import Path

import pytest

from storage import RECORDS
from storage.incoming.authoring import keys
from storage.incoming.form_schema import json_schema
from storage.records import Dossier, Evidence

SEED = json.loads((Path(__file__).parents[2] / "seed.json").read_bytes())

SCHEMA = json.loads(json.dumps(json_schema()))

IN_LISTS = [kind for kind in RECORDS.values() if kind not in (Dossier, Evidence)]


def objects(schema, value):
    """Every object of a document with the part of the schema that describes it."""
    yield schema, value
    for key, items in value.items():
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict):
                name = schema["properties"][key]["items"]["$ref"].rsplit("/", 1)[1]
                yield from objects(SCHEMA["$defs"][name], item)


def test_it_says_which_draft_it_follows():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("kind", IN_LISTS, ids=lambda kind: kind.table)
def test_an_object_may_have_the_keys_that_the_reader_knows_and_no_other(kind):
    described = SCHEMA["$defs"][kind.singular]

    assert tuple(described["properties"]) == keys(kind)
    assert described["additionalProperties"] is False


@pytest.mark.parametrize("kind", IN_LISTS, ids=lambda kind: kind.table)
def test_required_is_what_has_no_default(kind):
    required = [name for name, field in kind.fields.items() if field.required and name != kind.parent]

    assert SCHEMA["$defs"][kind.singular]["required"] == required


def test_the_seed_has_what_is_required_and_nothing_unknown():
    for described, value in objects(SCHEMA, SEED):
        assert set(described["required"]) <= set(value) <= set(described["properties"])


def test_each_value_of_the_seed_is_one_that_the_schema_allows():
    for described, value in objects(SCHEMA, SEED):
        for key, part in value.items():
            allowed = described["properties"][key]
            assert part in allowed.get("enum", [part])
            assert not isinstance(part, str) or re.search(allowed.get("pattern", ""), part)


def test_an_optional_value_may_be_null_and_another_may_not():
    demand = SCHEMA["$defs"]["demand"]["properties"]

    assert demand["to_party"]["type"] == ["string", "null"]
    assert demand["by_party"]["type"] == "string"
    assert None not in demand["status"]["enum"]
