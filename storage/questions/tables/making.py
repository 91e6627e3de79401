"""A row out of machine values: what each reference among them is called is looked up here."""

from collections.abc import Iterable, Mapping

from storage.fields import Field, Value
from storage.questions.analysis.talks import Talks
from storage.questions.table import Origin, Row


def made(
    talks: Talks,
    columns: Iterable[Field],
    id: int,
    values: Mapping[str, Value],
    *,
    sources: Mapping[str, Origin] | None = None,
    parties: Iterable[int | None] = (),
    inferred: Iterable[str] = (),
    estimated: Iterable[str] = (),
) -> Row:
    """The row with these values under these columns."""
    named = {each.name: (each.refers_to, values[each.name]) for each in columns if each.refers_to}
    names = {name: str(value) for name, (_, value) in named.items() if value}
    return Row(
        id,
        values,
        names,
        {name: talks.long_name(table, str(value)) for name, (table, value) in named.items() if value and table},
        sources or {},
        frozenset(inferred),
        frozenset(estimated),
        frozenset(party for party in parties if party is not None),
    )
