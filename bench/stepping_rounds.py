"""Steps through the rounds of a large dossier, as holding `]` does: matrix, changes and zones, a screenful of each.

python -m bench.stepping_rounds [--positions 200000]
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

from storage import Answers, Question, create_store
from tests.dossiers import generated

PARTIES, ROUNDS, DEMANDS = 200, 40, 2_000
SCREENFUL = 60


def milliseconds(answers: Answers, question: Question) -> float:
    """How long one step takes until a screenful of rows is there, with every column of it."""
    started = time.perf_counter()
    table = answers.table(question)
    for row in table.rows[:SCREENFUL]:
        for column in table.columns:
            row.values[column.name]
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Make the dossier, step through its rounds, print medians and worst cases."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--positions", type=int, default=200_000)
    options = asked.parse_args()
    document = json.dumps(generated(1, PARTIES, ROUNDS, DEMANDS, options.positions)).encode()
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        store = create_store(Path(folder, "large.db"), document)
        print(f"made {options.positions:,} positions in {time.perf_counter() - started:.0f} s")
        answers = Answers(store)
        print(f"first matrix, rows read: {milliseconds(answers, Question('matrix')):.0f} ms")
        rounds = [f"R{number}" for number in range(2, ROUNDS + 1)]
        for view in ("matrix", "changes", "zones"):
            steps = [milliseconds(answers, Question(view, as_of=ref)) for ref in rounds]
            print(f"{view:8} p50 {statistics.median(steps):6.0f} ms   max {max(steps):6.0f} ms")
        store.close()


if __name__ == "__main__":
    main()
