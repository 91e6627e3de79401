"""Every computed view, exported, says what a second computation over the dossier's JSON says."""

import io
import json
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import RECORDS, Words, ask, create_store, format_named, open_store, outgoing
from tests.chance import tries
from tests.dossiers import dossiers, generated, stored
from tests.reference.facts import rounds
from tests.reference.keys import position_key
from tests.reference.questions import AS_OF, BETWEEN_ROUNDS, ON_A_DAY, WHOLE
from tests.reference.redaction import redacted
from tests.reference.zones import zone_of_demands

ROOT = Path(__file__).parents[2]
SEED = json.loads((ROOT / "seed.json").read_text("utf-8"))
ISTANBUL = json.loads((ROOT / "tests/data/istanbul-2025.json").read_text("utf-8"))
DAYS = ("2025-05-16", "2025-06-13", "2025-06-14", "2025-08-20", "2026-01-01")

any_dossier = settings(max_examples=tries(10), deadline=None, suppress_health_check=list(HealthCheck))
few_dossiers = settings(any_dossier, max_examples=tries(4))


# What is asked of the product and of the reference


def exported(leaving, view, **words):
    """The rows of a view as `parley export -f json` writes them, their columns in order."""
    out = io.StringIO()
    leaving.write_view(ask(leaving.store, Words(view, **words)), format_named("json"), out)
    return json.loads(out.getvalue())


def assert_agrees(leaving, dossier, as_of="", since="", on=DAYS[0]):
    """Every computed view is the reference's, at one place in the order of rounds and on one day."""
    for view in BETWEEN_ROUNDS:
        assert_same(exported(leaving, view, as_of=as_of, since=since), BETWEEN_ROUNDS[view](dossier, as_of, since))
    for view in AS_OF:
        assert_same(exported(leaving, view, as_of=as_of), AS_OF[view](dossier, as_of))
    for view in ON_A_DAY:
        assert_same(exported(leaving, view, on=on), ON_A_DAY[view](dossier, on))
    for view in WHOLE:
        assert_same(exported(leaving, view), WHOLE[view](dossier))
    assert zones_in_demands(leaving, as_of) == zone_of_demands(dossier, as_of)


def assert_same(rows, expected):
    """The same rows with the same columns in the same order."""
    assert rows == expected
    assert [list(row) for row in rows] == [list(row) for row in expected]


def zones_in_demands(leaving, as_of):
    """The column of zones that demands have beside their own fields."""
    rows = exported(leaving, "demands", columns="ref,zone", as_of=as_of)
    return {row["ref"]: row["zone"] for row in rows}


def spans(dossier):
    """Every pair of rounds, also those in which the first is not the earlier one."""
    return product([each["ref"] for each in rounds(dossier)], repeat=2)


def every_answer(store, dossier):
    """All rows of all computed views, those of rounds as of each round."""
    with outgoing(store, internal=True) as leaving:
        return {
            (view, each["ref"]): exported(leaving, view, as_of=each["ref"])
            for each in rounds(dossier)
            for view in (*BETWEEN_ROUNDS, *AS_OF)
        } | {view: exported(leaving, view) for view in (*ON_A_DAY, *WHOLE)}


# The same as the reference


@pytest.fixture(scope="module", params=[SEED, ISTANBUL], ids=["seed", "istanbul-2025"])
def known(request):
    """A dossier written by hand, and how it leaves."""
    with stored(request.param) as store, outgoing(store, internal=True) as leaving:
        yield request.param, leaving


def test_the_reference_finds_in_the_seed_the_zones_that_its_authors_meant():
    assert zone_of_demands(SEED) == {
        "D1": "contested",
        **dict.fromkeys(("D2", "D3", "D8", "D9"), "unanswered"),
        **dict.fromkeys(("D4", "D5"), "clashing"),
        **dict.fromkeys(("D6", "D7"), "blocked"),
    }


def test_dossiers_written_by_hand_break_no_rule(known):
    _, leaving = known

    assert not [finding for finding in leaving.store.check() if finding.error]


def test_unasked_every_view_stands_where_the_reference_stands(known):
    dossier, leaving = known

    assert_agrees(leaving, dossier)


def test_as_of_any_round_every_view_agrees(known):
    dossier, leaving = known

    for each in rounds(dossier):
        assert_agrees(leaving, dossier, as_of=each["ref"])


def test_between_any_two_rounds_movement_agrees(known):
    dossier, leaving = known

    for since, as_of in spans(dossier):
        for view in BETWEEN_ROUNDS:
            rows = exported(leaving, view, as_of=as_of, since=since)
            assert_same(rows, BETWEEN_ROUNDS[view](dossier, as_of, since))


@pytest.mark.parametrize("day", DAYS)
def test_on_any_day_commitments_agree(known, day):
    dossier, leaving = known

    assert_same(exported(leaving, "commitments", on=day), ON_A_DAY["commitments"](dossier, day))


@any_dossier
@given(dossiers(), st.data())
def test_of_any_dossier_every_view_agrees(dossier, data):
    since, as_of = data.draw(st.sampled_from([("", ""), *spans(dossier)]))
    day = data.draw(st.sampled_from(DAYS))
    dossier = dropping_without_words(dossier)

    with stored(dossier) as store, outgoing(store, internal=True) as leaving:
        assert_agrees(leaving, dossier, as_of, since, day)


@pytest.mark.parametrize("seed", range(3))
def test_of_a_larger_dossier_every_view_agrees(seed):
    dossier = dropping_without_words(generated(seed, parties=7, rounds=6, demands=20, positions=300))

    with stored(dossier) as store, outgoing(store, internal=True) as leaving:
        assert_agrees(leaving, dossier)
        assert_agrees(leaving, dossier, "R3", "R3", DAYS[2])


def dropping_without_words(dossier):
    """The dossier with no terms where a demand is dropped, which are tried on their own below."""
    for demand in dossier["demands"]:
        for row in demand.get("positions", []):
            if row["response"] == "drops":
                row.pop("terms", None)
    return dossier


def test_an_author_that_drops_a_demand_again_in_other_words_has_changed_its_terms():
    dossier = talks(says("P1", "drops", terms="for now"))
    dossier["rounds"].append({"ref": "R2", "seq": 2, "title": "Second", "format": "direct"})
    dossier["demands"][0]["positions"].append(says("P1", "drops", terms="for ever", round="R2"))

    with stored(dossier) as store, outgoing(store, internal=True) as leaving:
        [moved] = exported(leaving, "changes")

    assert (moved["movement"], moved["from_terms"], moved["to_terms"]) == ("changed", "for now", "for ever")


# What never changes an answer


@few_dossiers
@given(dossiers(), st.randoms())
def test_the_order_of_entry_changes_no_view(dossier, random):
    with stored(dossier) as store, stored(entered_otherwise(dossier, random)) as other:
        assert every_answer(other, dossier) == every_answer(store, dossier)


def entered_otherwise(dossier, random):
    """The same dossier with its lists in another order, but for those that are shown as recorded."""
    shown_as_recorded = ("parties", "stances", "assessments", "deliveries", "aliases")

    def shuffled(name, part):
        if isinstance(part, list):
            items = [shuffled(name, each) for each in part]
            return items if name in shown_as_recorded else random.sample(items, len(items))
        if isinstance(part, dict):
            names = random.sample(list(part), len(part))
            return {each: shuffled(each, part[each]) for each in names}
        return part

    return shuffled("", dossier)


@few_dossiers
@given(dossiers(), st.randoms())
def test_positions_entered_over_several_sittings_change_no_view(dossier, random):
    later, places = without_some_positions(dossier, random)

    with stored(dossier) as store, TemporaryDirectory() as folder:
        path = Path(folder) / "talks.db"
        create_store(path, json.dumps(later).encode(), "talks.json").close()
        for demand, position in places:
            sitting = open_store(path)
            enter(sitting, demand, position)
            sitting.close()
        reopened = open_store(path)
        answers = every_answer(reopened, dossier)
        reopened.close()
        assert answers == every_answer(store, dossier)


def without_some_positions(dossier, random):
    """The dossier without a few of its positions, and these with their demands, in any order."""
    places = [(demand, each) for demand in dossier["demands"] for each in demand.get("positions", [])]
    taken = random.sample(places, min(len(places), 4))
    left_out = {position_key(*each) for each in taken}
    smaller = [
        demand
        | {"positions": [each for each in demand.get("positions", []) if position_key(demand, each) not in left_out]}
        for demand in dossier["demands"]
    ]
    return dossier | {"demands": smaller}, taken


def enter(store, demand, position):
    """Record a position and what it rests on, as somebody would at the screen."""
    values = {name: value for name, value in position.items() if name not in ("from", "disputed_by")}
    for name, table in (("round", "rounds"), ("party", "parties"), ("hinges_on", "demands")):
        if name in values:
            values[name] = store.resolve(table, values[name])
    values["demand"] = store.resolve("demands", demand["ref"])
    added = store.add(RECORDS["positions"], values).edits[0].id
    for word, relation in (("from", "supports"), ("disputed_by", "disputes")):
        for ref in position.get(word, []):
            said = {"statement": store.resolve("statements", ref), "relation": relation}
            store.add(RECORDS["evidence"], {**said, "subject": "position", "subject_id": added})


@few_dossiers
@given(dossiers())
def test_from_a_round_to_itself_nothing_moves(dossier):
    with stored(dossier) as store, outgoing(store, internal=True) as leaving:
        for each in rounds(dossier):
            here = {"as_of": each["ref"], "since": each["ref"]}
            assert exported(leaving, "changes", **here) == []
            moves = [cell["movement"] for row in exported(leaving, "matrix", **here) for cell in row["cells"].values()]
            assert not any(moves)


@few_dossiers
@given(dossiers(), st.data())
def test_correcting_what_was_said_once_moves_nobody_afterwards(dossier, data):
    places = [(demand, each) for demand in dossier["demands"] for each in demand.get("positions", [])]
    if not places:
        return
    demand, position = data.draw(st.sampled_from(places))

    with stored(dossier) as store:
        kind = RECORDS["positions"]
        [id] = [id for id, key in keys_of(store, kind) if key == position_key(demand, position)]
        store.edit(kind, [id], {"terms": "without the typo"})
        with outgoing(store, internal=True) as leaving:
            for since, as_of in spans(dossier):
                moved = exported(leaving, "changes", as_of=as_of, since=since)
                assert all(row["from_round"] != row["to_round"] for row in moved)


def keys_of(store, kind):
    """The id and the key of every record of a kind."""
    ids = [id for id, _ in store.everything(kind.table)]
    return zip(ids, store.keys(kind.table, ids), strict=True)


# Zones: the first rule that fits


def talks(*answers, status="open", links=(), others=(), **demand):
    """A demand D1 of P1 to P2 in one round with these answers, and other demands beside it."""
    parties = [
        {"ref": ref, "name": f"Party {ref}", "kind": "state", "standing": standing}
        for ref, standing in (("P1", "primary"), ("P2", "primary"), ("P3", "secondary"))
    ]
    asked = {"ref": "D1", "title": "First", "kind": "demand", "by_party": "P1", "status": status, **demand}
    asked |= {"positions": [{"round": "R1", **each} for each in answers], "links": list(links)}
    first = {"ref": "R1", "seq": 1, "title": "First", "format": "direct"}
    return {"parley": 1, "title": "Talks", "parties": parties, "rounds": [first], "demands": [asked, *others]}


def says(party, response, **more):
    """One answer."""
    return {"party": party, "response": response, **more}


def beside(response, **more):
    """Another demand D2, of P2, with the answer of P1."""
    answers = [{"round": "R1", "party": "P1", "response": response}] if response else []
    return {"ref": "D2", "title": "Second", "kind": "demand", "by_party": "P2", "positions": answers, **more}


CONFLICT = {"other": "D2", "kind": "conflicts"}
BACK = {"other": "D1", "kind": "conflicts"}
DROPPED = [{"round": "R1", "party": "P2", "response": "drops"}]

FIRST_THAT_FITS = {
    "all accept, although there is a conflict": (
        "agreed",
        talks(says("P2", "accepts"), links=[CONFLICT], others=[beside(None)]),
    ),
    "one accepts and another who was asked is silent": ("near", talks(says("P2", "accepts"), says("P3", "silent"))),
    "a red line beside a plain rejection": (
        "blocked",
        talks(says("P2", "rejects"), says("P3", "rejects", red_line=True)),
    ),
    "a rejection beside a conflict": (
        "contested",
        talks(says("P2", "rejects"), links=[CONFLICT], others=[beside(None)]),
    ),
    "a conflict and no answer": ("clashing", talks(links=[CONFLICT], others=[beside(None)])),
    "a conflict that hangs on the other demand": ("clashing", talks(others=[beside(None, links=[BACK])])),
    "a conflict beside a conditional yes": (
        "clashing",
        talks(says("P2", "conditional"), links=[CONFLICT], others=[beside(None)]),
    ),
    "a conflict with a demand that was dropped": (
        "unanswered",
        talks(links=[CONFLICT], others=[beside(None, positions=DROPPED)]),
    ),
    "a conflict with a demand that was withdrawn": (
        "unanswered",
        talks(links=[CONFLICT], others=[beside(None, status="withdrawn")]),
    ),
    "a conflict with a demand of the same author": (
        "unanswered",
        talks(links=[CONFLICT], others=[beside(None, by_party="P1")]),
    ),
    "deferred is no answer": ("unanswered", talks(says("P2", "deferred"))),
    "a conditional yes on what was rejected": (
        "linked",
        talks(says("P2", "conditional", hinges_on="D2"), others=[beside("rejects")]),
    ),
    "a conditional yes on what was accepted": (
        "near",
        talks(says("P2", "conditional", hinges_on="D2"), others=[beside("accepts")]),
    ),
    "a conditional yes on what was rejected and is over": (
        "near",
        talks(says("P2", "conditional", hinges_on="D2"), others=[beside("rejects", status="lapsed")]),
    ),
    "an answer of someone who was not asked": ("unanswered", talks(says("P3", "rejects"), to_party="P2")),
    "all accept, but the author has dropped it": (None, talks(says("P1", "drops"), says("P2", "accepts"))),
    "all accept, but it was replaced": (None, talks(says("P2", "accepts"), status="replaced")),
}


@pytest.mark.parametrize(("zone", "dossier"), FIRST_THAT_FITS.values(), ids=FIRST_THAT_FITS)
def test_a_zone_follows_the_first_rule_that_fits(zone, dossier):
    with stored(dossier) as store, outgoing(store, internal=True) as leaving:
        [found, *_] = exported(leaving, "zones")

    assert found["zone"] == zone


# What is internal


@pytest.mark.parametrize("dossier", [SEED, ISTANBUL], ids=["seed", "istanbul-2025"])
def test_what_leaves_of_a_known_dossier_is_what_the_reference_lets_out(dossier):
    assert_leaves_redacted(dossier)


@any_dossier
@given(dossiers())
def test_what_leaves_of_any_dossier_is_what_the_reference_lets_out(dossier):
    assert_leaves_redacted(dossier)


def assert_leaves_redacted(dossier):
    """Without --internal everything leaves as if what is internal had been deleted, and is computed from the rest."""
    dossier = dropping_without_words(dossier)
    let_out = redacted(dossier)
    with stored(dossier) as store, stored(let_out) as smaller, outgoing(store) as leaving:
        assert whole(leaving) == whole(store_as_it_is(smaller))
        assert_agrees(leaving, let_out)


def store_as_it_is(store):
    """Everything in the store, to be written."""
    with outgoing(store, internal=True) as leaving:
        return leaving


def whole(leaving):
    """The dossier as it leaves."""
    out = io.StringIO()
    leaving.write_dossier(format_named("json"), out)
    return out.getvalue()
