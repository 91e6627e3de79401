"""The faster way out for rows that stand in a table: SQL makes the cells, the format only puts them together."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from storage.fields import FieldType

Block = Sequence[tuple[bytes, ...]]
"""Some rows, one after the other; a cell is UTF-8, unless another program has written something else."""


WRITTEN_BY_PYTHON: Final[tuple[FieldType, ...]] = ("list", "number")
"""What SQL would write in other words; cell_as_text() and cell_as_json() are functions of ours."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column on its way out, and the SQL of its machine value."""

    name: str
    type: FieldType
    sql: str


@dataclass(frozen=True, slots=True)
class InSql:
    """How a format makes, from columns in SQL, the same bytes that it writes row by row."""

    cells: Callable[[Sequence[Column]], list[str]]
    """The SQL of each cell; none of them is ever NULL, and each is text."""
    lines: Callable[[Block], bytes]
    """The rows as they stand in the file, each with its end; in a frame without the end of the last."""
    frame: tuple[bytes, bytes, bytes] | None = None
    """What stands before the rows, between two blocks and after, in a format whose empty file looks different."""
    never: Collection[FieldType] = ()
    """The types of column that only the format itself can write."""


def texts(columns: Sequence[Column]) -> list[str]:
    """The SQL of what cells.as_text makes of each value."""
    return [_text(column) for column in columns]


def json_value(column: Column) -> str:
    """The SQL of what cells.as_json makes of a value, for a JSON function to take."""
    if column.type == "flag":
        return f"json(iif({column.sql}, 'true', 'false'))"
    if column.type in WRITTEN_BY_PYTHON:
        return f"json(cell_as_json({_stored(column)}))"
    return column.sql if column.type in ("choice", "date", "integer") else f"nullif({column.sql}, '')"


def _text(column: Column) -> str:
    if column.type == "flag":
        return f"iif({column.sql}, 'true', 'false')"
    if column.type in WRITTEN_BY_PYTHON:
        return f"cell_as_text({_stored(column)})"
    text = f"CAST({column.sql} AS TEXT)" if column.type in ("integer", "reference") else column.sql
    return f"ifnull({text}, '')"


def _stored(column: Column) -> str:
    """The value as Python gets it; a list as bytes, since what is not UTF-8 can't be handed over as text."""
    return f"CAST({column.sql} AS BLOB)" if column.type == "list" else column.sql
