"""What of a pasted text can go into an editor."""

from storage import one_to_one

BLANKED = "Line breaks and tabs became blanks."
LEFT_OUT = "Control characters were left out."


def cleaned(pasted: str, multiline: bool = False) -> tuple[str, str]:
    """The text that can be typed in place of a pasted one, and a word on what it lost, "" for nothing."""
    text = pasted.replace("\r\n", "\n").replace("\r", "\n")
    if not multiline:
        text = text.rstrip("\n")
    blanks = "\t" if multiline else "\t\n"
    shown = one_to_one(text, multiline)
    kept = [
        " " if each in blanks else each for each, seen in zip(text, shown, strict=True) if _stays(each, seen, blanks)
    ]
    words = []
    if any(each in text for each in blanks):
        words.append("Tabs became blanks." if multiline else BLANKED)
    if len(kept) < len(text):
        words.append(LEFT_OUT)
    return "".join(kept), " ".join(words)


def _stays(character: str, seen: str, blanks: str) -> bool:
    return character == seen or character in blanks
