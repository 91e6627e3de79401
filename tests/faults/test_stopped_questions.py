"""A question that is stopped says so, whatever it was doing at that moment, and the next one is answered."""

import io
import threading
from contextlib import contextmanager, suppress

from storage import Answers, Demand, Question, Stopped, View, open_store, outgoing

ROUNDS = 15


@contextmanager
def stopped_again_and_again(store):
    """Every question that this thread asks inside is stopped at any moment."""
    asking, ended = threading.get_ident(), threading.Event()

    def stop():
        while not ended.is_set():
            store.interrupt(asking)

    stopping = threading.Thread(target=stop)
    stopping.start()
    try:
        yield
    finally:
        ended.set()
        stopping.join()


def brief(store):
    out = io.StringIO()
    with outgoing(store) as leaving:
        leaving.write_brief("demand:D1", out, as_of="")
    return out.getvalue()


def test_a_question_that_is_stopped_raises_stopped_and_nothing_else(istanbul):
    store = open_store(istanbul)
    answers = Answers(store)
    questions = [
        store.title,
        store.version,
        store.holds_internal,
        lambda: store.count(View(Demand)),
        lambda: store.longest(Demand, "ref"),
        lambda: store.rows(View(Demand), store.find(View(Demand))),
        lambda: store.values(View(Demand), "issue"),
        lambda: answers.zones(store.find(View(Demand)), None),
        lambda: answers.table(Question("matrix")),
        lambda: brief(store),
    ]
    before = [str(ask()) for ask in questions[:5]]

    with stopped_again_and_again(store):
        for _ in range(ROUNDS):
            for ask in questions:
                with suppress(Stopped):
                    ask()

    assert [str(ask()) for ask in questions[:5]] == before
    store.close()
