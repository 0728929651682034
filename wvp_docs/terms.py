"""The terms of law and the profiles in `forms/_termijnen.toml`: what is due when, and for whom.

Reads the data and refuses what it does not know; which date comes out of it is for `timeline`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from wvp_docs.fields import Condition
from wvp_docs.grammar import Grammar, Table, closest

TERMS_FILE = "_termijnen.toml"

FIRST_DAY = "eerste_ziektedag"
LAST_WORKING_DAY = "laatste_werkdag"
ANCHORS = (FIRST_DAY, LAST_WORKING_DAY)
"""The days a term may be counted from; the other anchors are the steps above it in the file."""


@dataclass(frozen=True, slots=True)
class Offset:
    """So many weeks and days of illness after an anchor; the anchor itself is not counted."""

    anker: str = ""
    weken: int = 0
    dagen: int = 0

    @property
    def days(self) -> int:
        """The whole of it in days."""
        return 7 * self.weken + self.dagen


@dataclass(frozen=True, slots=True)
class Term:
    """One line of law: from when on and for which profiles a step has which dates.

    Attributes:
        uiterlijk: what the last lawful day is counted from; the earliest of them holds.
        bron: where it stands.
        profielen: the profiles it is for.
        geldig_vanaf: it is for who fell ill on this day or later; None: always.
        vanaf: when the step may begin, None when the law and practice say nothing.
        advies_week: at the end of this week of illness it is customary; 0: no such week.
        bij_nieuwe_mogelijkheden: when possibilities to work return, counted from that judgement.
        gedaan: paths where its day is read, in place of those of the step.
    """

    uiterlijk: tuple[Offset, ...]
    bron: str
    profielen: frozenset[str]
    geldig_vanaf: date | None = None
    vanaf: Offset | None = None
    advies_week: int = 0
    bij_nieuwe_mogelijkheden: Offset | None = None
    gedaan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One step of the law with its terms.

    Attributes:
        gedaan: paths where the case says when it was done; the first that is given holds. None
            at all: it is a day of the calendar, or of UWV, that nobody here can miss.
        zonder_mogelijkheden: it is asked too when there are no possibilities to work.
        na_aow: it is asked too of who has reached the state pension age.
        zonder_advies: there is nothing to do on a working day before it.
        verlengd_door: paths of days to which the waiting time was extended; the step goes along.
        niet_nodig_als: the case says that it may be left out, and `niet_nodig_omdat` why.
    """

    key: str
    titel: str
    termijnen: tuple[Term, ...]
    gedaan: tuple[str, ...] = ()
    zonder_mogelijkheden: bool = True
    na_aow: bool = False
    zonder_advies: bool = False
    verlengd_door: tuple[str, ...] = ()
    niet_nodig_als: tuple[Condition, ...] = ()
    niet_nodig_omdat: str = ""

    def term_for(self, profile: str, first_day: date) -> Term | None:
        """Return the newest line that holds for the profile and the first sick day, if any."""
        lines = [
            term
            for term in self.termijnen
            if profile in term.profielen and (term.geldig_vanaf or date.min) <= first_day
        ]
        return max(lines, key=lambda term: term.geldig_vanaf or date.min, default=None)


@dataclass(frozen=True, slots=True)
class Profile:
    """A road through the law: which steps are asked of whom.

    Attributes:
        als: what the case must say; empty: nothing.
        leaves_from: the profile is for who leaves service at this day of illness or later ...
        leaves_before: ... and before this one, the first sick day being 0; None: no matter.
    """

    key: str
    titel: str
    toelichting: str
    bron: str
    als: tuple[Condition, ...] = ()
    leaves_from: int = 0
    leaves_before: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """All profiles, in the order in which they are tried, and all steps, in that of the law."""

    profiles: Mapping[str, Profile]
    duties: tuple[Duty, ...]


_FILE_KEYS = frozenset({"versie", "profiel", "stap"})
_PROFILE_KEYS = frozenset(
    {
        "sleutel",
        "titel",
        "toelichting",
        "bron",
        "als",
        "uit_dienst_vanaf_dag",
        "uit_dienst_tot_dag",
    }
)
_TERM_KEYS = frozenset(field.name for field in fields(Term))
_DUTY_KEYS = frozenset(field.name for field in fields(Duty)) - {"key", "termijnen"} | {
    "sleutel",
    "termijn",
}


class _Reader(Grammar):
    """Turns the tables of the file into profiles and steps."""

    def __init__(self) -> None:
        super().__init__(TERMS_FILE)

    def take(self, table: Table, key: str, kind: type, where: str, default: Any = None) -> Any:
        """Return an answer of the right kind; without a default it must be there."""
        if key not in table and default is not None:
            return default
        value = table.get(key)
        if value is None:
            raise self.fail(where, f"sleutel {key} ontbreekt.")
        # bool is an int and datetime a date to Python, and never to this file.
        if not isinstance(value, kind) or (
            isinstance(value, bool | datetime) and kind in {int, date}
        ):
            raise self.fail(where, f"{key} heeft niet de goede vorm.", "Zie forms/README.md.")
        return value

    def tables(self, table: Table, key: str, where: str) -> list[Table]:
        rows = self.take(table, key, list, where)
        if not all(isinstance(row, Mapping) for row in rows):
            raise self.fail(where, f"{key} bestaat uit tabellen.", f"Schrijf [[{key}]].")
        return list(rows)

    def paths(self, table: Table, key: str, where: str) -> tuple[str, ...]:
        found = self.take(table, key, list, where, [])
        if not all(isinstance(path, str) for path in found):
            raise self.fail(where, f"{key} is een lijst van paden.")
        return tuple(found)

    def one_of(self, word: str, known: tuple[str, ...], what: str, where: str) -> str:
        if word not in known:
            raise self.fail(where, f"onbekend {what} {word!r}.", closest(str(word), known))
        return word

    def offset(self, table: object, where: str, anchors: tuple[str, ...] = ()) -> Offset:
        if not isinstance(table, Mapping):
            raise self.fail(where, "een termijn is een tabel met anker, weken en dagen.")
        self.known(table, ("anker", "weken", "dagen") if anchors else ("weken", "dagen"), where)
        anchor = self.take(table, "anker", str, where) if anchors else ""
        return Offset(
            self.one_of(anchor, anchors, "anker", where) if anchors else "",
            self.take(table, "weken", int, where, 0),
            self.take(table, "dagen", int, where, 0),
        )

    def profile(self, table: Table) -> Profile:
        where = f"profiel {table.get('sleutel')!r}"
        self.known(table, _PROFILE_KEYS, where)
        leaves = "uit_dienst_tot_dag" in table
        return Profile(
            self.take(table, "sleutel", str, where),
            self.take(table, "titel", str, where),
            self.take(table, "toelichting", str, where, ""),
            self.take(table, "bron", str, where),
            self.conditions(table.get("als"), where),
            self.take(table, "uit_dienst_vanaf_dag", int, where, 0),
            self.take(table, "uit_dienst_tot_dag", int, where) if leaves else None,
        )

    def term(
        self, table: Table, where: str, anchors: tuple[str, ...], profiles: tuple[str, ...]
    ) -> Term:
        self.known(table, _TERM_KEYS, where)
        latest = table.get("uiterlijk")
        named = self.take(table, "profielen", list, where, list(profiles))
        begin, anew = table.get("vanaf"), table.get("bij_nieuwe_mogelijkheden")
        valid = "geldig_vanaf" in table
        return Term(
            tuple(
                self.offset(item, where, anchors)
                for item in (latest if isinstance(latest, list) and latest else [latest])
            ),
            self.take(table, "bron", str, where),
            frozenset(self.one_of(name, profiles, "profiel", where) for name in named),
            self.take(table, "geldig_vanaf", date, where) if valid else None,
            self.offset(begin, where, anchors) if begin is not None else None,
            self.take(table, "advies_week", int, where, 0),
            self.offset(anew, where) if anew is not None else None,
            self.paths(table, "gedaan", where),
        )

    def duty(self, table: Table, above: tuple[str, ...], profiles: tuple[str, ...]) -> Duty:
        where = f"stap {table.get('sleutel')!r}"
        self.known(table, _DUTY_KEYS, where)
        anchors = (*ANCHORS, *above)
        lines = self.tables(table, "termijn", where)
        return Duty(
            self.take(table, "sleutel", str, where),
            self.take(table, "titel", str, where),
            tuple(
                self.term(line, f"{where}, termijn {at}", anchors, profiles)
                for at, line in enumerate(lines, 1)
            ),
            self.paths(table, "gedaan", where),
            self.take(table, "zonder_mogelijkheden", bool, where, default=True),
            self.take(table, "na_aow", bool, where, default=False),
            self.take(table, "zonder_advies", bool, where, default=False),
            self.paths(table, "verlengd_door", where),
            self.conditions(table.get("niet_nodig_als"), where),
            self.take(table, "niet_nodig_omdat", str, where, ""),
        )


def terms_of(table: Table) -> Terms:
    """Return the terms that the file writes down.

    Raises:
        DefinitionError: it says something unknown, or twice the same.
    """
    reader = _Reader()
    reader.known(table, _FILE_KEYS, "bestand")
    profiles: dict[str, Profile] = {}
    for row in reader.tables(table, "profiel", "bestand"):
        profile = reader.profile(row)
        if profile.key in profiles:
            raise reader.fail(f"profiel {profile.key!r}", "staat er twee keer.")
        profiles[profile.key] = profile
    duties: dict[str, Duty] = {}
    for row in reader.tables(table, "stap", "bestand"):
        duty = reader.duty(row, tuple(duties), tuple(profiles))
        if duty.key in duties:
            raise reader.fail(f"stap {duty.key!r}", "staat er twee keer.")
        duties[duty.key] = duty
    return Terms(profiles, tuple(duties.values()))
