"""The keys that the user has chosen for actions: which of them work, and who has a key that two actions would have."""

from collections.abc import Mapping
from typing import Final

from storage import plain
from tui.keys import BY_SETTING, WAY_OUT, HasKeys, key_name, key_names, setting_name
from tui.widgets.grid_moves import GRID_KEYS
from tui.written_keys import KEPT_BY_TERMINALS, SENT_FOR_OTHERS, key_written

ACTIONS: Final[Mapping[str, HasKeys]] = {**BY_SETTING, **{setting_name(key.action): key for key in GRID_KEYS}}
"""Every action that can be given keys, by the name of its setting; they all hear the same keys."""

MOST_SUGGESTED: Final = 20
"""For so many sentences the action that was meant is looked for, which takes a while."""

MOST_SHOWN: Final = 40
"""So many characters are shown of what stands in the file."""


class KeyChoices:
    """Which keys the actions have, and what of the choices can't be followed; then actions keep their usual keys."""

    def __init__(self, table: Mapping[str, object]) -> None:
        self.wrong: list[str] = []
        """What can't be followed, in sentences."""
        self._given: dict[str, list[str]] = {}
        self._given_to: dict[str, str] = {}
        for name, value in table.items():
            if name in ACTIONS:
                self._give(name, value)
            else:
                self._say_unknown(name)
        for name in ACTIONS:
            if name not in self._given:
                self._leave_usual(name)

    @property
    def keys(self) -> dict[str, str]:
        """The keys of each action that has others than its usual ones, by its id; empty for one without any."""
        keys = {ACTIONS[name]: ",".join(given) for name, given in self._given.items()}
        return {action.action: given for action, given in keys.items() if given != action.keys}

    def _give(self, name: str, value: object) -> None:
        """Give an action the keys written for it that it can have."""
        written = _parted(value)
        if written is None:
            self._say(name, 'is to be keys like "a, ^n", or a list of them')
            return
        keys: list[str] = []
        for text in written:
            key = key_written(text)
            if key is None:
                wrong = plain(text.strip(), MOST_SHOWN)
                self._say(name, f'can\'t have "{wrong}", which is no key; keys are written like a, ^n, F2, down or !')
            elif why := self._why_not(name, key):
                self._say(name, f"can't have {key_name(key)}, which {why}; give it another key")
            else:
                keys.append(key)
        if set(keys) == {KEPT_BY_TERMINALS}:
            kept = key_name(KEPT_BY_TERMINALS)
            self._say(name, f"can't have {kept} alone, which many terminals keep to themselves; give it one more key")
            keys = []
        if name == "leave":
            keys.append(WAY_OUT)
        if keys or not written:
            self._given[name] = list(dict.fromkeys(keys))
            self._given_to |= dict.fromkeys(keys, name)

    def _why_not(self, name: str, key: str) -> str:
        """Why the action can't have the key; empty if it can."""
        if key in SENT_FOR_OTHERS:
            return f"terminals can't tell from {SENT_FOR_OTHERS[key]}"
        if key == WAY_OUT and name != "leave":
            return "always leaves Parley"
        return f"is given to {self._given_to[key]} above" if key in self._given_to else ""

    def _leave_usual(self, name: str) -> None:
        """Leave an action its usual keys, but for those that were given to others."""
        usual = ACTIONS[name].keys.split(",")
        left = [key for key in usual if key not in self._given_to]
        for key in usual:
            if key not in left:
                what = f"which keeps {key_names(','.join(left))}" if left else "which has no key left"
                self._say(self._given_to[key], f"takes {key_name(key)} from {name}, {what}; name keys for {name} too")
        if left != usual:
            self._given[name] = left

    def _say_unknown(self, name: str) -> None:
        from difflib import get_close_matches  # here, since most people write what there is

        near = get_close_matches(name, ACTIONS, 1) if len(self.wrong) < MOST_SUGGESTED else []
        meant = f"is {near[0]} meant? " if near else ""
        self._say(plain(name, MOST_SHOWN), f"is no action; {meant}`parley keys` lists them all")

    def _say(self, name: str, what: str) -> None:
        self.wrong.append(f"[keys] {name} {what}.")


def _parted(value: object) -> list[str] | None:
    """The keys of `"a, ^n"` or of a list, as they are written; None if it is neither."""
    if isinstance(value, str):
        return [value] if value.strip() == "," else value.split(",") if value.strip() else []
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    return None
