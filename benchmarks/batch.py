"""Cases per second: one process, two, and the plain way, on the same cases in the same run.

    python benchmarks/batch.py [cases] [plain cases]

300 generated cases unless it is said otherwise, and 6 for the plain way: docxtpl, a start of
soffice for every document, pypdf. Promised: 15 times the plain way, 1.8 times as fast with two
processes as with one, and 1,000 unchanged cases looked through in less than 5 s. Needs
LibreOffice and the extra `bench`. Compare the ratios, not the seconds.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plain
from cases import DAY, write_cases

PLAIN_PROMISED, TWO_PROMISED, UNCHANGED_PROMISED = 15.0, 1.8, 5.0


@dataclass(frozen=True)
class Measured:
    """One run: its wall seconds, and what its report says of each case, in order."""

    wall: float
    rows: list[dict[str, Any]]

    def wall_of(self, names: Sequence[str]) -> float:
        """Return the part of the wall seconds that went into these cases."""
        own = sum(row["seconds"] for row in self.rows if row["name"] in names)
        return self.wall * own / sum(row["seconds"] for row in self.rows)

    def memory_after(self, count: int) -> float:
        """Return the most megabytes that a worker ever had in the first so many cases."""
        return max(row["memory"] for row in self.rows[:count]) / 1e6


def batch(folder: Path, out: Path, jobs: int) -> Measured:
    """Run a batch as a process of its own, and measure it."""
    command = [sys.executable, "-m", "wvp_docs", "batch", folder, "-o", out, "--jobs", str(jobs)]
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "--peildatum", str(DAY)], cwd=plain.HERE, stdout=subprocess.DEVNULL, check=False
    )
    wall = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"failed with {done.returncode}")
    return Measured(wall, json.loads((out / "report.json").read_bytes())["cases"])


def plain_way(cases: Sequence[Path], folder: Path) -> float:
    """Return the wall seconds of the plain way over these cases, one after the other."""
    start = time.perf_counter()
    for case in cases:
        home = folder / case.parent.name
        home.mkdir(parents=True)
        plain.convert(home, [[path] for path in plain.render(home, case)])
        plain.merge(home)
    return time.perf_counter() - start


def main() -> None:
    """Print what was measured beside what is promised; exit 1 when a promise is broken."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    few = int(sys.argv[2]) if len(sys.argv) > 2 else 6  # noqa: PLR2004
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        cases = write_cases(home / "in", count)
        one, two = (batch(home / "in", home / f"out{jobs}", jobs) for jobs in (1, 2))
        unchanged = batch(home / "in", home / "out2", 2)
        by_hand = plain_way(cases[:few], home / "plain")
    names = [case.parent.name for case in cases[:few]]
    pages = sum(row["pages"] for row in one.rows)
    print(f"{count} cases, {sum(row['documents'] for row in one.rows)} documents, {pages} pages")
    for jobs, run in ((1, one), (2, two)):
        print(f"{jobs} process(es): {run.wall:.0f} s, {count / run.wall:.2f} cases a second")
    for at in (100, 1000, 5000):
        if count >= at:
            print(f"largest worker after {at} cases: {two.memory_after(at):.0f} MB")
    ratios = [by_hand / run.wall_of(names) for run in (one, two)]
    print(f"plain way, {few} of them: {by_hand:.0f} s; {ratios[0]:.0f} and {ratios[1]:.0f} times")
    faster, allowed = one.wall / two.wall, UNCHANGED_PROMISED * max(1, count / 1000)
    print(f"two processes: {faster:.2f} times as fast as one, promised {TWO_PROMISED}")
    print(f"{count} unchanged: {unchanged.wall:.1f} s, promised {allowed:.0f}")
    if ratios[1] < PLAIN_PROMISED or faster < TWO_PROMISED or unchanged.wall > allowed:
        raise SystemExit("slower than promised")


if __name__ == "__main__":
    main()
