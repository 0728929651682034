"""What an engine is, and what every engine checks before and after its work.

An engine knows nothing of cases or forms: Word bytes go in, PDF bytes come out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Protocol

from wvp_docs.errors import EngineError


class Engine(Protocol):
    """Something that turns Word documents into PDF."""

    name: str

    def available(self) -> bool:
        """Return whether this machine has what the engine needs."""
        ...

    def convert(self, documents: Sequence[bytes]) -> list[bytes]:
        """Return one PDF for each Word document, in the same order.

        Raises:
            EngineMissingError: if the engine is not on this machine.
            EngineError: if a document is not Word, or did not become a PDF with pages.
        """
        ...


def place_of(index: int, documents: Sequence[bytes]) -> str:
    """Return how a message names a document, which has no name here: `document 2 van 8`."""
    return f"document {index + 1} van {len(documents)}"


def require_word(documents: Sequence[bytes], engine: str) -> None:
    """Refuse what is not a Word file, because a converter may make a PDF of anything.

    Raises:
        EngineError: naming the first document that is not a Word file.
    """
    for index, document in enumerate(documents):
        try:
            with zipfile.ZipFile(io.BytesIO(document)) as package:
                package.getinfo("[Content_Types].xml")
        except (zipfile.BadZipFile, KeyError) as fault:
            where = place_of(index, documents)
            raise EngineError(
                f"{engine}: {where} is geen Word-bestand.",
                hint="Open het sjabloon in Word, sla het op als .docx en probeer het opnieuw.",
            ) from fault


def require_pdf(pdf: bytes, where: str, engine: str) -> None:
    """Refuse a result that is not a PDF with at least one page.

    Raises:
        EngineError: naming the document.
    """
    if not pdf.startswith(b"%PDF") or not _pages(pdf):
        raise EngineError(
            f"{engine}: {where} werd geen leesbare PDF.",
            hint="Probeer een andere omzetter (--engine) of open het Word-bestand om te zien wat "
            "eraan scheelt.",
        )


def _pages(pdf: bytes) -> int:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return 0
