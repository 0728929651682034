"""One folder per case: which ones are there, and what a new one is called.

A name says nothing about a person: no name, no BSN.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wvp_docs.case import Case, load_case
from wvp_docs.casefiles import CASE, LONGEST_NAME
from wvp_docs.errors import CaseError, OutputError, reason
from wvp_docs.exchange.answers import Answers
from wvp_docs.exchange.columns import STAFF_NUMBER
from wvp_docs.exchange.mapping import BSN, CASE_NUMBER
from wvp_docs.exchange.notes import Code, Notes, Spot
from wvp_docs.exchange.readings import folded
from wvp_docs.findings import Severity
from wvp_docs.formats import show_digits
from wvp_docs.kinds import KINDS

FIRST_DAY = "verzuim.eerste_ziektedag"

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_SHORTEST = 3
"""Letters: a shorter surname is in many a number."""


@dataclass(frozen=True, slots=True)
class Known:
    """A case that is there.

    Attributes:
        folder: its name below the output folder.
        number: its dossiernummer, or empty.
        bsn: nine digits, or empty.
        first_day: its first sick day, None when that is not there.
    """

    folder: str
    number: str
    bsn: str
    first_day: date | None


class Folders:
    """Finds or names the folder of each case.

    Attributes:
        is_readable: every case that is there can be read. While one cannot, nobody knows whose it
            is, and a person could get a second one.
    """

    def __init__(self, out: Path, key_kind: str, notes: Notes) -> None:
        self.out = out
        self.key_kind = key_kind
        self.notes = notes
        self.is_readable = True
        self._by_key: dict[str, list[Known]] = {}
        self._by_bsn: dict[str, list[Known]] = {}
        self._illnesses: dict[tuple[str, date], str] = {}
        self._taken: set[str] = set()
        self._counts: Counter[str] = Counter()
        for known in self._read():
            self._by_key.setdefault(self._key_of(known), []).append(known)
            if known.bsn:
                self._by_bsn.setdefault(known.bsn, []).append(known)
            if known.bsn and known.first_day:
                self._illnesses[known.bsn, known.first_day] = str(out / known.folder / CASE)

    def of(self, key: str, answers: Answers, spot: Spot | None) -> str:
        """Return the name of the folder for a case; empty when more than one could be meant.

        Args:
            key: what the spreadsheet calls the case by.
            answers: what the spreadsheet says.
            spot: where it begins to.
        """
        if self.key_kind == STAFF_NUMBER:
            # A case does not say its staff number: its folder does, or else the BSN tells who.
            bsn = answers.text(BSN)
            fits = self._by_key.get(_safe(key).lower()) or self._by_bsn.get(bsn, [])
        else:
            fits = self._by_key.get(key, [])
        if len(fits) > 1:
            day, number = answers.answer(FIRST_DAY), answers.text(CASE_NUMBER)
            fits = [it for it in fits if it.number == number] if number else fits
            fits = [it for it in fits if it.first_day == day] if day else fits
        if len(fits) > 1:
            return ""
        return fits[0].folder if fits else self._new(key, answers, spot)

    def _tell_twice(self, answers: Answers, spot: Spot) -> None:
        """Note a new case of an illness that has one: rarely a second job, often a slip."""
        bsn, day = answers.text(BSN), answers.answer(FIRST_DAY)
        if not bsn or not isinstance(day, date):
            return
        here = f"rij {spot.row} van blad {spot.sheet}"
        if (first := self._illnesses.setdefault((bsn, day), here)) != here:
            self.notes.add(
                Code.TWICE,
                Severity.WARNING,
                Spot(spot.sheet, spot.row),
                f"het BSN en de eerste ziektedag zijn die van {first}; dit is een tweede casus.",
                "Is het dezelfde ziekmelding? Geef haar overal hetzelfde dossiernummer, en haal "
                "de casus weg die te veel is.",
            )

    def _new(self, key: str, answers: Answers, spot: Spot | None) -> str:
        if spot:
            self._tell_twice(answers, spot)
        number = answers.text(CASE_NUMBER) or (key if self.key_kind == STAFF_NUMBER else "")
        name = _safe(number)
        if name and _tells_who(number, answers):
            self.notes.add(
                Code.NAME,
                Severity.WARNING,
                spot,
                "het nummer van deze casus lijkt een naam of een BSN te bevatten. De map heet "
                "daarom naar de eerste ziektedag.",
                "Gebruik een nummer dat niets over de persoon zegt.",
            )
            name = ""
        if not name:
            day = answers.answer(FIRST_DAY)
            name = f"wvp-{day.isoformat()}" if isinstance(day, date) else "wvp-zonder-ziektedag"
        return self._free(name)

    def _free(self, name: str) -> str:
        found = name
        while found.lower() in self._taken:
            self._counts[name.lower()] += 1
            found = f"{name}-{self._counts[name.lower()] + 1}"
        self._taken.add(found.lower())
        return found

    def _key_of(self, known: Known) -> str:
        kinds: Mapping[str, str] = {BSN: known.bsn, CASE_NUMBER: known.number}
        return kinds.get(self.key_kind, known.folder.lower())

    def _read(self) -> Iterator[Known]:
        for folder in self._listed():
            self._taken.add(folder.name.lower())
            file = folder / CASE
            if not file.is_file():
                continue
            try:
                case = load_case(file)
            except CaseError as fault:
                self.is_readable = False
                said = f"{fault} Zolang dat zo is, is er niets overgenomen."
                self.notes.add(Code.CASE_REFUSED, Severity.ERROR, None, said, fault.hint)
                continue
            yield _known(folder.name, case)

    def _listed(self) -> list[Path]:
        try:
            return sorted(self.out.iterdir()) if self.out.is_dir() else []
        except OSError as error:
            raise OutputError(
                f"{self.out} is niet te lezen: {reason(error)}.", hint="Kies een andere map."
            ) from error


def _known(folder: str, case: Case) -> Known:
    number, bsn, day = case.get(CASE_NUMBER), case.get(BSN), case.get(FIRST_DAY)
    return Known(
        folder,
        number if isinstance(number, str) else "",
        show_digits(bsn).zfill(9) if isinstance(bsn, str) and bsn else "",
        day if isinstance(day, date) else None,
    )


def _safe(number: str) -> str:
    name = _UNSAFE.sub("-", number).strip("-_")[:LONGEST_NAME]
    return f"wvp-{name}" if _RESERVED.fullmatch(name) else name


def _tells_who(number: str, answers: Answers) -> bool:
    digits = re.findall(r"\d{8,9}", show_digits(number))
    if any(not KINDS["bsn"].problem(it.zfill(9), {}) for it in digits):
        return True
    plain = folded(number).replace(" ", "")
    names = (folded(answers.text(f"werknemer.{it}")) for it in ("achternaam", "roepnaam"))
    return any(len(it) >= _SHORTEST and it.replace(" ", "") in plain for it in names)
