"""What a template editor waits for: the check of all templates, and a page after a save.

    python benchmarks/templates.py

Promised: all that we ship is checked in less than 2 s, the start of Python counted, and with
`--watch` a PDF is there 0.5 s after a save.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx

HERE = Path(__file__).resolve().parents[1]
STEM = "plan_van_aanpak"
RUNS = 5
CHECK_PROMISED, SAVE_PROMISED = 2.0, 0.5
PATIENCE = 30


def command(*args: object) -> list[str]:
    """Return the command line of a process of ours."""
    return [sys.executable, "-m", "wvp_docs", "template", *map(str, args)]


def check() -> float:
    """Return the seconds of one check of all that we ship."""
    start = time.perf_counter()
    subprocess.run(command("check", "templates"), cwd=HERE, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def changed(file: Path, since: int) -> int:
    """Return when the file was written, as soon as that is later."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if file.exists() and (now := file.stat().st_mtime_ns) > since:
            return now
        time.sleep(0.005)
    raise SystemExit("no PDF came")


def saves(folder: Path) -> list[float]:
    """Return the seconds from each save to its PDF."""
    template, pdf = folder / f"{STEM}.docx", folder / "uit.pdf"
    shutil.copy(HERE / "templates" / template.name, template)
    args = command("preview", STEM, "--templates", folder, "--watch", "-o", pdf)
    watching = subprocess.Popen(args, cwd=HERE, stdout=subprocess.DEVNULL)
    taken = []
    try:
        seen = changed(pdf, 0)
        for at in range(RUNS):
            time.sleep(1)
            document = docx.Document(str(template))
            document.add_paragraph(f"Regel {at}")
            document.save(str(template))
            start = time.perf_counter()
            seen = changed(pdf, seen)
            taken.append(time.perf_counter() - start)
    finally:
        watching.terminate()
        watching.wait()
    return taken


def main() -> None:
    """Measure, print, and say when it is slower than promised."""
    checked = statistics.median(check() for _ in range(RUNS))
    with tempfile.TemporaryDirectory() as folder:
        saved = statistics.median(saves(Path(folder)))
    print(f"check of all templates: {checked:.2f} s, promised {CHECK_PROMISED:g}")
    print(f"save to PDF: {saved:.2f} s, promised {SAVE_PROMISED:g}")
    if checked > CHECK_PROMISED or saved > SAVE_PROMISED:
        raise SystemExit("slower than promised")


if __name__ == "__main__":
    main()
