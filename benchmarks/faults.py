"""Faults of ten kinds planted in generated cases: exactly those must be reported.

    python benchmarks/faults.py [cases] [faults] [folder]

5,000 cases and 50 faults unless it is said otherwise; that takes an hour or so on two cores.
Exits 1 when a planted fault is not reported, when it is reported as another kind, or when
anything else is.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cases import DAY, SEED, write_cases

ROOT = Path(__file__).resolve().parent.parent
_PAPER = '\n[[bijlage]]\nsoort = "overig"\ntitel = "Brief"\ndatum = 2026-01-05\nbestand = "{}"\n'


def _edited(pattern: bytes, new: bytes) -> Callable[[Path, Path], None]:
    def plant(case: Path, _: Path) -> None:
        source = case.read_bytes()
        text, times = re.subn(pattern, new, source, count=1, flags=re.MULTILINE)
        if not times:
            raise SystemExit(f"nothing to spoil in {case}")
        case.write_bytes(text)

    return plant


def _replaced(content: bytes) -> Callable[[Path, Path], None]:
    return lambda case, _: _put(case, content)


def _put(case: Path, content: bytes) -> None:
    case.write_bytes(content)


def _with_paper(name: str, content: bytes | None) -> Callable[[Path, Path], None]:
    def plant(case: Path, _: Path) -> None:
        with case.open("a", encoding="utf-8") as stream:
            stream.write(_PAPER.format(name))
        if content is not None:
            (case.parent / name).write_bytes(content)

    return plant


def _vanished(case: Path, _: Path) -> None:
    """A link to a file that is gone."""
    case.unlink()
    case.symlink_to("weg.toml")


def _occupied(_: Path, result: Path) -> None:
    """A file of a person in the place of a result."""
    result.mkdir(parents=True)
    (result / "wia-bundel.pdf").write_bytes(b"van een mens")


KINDS: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "no TOML": (_edited(rb"^\[werknemer\]$", b"[werknemer"), "casus"),
    "no UTF-8": (_edited(rb"^schema = 1$", b"schema = 1\n# \xe9\n"), "casus"),
    "empty": (_replaced(b""), "casus"),
    "another schema": (_edited(rb"^schema = 1$", b"schema = 2"), "casus"),
    "too large": (_replaced(b"schema = 1\n" + b"# x\n" * 1_500_000), "casus"),
    "vanished": (_vanished, "casus"),
    "result occupied": (_occupied, "schrijven"),
    "wrong BSN": (_edited(rb'^bsn = "\d{9}"$', b'bsn = "123456789"'), ""),
    "attachment missing": (_with_paper("brief.pdf", None), ""),
    "attachment broken": (_with_paper("brief.pdf", b"%PDF-1.7\nno more"), ""),
}
"""What is planted, and the kind of fault that is told; empty: it is made, with errors."""


def plant(cases: list[Path], out: Path, count: int, seed: int = SEED) -> dict[str, str]:
    """Plant so many faults, every kind as often; return the kind that must be told by case."""
    chance = random.Random(seed)  # noqa: S311  nothing is kept secret with it
    planted = {}
    for at, case in enumerate(chance.sample(cases, count)):
        spoil, told = list(KINDS.values())[at % len(KINDS)]
        spoil(case, out / case.parent.name)
        planted[case.parent.name] = told
    return planted


def told_in(out: Path) -> dict[str, str]:
    """Return what the report of a run says is wrong: the kind of fault by case."""
    rows = json.loads((out / "report.json").read_bytes())["cases"]
    return {
        row["name"]: row["fault"]["kind"] if row["fault"] else ""
        for row in rows
        if row["status"] not in {"gemaakt", "ongewijzigd"}
    }


def main() -> None:
    """Print how many were planted and told, how long it took, and the most memory of a worker."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    faults = int(sys.argv[2]) if len(sys.argv) > 2 else 50  # noqa: PLR2004
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(sys.argv[3] if len(sys.argv) > 3 else scratch)  # noqa: PLR2004
        out = home / "out"
        planted = plant(write_cases(home / "in", count), out, faults)
        start = time.perf_counter()
        command = [sys.executable, "-m", "wvp_docs", "batch", home / "in", "-o", out]
        done = subprocess.run([*command, "--peildatum", str(DAY)], cwd=ROOT, check=False)
        took = time.perf_counter() - start
        told = told_in(out)
        rows = json.loads((out / "report.json").read_bytes())["cases"]
    print(f"{count} cases in {took:.0f} s, {count / took:.2f} a second; exit {done.returncode}")
    print(f"largest worker {max(row['memory'] for row in rows) / 1e6:.0f} MB")
    print(f"{len(planted)} faults planted, {len(told)} told")
    if planted != told:
        different = {name for name in planted | told if planted.get(name) != told.get(name)}
        raise SystemExit(f"not the same: {sorted(different)}")


if __name__ == "__main__":
    main()
