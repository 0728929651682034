"""The house style of one case: the first sound value of each key, and a sentence about the others.

Nothing here stops a dossier: what cannot be used is as if nobody had written it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from wvp_docs.beside import Trouble
from wvp_docs.case import Case
from wvp_docs.findings import Finding, Place, Severity
from wvp_docs.housestyle.logo import Logo, logo_of
from wvp_docs.housestyle.palette import accent_of
from wvp_docs.housestyle.sources import TABLE, Source, house_files, sources_of
from wvp_docs.housestyle.style import HouseStyle, font_of, line_of
from wvp_docs.housestyle.templates import templates_in
from wvp_docs.housestyle.unusable import BarredError, UnusableError

NO_LOGO, UNUSABLE, BARRED = "V006", "V008", "R081"
_MEDICAL = "staat ook als medische informatie genoemd."

_NAMES = {
    "logo": "het bestand van het logo",
    "kleur": "de kleur",
    "lettertype": "het lettertype",
    "voettekst": "de voettekst",
    "retouradres": "het retouradres",
}

_QUOTES = 'Zet de tekst tussen aanhalingstekens: "…".'

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """What came of looking for a house style.

    Attributes:
        style: of the papers.
        templates: the house's own, by the stem of their definition.
        findings: what cannot be used, and where it stands.
        read: SHA-256 of each file that was read, by its name; empty for one that cannot be.
    """

    style: HouseStyle
    templates: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    read: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Barred:
    """The files that may go nowhere, not even as a logo.

    Attributes:
        digests: their SHA-256.
        holds: whether a file has a page of one.
        is_open: one of them cannot be compared: no file at all may be a logo.
    """

    digests: Collection[str] = ()
    holds: Callable[[bytes], bool] = field(default=lambda _content: False)
    is_open: bool = False


def house_style_of(case: Case, barred: Barred | None = None) -> Found:
    """Return the house style of a case.

    Args:
        case: with the files beside it.
        barred: what may not be its logo; None: nothing is.

    Raises:
        TemplateError: two templates of the house are for one form.
    """
    reader = _Reader(case, barred or Barred())
    style = HouseStyle(
        reader.first("logo", reader.logo, None),
        reader.first("kleur", lambda text, _: accent_of(text), ""),
        reader.first("lettertype", lambda text, _: font_of(text), ""),
        reader.first("voettekst", lambda text, _: line_of(text), ""),
        reader.first("retouradres", lambda text, _: line_of(text), ""),
    )
    templates = reader.templates()
    read = {name: case.beside.digest(name) for name in house_files(case)}
    return Found(style, templates, tuple(reader.findings), read)


class _Reader:
    """Looks through the sources of one case; gathers what there is to say."""

    def __init__(self, case: Case, barred: Barred) -> None:
        self.beside = case.beside
        self.barred = barred
        self.sources = sources_of(case)
        self.findings: list[Finding] = []
        for fault in (fault for source in self.sources for fault in source.faults):
            self.say(fault.key, fault.place, f"het bestand {fault.message}", fault.hint)

    def say(
        self, key: str, place: Place, clause: str, hint: str, *, is_barred: bool = False
    ) -> None:
        path = f"{TABLE}.{key}" if key else TABLE
        code = BARRED if is_barred else NO_LOGO if key == "logo" else UNUSABLE
        weight = Severity.ERROR if is_barred else Severity.WARNING
        sentence = f"Huisstijl: {clause}"
        self.findings.append(Finding(code, weight, "", path, place, sentence, hint))

    def first(self, key: str, made: Callable[[str, Source], T], none: T) -> T:
        """Return what is made of the first value that can be used; an empty text ends it."""
        for source in self.sources:
            value = source.table.get(key)
            if value is None:
                continue
            if value == "":
                return none
            try:
                return made(_text(value), source)
            except UnusableError as error:
                is_barred = isinstance(error, BarredError)
                clause = f"{_NAMES[key]} {error}"
                self.say(key, source.place(key), clause, error.hint, is_barred=is_barred)
        return none

    def logo(self, name: str, source: Source) -> Logo:
        path = source.path(name)
        if self.beside.digest(path) in self.barred.digests:
            raise UnusableError(_MEDICAL, "Kies een ander.")
        content = self.beside.read(path)
        if isinstance(content, Trouble):
            beside = source.place("logo").file
            raise UnusableError(content.message, f"Zet het naast {beside}, of kijk de naam na.")
        if self.barred.is_open:
            raise BarredError(
                "is niet te vergelijken met een medisch stuk dat de casus noemt. Het komt nergens "
                "in.",
                "Kijk bij de andere R081 wat u doet.",
            )
        if self.barred.holds(content):
            raise UnusableError(_MEDICAL, "Kies een ander.")
        return logo_of(content)

    def templates(self) -> dict[str, bytes]:
        """Return the templates of all sources on one pile, those of the first source on top."""
        pile: dict[str, bytes] = {}
        for source in reversed(self.sources):
            value = source.table.get("sjablonen")
            if value == "":
                pile = {}
            elif value is not None:
                pile |= self.templates_of(source)
        return pile

    def templates_of(self, source: Source) -> dict[str, bytes]:
        own = templates_in(self.beside, source.templates) if source.templates else {}
        if not isinstance(source.table["sjablonen"], str):
            place = source.place("sjablonen")
            self.say("sjablonen", place, "de map met sjablonen moet tekst zijn.", _QUOTES)
        elif not own:
            self.say(
                "sjablonen",
                source.place("sjablonen"),
                "in de map met sjablonen staat geen Word-bestand, of de map is er niet.",
                "Noem een eigen map bij dit bestand. Maak er een met: wvp-docs template export.",
            )
        return own


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UnusableError("moet tekst zijn.", _QUOTES)
    return value
