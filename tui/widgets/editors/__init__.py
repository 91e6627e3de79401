"""The editors, one for each kind of field; `editor_for(field)` is the one to open over a cell."""

from typing import Final

from storage import Field
from tui.widgets.editors.base import Cell as Cell
from tui.widgets.editors.base import Editor as Editor
from tui.widgets.editors.base import Then as Then
from tui.widgets.editors.choice import ChoiceEditor
from tui.widgets.editors.date import DateEditor
from tui.widgets.editors.flag import flipped as flipped
from tui.widgets.editors.line import LineEditor
from tui.widgets.editors.list import ListEditor
from tui.widgets.editors.longtext import LongTextEditor
from tui.widgets.editors.number import NumberEditor
from tui.widgets.editors.openlist import OpenEditor
from tui.widgets.editors.reference import ReferenceEditor
from tui.widgets.editors.subject import SubjectEditor

EDITORS: Final[dict[str, type[Editor]]] = {
    "text": LineEditor,
    "long": LongTextEditor,
    "choice": ChoiceEditor,
    "open": OpenEditor,
    "date": DateEditor,
    "number": NumberEditor,
    "list": ListEditor,
    "reference": ReferenceEditor,
    "subject": SubjectEditor,
}
"""The editor of each name that a column gives."""

OF_TYPE: Final = {"ref": "text", "integer": "number", "subject_id": "subject"}
"""The types of field that have the editor of another."""


def editor_for(field: Field) -> type[Editor]:
    """The class of the editor for a field; KeyError for yes/no, which is `flipped` at once."""
    return EDITORS["subject" if field.name == "subject" else OF_TYPE.get(field.type, field.type)]
