"""Bind the papers in a folder as a build does; without a folder only start.

python benchmarks/bind.py [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2  # noqa: F401  has been loaded when a build comes to the bundle, as rdocx has
import rdocx  # noqa: F401

from wvp_docs.engines import pick
from wvp_docs.pdf.bundle import Part, assemble
from wvp_docs.pdf.document import PdfInfo, page_count
from wvp_docs.pdf.spool import Spool


def bind(folder: Path) -> None:
    """Write `ours.pdf`: the contents set, and every paper in the order of the names."""
    spool, parts = Spool(), []
    for path in sorted(folder.glob("[0-9]*.pdf")):
        content = path.read_bytes()
        pdf = spool.keep(content, page_count(content))
        parts.append(Part(path.stem, f"Stuk {path.stem}", pdf))
    (front,) = pick("rdocx").convert([(folder / "inhoud.docx").read_bytes()])
    info = PdfInfo(title="Re-integratieverslag")
    made = assemble(front, parts, info=info, link_prefix="https://deel.invalid/")
    with (folder / "ours.pdf").open("wb") as target:
        target.writelines(made.pdf.chunks())


if __name__ == "__main__":
    if sys.argv[1:]:
        bind(Path(sys.argv[1]))
