"""Parley's storage: keeps a dossier in one file; knows nothing of a screen, and can be used from a script.

    from storage import Demand, View, open_store
    store = open_store("istanbul.db")
    for found in store.rows(View(Demand), store.find(View(Demand))):
        print(found.values["ref"], found.values["title"])

Every name is loaded when it is first asked for, so that importing this package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.changes import REVERSED as REVERSED
    from storage.changes import Change as Change
    from storage.changes import Edit as Edit
    from storage.changes import Everything as Everything
    from storage.changes import News as News
    from storage.editing.doing import ONE_DOSSIER as ONE_DOSSIER
    from storage.editing.doing import load_checks as load_checks
    from storage.editing.following import companions as companions
    from storage.editing.following import completed as completed
    from storage.editing.objections import objection as objection
    from storage.errors import BadInput as BadInput
    from storage.errors import Cancelled as Cancelled
    from storage.errors import CannotOpen as CannotOpen
    from storage.errors import Conflict as Conflict
    from storage.errors import Gone as Gone
    from storage.errors import NothingToUndo as NothingToUndo
    from storage.errors import NotSaved as NotSaved
    from storage.errors import Refused as Refused
    from storage.errors import Stopped as Stopped
    from storage.errors import StorageError as StorageError
    from storage.errors import Unknown as Unknown
    from storage.exports.exporting import Outgoing as Outgoing
    from storage.exports.exporting import outgoing as outgoing
    from storage.exports.formats import AS_IT_IS as AS_IT_IS
    from storage.exports.formats import FORMATS as FORMATS
    from storage.exports.formats import SQLITE as SQLITE
    from storage.exports.formats import Format as Format
    from storage.exports.formats import Switches as Switches
    from storage.exports.formats import format_named as format_named
    from storage.exports.formats import format_of as format_of
    from storage.exports.wording import BRIEFED as BRIEFED
    from storage.exports.wording import command_line as command_line
    from storage.exports.wording import conditions_in_words as conditions_in_words
    from storage.exports.wording import counted_rows as counted_rows
    from storage.exports.wording import proposed_brief_name as proposed_brief_name
    from storage.exports.wording import proposed_name as proposed_name
    from storage.fields import Field as Field
    from storage.fields import Value as Value
    from storage.file.atomic import replacing_by_path as replacing_by_path
    from storage.file.connection import may_be_written as may_be_written
    from storage.file.opened import create_store as create_store
    from storage.file.opened import open_store as open_store
    from storage.file.soundness import is_large as is_large
    from storage.folding import fold as fold
    from storage.folding import folded_with_places as folded_with_places
    from storage.incoming.arriving import IMPORTABLE_KINDS as IMPORTABLE_KINDS
    from storage.incoming.arriving import Arriving as Arriving
    from storage.incoming.arriving import WholeDossier as WholeDossier
    from storage.incoming.arriving import is_whole_dossier as is_whole_dossier
    from storage.incoming.arriving import kind_called as kind_called
    from storage.incoming.arriving import read_data as read_data
    from storage.incoming.form_schema import json_schema as json_schema
    from storage.incoming.json_reader import document_bytes as document_bytes
    from storage.incoming.mistakes import MOST_PROBLEMS as MOST_PROBLEMS
    from storage.packaged import packaged_seed as packaged_seed
    from storage.printable import ForTerminal as ForTerminal
    from storage.printable import one_to_one as one_to_one
    from storage.printable import plain as plain
    from storage.printable import restored as restored
    from storage.printable import shell_word as shell_word
    from storage.printable import starts_cluster as starts_cluster
    from storage.questions.analysis.talks import usual_round as usual_round
    from storage.questions.answers import Answers as Answers
    from storage.questions.answers import begins_at_once as begins_at_once
    from storage.questions.answers import computed_view_named as computed_view_named
    from storage.questions.asking import Words as Words
    from storage.questions.asking import ask as ask
    from storage.questions.asking import conditions_of as conditions_of
    from storage.questions.asking import view_names as view_names
    from storage.questions.naming import record_named as record_named
    from storage.questions.question import Question as Question
    from storage.questions.table import NO_ROWS as NO_ROWS
    from storage.questions.table import Cell as Cell
    from storage.questions.table import Origin as Origin
    from storage.questions.table import Row as Row
    from storage.questions.table import Table as Table
    from storage.questions.table import text_of as text_of
    from storage.questions.tables import COMPUTED_VIEWS as COMPUTED_VIEWS
    from storage.questions.tables import ComputedView as ComputedView
    from storage.questions.tables.demand_columns import ZONE as ZONE
    from storage.record import RECORDS as RECORDS
    from storage.record import SINGULAR as SINGULAR
    from storage.record import Kind as Kind
    from storage.record import Record as Record
    from storage.record import children as children
    from storage.record import counted_records as counted_records
    from storage.record import referrers as referrers
    from storage.records import AUTHORS_RESPONSES as AUTHORS_RESPONSES
    from storage.records import Agreement as Agreement
    from storage.records import Assessment as Assessment
    from storage.records import Commitment as Commitment
    from storage.records import Delegate as Delegate
    from storage.records import Delivery as Delivery
    from storage.records import Demand as Demand
    from storage.records import Dossier as Dossier
    from storage.records import Evidence as Evidence
    from storage.records import Link as Link
    from storage.records import Party as Party
    from storage.records import Person as Person
    from storage.records import Position as Position
    from storage.records import Round as Round
    from storage.records import Signatory as Signatory
    from storage.records import Source as Source
    from storage.records import Stance as Stance
    from storage.records import Statement as Statement
    from storage.showing import LETTERS as LETTERS
    from storage.showing import SIGNS as SIGNS
    from storage.showing import Glyphs as Glyphs
    from storage.showing import as_text as as_text
    from storage.showing import shown as shown
    from storage.store import MOST_VALUES as MOST_VALUES
    from storage.store import Counted as Counted
    from storage.store import Finding as Finding
    from storage.store import Found as Found
    from storage.store import Store as Store
    from storage.store import Suggestion as Suggestion
    from storage.view import DOSSIER as DOSSIER
    from storage.view import Condition as Condition
    from storage.view import Sort as Sort
    from storage.view import View as View

NAMES = {
    "questions.answers": "Answers begins_at_once computed_view_named",
    "incoming.arriving": "Arriving IMPORTABLE_KINDS WholeDossier is_whole_dossier kind_called read_data",
    "questions.analysis.talks": "usual_round",
    "questions.asking": "Words ask conditions_of view_names",
    "changes": "REVERSED Change Edit Everything News",
    "editing.doing": "ONE_DOSSIER load_checks",
    "editing.following": "companions completed",
    "errors": "BadInput Cancelled CannotOpen Conflict Gone NothingToUndo NotSaved Refused Stopped StorageError Unknown",
    "exports.exporting": "Outgoing outgoing",
    "fields": "Field Value",
    "folding": "fold folded_with_places",
    "incoming.form_schema": "json_schema",
    "exports.formats": "AS_IT_IS FORMATS SQLITE Format Switches format_named format_of",
    "incoming.json_reader": "document_bytes",
    "questions.naming": "record_named",
    "editing.objections": "objection",
    "file.atomic": "replacing_by_path",
    "file.connection": "may_be_written",
    "file.opened": "create_store open_store",
    "file.soundness": "is_large",
    "packaged": "packaged_seed",
    "incoming.mistakes": "MOST_PROBLEMS",
    "printable": "ForTerminal one_to_one plain restored shell_word starts_cluster",
    "questions.question": "Question",
    "record": "Kind RECORDS Record SINGULAR children counted_records referrers",
    "records": "AUTHORS_RESPONSES Agreement Assessment Commitment Delegate Delivery Demand Dossier Evidence Link Party "
    "Person Position Round Signatory Source Stance Statement",
    "showing": "LETTERS SIGNS Glyphs as_text shown",
    "store": "Counted MOST_VALUES Finding Found Store Suggestion",
    "questions.table": "Cell NO_ROWS Origin Row Table text_of",
    "questions.tables.demand_columns": "ZONE",
    "questions.tables": "COMPUTED_VIEWS ComputedView",
    "view": "DOSSIER Condition Sort View",
    "exports.wording": "BRIEFED command_line conditions_in_words counted_rows proposed_brief_name proposed_name",
}
"""The names that others may import, by the module that each comes from."""

MODULES = {name: module for module, names in NAMES.items() for name in names.split()}

__all__ = sorted(MODULES)


def __getattr__(name: str) -> object:
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if MODULES[name] == "record":
        import_module("storage.records")  # registers every kind
    value = getattr(import_module(f"storage.{MODULES[name]}"), name)
    globals()[name] = value
    return value
