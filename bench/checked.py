"""Demands read, resolved and checked as an import does it, and put into a bare table: no index, no search, no log.

python bench/checked.py NEW_FILE DEMANDS DOSSIER

What the demands name is in the dossier. That is what a program has to do that only wants to let in nothing wrong.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

from storage import Demand, Value, read_data
from storage.editing.following import begun
from storage.editing.validation import examined
from storage.incoming.arriving import Arriving
from storage.incoming.resolving import Resolving

REFERENCES = [(field.name, field.refers_to) for field in Demand.fields.values() if field.refers_to]


def checked(data: Arriving, resolving: Resolving) -> Iterator[tuple[object, ...]]:
    """The cells of each demand; ValueError at the first that an import would not take."""
    for values, problems in data.records():
        for name, table in REFERENCES:
            if name in values:
                values[name] = resolving.id(table, cast(str, values[name]))
        row, more = examined(Demand, begun(Demand, cast(dict[str, Value], values)))
        if problems or more:
            raise ValueError([*problems, *more])
        yield tuple(row.values())


def main(new: str, demands: str, dossier: str) -> None:
    """Put all of them into the file, in one transaction."""
    with closing(sqlite3.connect(new)) as file, closing(sqlite3.connect(dossier)) as known:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute(f"CREATE TABLE demands ({', '.join(Demand.fields)})")
        insert = f"INSERT INTO demands VALUES ({', '.join('?' * len(Demand.fields))})"
        with read_data(Path(demands), Demand.table) as data, file:
            file.executemany(insert, checked(cast(Arriving, data), Resolving(known)))


if __name__ == "__main__":
    main(*sys.argv[1:])
