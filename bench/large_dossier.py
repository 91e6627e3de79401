"""Opens, jumps to the end and edits: a dossier of many demands beside the seed, in turn, in one run.

python -m bench.large_dossier [--demands 100000] [--pairs 5]
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from storage import create_store, packaged_seed
from tests.faults.terminal import Terminal


def many(demands: int) -> bytes:
    """The packaged seed with generated demands behind its own, as JSON."""
    document = json.loads(packaged_seed())
    made = [
        {
            "ref": f"D{number}",
            "title": f"Demand number {number}, worded so that it fills a column",
            "issue": ("ceasefire", "security", "territory")[number % 3],
            "kind": "demand",
            "by_party": ("UKR", "RUS")[number % 2],
        }
        for number in range(len(document["demands"]) + 1, demands + 1)
    ]
    return json.dumps(document | {"demands": document["demands"] + made}).encode()


def measured(path: Path, demands: int) -> dict[str, float]:
    """Milliseconds from the start of the program to its rows, from G to the last row, from Enter to `saved`."""
    started = time.perf_counter()
    terminal = Terminal(path, home=path.parent)
    terminal.shows("D9")
    times = {"open": _since(started)}
    terminal.shows(f"{demands:,} of {demands:,}")
    terminal.type("3")
    last = f"number {demands}," if demands > 9 else "Meeting"
    times["jump"] = _timed(lambda: terminal.write("G"), lambda: terminal.shows(last))
    terminal.type("right", "e", " x")
    times["edit"] = _timed(lambda: terminal.write("enter"), lambda: terminal.shows("u undoes"))
    terminal.leave()
    return times


def _timed(act: Callable[[], None], wait: Callable[[], None]) -> float:
    started = time.perf_counter()
    act()
    wait()
    return _since(started)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Measure in turn and print medians and their ratio."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--demands", type=int, default=100_000)
    asked.add_argument("--pairs", type=int, default=5)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seed, large = Path(folder, "seed.db"), Path(folder, "large.db")
        create_store(seed, packaged_seed()).close()
        started = time.perf_counter()
        create_store(large, many(options.demands)).close()
        print(f"made {options.demands:,} demands in {_since(started) / 1000:.1f} s, {large.stat().st_size:,} bytes")
        runs = [(measured(seed, 9), measured(large, options.demands)) for _ in range(options.pairs)]
    print(f"{'':8}{'seed ms':>10}{'large ms':>10}{'ratio':>8}")
    for name in ("open", "jump", "edit"):
        small, big = (statistics.median(run[side][name] for run in runs) for side in (0, 1))
        ratio = statistics.median(run[1][name] / run[0][name] for run in runs)
        print(f"{name:8}{small:10.0f}{big:10.0f}{ratio:8.2f}")


if __name__ == "__main__":
    main()
