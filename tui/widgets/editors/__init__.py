"""The editors, one for each kind of field; `editor_for(field)` is the one to open over a cell."""

from importlib import import_module
from typing import Final

from storage import Field
from tui.widgets.editors.base import Cell as Cell
from tui.widgets.editors.base import Editor as Editor
from tui.widgets.editors.base import Then as Then

EDITORS: Final = {
    "text": ("line", "LineEditor"),
    "long": ("longtext", "LongTextEditor"),
    "choice": ("choice", "ChoiceEditor"),
    "open": ("openlist", "OpenEditor"),
    "date": ("date", "DateEditor"),
    "number": ("number", "NumberEditor"),
    "list": ("list", "ListEditor"),
    "reference": ("reference", "ReferenceEditor"),
    "subject": ("subject", "SubjectEditor"),
}
"""The module and the class of each editor by the type of field that it is for; loaded after the first frame."""

OF_TYPE: Final = {"ref": "text", "integer": "number", "subject_id": "subject"}
"""The types of field that have the editor of another."""


def editor_for(field: Field) -> type[Editor]:
    """The class of the editor for a field; KeyError for yes/no, which is turned at once, without one."""
    # a subject and its record are one answer, so they have one editor
    return _loaded("subject" if field.name == "subject" else OF_TYPE.get(field.type, field.type))


def load_all() -> None:
    """Load every editor, so that the first one opens like the second."""
    for name in EDITORS:
        _loaded(name)


def _loaded(name: str) -> type[Editor]:
    module, called = EDITORS[name]
    found: type[Editor] = getattr(import_module(f"tui.widgets.editors.{module}"), called)
    return found
