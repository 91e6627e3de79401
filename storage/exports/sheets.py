"""A computed table as a sheet: machine values or what people read, cells of the matrix as objects where JSON nests."""

from collections.abc import Iterable, Iterator, Sequence

from storage.exports.formats import Cell, Format, Heading, Sheet, Switches
from storage.fields import Field
from storage.questions.table import Row, Table, text_of

CELLS = Heading("cells", "Cells")
"""What JSON has in place of a column for each party."""


def sheet_of(table: Table, columns: Sequence[str], format: Format, switches: Switches) -> Sheet:
    """The columns asked for, of all rows; none named means all."""
    fields = table.fields
    wanted = [fields[name] for name in columns] if columns else list(table.columns)
    parties = [each.name for each in wanted if each.name in table.parties] if format.nests else []
    plain = [each for each in wanted if each.name not in parties]
    headings = [Heading(each.name, each.label) for each in plain] + ([CELLS] if parties else [])
    heading = table.heading if format.for_people else ""
    return Sheet(tuple(headings), _cells(table.rows, plain, parties, format, switches), heading)


def _cells(
    rows: Iterable[Row], plain: Sequence[Field], parties: Sequence[str], format: Format, switches: Switches
) -> Iterator[Sequence[Cell]]:
    if format.for_people:
        for row in rows:
            yield [text_of(each, row, names=switches.names) for each in plain]
        return
    for row in rows:
        cells: list[Cell] = [_machine(each, row, switches.names) for each in plain]
        if parties:
            cells.append({party: cell.members() for party in parties if (cell := row.cells[party])})
        yield cells


def _machine(column: Field, row: Row, names: bool) -> Cell:
    return (names and row.long_names.get(column.name)) or row.values[column.name]
