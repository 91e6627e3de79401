"""Which day a person means."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FULL_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FULL_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
EXAMPLES: Final = "2025-06-13, today, +7d, fri or 13 jun"

NAMED: Final = {"today": 0, "tomorrow": 1, "yesterday": -1}
ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
YEAR_OR_MONTH: Final = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?")
AWAY: Final = re.compile(r"([+-])\s*([0-9]{1,9})\s*([dwmy])")
DOTTED: Final = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.?(?:\s*([0-9]{4}))?")
DAY_FIRST: Final = re.compile(r"([0-9]{1,2})\.?\s*([a-z]{3,9})\.?,?(?:\s*([0-9]{4}))?")
MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.?\s*([0-9]{1,2}),?(?:\s+([0-9]{4}))?")


def parsed_day(text: str, today: date) -> str:
    """The ISO text of the day that a text means; a ValueError says in a sentence why it means none.

    A day without a year is in this year; a weekday is the next one, today included; a month later than the 31st
    is the last of a shorter month.
    """
    words = text.strip().lower()
    if words in NAMED:
        return _away(today, NAMED[words], "d", text)
    if match := AWAY.fullmatch(words):
        return _away(today, int(match[1] + match[2]), match[3], text)
    if (weekday := _index(words, FULL_WEEKDAYS)) is not None:
        return _away(today, (weekday - today.weekday()) % len(WEEKDAYS), "d", text)
    year, month, day = _parts(words, today.year)
    return _in_calendar(year, month, day).isoformat()


def parsed_end(text: str, today: date, *, last: bool) -> str:
    """The day at an end of a range, for which a year or a month is enough: its first day, or its last."""
    match = YEAR_OR_MONTH.fullmatch(text.strip())
    if match is None:
        return parsed_day(text, today)
    year, month = int(match[1]), int(match[2] or (len(MONTHS) if last else 1))
    first = _in_calendar(year, month, 1)
    return first.replace(day=monthrange(year, month)[1]).isoformat() if last else first.isoformat()


def written_day(iso: str) -> str:
    """A day as people write it: Fri 13 Jun 2025."""
    day = date.fromisoformat(iso)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _parts(words: str, this_year: int) -> tuple[int, int, int]:
    """Year, month and day as they are written, in the calendar or not."""
    if match := ISO.fullmatch(words):
        return int(match[1]), int(match[2]), int(match[3])
    if match := DOTTED.fullmatch(words):
        return int(match[3] or this_year), int(match[2]), int(match[1])
    if match := DAY_FIRST.fullmatch(words):
        return int(match[3] or this_year), _month(match[2]), int(match[1])
    if match := MONTH_FIRST.fullmatch(words):
        return int(match[3] or this_year), _month(match[1]), int(match[2])
    raise ValueError(f"Write a day such as {EXAMPLES}.")


def _month(word: str) -> int:
    index = _index(word, FULL_MONTHS)
    if index is None:
        raise ValueError(f"There is no month “{word}”; write a day such as {EXAMPLES}.")
    return index + 1


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names begins with the word, of three letters at least."""
    if len(word) < 3:
        return None
    return next((index for index, full in enumerate(names) if full.startswith(word)), None)


def _in_calendar(year: int, month: int, day: int) -> date:
    if not 1 <= month <= len(MONTHS):
        raise ValueError(f"There is no month {month}.")
    if not 1 <= year <= date.max.year:
        raise ValueError(f"There is no year {year}.")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = FULL_MONTHS[month - 1].capitalize()
        raise ValueError(f"{day} {MONTHS[month - 1]} is not in the calendar: {name} {year} has {last} days.")
    return date(year, month, day)


def _away(today: date, count: int, unit: str, text: str) -> str:
    try:
        if unit in "dw":
            return (today + timedelta(days=count * (7 if unit == "w" else 1))).isoformat()
        months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1])).isoformat()
    except (OverflowError, ValueError):
        raise ValueError(f"{text.strip()} is out of the calendar.") from None
