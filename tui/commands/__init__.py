"""The command line, one file a command; each is loaded only when it is asked for."""

COMMANDS = ("backup", "check", "demo", "export", "log", "new", "schema", "undo")
"""What the first word of a command line may be besides the path of a dossier."""
