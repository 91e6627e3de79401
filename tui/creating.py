"""A record made of its name while another one refers to it; what else it needs is asked for."""

from storage import RECORDS, Field, Kind, Value
from tui.dossier_app import DossierApp


def can_be_made(field: Field) -> bool:
    """True when the record that a field refers to needs but a name, words out of lists, and what storage proposes."""
    kind = RECORDS.get(field.refers_to or "")
    if kind is None:
        return False
    others = [each for each in kind.fields.values() if each.required and each.type not in ("choice", "ref")]
    return bool(others) and all(each.type == "text" or each.name == "seq" for each in others)


async def made(parley: DossierApp, kind: Kind, name: str) -> int | None:
    """The id of a new record with this name; None when what it needs besides was not answered."""
    values: dict[str, Value] = {next(name for name in ("name", "title") if name in kind.fields): name}
    for field in kind.fields.values():
        if field.required and field.type == "choice":
            word = await _chosen(parley, kind, field)
            if word is None:
                return None
            values[field.name] = word
    change = await parley.live.add(kind, {**await parley.live.proposals(kind, values), **values})
    return change.edits[0].id


async def _chosen(parley: DossierApp, kind: Kind, field: Field) -> str | None:
    from tui.screens.choose import Choose

    return await parley.ask(Choose(f"{field.label} of the new {kind.singular}", {word: word for word in field.choices}))
