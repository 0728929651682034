"""Opens the PDF of a stranger: with a password, repaired where it can be, and never without bound.

What a file claims is not believed: pages are counted, and streams are measured before anything
unpacks them.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectSet, Pdf, Stream

from wvp_docs.pdf.intake.unusable import UnusableError

MAX_STREAM, MAX_ALL = 500_000_000, 4_000_000_000
"""Bytes that one stream, and all together, may unpack to: an A3 in colour at 600 dpi is 210 MB."""

_SMALLEST, _LARGEST = 28.0, 3402.0
"""Points: 1 cm and 1.2 m, a little more than A0."""

_UNREADABLE = (pikepdf.PikepdfError, ValueError, TypeError, AttributeError, RuntimeError)
_CHUNK = 1 << 20
_REPAIRED = "Attempting to reconstruct"
_PAGES_NODE = re.compile(rb"/Type\s*/Pages\b")
_COUNT = re.compile(rb"/Count\s+(\d{1,9})")
_LINEARIZED = re.compile(rb"/Linearized[^>]{0,200}?/N\s+(\d{1,9})")
_AGAIN = "Vraag het stuk opnieuw op, of open het en druk het af naar een nieuwe PDF."


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF that can be worked on; its caller closes it.

    Attributes:
        damaged: its list of objects was broken, and has been made anew.
        torn: a stream in it does not unpack as it should; something may be missing on a page.
        locked: it had a password, if only against changing it.
        secret: it could not be read without one of the passwords.
        promised: the number of pages that it says it has.
    """

    pdf: Pdf
    damaged: bool
    torn: bool
    locked: bool
    secret: bool
    promised: int


def open_stranger(content: bytes, passwords: Sequence[str]) -> Opened:
    """Return the PDF, all of whose pages are there and of a possible size.

    Raises:
        UnusableError: no password fits, it cannot be read, or pages are missing.
    """
    # Set for the whole process: qpdf knows no other way, and nobody here needs more.
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_STREAM,
        run_length_max_memory=MAX_STREAM,
        png_max_memory=MAX_STREAM,
        tiff_max_memory=MAX_STREAM,
        dct_max_memory=MAX_STREAM,
        # The widths of one Chinese font are more than the 5000 that qpdf repairs.
        parser_max_container_size_damaged=200_000,
    )
    password, promised = _unlock(content, passwords)
    pdf = pikepdf.open(io.BytesIO(content), password=password)
    try:
        torn = _is_torn(pdf)
        damaged = _check_pages(pdf, content)
        return Opened(pdf, damaged, torn, pdf.is_encrypted, password != "", promised)
    except BaseException:
        pdf.close()
        raise


def reachable(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield every dictionary, stream and array below `root` once.

    What the caller takes out of one that it got is not looked into.
    """
    seen = ObjectSet()
    below = [root]
    while below:
        node = below.pop()
        if not isinstance(node, Dictionary | Stream | Array):
            continue
        if node.is_indirect and not seen.add(node):
            continue
        yield node
        below.extend(node if isinstance(node, Array) else (value for _, value in node.items()))


def filters_of(stream: pikepdf.Object) -> list[str]:
    """Return by which filters the stream is unpacked, the first one first."""
    found = stream.get("/Filter")
    return [word(name) for name in (found if isinstance(found, Array) else [found])]


def word(value: object) -> str:
    """Return a name or an operator, `/Font` or `Tj`; a stranger may write one in any alphabet."""
    return value.unparse().decode("latin-1") if isinstance(value, pikepdf.Object) else ""


def named(things: pikepdf.Object, operands: Iterable[object]) -> pikepdf.Object | None:
    """Return what an operator names last: `/Im1` of `/Im1 Do`, `/MC0` of `/OC /MC0 BDC`."""
    name = next(reversed(list(operands)), None)
    return things.get(name) if isinstance(name, Name) else None


def _unlock(content: bytes, passwords: Sequence[str]) -> tuple[str | bytes, int]:
    """Return the password that fits, and how many pages the file says it has.

    That is read apart: a PDF that is opened to work on counts anew.
    """
    for password in _spellings(passwords):
        try:
            with pikepdf.open(
                io.BytesIO(content), password=password, inherit_page_attributes=False
            ) as pdf:
                said = pdf.Root.Pages.get("/Count")
                return password, said if isinstance(said, int) else 0
        except pikepdf.PasswordError:
            continue
        except _UNREADABLE as fault:
            if "security handler" in str(fault) or "encryption" in str(fault).lower():
                raise UnusableError(
                    "is beveiligd op een manier die alleen het eigen programma kent.",
                    "Open het in dat programma en bewaar het zonder beveiliging.",
                ) from fault
            raise UnusableError("is geen leesbare PDF, of te zwaar beschadigd.", _AGAIN) from fault
    if passwords:
        raise UnusableError(
            "heeft een wachtwoord, en geen van de opgegeven wachtwoorden past.",
            "Vraag het wachtwoord na, of bewaar het stuk zonder wachtwoord.",
        )
    raise UnusableError(
        "heeft een wachtwoord.",
        "Geef het wachtwoord met --wachtwoord-bestand, of bewaar het stuk zonder wachtwoord.",
    )


def _spellings(passwords: Sequence[str]) -> Iterator[str | bytes]:
    """Yield no password, and then each as new and as old programs write it."""
    yield ""
    for password in passwords:
        yield password
        if not password.isascii():
            yield password.encode("cp1252", "ignore")


def _check_pages(pdf: Pdf, content: bytes) -> bool:
    """Return whether the file had to be repaired.

    Raises:
        UnusableError: it has no pages that can be printed, or no longer all of them.
    """
    try:
        found = len(pdf.pages)
        sizes = [_size(page) for page in pdf.pages]
    except _UNREADABLE as fault:
        raise UnusableError("is geen leesbare PDF: de bladzijden kloppen niet.", _AGAIN) from fault
    if not found:
        raise UnusableError("heeft geen bladzijden.", "Kijk of dit het goede bestand is.")
    damaged = any(_REPAIRED in str(warning) for warning in pdf.get_warnings())
    if damaged:
        promised = max(_promised(content), found)
        lost = promised - found + sum(_has_lost(page) for page in pdf.pages)
        if lost:
            raise UnusableError(
                f"is beschadigd: van de {promised} bladzijden zijn er {lost} niet meer "
                "(volledig) te lezen.",
                _AGAIN,
            )
    for number, size in enumerate(sizes, start=1):
        if not _SMALLEST <= min(size) <= max(size) <= _LARGEST:
            raise UnusableError(
                f"heeft op bladzijde {number} een formaat dat niet kan worden afgedrukt.",
                "Open het stuk en druk het af naar een PDF op A4.",
            )
    return damaged


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Return width and height in points."""
    unit = float(page.obj.get("/UserUnit", 1))
    left, bottom, right, top = (float(edge) * unit for edge in page.mediabox)
    return abs(right - left), abs(top - bottom)


def _promised(content: bytes) -> int:
    """Return how many pages a broken file says it had, as far as that can still be read.

    The repair writes the number anew; the bytes still have the old one.
    """
    said = [0]
    for node in _PAGES_NODE.finditer(content):
        start = content.rfind(b"obj", 0, node.start())
        end = content.find(b"endobj", node.end())
        said += map(int, _COUNT.findall(content, max(start, 0), end if end >= 0 else len(content)))
    said += map(int, _LINEARIZED.findall(content[:2048]))
    return max(said)


def _has_lost(page: pikepdf.Page) -> bool:
    """Return whether what is drawn on the page was cut off with the end of the file."""
    if "/Contents" not in page.obj:
        return True
    resources = page.obj.get("/Resources")
    resources = resources if isinstance(resources, Dictionary) else Dictionary()
    holders = {"Do": resources.get("/XObject"), "Tf": resources.get("/Font")}
    try:
        steps = pikepdf.parse_content_stream(page, " ".join(holders))
    except pikepdf.PikepdfError:
        return True
    return any(
        not isinstance(holder := holders[word(step.operator)], Dictionary)
        or step.operands[0] not in holder
        for step in steps
    )


def _is_torn(pdf: Pdf) -> bool:
    """Return whether a stream is broken.

    Raises:
        UnusableError: there is more in it than anybody's memory holds.
    """
    total, torn = 0, False
    for node in reachable(pdf.Root):
        if isinstance(node, Stream):
            size, is_whole = _measure(node)
            total += size
            torn = torn or not is_whole
            if size > MAX_STREAM or total > MAX_ALL:
                raise UnusableError(
                    f"pakt uit tot meer dan {MAX_STREAM // 1_000_000} MB; dat is geen gewoon stuk.",
                    "Vertrouwt u het bestand, druk het dan af naar een nieuwe PDF.",
                )
    return torn


def _measure(stream: pikepdf.Object) -> tuple[int, bool]:
    """Return how much the stream unpacks to, without keeping it, and whether it is whole."""
    try:
        flow: Iterator[bytes] = iter([bytes(stream.read_raw_bytes())])
    except pikepdf.PikepdfError:
        return 0, False
    for name in filters_of(stream):
        if name not in {"/FlateDecode", "/Fl"}:
            break
        flow = _inflated(flow)
    size = 0
    try:
        for piece in flow:
            size += len(piece)
            if size > MAX_STREAM:
                break
    except zlib.error:
        return size, False
    return size, True


def _inflated(flow: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack, a piece at a time.

    Raises:
        zlib.error: it is broken, or it breaks off.
    """
    unpack = zlib.decompressobj()
    fed = False
    for piece in flow:
        rest = piece
        while rest and not unpack.eof:
            fed = True
            yield unpack.decompress(rest, _CHUNK)
            rest = unpack.unconsumed_tail
    if fed and not unpack.eof:
        raise zlib.error
