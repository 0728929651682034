"""The wheel, in an empty environment outside the checkout, does the main job."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from conftest import ROOT


def test_the_wheel_brings_all_it_needs(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", tmp_path, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "leeg", with_pip=True)
    scripts = tmp_path / "leeg" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([scripts / "pip", "install", "-q", wheel], check=True, capture_output=True)
    shutil.copytree(ROOT / "examples/week-9", tmp_path / "zaak")

    env = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("WVP", "PYTHON", "COV"))
    }
    done = subprocess.run(
        [scripts / "wvp-docs", "build", "case.toml", "--peildatum", "2026-11-20"],
        cwd=tmp_path / "zaak",
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "zaak/case/wia-bundel.pdf").exists()
