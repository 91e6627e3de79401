"""Every key of Parley as plain data: what it is called, what it does, where it works."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple, Protocol

from tui.signs import in_letters

Place = Literal["screen", "pane"]


class Key(NamedTuple):
    """One action: its id, its keys, the word in the footer, and what help and palette say of it."""

    action: str
    keys: str
    word: str
    says: str
    place: Place
    footer: int = 0
    """The place in the footer, 1 first; 0 is never there."""


KEYS: Final = (
    Key("edit_or_open", "enter", "Edit", "Edit the cell; in Parties and Rounds, scope the screen", "pane", 1),
    Key("edit", "e,f2", "Edit", "Edit the cell where it stands", "pane"),
    Key("own_editor", "f4", "Editor", "Edit the text of the cell in your own editor ($VISUAL, $EDITOR)", "pane"),
    Key("add", "a,ctrl+n", "Add", "Add a record", "pane", 2),
    Key("duplicate", "D", "Duplicate", "Add a record like this one", "pane"),
    Key("delete", "d,delete", "Delete", "Delete the marked records, or this one", "pane", 3),
    Key("clear_cell", "backspace", "Empty", "Set the cell empty", "pane"),
    Key("find", "slash", "Find", "Find as you type, in every text of the pane", "pane", 4),
    Key("filter", "f", "Filter", "Filter by the values of this column", "pane", 5),
    Key("clear", "F", "Clear", "Lift search, filters and scope", "pane"),
    Key("sort", "s", "Sort", "Sort by this column: ascending, descending, off", "pane", 6),
    Key("sort_also", "S", "Sort also", "Sort by this column within the others", "pane"),
    Key("hide", "minus", "Hide", "Hide this column", "pane"),
    Key("narrower", "less_than_sign", "Narrower", "Make this column narrower", "pane"),
    Key("wider", "greater_than_sign", "Wider", "Make this column wider", "pane"),
    Key("columns", "c", "Columns", "Choose the columns of the pane", "pane"),
    Key("named_views", "V", "Views", "Give this view a name, or bring back one that has a name", "pane"),
    Key("copy", "y", "Copy", "Copy the cell, or the marked rows", "pane", 7),
    Key("copy_as", "Y", "Copy as", "Copy this row, or the marked rows, in a format of your choice", "pane"),
    Key("paste", "p", "Paste", "Paste the cell that was copied last here, or into the marked rows", "pane"),
    Key("export", "E,ctrl+e", "Export", "Export the rows and columns of this pane", "pane", 8),
    Key("red_line", "exclamation_mark", "Red line", "Draw or lift a red line, in the matrix", "pane"),
    Key("evidence", "x", "Evidence", "Link, write, dispute or grade what the record rests on", "pane"),
    Key("brief", "b", "Brief", "Tell in one page what is known of this demand, party or round", "pane"),
    Key("go_to", "t", "Go to", "Go to the record that the cell names", "pane"),
    Key("whole_record", "o", "Record", "Show the whole record, with all that hangs off it", "pane"),
    Key("escape", "escape", "Back", "Lift the search, or leave the zoom; give up what takes long", "pane"),
    Key("undo", "u,ctrl+z", "Undo", "Take back the last step", "screen", 9),
    Key("redo", "U,ctrl+y,ctrl+r", "Redo", "Do the step again that was taken back", "screen"),
    Key("import_data", "I", "Import", "Import records from a file, or a whole dossier", "screen"),
    Key("go_back", "T", "Go back", "Go back to where the last jump began", "screen"),
    Key("view('parties')", "1", "Parties", "Go to the parties", "screen"),
    Key("view('rounds')", "2", "Rounds", "Go to the rounds", "screen"),
    Key("view('demands')", "3", "Demands", "Go to the demands", "screen"),
    Key("view('detail')", "4", "Detail", "Show the record under the cursor and what hangs off it", "screen"),
    Key("view('view-matrix')", "5", "Matrix", "Who stands where on what, and what moved", "screen"),
    Key("view('view-changes')", "6", "Changes", "What moved since a round, from what to what", "screen"),
    Key("view('view-commitments')", "7", "Commitments", "What was promised, done, due and overdue", "screen"),
    Key("view('view-timeline')", "8", "Timeline", "Everything dated, in one order", "screen"),
    Key("view('view-evidence')", "9", "Evidence", "What is unsupported, single-source, inferred, disputed", "screen"),
    Key("other_records", "0", "More", "Choose another kind of record for the main pane", "screen"),
    Key("next_pane", "tab", "Next pane", "Go to the next pane", "screen"),
    Key("previous_pane", "shift+tab", "Previous pane", "Go to the pane before", "screen"),
    Key("zoom", "Z", "Zoom", "Give this pane the whole screen", "screen"),
    Key("earlier_round", "left_square_bracket", "Earlier", "Stand as of the round before", "screen"),
    Key("later_round", "right_square_bracket", "Later", "Stand as of the round after", "screen"),
    Key("earlier_since", "left_curly_bracket", "Since earlier", "Show what moved since the round before", "screen"),
    Key("later_since", "right_curly_bracket", "Since later", "Show what moved since the round after", "screen"),
    Key("help", "question_mark,f1", "Help", "Show every key, and what the signs mean", "screen", 10),
    Key(
        "palette",
        "ctrl+p,colon",
        "Palette",
        "Find an action by its name, open another dossier, or choose a theme",
        "screen",
    ),
    Key("leave", "q,ctrl+q", "Quit", "Leave Parley; everything is saved already", "screen"),
)

VIEWS: Final = tuple(
    (key.word, key.action.removeprefix("view('").removesuffix("')")) for key in KEYS if key.action.startswith("view('")
)
"""The views that have a key of their own: the word for each, and the name of its pane."""

CHARACTERS: Final = {
    "exclamation_mark": "!",
    "quotation_mark": '"',
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "asterisk": "*",
    "plus": "+",
    "comma": ",",
    "minus": "-",
    "full_stop": ".",
    "slash": "/",
    "colon": ":",
    "semicolon": ";",
    "less_than_sign": "<",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "question_mark": "?",
    "at": "@",
    "left_square_bracket": "[",
    "backslash": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
    "underscore": "_",
    "grave_accent": "`",
    "left_curly_bracket": "{",
    "vertical_line": "|",
    "right_curly_bracket": "}",
    "tilde": "~",
}
"""What a key types whose name is a word."""

NAMES: Final = (
    CHARACTERS
    | {f"f{number}": f"F{number}" for number in range(1, 25)}
    | {
        "enter": "⏎",
        "tab": "⇥",
        "shift+tab": "⇤",
        "escape": "Esc",
        "delete": "del",
        "pageup": "pgup",
        "pagedown": "pgdn",
    }
)

NAMES_IN_LETTERS: Final = {"enter": "Enter", "tab": "Tab", "shift+tab": "S-Tab"}
"""The same for those that have a sign, where letters are wanted in place of signs."""

WAY_OUT: Final = "ctrl+q"
"""The key that leaves Parley whatever else goes on: it may overtake others, and is a key of nothing else."""

NO_KEY: Final = "no-key-"
"""What the name of a key begins with that no terminal sends, so that an action without any is still in the palette."""


def keys_of(place: Place) -> Iterator[Key]:
    """The keys that work in a place, in the order of help."""
    return (key for key in KEYS if key.place == place)


def key_name(key: str) -> str:
    """A key as people write it; empty for one that no terminal sends."""
    modifiers, plus, plain_key = key.rpartition("+")
    if plus and key not in NAMES:
        return f"{modifiers}{plus}".replace("ctrl+", "^") + key_name(plain_key)
    if in_letters() and key in NAMES_IN_LETTERS:
        return NAMES_IN_LETTERS[key]
    return "" if key.startswith(NO_KEY) else NAMES.get(key, key)


def key_names(keys: str) -> str:
    """`e, F2`: the keys of an action as people write them; a dash where there is none."""
    return ", ".join(map(key_name, keys.split(","))) or "–"


def setting_name(action: str) -> str:
    """What an action is called where a person writes it: `view_matrix` for `view('view-matrix')`."""
    return action.replace("('view-", "_").replace("('", "_").removesuffix("')")


BY_SETTING: Final = {setting_name(key.action): key for key in KEYS}

_given: Final[dict[str, str]] = {}
"""The keys that actions have in this run in place of their own."""


def use_keys(given: Mapping[str, str]) -> None:
    """Let these actions have these keys from now on, and all others their own."""
    _given.clear()
    _given.update(given)


class HasKeys(Protocol):
    """An action, its usual keys, and what it does."""

    @property
    def action(self) -> str: ...
    @property
    def keys(self) -> str: ...
    @property
    def says(self) -> str: ...


def live_keys(key: HasKeys) -> str:
    """The keys that an action has in this run, its usual ones unless others are configured."""
    return _given.get(key.action, key.keys)


def first_key(name: str) -> str:
    """The first key of an action as people write it, by the name of its setting; empty if it has none."""
    return key_name(live_keys(BY_SETTING[name]).partition(",")[0])


def view_key(pane: str) -> str:
    """The key that leads to a pane; empty if none does."""
    name = setting_name(f"view('{pane}')")
    return first_key(name) if name in BY_SETTING else ""


def key_for(name: str) -> str:
    """How a sentence tells of an action: `a`, or `Add in the palette`; of a view with its title, `3 Demands`."""
    key, word = first_key(name), BY_SETTING[name].word
    if name.startswith("view_"):
        return f"{key} {word}".strip()
    return key or f"{word} in the palette"


def with_keys(sentence: str, **more: str) -> str:
    """A sentence of ours with the keys of this run in place of the actions named in it: `{add} adds one`."""
    return sentence.format_map(_Words(more))


class _Words(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return key_for(name)
