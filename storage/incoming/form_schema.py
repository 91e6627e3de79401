"""The form of a whole dossier in JSON as a JSON Schema, for editors and for programs that write the form."""

from typing import Final

from storage.fields import GREATEST_INTEGER, LONGEST_NAME, Field
from storage.incoming.authoring import FORMAT, FORMAT_KEY, RELATIONS, has_evidence, nested, own_fields
from storage.record import RECORDS, Kind, called_by
from storage.records import Dossier, Evidence

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, object]

STATEMENTS: Final[Schema] = {"type": "array", "items": {"type": "string"}}


def json_schema() -> Schema:
    """The schema of the form that `parley new --seed` reads; what spans several objects is not in it."""
    kinds = [kind for kind in RECORDS.values() if kind not in (Dossier, Evidence)]
    return {
        "$schema": DRAFT,
        "title": "A dossier of Parley",
        **_object(Dossier),
        "$defs": {kind.singular: _object(kind) for kind in kinds},
    }


def _object(kind: Kind) -> Schema:
    members: Schema = {FORMAT_KEY: {"const": FORMAT}} if kind is Dossier else {}
    members |= {field.name: _member(field) for field in own_fields(kind)}
    lists: Schema = {
        child.table: {"type": "array", "items": {"$ref": f"#/$defs/{child.singular}"}} for child in nested(kind)
    }
    evidence: Schema = {
        key: STATEMENTS | {"description": f"Refs of the statements that this record rests on ({relation})."}
        for key, relation in RELATIONS.items()
        if has_evidence(kind)
    }
    required = [field.name for field in own_fields(kind) if field.required]
    return {
        "description": kind.__doc__,
        "type": "object",
        "additionalProperties": False,
        "required": [FORMAT_KEY, *required] if kind is Dossier else required,
        "properties": members | lists | evidence,
    }


def _member(field: Field) -> Schema:
    made = {"title": field.label, **_value(field)}
    if field.optional:
        made |= _or_null(made)
    if not field.required and not field.is_empty(field.default):
        made["default"] = field.default
    return made


def _or_null(made: Schema) -> Schema:
    if "enum" in made and isinstance(choices := made["enum"], list):
        return {"enum": [*choices, None]}
    return {"type": [made["type"], "null"]}


def _value(field: Field) -> Schema:
    """What a value that is not null must be."""
    match field.type:
        case "choice":
            return {"enum": list(field.choices)}
        case "flag":
            return {"type": "boolean"}
        case "date":
            return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case "integer" | "number":
            return {"type": field.type, **_bounds(field)}
        case "list":
            items = {"type": "string", "pattern": "^[^;]*[^;\\s][^;]*$", "maxLength": LONGEST_NAME}
            return {"type": "array", "items": items}
        case "reference" | "subject_id":
            return {"type": "string", "description": _what_is_named(field)}
        case _:
            return _text(field)


def _text(field: Field) -> Schema:
    if field.pattern:
        return {"type": "string", "pattern": f"^(?:{field.pattern.pattern})$", "description": field.pattern.means}
    made: Schema = {"type": "string", "maxLength": field.longest}
    if field.required:
        made["pattern"] = "\\S"
    if field.type == "open":
        made["examples"] = list(field.choices)
    return made


def _bounds(field: Field) -> Schema:
    within = field.within
    bounds: Schema = {"minimum": -GREATEST_INTEGER, "maximum": GREATEST_INTEGER} if field.type == "integer" else {}
    if within and within.low is not None:
        bounds["minimum"] = within.low
    if within and within.high is not None:
        bounds["maximum"] = within.high
    if within and within.above is not None:
        bounds["exclusiveMinimum"] = within.above
    return bounds


def _what_is_named(field: Field) -> str:
    if field.refers_to is None:
        return "The ref of a record of the kind that subject names."
    kind = RECORDS[field.refers_to]
    return f"What the {kind.singular} is called: its {' or '.join(called_by(kind))}."
