"""Keys as people write them, and which of them can be given to an action."""

from typing import Final

from tui.keys import CHARACTERS, NAMES, NAMES_IN_LETTERS

MODIFIERS: Final = {"ctrl": "ctrl", "control": "ctrl", "alt": "alt", "shift": "shift"}

SIGNS: Final = {sign: key for key, sign in NAMES.items()} | {" ": "space"}
"""The keys by what they type, or by the sign that stands for them: `/`, `⏎`."""

WORDS: Final = (
    {word: word for word in ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")}
    | {word: word for word in ("backspace", "tab", "enter", "escape", "space", *CHARACTERS)}
    | {sign.lower(): key for sign, key in SIGNS.items() if len(sign) > 1}
    | {name.lower(): key for key, name in NAMES_IN_LETTERS.items()}
    | {"return": "enter", "ins": "insert"}
)
"""The keys by their names, in small letters."""

SENT_FOR_OTHERS: Final = {
    "ctrl+i": "Tab",
    "ctrl+m": "Enter",
    "ctrl+j": "Enter",
    "ctrl+h": "Backspace",
    "ctrl+left_square_bracket": "Esc",
}
"""Keys that terminals can't tell from another one, and that one."""

KEPT_BY_TERMINALS: Final = "ctrl+s"
"""A key that many terminals keep to themselves, so that it is never the only one of an action."""


def key_written(text: str) -> str | None:
    """The name of the key that a person means; None if that is no key."""
    text = text.strip() or text
    if len(text) < 2:
        return _alone(text)
    text = text.lower() if text[0] != "^" else f"ctrl+{text[1:].lower()}"
    before, _, last = text[:-1].rpartition("+")  # what is typed last may be + itself
    key = _alone(last + text[-1])
    modifiers = [MODIFIERS.get(each, "") for each in before.split("+")] if before else []
    if key is None or "" in modifiers:
        return None
    if "shift" in modifiers and key in CHARACTERS:
        return None  # which key that is differs between keyboards
    if modifiers == ["shift"] and len(key) == 1:
        return key.upper() if key.isalpha() else None
    return "+".join([*sorted(set(modifiers)), key])


def _alone(text: str) -> str | None:
    if len(text) == 1:
        return SIGNS.get(text, text if text.isalnum() else None)
    return WORDS.get(text)
