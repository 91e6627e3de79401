"""Where each record of a JSON document stands, kept in a few bytes a record."""

from array import array
from typing import Final

NO_PARENT: Final = -1


class Places:
    """The JSON path of each record by table and id, put together when it is asked for.

    Ids are given out here, consecutive from a base in the order of the document.
    """

    def __init__(self, base_id: int) -> None:
        self.base_id = base_id
        self._parents: array[int] = array("q")
        self._numbers: array[int] = array("q")
        self._lists: array[int] = array("H")
        self._names: list[str] = []

    def add(self, list_name: str, number: int, parent: int | None = None) -> int:
        """The new id of a record that stands as item `number` in a list of that name under the parent's id."""
        if list_name not in self._names:
            self._names.append(list_name)
        self._lists.append(self._names.index(list_name))
        self._numbers.append(number)
        self._parents.append(NO_PARENT if parent is None else parent)
        return self.base_id + len(self._numbers) - 1

    def parent(self, id: int) -> int | None:
        """The id of the record that this one stands under; None at the top."""
        parent = self._parents[id - self.base_id]
        return None if parent == NO_PARENT else parent

    def list_of(self, id: int) -> str:
        """The name of the list that the record stands in."""
        return self._names[self._lists[id - self.base_id]]

    def path(self, id: int) -> str:
        """The path of the record with this id, such as `$.demands[3].positions[0]`."""
        at = id - self.base_id
        parent = self.parent(id)
        above = "$" if parent is None else self.path(parent)
        return f"{above}.{self.list_of(id)}[{self._numbers[at]}]"

    def __getitem__(self, record: tuple[str, int]) -> str:
        """The path of a record by table and id; the dossier itself is the top."""
        table, id = record
        return "$" if table == "dossier" else self.path(id)
