"""How long binding takes: ours beside qpdf and pdfunite on the same files, in one run.

    python benchmarks/bundle.py [runs]

A dossier of 12 forms and 300 pages of attachments, half of them text and half of them scans of
some 100 kB, and for the memory one of 3,000 pages. Ours sets the contents and adds links, an
outline, and a label and a number on every page; the other two only put pages one after the
other. Needs qpdf, poppler and the extra `test`. Compare the ratios, not the seconds.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from build import measure

HERE = Path(__file__).resolve().parent
OURS, START, QPDF, UNITE = "wvp-docs", "of it: start of Python", "qpdf", "pdfunite"


def compare(pages: int, runs: int) -> None:
    """Print the medians for a dossier with so many pages of attachments."""
    with tempfile.TemporaryDirectory() as folder:
        measure([sys.executable, str(HERE / "papers.py"), folder, str(pages)])
        files = [str(path) for path in sorted(Path(folder).glob("[0-9]*.pdf"))]
        ways = {
            OURS: [sys.executable, str(HERE / "bind.py"), folder],
            START: [sys.executable, str(HERE / "bind.py")],
            QPDF: ["qpdf", "--empty", "--pages", *files, "--", f"{folder}/qpdf.pdf"],
            UNITE: ["pdfunite", *files, f"{folder}/unite.pdf"],
        }
        rounds = [{way: measure(command) for way, command in ways.items()} for _ in range(runs)]
        size = (Path(folder) / "ours.pdf").stat().st_size
    print(f"{pages} pages of attachments, {size / 1e6:.0f} MB")
    medians = {way: statistics.median(done[way][0] for done in rounds) for way in ways}
    for way, median in medians.items():
        times = sorted(done[way][0] for done in rounds)
        spread = f"{times[0]:.2f}-{times[-1]:.2f}"
        memory = max(done[way][1] for done in rounds)
        print(f"{way:24} {median:7.2f} s {spread:>12} {memory:6.0f} MB")
    work = medians[OURS] - medians[START]
    print(f"binding is {work / medians[QPDF]:.1f} times qpdf, {work / medians[UNITE]:.1f} pdfunite")
    print(f"with the start of Python {medians[OURS] / medians[QPDF]:.1f} times qpdf\n")


def main() -> None:
    """Compare a common dossier, and one that is ten times as long."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    for pages in (300, 3000):
        compare(pages, runs)


if __name__ == "__main__":
    main()
