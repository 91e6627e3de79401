"""A thousand demands in Textual's own table; what a key in Parley's grid stands beside.

python bench/datatable.py FILE LINES
"""

import sqlite3
import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Rows(App[None]):
    """Every demand of a dossier in five columns."""

    def compose(self) -> ComposeResult:
        """The table."""
        table: DataTable[str] = DataTable(cursor_type="row")
        table.styles.height = int(sys.argv[2]) + 1  # the headings take one more
        yield table

    def on_mount(self) -> None:
        """Read all rows and show them."""
        table: DataTable[str] = self.query_one(DataTable)
        table.add_columns("Ref", "Demand", "Issue", "Kind", "Status")
        with sqlite3.connect(sys.argv[1]) as dossier:
            table.add_rows(dossier.execute("SELECT ref, title, issue, kind, status FROM demands ORDER BY id"))


if __name__ == "__main__":
    Rows().run()
