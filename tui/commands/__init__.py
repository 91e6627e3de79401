"""The command line, one file a command; each is loaded only when it is asked for."""

COMMANDS = {
    "backup": "Copy FILE whole.",
    "brief": "Write one page about a demand, a round or a party.",
    "check": "Is FILE sound?",
    "demo": "Try the screen on a fresh dossier.",
    "export": "Write a view of FILE.",
    "import": "Put a table or a whole dossier into FILE.",
    "keys": "Print every key of the screen, as it is configured.",
    "log": "Who changed what, and when.",
    "new": "Make a dossier.",
    "schema": "Print the JSON Schema of a dossier.",
    "serve": "Show FILE in a browser on this machine.",
    "undo": "Take back the last step, or redo it.",
}
"""What the first word of a command line may be besides the path of a dossier, and what --help says of it."""

FILES = {"import": "importing"}
"""Where a command is found whose name can't be that of a module."""
