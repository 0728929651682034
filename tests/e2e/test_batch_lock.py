"""Two batches at once into one folder: the second one makes nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from batches import DAY, PATIENCE, put_case, start, tree, wait_until
from wvp_docs.batch.lock import LOCK
from wvp_docs.errors import ExitCode


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, stderr = process.communicate(timeout=PATIENCE)
    return process.returncode, stderr


@pytest.mark.parametrize("option", ["", "--force", "--resume", "--only-failed"])
def test_a_second_run_is_refused_until_the_first_is_gone_however_it_ends(
    tmp_path: Path, option: str
) -> None:
    case, out = put_case(tmp_path / "in", "a"), tmp_path / "uit"
    again = (case, "-o", out, "--peildatum", DAY, "--executor", "serial", *filter(None, [option]))
    assert ended(start(*again[:-1] if option else again)) == (ExitCode.OK, "")
    before = tree(out)
    first = start("-", "-o", out, stdin=subprocess.PIPE)
    wait_until((out / LOCK).exists)
    code, stderr = ended(start(*again))
    planned = ended(start(*again, "--dry-run"))
    first.kill()
    first.communicate()

    assert (code, planned) == (ExitCode.OUTPUT, (ExitCode.OK, ""))
    assert f"In {out} is al een run bezig." in stderr
    assert ended(start(*again)) == (ExitCode.OK, "")
    assert tree(out) == before
