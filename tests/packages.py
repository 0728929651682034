"""What tests of the packages share: how to make them, add to a case, and read words back."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

import wvp_docs
from conftest import EXAMPLES, ROOT
from wvp_docs.options import Extras
from wvp_docs.pipeline import Result
from wvp_docs.sets.packages import Wishes

PACKAGES = Extras(packages=Wishes())


def build(case: Path, out: Path, extras: Extras = PACKAGES, *, concept: bool = False) -> Result:
    day = EXAMPLES.get(case.parent.name, EXAMPLES["week-9"])
    return wvp_docs.build(
        wvp_docs.load(case), out, today=day, extras=extras, concept=concept, force=True
    )


def of_example(name: str, out: Path, extras: Extras = PACKAGES) -> Result:
    return build(ROOT / "examples" / name / "case.toml", out, extras)


def add(case: Path, text: str) -> None:
    case.write_text(f"{case.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def attach(
    case: Path, name: str, content: bytes, soort: str = "overig", titel: str = "Stuk"
) -> None:
    (case.parent / name).write_bytes(content)
    add(
        case,
        f'[[bijlage]]\nsoort = "{soort}"\ntitel = "{titel}"\nbestand = "{name}"\n'
        "datum = 2026-11-01\nondertekend_op = 2026-11-02",
    )


def words(pdf: Path, password: str | None = None) -> str:
    with pypdfium2.PdfDocument(pdf, password=password) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def one_line(pdf: Path) -> str:
    return " ".join(words(pdf).split())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
