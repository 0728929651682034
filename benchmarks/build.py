"""How long a whole dossier takes: ours beside the plain way, as whole processes, in one run.

    python benchmarks/build.py [runs]

Needs LibreOffice and the extra `bench`. Compare the ratios: absolute times say more about the
machine than about the work.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CASE = HERE.parent / "examples" / "compleet" / "case.toml"
PLAIN = HERE / "plain.py"


def measure(command: list[str]) -> tuple[float, float]:
    """Return wall seconds and peak megabytes of the largest process of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"failed: {command}")
    return took, usage.ru_maxrss / 1024


def main() -> None:
    """Print the medians and the ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        ways = {
            "wvp-docs build": [
                sys.executable,
                "-m",
                "wvp_docs",
                "build",
                str(CASE),
                "-o",
                f"{folder}/a",
                "--peildatum",
                "2025-10-24",
            ],
            "plain, a call per document": [sys.executable, str(PLAIN), "each", f"{folder}/b"],
            "plain, one call": [sys.executable, str(PLAIN), "once", f"{folder}/c"],
            "rdocx alone, layout only": [sys.executable, str(PLAIN), "limit", f"{folder}/a"],
            "wvp-docs --help": [sys.executable, "-m", "wvp_docs", "--help"],
            "python -c 'import click'": [sys.executable, "-c", "import click"],
        }
        measure(ways["wvp-docs build"])
        results: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(runs):
            for name, command in ways.items():
                results[name].append(measure(command))
    medians = {name: statistics.median(t for t, _ in found) for name, found in results.items()}
    ours = medians["wvp-docs build"]
    print(f"{'':30} {'median s':>9} {'spread':>15} {'MB':>6}")
    for name, found in results.items():
        times = sorted(t for t, _ in found)
        memory = max(mb for _, mb in found)
        print(f"{name:30} {medians[name]:9.2f} {times[0]:7.2f}-{times[-1]:<7.2f} {memory:6.0f}")
    for name in ("plain, a call per document", "plain, one call"):
        print(f"{name}: {medians[name] / ours:.1f} times ours")
    print(f"of ours, layout is {medians['rdocx alone, layout only'] / ours:.0%}")
    help_ratio = medians["wvp-docs --help"] / medians["python -c 'import click'"]
    print(f"--help costs {help_ratio:.2f} times the import of click")


if __name__ == "__main__":
    main()
