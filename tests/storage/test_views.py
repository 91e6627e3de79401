"""Which records a view holds, in which order, and by which names records are found."""

import pytest

from storage.errors import Refused, Unknown
from storage.record import RECORDS
from storage.records import (
    Assessment,
    Commitment,
    Demand,
    Evidence,
    Party,
    Person,
    Round,
    Source,
    Stance,
    Statement,
)
from storage.view import Condition, Sort, View
from tests.storage.hand import by_sqlite


def refs(hand, view):
    return hand.store.keys(view.kind.table, hand.store.find(view))


def where(hand, kind, *conditions, **view):
    """The refs of the records that fulfil (field, operator, value), with names for references."""
    stored = (Condition(name, operator, hand.stored(kind, {name: value})[name]) for name, operator, value in conditions)
    return refs(hand, View(kind, where=tuple(stored), **view))


def by(hand, kind, *fields):
    return refs(hand, View(kind, sort=tuple(Sort(name.removeprefix("-"), name.startswith("-")) for name in fields)))


def test_find_rows_and_count_agree(ours):
    view = View(Demand, where=(Condition("by_party", "=", ours.id(Party, "RUS")),))

    ids = ours.store.find(view)

    assert ours.store.count(view) == len(ids) == 4
    assert [found.id for found in ours.store.rows(view, ids)] == list(ids)
    with ours.store.stream(view) as streamed:
        assert list(streamed) == ours.store.rows(view, ids)


def test_only_the_first_are_found_when_a_limit_is_given(ours):
    assert list(ours.store.find(View(Demand), 3)) == list(ours.store.find(View(Demand)))[:3]


def test_rows_come_in_the_order_asked_for_and_without_those_that_are_gone(ours):
    ids = list(ours.store.find(View(Demand)))
    gone = ids[4]
    ours.store.delete(Demand, [gone])

    found = ours.store.rows(View(Demand), [ids[2], gone, ids[0]])

    assert [each.values["ref"] for each in found] == ["D3", "D1"]


def test_a_row_tells_refs_and_names_of_the_records_that_it_refers_to(ours):
    [found] = ours.store.rows(View(Demand), [ours.id(Demand, "D1")])

    assert (found.names["by_party"], found.long_names["by_party"]) == ("UKR", "Ukraine")
    assert (found.machine("by_party"), found.machine("ref")) == ("UKR", "D1")


# Filters


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ([("kind", "=", "goal")], ["D5"]),
        ([("kind", "=", "goal"), ("kind", "=", "red_line")], ["D4", "D5"]),
        ([("kind", "=", "goal"), ("kind", "=", "red_line"), ("ref", "=", "D5")], ["D5"]),
        ([("by_party", "=", "RUS"), ("to_party", "=", "USA")], ["D8", "D9"]),
        ([("to_party", "=", None)], ["D2", "D4", "D5", "D7"]),
        ([("to_party", "!=", None)], ["D1", "D3", "D6", "D8", "D9"]),
        ([("to_party", "!=", "USA"), ("by_party", "=", "RUS")], ["D6", "D7"]),
        ([("note", "=", "")], [f"D{number}" for number in range(1, 10)]),
        ([("ref", "!=", "D1"), ("ref", "!=", "D2"), ("by_party", "=", "UKR")], ["D3", "D4", "D5"]),
    ],
)
def test_conditions_are_alternatives_within_a_field_and_hold_together_across(ours, conditions, expected):
    assert where(ours, Demand, *conditions) == expected


def test_comparisons_are_by_size_and_never_hold_for_what_is_empty(ours):
    for number, (quantity, due) in enumerate([(9.0, "2025-05-01"), (10.0, None), (0.5, "2025-07-01"), (None, None)], 3):
        ours.add(Commitment, ref=f"C{number}", agreement="A1", by_party="UKR", quantity=quantity, due_on=due)

    assert where(ours, Commitment, ("quantity", ">=", 9.0), ("quantity", "<=", 10.0)) == ["C3", "C4"]
    assert where(ours, Commitment, ("due_on", "<=", "2025-06-13")) == ["C1", "C2", "C3"]
    assert where(ours, Commitment, ("due_on", ">=", "2025-06-14")) == ["C5"]
    assert where(ours, Commitment, ("quantity", "=", None)) == ["C6"]


def test_flags_lists_and_numbers_beyond_the_file_can_be_asked_for(ours):
    assert len(where(ours, Party, ("essential", "=", True))) == 6
    assert where(ours, Party, ("essential", "!=", True)) == []
    assert where(ours, Party, ("aliases", "=", ("Kyiv", "Kiev"))) == ["UKR"]
    assert "UKR" not in where(ours, Party, ("aliases", "=", ()))
    assert where(ours, Round, ("seq", "<=", 10**400)) == ["R1"]
    assert where(ours, Round, ("seq", "=", 2**63)) == []


def test_an_unknown_field_is_named_with_those_there_are(ours):
    for ask in (
        lambda: ours.store.find(View(Demand, where=(Condition("colour", "=", "red"),))),
        lambda: ours.store.count(View(Demand, where=(Condition("colour", "=", "red"),))),
        lambda: ours.store.find(View(Demand, sort=(Sort("id; DROP TABLE demands"),))),
        lambda: ours.store.values(View(Demand), "colour"),
    ):
        with pytest.raises(Unknown, match=r'There is no field ".*" in demands; there are ref, title, '):
            ask()


def test_marked_records_alone_are_in_the_view_whatever_else_is_asked(ours):
    ids = tuple(ours.id(Demand, ref) for ref in ("D9", "D1", "D4"))

    assert refs(ours, View(Demand, ids=ids)) == ["D1", "D4", "D9"]
    assert where(ours, Demand, ("by_party", "=", "RUS"), ids=ids) == ["D9"]
    assert refs(ours, View(Demand, ids=())) == []


# Search


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("ceasefire", ["D1"]),
        ("CEASE", ["D1"]),
        ("easefir", ["D1"]),
        ("céasefire", ["D1"]),
        ("Kiev", ["D1", "D2", "D3", "D4", "D5", "D6"]),
        ("moscow", ["D1", "D3", "D6", "D7", "D8", "D9"]),
        ("nothing of this", []),
        ("", [f"D{number}" for number in range(1, 10)]),
    ],
)
def test_search_finds_parts_of_words_without_case_and_accents_and_aliases_of_others(ours, search, expected):
    assert refs(ours, View(Demand, search=search)) == expected


@pytest.mark.parametrize("search", ["%", "_", "'", '"', "\\", "[", '", "', "a\nb", "*", "NEAR(", "😀", "' OR 1=1 --"])
def test_hostile_characters_are_searched_for_as_they_are(ours, search):
    assert refs(ours, View(Demand, search=search)) == []
    assert ours.store.suggestions("parties", search) == []

    ours.edit(Demand, "D4", note=f"before{search}behind")
    ours.edit(Party, "CHN", aliases=(f"before{search}behind",))
    assert refs(ours, View(Demand, search=search)) == ["D4"]
    assert [each.name for each in ours.store.suggestions("parties", search)] == ["CHN"]
    assert refs(ours, View(Stance, search=search)) == ["CHN"]


def test_search_looks_at_the_names_of_others_and_not_at_all_that_is_noted_of_them(ours):
    ours.edit(Party, "CHN", note="Grain corridor")

    assert refs(ours, View(Stance, search="grain")) == []
    assert refs(ours, View(Party, search="grain")) == ["CHN"]
    assert ours.store.suggestions("parties", "grain") == []


def test_search_among_evidence_and_assessments_finds_what_they_are_about(ours):
    assert {key.split(":")[1] for key in refs(ours, View(Evidence, search="D1"))} == {"D1"}
    assert refs(ours, View(Assessment, search="prisoner")) == ["agreement:A1/significance"]


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("İzmir", "izmir"),
        ("Kharkïv", "kharkiv"),
        ("Medinskyï", "medinsky"),
        ("Київ", "київ"),
    ],
)
def test_search_is_blind_to_what_a_keyboard_lacks(ours, text, search):
    ours.edit(Demand, "D4", note=text)

    assert refs(ours, View(Demand, search=search)) == ["D4"]


def test_search_sees_an_edit_at_once(ours):
    ours.edit(Demand, "D4", title="Grain corridor")

    assert refs(ours, View(Demand, search="grain")) == ["D4"]
    ours.undo()
    assert refs(ours, View(Demand, search="grain")) == []


# Order


@pytest.fixture
def many(ours):
    """Refs beyond nine, rounds recorded against their order, parties of every standing."""
    for number in (10, 100, 11):
        ours.add(Demand, ref=f"D{number}", title=f"Item {number}", kind="demand", by_party="RUS", issue="")
    for seq in (3, 0, 2):
        ours.add(Round, ref=f"R{seq}", seq=seq, title=f"Round {seq}", format="direct")
    ours.add(Party, ref="ZZZ", name="Third", kind="other", standing="third")
    ours.add(Party, ref="AAA", name="First", kind="state", standing="primary")
    return ours


def test_records_stand_in_their_usual_order_when_nobody_asks(many):
    many.add(Commitment, ref="C10", agreement="A1", by_party="UKR")
    many.add(Source, ref="S0", title="Later", kind="news")

    assert many.keys(Demand) == [*(f"D{number}" for number in range(1, 10)), "D10", "D11", "D100"]
    assert many.keys(Commitment) == ["C1", "C2", "C10"]
    assert many.keys(Round) == ["R0", "R1", "R2", "R3"]
    assert many.keys(Party) == ["UKR", "RUS", "AAA", "USA", "EU", "CHN", "TUR", "ZZZ"]
    assert many.keys(Source) == ["S1", "S0"]
    assert many.keys(Statement)[:3] == ["1a", "1b", "1c"]


def test_numbers_in_text_are_sorted_by_size(many):
    assert by(many, Demand, "-ref")[:3] == ["D100", "D11", "D10"]
    assert [ref for ref in by(many, Demand, "title") if len(ref) > 2] == ["D10", "D11", "D100"]


def test_what_is_empty_comes_last_in_both_directions(many):
    assert set(by(many, Demand, "issue")[-3:]) == {"D10", "D11", "D100"}
    assert set(by(many, Demand, "-issue")[-3:]) == {"D10", "D11", "D100"}
    assert by(many, Demand, "to_party")[-1] == by(many, Demand, "-to_party")[-1] == "D100"
    assert by(many, Round, "starts_on")[0] == by(many, Round, "-starts_on")[0] == "R1"


def test_references_are_sorted_by_what_is_shown(ours):
    assert [ours.row(Demand, ref)["by_party"] for ref in by(ours, Demand, "by_party")] == ["RUS"] * 4 + ["UKR"] * 5
    speakers = [ours.row(Statement, ref)["speaker"] for ref in by(ours, Statement, "speaker")]
    assert speakers[:2] == ["Volodymyr Zelenskyy"] * 2


def test_equal_values_keep_their_usual_order_and_further_keys_decide(ours):
    assert by(ours, Demand, "status") == [f"D{number}" for number in range(1, 10)]
    assert by(ours, Demand, "-status") == [f"D{number}" for number in range(1, 10)]
    assert by(ours, Demand, "by_party", "-ref") == ["D9", "D8", "D7", "D6", "D5", "D4", "D3", "D2", "D1"]


def test_lists_are_sorted_as_they_are_read(ours):
    ours.edit(Party, "CHN", aliases=("A",))
    ours.edit(Party, "TUR", aliases=("A B",))

    assert by(ours, Party, "aliases")[:2] == ["CHN", "TUR"]


# The values of a column


def test_values_come_in_order_with_counts_the_empty_one_last(ours):
    told = [(each.shown, each.count) for each in ours.store.values(View(Demand), "to_party")]

    assert told == [("RUS", 2), ("UKR", 1), ("USA", 2), ("∅", 4)]


def test_values_are_those_of_the_view(ours):
    view = View(Demand, where=(Condition("by_party", "=", ours.id(Party, "RUS")),))

    assert [(each.value, each.count) for each in ours.store.values(view, "status")] == [("open", 4)]


def test_numbers_among_values_are_ordered_by_size_and_flags_said(ours):
    for number, quantity in enumerate((10.0, 9.0, 0.5), 3):
        ours.add(Commitment, ref=f"C{number}", agreement="A1", by_party="UKR", quantity=quantity)

    told = [each.shown for each in ours.store.values(View(Commitment), "quantity")]
    assert told == ["0.5", "9", "10", "1000"]
    assert [each.shown for each in ours.store.values(View(Party), "essential")] == ["yes"]


def test_subjects_among_values_are_named(ours):
    told = {each.shown for each in ours.store.values(View(Assessment), "subject_id")}

    assert told == {"A1", "∅"}


# Names


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("u", ["UKR", "USA", "EU", "RUS", "TUR"]),
        ("uk", ["UKR"]),
        ("Kie", ["UKR"]),
        ("rus", ["RUS"]),
        ("states", ["USA"]),
        ("turki", ["TUR"]),
        ("nobody", []),
    ],
)
def test_suggestions_know_refs_names_and_aliases_beginnings_first(ours, typed, expected):
    assert [each.name for each in ours.store.suggestions("parties", typed)] == expected


def test_suggestions_of_nothing_typed_are_all_in_natural_order(ours):
    ours.add(Demand, ref="D10", title="Pause", kind="demand", by_party="RUS")

    assert [each.name for each in ours.store.suggestions("demands", "")][-2:] == ["D9", "D10"]
    assert len(ours.store.suggestions("demands", "", 3)) == 3


def test_suggestions_of_records_without_a_name_are_keys(ours):
    assert [each.name for each in ours.store.suggestions("positions", "d1/")] == ["R1/D1/UKR", "R1/D1/RUS"]


@pytest.mark.parametrize("name", ["UKR", "Ukraine", "Kyiv", "Kiev", "ukr", "UKRAINE", "kyïv"])
def test_a_record_is_found_by_ref_name_and_alias(ours, name):
    assert ours.store.resolve("parties", name) == ours.id(Party, "UKR")


@pytest.mark.parametrize(
    ("table", "name"),
    [("people", "Vladimir Medinskyy"), ("positions", "R1/D1/RUS"), ("delegates", "R1/UKR/Rustem Umerov")],
)
def test_people_are_found_by_alias_and_others_by_key(ours, table, name):
    ours.edit(Person, "Vladimir Medinsky", aliases=("Vladimir Medinskyy",))

    assert ours.store.resolve(table, name) in ours.store.find(View(RECORDS[table]))


def test_an_exact_name_goes_before_one_that_only_sounds_alike(ours):
    ours.edit(Party, "CHN", aliases=("ukraine",))

    assert ours.store.resolve("parties", "Ukraine") == ours.id(Party, "UKR")
    assert ours.store.resolve("parties", "ukraine") == ours.id(Party, "CHN")


def test_a_name_of_several_records_is_refused_with_their_names(ours):
    ours.edit(Party, "CHN", "TUR", aliases=("East",))

    with pytest.raises(Refused, match=r"“East” can mean CHN, TUR; say which."):
        ours.store.resolve("parties", "East")


@pytest.mark.parametrize("name", ["", "Atlantis", "%", "\x1b[31m", "x" * 1000])
def test_an_unknown_name_is_refused_in_a_sentence_that_can_be_printed(ours, name):
    with pytest.raises(Refused, match=r"There is no party “.*”.") as refused:
        ours.store.resolve("parties", name)

    assert "\x1b" not in str(refused.value)
    assert len(str(refused.value)) < 100


@pytest.mark.parametrize(
    ("table", "sentence"),
    [("parties", "“East␛” can mean CHN, TUR; say which."), ("positions", "There is no position “East␛”.")],
)
def test_what_was_looked_for_is_repeated_so_that_it_can_be_printed(ours, table, sentence):
    ours.edit(Party, "CHN", "TUR", aliases=("East\x1b",))

    with pytest.raises(Refused, match=sentence):
        ours.store.resolve(table, "East\x1b")


def test_lists_that_are_none_are_shown_as_they_stand(ours):
    by_sqlite(ours.path, "UPDATE parties SET aliases = 'Beijing' WHERE ref = 'CHN'")
    by_sqlite(ours.path, "UPDATE parties SET aliases = '[1, [2]]' WHERE ref = 'TUR'")
    ours.store.news()

    assert (ours.row(Party, "CHN")["aliases"], ours.row(Party, "TUR")["aliases"]) == (("Beijing",), ("1", "[2]"))
    assert refs(ours, View(Stance, search="beij")) == ["CHN"]
    assert by(ours, Party, "aliases")[0] == "TUR"
    with pytest.raises(Refused):
        ours.store.resolve("parties", "Shanghai")
