"""A PDF taken apart into its pages, and what they are called."""

from __future__ import annotations

import pikepdf

from wvp_docs.pdf.document import open_pdf, to_bytes


def single_pages(pdf: bytes) -> tuple[bytes, ...]:
    """Return each page as a PDF of its own, in order.

    Raises:
        EngineError: the bytes are no PDF.
    """
    found = []
    with open_pdf(pdf) as source:
        for page in source.pages:
            with pikepdf.new() as target:
                target.pages.append(page)
                found.append(to_bytes(target))
    return tuple(found)


def labels_in(pdf: bytes) -> tuple[str, ...]:
    """Return the label of each page, as a reader program shows it.

    Raises:
        EngineError: the bytes are no PDF.
    """
    with open_pdf(pdf) as source:
        return tuple(str(page.label) for page in source.pages)
