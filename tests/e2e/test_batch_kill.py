"""A batch that is killed at any moment and resumed ends as one that nobody disturbed."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from batches import PATIENCE, benchmark, start, tree

KILLS = 20


@pytest.mark.skipif(os.name == "nt", reason="a kill is of Unix")
def test_twenty_kills_and_a_resume_give_the_tree_of_one_clean_run(tmp_path: Path) -> None:
    chance = random.Random(2026)  # noqa: S311  nothing is kept secret with it
    generated = benchmark("cases")
    generated.write_cases(tmp_path / "in", 12, seed=9)
    out, plain = tmp_path / "uit", tmp_path / "schoon"
    options = ("--peildatum", generated.DAY, "--jobs", 2)
    clean = start(tmp_path / "in", "-o", plain, *options)
    assert clean.communicate(timeout=PATIENCE)[1] == ""

    def again() -> tuple[object, ...]:
        return ("--resume",) if (out / "report.json").exists() else (tmp_path / "in",)

    kills = 0
    while kills < KILLS:
        process = start(*again(), "-o", out, *options)
        try:
            process.communicate(timeout=chance.uniform(0.2, 2.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            kills += 1
        else:  # it was done: there must be something to kill
            made = sorted(path for path in out.iterdir() if path.is_dir())
            for folder in chance.sample(made, len(made) // 2):
                shutil.rmtree(folder)
    last = start(*again(), "-o", out, *options)
    stdout, stderr = last.communicate(timeout=PATIENCE)

    assert (last.returncode, stderr) == (0, ""), stdout
    assert tree(out) == tree(plain)
