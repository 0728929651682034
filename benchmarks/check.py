"""How long `check` takes: one case as a process of its own, and 1,000 cases in one call.

    python benchmarks/check.py [runs]

The 1,000 are the examples with changes by a fixed seed, in a folder that is thrown away: dates
moved, answers left out, words misspelt. Promised: less than 0.4 s and less than 20 s.
"""

from __future__ import annotations

import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parent / "examples"
DAY = "2026-11-20"
MANY = 1000
SEED = 2026
ONE_PROMISED, MANY_PROMISED = 0.4, 20.0

_ANSWER = re.compile(r"\w+ = (?:[^'\"\[]|\"[^\"]*\"$)")
_DATE = re.compile(r"= (\d{4})-(\d\d)-(\d\d)$")


def check(*args: str) -> float:
    """Return the wall seconds of one call of `wvp-docs check`."""
    command = [sys.executable, "-m", "wvp_docs", "check", *args, "--peildatum", DAY]
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"failed with {done.returncode}: {command}")
    return time.perf_counter() - start


def changed(text: str, chance: random.Random) -> str:
    """Return a case with a few lines of it changed."""
    lines = text.split("\n")
    answers = [at for at, line in enumerate(lines) if _ANSWER.match(line)]
    for at in chance.sample(answers[1:], min(6, len(answers) - 1)):
        way = chance.randrange(3)
        if way == 0:
            lines[at] = f"# {lines[at]}"
        elif way == 1:
            lines[at] = lines[at].replace(" =", "x =", 1)
        else:
            day = f"{chance.randint(1, 28):02d}"
            lines[at] = _DATE.sub(rf"= \1-\2-{day}", lines[at])
    return "\n".join(lines)


def write_cases(folder: Path) -> None:
    """Write the cases, each in a folder of its own with the papers it names."""
    chance = random.Random(SEED)  # noqa: S311  nothing is kept secret with it
    sources = sorted(EXAMPLES.glob("**/case.toml"))
    for at in range(MANY):
        source = sources[at % len(sources)]
        home = folder / f"{at:04d}"
        home.mkdir()
        text = source.read_text(encoding="utf-8")
        (home / "case.toml").write_text(changed(text, chance), encoding="utf-8")
        for paper in source.parent.glob("*.pdf"):
            shutil.copy(paper, home)


def main() -> None:
    """Print the medians beside what is promised; exit 1 when a promise is broken."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    case = str(EXAMPLES / "compleet" / "case.toml")
    check(case)
    one = [check(case) for _ in range(runs)]
    with tempfile.TemporaryDirectory() as name:
        write_cases(Path(name))
        many = {style: check(name, "--format", style) for style in ("text", "json", "sarif")}
    median = statistics.median(one)
    print(f"one case, a process: {median:.2f} s ({min(one):.2f}-{max(one):.2f}), < {ONE_PROMISED}")
    for style, took in many.items():
        print(f"{MANY} cases, one call, {style}: {took:.1f} s, < {MANY_PROMISED:.0f}")
    if median >= ONE_PROMISED or max(many.values()) >= MANY_PROMISED:
        raise SystemExit("slower than promised")


if __name__ == "__main__":
    main()
