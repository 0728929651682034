"""Forms and the dossier they make up: what is asked, of whom, when, and on what ground.

Values only; `library` reads them from `forms/`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from wvp_docs.fields import Condition, Field, Lookup
from wvp_docs.terms import Terms


@dataclass(frozen=True, slots=True)
class Rubriek:
    """A numbered section of a form; `afgeleid` marks a place the machine fills."""

    nummer: str
    titel: str
    toelichting: str
    velden: tuple[Field, ...]
    afgeleid: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the dossier; `key` is its table in the case and the stem of its template.

    Attributes:
        beheer: what its table may hold about the paper itself, such as a signed copy; not printed.
    """

    key: str
    titel: str
    versie: str
    meervoud: bool
    doel: str
    opgesteld_door: tuple[str, ...]
    bron: str
    kop: tuple[Field, ...]
    rubrieken: tuple[Rubriek, ...]
    beheer: tuple[Field, ...] = ()

    def fields(self) -> Iterator[Field]:
        """Yield every field that the form shows, the shared ones included, each path once."""
        seen: set[str] = set()
        for item in (*self.kop, *(veld for rubriek in self.rubrieken for veld in rubriek.velden)):
            if item.path not in seen:
                seen.add(item.path)
                yield item

    def own_fields(self) -> tuple[Field, ...]:
        """Return the fields of the form's own table of the case that the paper shows."""
        return tuple(item for item in self.fields() if item.path.startswith(f"{self.key}."))

    def case_fields(self) -> tuple[Field, ...]:
        """Return every field that the form's own table of the case may hold."""
        return (*self.own_fields(), *self.beheer)


@dataclass(frozen=True, slots=True)
class Group:
    """A table of shared fields on the top level of the case: `werknemer`, `werkgever`."""

    key: str
    titel: str
    meervoud: bool
    hulp: str
    velden: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One place in the WIA order: a form, kinds of attachments, or a sheet with a sentence.

    Attributes:
        uploaden: the employer puts it into the portal of UWV.
        portaal: what it is called there; empty where that is not known for sure.
        niet_uploaden: why the employer does not.
        profielen: the profiles in which a sheet has its place, or a form is missed; empty: all.
        verzonden: path of the day on which what goes another way was sent.
        uiterlijk_stap: the step by which it must be sent, in `uiterlijk_profielen`.
    """

    plaats: int
    nummer: str
    titel: str = ""
    formulier: str = ""
    bijlagen: tuple[str, ...] = ()
    blad: str = ""
    verplicht: bool = False
    voorwaarde: tuple[Condition, ...] = ()
    door: tuple[str, ...] = ()
    bron: str = ""
    uploaden: bool = False
    portaal: str = ""
    niet_uploaden: str = ""
    profielen: tuple[str, ...] = ()
    verzonden: str = ""
    uiterlijk_stap: str = ""
    uiterlijk_profielen: tuple[str, ...] = ()

    def is_required(self, lookup: Lookup) -> bool:
        """Return whether UWV expects this part, given how to look up an answer.

        As long as the answer that decides it is not there, the part counts as expected.
        """
        return self.verplicht or (
            any(self.voorwaarde)
            and all(
                condition.holds(lookup) or lookup(condition.veld) is None
                for condition in self.voorwaarde
            )
        )


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """One of the parts a to l of Regeling procesgang art. 6, and the forms it may stand in."""

    letter: str
    omschrijving: str
    formulieren: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How papers reach UWV: what its portal takes, and the address for what goes by post.

    Attributes:
        soorten: what the portal calls the report as a whole, by profile, where that is certain.
        alleen: the forms that are all the employer sends, by profile; of another one: every part.
    """

    maximaal_bytes: int
    adres: tuple[str, ...]
    soorten: Mapping[str, str]
    alleen: Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Library:
    """All definitions: groups and forms by key, the parts in WIA order, the terms of law."""

    groups: Mapping[str, Group]
    forms: Mapping[str, Form]
    parts: tuple[Part, ...]
    onderdelen: tuple[Onderdeel, ...]
    digest: str
    terms: Terms
    delivery: Delivery

    @cached_property
    def shared(self) -> Mapping[str, Field]:
        """The shared fields by path."""
        return {item.path: item for group in self.groups.values() for item in group.velden}

    @cached_property
    def has_medical(self) -> bool:
        """Whether it has answers that an employer may not see; ours has none."""
        asked = [it for item in self.shared.values() for it in (item, *item.kolommen)]
        return any(it.medisch for it in asked)
