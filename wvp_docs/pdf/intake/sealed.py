"""Looks a digitally signed PDF over as it is: one changed byte and the signature no longer holds.

Nothing can be taken out of it, so what nobody sees in it is a reason to refuse the whole.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from hashlib import sha256

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from wvp_docs.pdf.intake.cleaning import FILES, clean
from wvp_docs.pdf.intake.drawn import keep_drawn
from wvp_docs.pdf.intake.layers import drop_hidden
from wvp_docs.pdf.intake.opening import Opened, reachable, word
from wvp_docs.pdf.intake.unusable import UnusableError

# The first part of a file for the web has 0 here, and is no version of it.
_END = re.compile(rb"startxref\s+([1-9]\d*)\s+%%EOF")
_MOST_VERSIONS = 100
_BLANK = b"\xef\xbb\xbf\0\t\n\f\r "
_HIDES = "is digitaal ondertekend, en er zit iets in dat niemand op de bladzijden ziet: "
_WAY_OUT = (
    "Vraag de ondertekenaar het stuk op te slaan als nieuw bestand, zonder wat verborgen is, en "
    "dat te ondertekenen. Of druk het af naar PDF: de handtekening geldt dan niet meer, en de "
    "bladzijden blijven."
)


def keep_sealed(content: bytes, opened: Opened) -> tuple[str, ...]:
    """Return what there is to say of a signed file that goes along untouched.

    Args:
        content: the file.
        opened: the same; what is hidden is taken out of it, to see whether there was any.

    Raises:
        UnusableError: whoever gets it could not read it, or would get more than its pages.
    """
    if opened.damaged:
        raise UnusableError(
            "is digitaal ondertekend, maar beschadigd; de handtekening klopt niet meer.",
            "Vraag het ondertekende bestand opnieuw op.",
        )
    if opened.secret:
        raise UnusableError(
            "is digitaal ondertekend en heeft een wachtwoord; dat kan er niet af zonder de "
            "handtekening te verbreken.",
            "Vraag de ondertekenaar om een bestand zonder wachtwoord.",
        )
    before, after = content.partition(b"%PDF-")[0], content.rpartition(b"%%EOF")[2]
    if before.strip(_BLANK) or after.strip(_BLANK):
        raise UnusableError(f"{_HIDES}gegevens voor het begin of na het einde.", _WAY_OUT)
    drawn = _drawn(opened.pdf)
    for version in _versions(content):
        with version as old:
            if len(old.pages) > len(opened.pdf.pages) or _drawn(old) - drawn:
                raise UnusableError(f"{_HIDES}een eerdere versie met andere bladzijden.", _WAY_OUT)
            _refuse_hidden(old)
    found = _refuse_hidden(opened.pdf)
    kept = tuple(f"{clause}. Dat is zo gebleven." for clause in found)
    return ("Het bestand is digitaal ondertekend. Het blijft zoals het is en gaat los mee.", *kept)


def _versions(content: bytes) -> Iterator[Pdf]:
    """Yield the earlier versions that are still in the file: who saves to sign adds at its end.

    Raises:
        pikepdf.PikepdfError: one of them cannot be read.
        UnusableError: there are more than anybody saves.
    """
    ends = list(_END.finditer(content))[:-1]
    if len(ends) > _MOST_VERSIONS:
        raise UnusableError(f"{_HIDES}meer dan {_MOST_VERSIONS} eerdere versies.", _WAY_OUT)
    for end in ends:
        yield pikepdf.open(io.BytesIO(content[: end.end()]))


def _drawn(pdf: Pdf) -> set[bytes]:
    """Return digests of what the pages draw or list to be drawn: content, pictures and forms.

    What fields look like is left out: those are filled in between one version and the next.
    """
    found = set()
    for page in pdf.pages:
        content = page.obj.get("/Contents")
        parts = [*content] if isinstance(content, Array) else [content]
        parts += [node for node in reachable(page.resources) if _is_drawing(node)]
        found |= {_digest(part) for part in parts if isinstance(part, Stream)}
    return found


def _is_drawing(node: pikepdf.Object) -> bool:
    return isinstance(node, Stream) and node.get("/Subtype") in (Name.Image, Name.Form)


def _digest(stream: Stream) -> bytes:
    try:
        return sha256(stream.read_bytes()).digest()
    except pikepdf.PikepdfError:
        return sha256(stream.read_raw_bytes()).digest()


def _refuse_hidden(pdf: Pdf) -> tuple[str, ...]:
    """Return what acts in it, a clause each.

    Raises:
        UnusableError: it holds what no page shows.
    """
    pages = {page.obj.objgen for page in pdf.pages}
    stray = any(_is_page(node) and node.objgen not in pages for node in pdf.objects)
    names = pdf.Root.get("/Names")
    is_template = isinstance(names, Dictionary) and ("/Templates" in names or "/Pages" in names)
    if stray or is_template:
        raise UnusableError(f"{_HIDES}een bladzijde die geen deel van het stuk is.", _WAY_OUT)
    holds_file = _holds_file(pdf)
    cleaned = clean(pdf)
    if holds_file or FILES in cleaned.found:
        raise UnusableError(
            "is digitaal ondertekend, en er zit een ander bestand in; dat kan er niet uit zonder "
            "de handtekening te verbreken.",
            "Vraag de ondertekenaar om een ondertekend bestand zonder bijgevoegde bestanden. Of "
            "druk het af naar PDF: de handtekening geldt dan niet meer, en de bladzijden blijven.",
        )
    if cleaned.hidden:
        raise UnusableError(f"{_HIDES}verborgen opmerkingen.", _WAY_OUT)
    if drop_hidden(pdf):
        raise UnusableError(f"{_HIDES}een verborgen laag.", _WAY_OUT)
    listed = _drawn(pdf)
    keep_drawn(pdf)
    if listed - _drawn(pdf):
        raise UnusableError(f"{_HIDES}een plaatje of tekst van een andere bladzijde.", _WAY_OUT)
    return cleaned.found


def _is_page(node: object) -> bool:
    return isinstance(node, Dictionary) and node.get("/Type") in (Name.Page, Name.Template)


def _holds_file(pdf: Pdf) -> bool:
    """Return whether another file is in it anywhere, if no reader program would show it."""
    return any(
        isinstance(node, Stream) and word(node.get("/Type")) == "/EmbeddedFile"
        for node in pdf.objects
    )
