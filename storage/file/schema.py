"""The tables of a dossier, as SQL made from the records."""

from typing import Final

from storage.fields import Field
from storage.questions.searching import index_tables, is_searched
from storage.record import RECORDS, Kind, references
from storage.records import Dossier

APPLICATION_ID: Final = 0x50524C59
"""PRLY in the header of the file: what makes an SQLite file a dossier."""

VERSION: Final = 4
"""The schema that this program writes; it stands in the file as user_version."""

COLUMN_TYPES: Final = {"integer": "INTEGER", "flag": "INTEGER", "number": "REAL", "reference": "INTEGER"} | {
    "subject_id": "INTEGER"
}

LOG_STATEMENTS: Final = (
    """CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  session TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
  reverses INTEGER REFERENCES history(id),
  label TEXT NOT NULL
) STRICT""",
    """CREATE TABLE history_edits (
  step INTEGER NOT NULL REFERENCES history(id),
  kind TEXT NOT NULL,
  id INTEGER NOT NULL,
  field TEXT,
  before TEXT,
  after TEXT
) STRICT""",
    "CREATE INDEX history_reverses ON history(reverses)",
    "CREATE INDEX history_edits_step ON history_edits(step)",
    "CREATE INDEX history_edits_record ON history_edits(kind, id)",
)


def statements() -> list[str]:
    """Every CREATE of a new dossier, in an order that can be run."""
    made = [text for kind in RECORDS.values() for text in (table(kind), *indexes(kind))]
    return [*made, *(text for kind in RECORDS.values() for text in index_tables(kind)), *LOG_STATEMENTS]


def table(kind: Kind) -> str:
    """The CREATE TABLE of a kind of record."""
    columns = [f"  {field.name} {column(field)}" for field in kind.fields.values()]
    columns += [f"  {name} TEXT NOT NULL DEFAULT ''" for name in derived_columns(kind)]
    one_row = " CHECK (id = 1)" if kind is Dossier else ""
    return ",\n".join([f"CREATE TABLE {kind.table} (\n  id INTEGER PRIMARY KEY{one_row}", *columns]) + "\n) STRICT"


def derived_columns(kind: Kind) -> tuple[str, ...]:
    """Columns that the store writes besides the fields: what puts texts in order, and all text as search sees it.

    They stand in the tables because trusted_schema is off, so that no index and no trigger may call a function of ours.
    """
    keys = [f"{field.name}_key" for field in kind.fields.values() if field.has_key]
    first = [name for name in ("ref_key", "folded") if name in keys or (name == "folded" and is_searched(kind))]
    return (*first, *(name for name in keys if name not in first))  # as they came in, version by version


def column(field: Field) -> str:
    """The definition of one column, without its name."""
    parts = [COLUMN_TYPES.get(field.type, "TEXT")]
    if not field.optional:
        parts.append("NOT NULL")
    if not field.required and field.default is not None:
        parts.append(f"DEFAULT {_literal(field)}")
    if check := _check(field):
        parts.append(f"CHECK ({check})")
    if field.refers_to:
        parts.append(f"REFERENCES {field.refers_to}(id) DEFERRABLE INITIALLY DEFERRED")
    return " ".join(parts)


def indexes(kind: Kind) -> list[str]:
    """The CREATE INDEX of the unique keys, the references and the orders of a kind."""
    made = [
        f"CREATE UNIQUE INDEX {kind.table}_{'_'.join(fields)}_unique ON {kind.table}({', '.join(fields)})"
        for fields in kind.unique
    ]
    ordered = [kind.fields[name] for name in kind.indexed_orders]
    columns = {field.name: field.name for field in references(kind)}
    columns |= {field.name: f"{field.name}_key" if field.has_key else field.name for field in ordered}
    columns |= {"ref": "ref_key"} if "ref" in kind.fields else {}
    for name, column in columns.items():
        then_by = ", ref_key" if name in kind.indexed_orders else ""
        made.append(f"CREATE INDEX {kind.table}_{column} ON {kind.table}({column}{then_by})")
    if "subject_id" in kind.fields:
        made.append(f"CREATE INDEX {kind.table}_subject ON {kind.table}(subject, subject_id)")
    return made


def _literal(field: Field) -> str:
    if field.type == "list":
        return "'[]'"
    return str(int(field.default)) if isinstance(field.default, bool | int) else f"'{field.default}'"


def _check(field: Field) -> str:
    name = field.name
    if field.type == "choice":
        return f"{name} IN ({', '.join(repr(choice) for choice in field.choices)})"
    if field.type == "flag":
        return f"{name} IN (0, 1)"
    if field.type == "date":
        # date() alone lets 31 February pass; computing with it moves that into March
        return f"date({name}, '+0 days') IS {name}"
    if within := field.within:
        return (
            f"{name} > {within.above}" if within.above is not None else f"{name} BETWEEN {within.low} AND {within.high}"
        )
    return ""
