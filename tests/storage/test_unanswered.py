"""A question that can't be answered because of what other programs wrote is refused in a sentence that names it."""

import io
import sqlite3
from contextlib import closing

import pytest

from storage import COMPUTED_VIEWS, FORMATS, CannotOpen, StorageError, Words, ask, open_store, outgoing
from tests.hostile import AT_ONCE
from tests.storage.hand import damage_an_index


def written(path, *statements):
    """Let another program write, which minds neither references nor CHECKs."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def said_of(path, words):
    """What an export of a view says when it fails; None when it does not."""
    with closing(open_store(path)) as store, outgoing(store, internal=True) as leaving:
        try:
            leaving.write_view(ask(store, Words(words)), FORMATS["csv"], io.StringIO())
        except StorageError as error:
            return str(error)
        return None


@pytest.mark.parametrize("table", ["parties", "rounds", "demands", "statements", "sources"])
def test_a_view_without_the_records_that_others_refer_to_says_which_are_missing(istanbul, table):
    written(istanbul, f"DELETE FROM {table}")

    refused = [said for view in COMPUTED_VIEWS if (said := said_of(istanbul, view))]

    assert all(" that is not there. `parley check` names all of it." in said for said in refused)
    assert refused


def test_a_view_of_a_large_file_says_which_of_its_words_is_none(istanbul):
    """Of a large file not every value is looked at when it is opened."""
    written(istanbul, "UPDATE parties SET standing = 'odd'", "CREATE TABLE padding AS SELECT zeroblob(20500000)")

    assert "holds what none may hold: party UKR: Standing must be one of" in said_of(istanbul, "matrix")


ALL_INTERNAL = (
    "UPDATE statements SET visibility = 'internal'",
    f"UPDATE evidence SET subject = '{AT_ONCE}'",
    "CREATE TABLE padding AS SELECT zeroblob(20500000)",
)


def test_what_is_internal_is_left_out_of_a_large_file_with_a_word_that_is_none(istanbul):
    written(istanbul, *ALL_INTERNAL)

    with closing(open_store(istanbul)) as store, outgoing(store) as leaving:
        assert leaving.write_view(ask(leaving.store, Words("statements")), FORMATS["csv"], io.StringIO()) == 0


def test_nothing_leaves_where_the_copy_without_what_is_internal_is_none_that_may_be_opened(istanbul):
    """The copy is small, so that every value of it is looked at."""
    written(istanbul, *ALL_INTERNAL, "UPDATE parties SET standing = 'odd'", "DROP TABLE padding")

    with closing(open_store(istanbul)) as store, pytest.raises(CannotOpen, match="What is internal can't be left out"):
        outgoing(store).__enter__()


def test_what_damage_leaves_without_an_answer_is_no_fault_of_a_record(istanbul):
    damage_an_index(istanbul)

    with closing(open_store(istanbul)) as store, pytest.raises(CannotOpen) as refused, store.one_moment():
        raise LookupError("a row that only the index knows")

    assert "holds what none may hold: The file is damaged" in str(refused.value)


def test_a_fault_of_our_own_is_no_fault_of_the_file(istanbul):
    with closing(open_store(istanbul)) as store, pytest.raises(LookupError), store.one_moment():
        raise LookupError("our own")
