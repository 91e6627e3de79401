"""Which day a person means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.editors.dates import MONTHS, parsed_day, written_day

FRIDAY = date(2025, 5, 16)

days = st.dates(date(1000, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2025-06-13", "2025-06-13"),
        ("2025-6-3", "2025-06-03"),
        ("today", "2025-05-16"),
        (" Tomorrow ", "2025-05-17"),
        ("yesterday", "2025-05-15"),
        ("+7d", "2025-05-23"),
        ("-2w", "2025-05-02"),
        ("+1m", "2025-06-16"),
        ("-5m", "2024-12-16"),
        ("+1y", "2026-05-16"),
        ("fri", "2025-05-16"),
        ("Thursday", "2025-05-22"),
        ("13 jun", "2025-06-13"),
        ("13 june", "2025-06-13"),
        ("jun 13", "2025-06-13"),
        ("13 jun 2026", "2026-06-13"),
        ("June 13, 2026", "2026-06-13"),
        ("13.6.2026", "2026-06-13"),
        ("13.6.", "2025-06-13"),
        ("29 feb 2024", "2024-02-29"),
    ],
)
def test_a_day_is_understood(text: str, means: str) -> None:
    assert parsed_day(text, FRIDAY) == means


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 feb", "31 Feb is not in the calendar: February 2025 has 28 days."),
        ("2025-02-30", "30 Feb is not in the calendar"),
        ("29.2.2025", "29 Feb is not in the calendar"),
        ("0 jun", "0 Jun is not in the calendar"),
        ("2025-13-01", "There is no month 13."),
        ("13 foo", "There is no month “foo”"),
        ("0000-01-01", "There is no year 0."),
        ("+99999999d", r"\+99999999d is out of the calendar."),
        ("-9999y", "-9999y is out of the calendar."),
        ("", "Write a day such as 2025-06-13, today"),
        ("soon", "Write a day such as"),
        ("13/6/2025", "Write a day such as"),
        ("13.6.25", "Write a day such as"),
        ("13 ju", "Write a day such as"),
        ("٢٠٢٥-٠٦-١٣", "Write a day such as"),
        ("2025-06-13T00:00:00", "Write a day such as"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parsed_day(text, FRIDAY)


def test_a_month_after_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert parsed_day("+1m", date(2025, 1, 31)) == "2025-02-28"


def test_a_day_is_written_with_its_weekday() -> None:
    assert written_day("2025-06-13") == "Fri 13 Jun 2025"


@given(days, days)
def test_every_day_is_understood_in_each_of_its_spellings(day: date, today: date) -> None:
    name = MONTHS[day.month - 1]
    spellings = [
        day.isoformat(),
        f"{day.day} {name} {day.year}",
        f"{name} {day.day} {day.year}",
        f"{day.day}.{day.month}.{day.year}",
    ]

    assert {parsed_day(each, today) for each in spellings} == {day.isoformat()}


@given(days, days)
def test_the_distance_between_two_days_leads_from_one_to_the_other(day: date, today: date) -> None:
    assert parsed_day(f"{(day - today).days:+}d", today) == day.isoformat()


@given(
    st.dates(date(1000, 1, 1), date.max - timedelta(days=7)),
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
)
def test_a_weekday_is_one_of_the_seven_days_from_today_on(today: date, weekday: str) -> None:
    day = date.fromisoformat(parsed_day(weekday, today))

    assert 0 <= (day - today).days < 7
    assert written_day(day.isoformat()).lower().startswith(weekday)


@given(st.text(max_size=20), days)
def test_any_text_means_a_day_of_the_calendar_or_is_refused_with_a_sentence(text: str, today: date) -> None:
    answer = _answer(text, today)

    assert answer.endswith(".") or date.fromisoformat(answer).isoformat() == answer


def _answer(text: str, today: date) -> str:
    try:
        return parsed_day(text, today)
    except ValueError as refusal:
        return str(refusal)
