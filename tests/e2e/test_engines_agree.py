"""rdocx beside LibreOffice, per form and example: the same pages, words and boxes."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import EXAMPLES, context_for
from wvp_docs.dossier import Dossier
from wvp_docs.engines import pick
from wvp_docs.filling import Definitions

Pages = list[Counter[str]]
SAME_PAGE = 0.98


def pages(pdf: bytes, folder: Path) -> Pages:
    """Return how often each word stands on each page, as poppler reads it."""
    (folder / "x.pdf").write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", folder / "x.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    return [Counter(page.replace("\u00a0", " ").split()) for page in text.split("\f")[:-1]]


def share_on_the_same_page(ours: Pages, theirs: Pages) -> float:
    total = sum(page.total() for page in theirs)
    return sum((a & b).total() for a, b in zip(ours, theirs, strict=True)) / total


def empty_pages(found: Pages) -> list[int]:
    """Return the pages that show no more than the header and footer of every page."""
    everywhere = Counter(found[0])
    for page in found:
        everywhere &= page
    # The number of the page itself differs.
    return [at for at, page in enumerate(found, 1) if (page - everywhere).total() <= 1 < len(found)]


@pytest.mark.engine
@pytest.mark.parametrize("name", EXAMPLES)
def test_both_engines_set_the_same_pages(
    name: str, example: Callable[[str], Dossier], definitions: Definitions, tmp_path: Path
) -> None:
    documents = example(name).documents
    words = [
        definitions.template(document.form.key).render(
            context_for(document, concept=False), document.titel
        )
        for document in documents
    ]
    ours = pick("rdocx").convert([word.docx for word in words])
    theirs = pick("libreoffice").convert([word.docx for word in words])

    for document, one, other in zip(documents, ours, theirs, strict=True):
        a, b = pages(one, tmp_path), pages(other, tmp_path)
        assert len(a) == len(b), document.stem
        assert empty_pages(a) == empty_pages(b) == [], document.stem
        for box in "☒☐":
            assert sum(page[box] for page in a) == sum(page[box] for page in b), document.stem
        assert share_on_the_same_page(a, b) >= SAME_PAGE, document.stem
