"""A question of a form: what is asked, of whom, when, and on what ground."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from wvp_docs.kinds import KINDS, Kind

Lookup = Callable[[str], object]
"""Gives the answer at a path, None when there is none."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One word about one other answer: `is`, `een_van`, `ingevuld` or `datum_vanaf`."""

    veld: str
    woord: str
    waarde: object

    def holds(self, lookup: Lookup) -> bool:
        """Return whether it is true, given how to look up an answer (None: not given)."""
        answer = lookup(self.veld)
        if self.woord == "ingevuld":
            return (answer not in (None, "", (), [])) == bool(self.waarde)
        if self.woord == "datum_vanaf":
            return isinstance(answer, date) and answer >= cast("date", self.waarde)
        wanted = self.waarde if self.woord == "een_van" else (self.waarde,)
        given = answer if isinstance(answer, list | tuple) else (answer,)
        return any(item in cast("tuple[object, ...]", wanted) for item in given)


CONDITION_WORDS = ("is", "een_van", "ingevuld", "datum_vanaf")


@dataclass(frozen=True, slots=True)
class Default:
    """What an empty answer falls back to: another answer's value, or a fixed text."""

    pad: str = ""
    tekst: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question: declared once, printed and checked everywhere.

    Attributes:
        path: full path, `werknemer.bsn` or `<form>.<naam>`; of a column only its name.
        soort: name of its kind in `kinds.KINDS`.
        nummer: the number on the paper, `5.1`, or empty.
        voorwaarde: when it is required; all must hold. Empty with `verplicht` means always.
        standaard: what holds when it is empty, per sub-field for a signature, else under "".
        geweigerd: values that may never be given, each with the sentence that says why.
        waarschuwt: what is wrong with it is a warning and does not keep the form from being made.
    """

    path: str
    naam: str
    soort: str
    label: str
    hulp: str = ""
    nummer: str = ""
    door: str = ""
    verplicht: bool = False
    voorwaarde: tuple[Condition, ...] = ()
    medisch: bool = False
    bron: str = ""
    regel: str = ""
    opties: Mapping[str, str] = field(default_factory=dict)
    kolommen: tuple[Field, ...] = ()
    standaard: Mapping[str, Default] = field(default_factory=dict)
    geweigerd: Mapping[str, str] = field(default_factory=dict)
    voorbeeld: object = None
    waarschuwt: bool = False

    @property
    def kind(self) -> Kind:
        """The kind that knows what an answer may be and how it is printed."""
        return KINDS[self.soort]

    def is_required(self, lookup: Lookup) -> bool:
        """Return whether an answer must be given, given how to look up the others."""
        if self.voorwaarde:
            return all(condition.holds(lookup) for condition in self.voorwaarde)
        return self.verplicht
