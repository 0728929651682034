"""The definitions in `forms/`, read and refused when they say something unknown.

Which case needs which form is for others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from wvp_docs.fields import Default, Field
from wvp_docs.forms import Delivery, Form, Group, Library, Onderdeel, Part, Rubriek
from wvp_docs.grammar import Grammar, Table, closest, read, shape_of
from wvp_docs.kinds import KINDS
from wvp_docs.terms import TERMS_FILE, terms_of

_FIELD_KEYS = frozenset(
    {
        "naam",
        "pad",
        "soort",
        "label",
        "hulp",
        "door",
        "verplicht",
        "verplicht_als",
        "medisch",
        "bron",
        "regel",
        "opties",
        "kolommen",
        "standaard",
        "voorbeeld",
        "geweigerd",
        "ernst",
    }
)
_RUBRIEK_KEYS = frozenset(
    {
        "nummer",
        "titel",
        "toelichting",
        "nummering",
        "gebruik",
        "veld",
        "afgeleid",
    }
)
_FORM_KEYS = frozenset(
    {
        "titel",
        "versie",
        "meervoud",
        "doel",
        "opgesteld_door",
        "bron",
        "rubriek",
    }
)
_GROUP_KEYS = frozenset(
    {
        "sleutel",
        "titel",
        "meervoud",
        "hulp",
        "veld",
    }
)
_PART_KEYS = frozenset(
    {
        "plaats",
        "nummer",
        "titel",
        "formulier",
        "bijlagen",
        "blad",
        "verplicht",
        "verplicht_als",
        "door",
        "bron",
        "uploaden",
        "portaal",
        "niet_uploaden",
        "profielen",
        "verzonden",
        "uiterlijk_stap",
        "uiterlijk_profielen",
    }
)
_ONDERDEEL_KEYS = frozenset(
    {
        "letter",
        "omschrijving",
        "formulieren",
        "bron",
    }
)
_SHARED_KEYS = frozenset(
    {
        "versie",
        "groep",
        "kop",
        "beheer",
        "set",
        "kolommen",
    }
)
_DOSSIER_KEYS = frozenset(
    {
        "versie",
        "portaal",
        "post",
        "deel",
        "onderdeel",
    }
)


class _Reader(Grammar):
    """Turns the tables of one file into definitions; knows its name for the messages."""

    def __init__(
        self, file: str, shared: Mapping[str, Field], kolommen: Table, sets: Table
    ) -> None:
        super().__init__(file)
        self.shared = shared
        self.kolommen = kolommen
        self.sets = sets

    def field(self, table: Table, prefix: str) -> Field:
        where = str(table.get("pad") or table.get("naam") or "veld zonder naam")
        self.known(table, _FIELD_KEYS, where)
        if pad := table.get("pad"):
            if pad not in self.shared:
                raise self.fail(where, f"{pad} is geen gedeeld veld.", closest(pad, self.shared))
            extra = {key: table[key] for key in ("label", "hulp", "bron", "regel") if key in table}
            required = bool(table.get("verplicht", self.shared[pad].verplicht))
            return replace(self.shared[pad], **extra, verplicht=required)
        for key in ("naam", "soort", "label"):
            if not table.get(key):
                raise self.fail(where, f"sleutel {key} ontbreekt.")
        if table["soort"] not in KINDS:
            raise self.fail(
                where, f"onbekende soort {table['soort']!r}.", closest(table["soort"], KINDS)
            )
        return Field(
            path=f"{prefix}{table['naam']}",
            naam=table["naam"],
            soort=table["soort"],
            label=table["label"],
            hulp=table.get("hulp", ""),
            door=table.get("door", ""),
            verplicht=table.get("verplicht", False),
            voorwaarde=self.conditions(table.get("verplicht_als"), where),
            medisch=table.get("medisch", False),
            bron=table.get("bron", ""),
            regel=table.get("regel", ""),
            opties=table.get("opties", {}),
            kolommen=self.columns(table, where),
            standaard=self.defaults(table.get("standaard", {})),
            geweigerd=table.get("geweigerd", {}),
            voorbeeld=table.get("voorbeeld"),
            waarschuwt=table.get("ernst") == "waarschuwing",
        )

    def columns(self, table: Table, where: str) -> tuple[Field, ...]:
        raw = table.get("kolommen", "ondertekening" if table["soort"] == "ondertekening" else [])
        if isinstance(raw, str):
            if raw not in self.kolommen:
                raise self.fail(where, f"onbekende kolommen {raw!r}.", closest(raw, self.kolommen))
            raw = self.kolommen[raw]
        if KINDS[table["soort"]].composite != bool(raw):
            raise self.fail(where, "alleen een tabel of ondertekening heeft kolommen, en altijd.")
        return tuple(self.field(column, "") for column in raw)

    def defaults(self, raw: Table) -> dict[str, Default]:
        if raw and not isinstance(next(iter(raw.values())), dict):
            raw = {"": raw}
        return {name: Default(**table) for name, table in raw.items()}

    def rubriek(self, table: Table, prefix: str) -> Rubriek:
        where = f"rubriek {table.get('titel', '')!r}"
        self.known(table, _RUBRIEK_KEYS, where)
        raw = list(table.get("veld", []))
        if name := table.get("gebruik"):
            if name not in self.sets:
                raise self.fail(where, f"onbekend setje velden {name!r}.", closest(name, self.sets))
            raw = [*self.sets[name], *raw]
        velden = [self.field(item, prefix) for item in raw]
        nummer = table.get("nummer", "")
        if table.get("nummering"):
            velden = [replace(veld, nummer=f"{nummer}.{at}") for at, veld in enumerate(velden, 1)]
        return Rubriek(
            nummer,
            table["titel"],
            table.get("toelichting", ""),
            tuple(velden),
            table.get("afgeleid", ""),
        )

    def form(self, key: str, table: Table, kop: list[Table], beheer: list[Table]) -> Form:
        self.known(table, _FORM_KEYS, key)
        prefix = f"{key}."
        rubrieken = tuple(self.rubriek(item, prefix) for item in table["rubriek"])
        self._refuse_medical(veld for rubriek in rubrieken for veld in rubriek.velden)
        return Form(
            key=key,
            titel=table["titel"],
            versie=table["versie"],
            meervoud=table.get("meervoud", False),
            doel=table["doel"],
            opgesteld_door=tuple(table["opgesteld_door"]),
            bron=table["bron"],
            kop=tuple(self.field(item, prefix) for item in kop),
            rubrieken=rubrieken,
            beheer=tuple(self.field(item, prefix) for item in beheer),
        )

    def _refuse_medical(self, velden: Iterable[Field]) -> None:
        """Refuse a form that asks what only the bedrijfsarts and the employee may know.

        Every form of this dossier is seen by the employer; medical information goes from the
        bedrijfsarts to the employee, who sends it on (Beleidsregels vorm- en
        herkenbaarheidsvereisten art. 1 m).
        """
        for veld in velden:
            if veld.medisch or any(column.medisch for column in veld.kolommen):
                raise self.fail(
                    veld.path,
                    "een medisch veld mag niet op een formulier dat de werkgever ziet.",
                    "Haal het veld weg: de werknemer stuurt medische informatie zelf naar UWV.",
                )

    def part(self, table: Table) -> Part:
        self.known(table, _PART_KEYS, f"deel {table.get('plaats')}")
        return Part(
            plaats=table["plaats"],
            nummer=table.get("nummer", ""),
            titel=table.get("titel", ""),
            formulier=table.get("formulier", ""),
            bijlagen=tuple(table.get("bijlagen", ())),
            blad=table.get("blad", ""),
            verplicht=table.get("verplicht", False),
            voorwaarde=self.conditions(table.get("verplicht_als"), f"deel {table['plaats']}"),
            door=tuple(table.get("door", ())),
            bron=table.get("bron", ""),
            uploaden=table.get("uploaden", False),
            portaal=table.get("portaal", ""),
            niet_uploaden=table.get("niet_uploaden", ""),
            profielen=tuple(table.get("profielen", ())),
            verzonden=table.get("verzonden", ""),
            uiterlijk_stap=table.get("uiterlijk_stap", ""),
            uiterlijk_profielen=tuple(table.get("uiterlijk_profielen", ())),
        )


def _groups(shared_table: Table) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    reader = _Reader("_velden.toml", {}, shared_table.get("kolommen", {}), {})
    for table in shared_table["groep"]:
        reader.known(table, _GROUP_KEYS, f"groep {table.get('sleutel')!r}")
        key = table["sleutel"]
        groups[key] = Group(
            key,
            table["titel"],
            table.get("meervoud", False),
            table.get("hulp", ""),
            tuple(reader.field(item, f"{key}.") for item in table["veld"]),
        )
    return groups


def load_library(folder: Path) -> Library:
    """Return every definition in the folder, or say which one is broken.

    Raises:
        DefinitionError: a file is missing, is no TOML, or says something unknown.
    """
    files = sorted(folder.glob("*.toml"))
    shared_table = read(folder / "_velden.toml")
    dossier = read(folder / "_dossier.toml")
    terms = terms_of(read(folder / TERMS_FILE))
    with shape_of("_velden.toml"):
        groups = _groups(shared_table)
        shared = {item.path: item for group in groups.values() for item in group.velden}
        _Reader("_velden.toml", shared, {}, {}).known(shared_table, _SHARED_KEYS, "bestand")
        kop = shared_table["kop"]
    with shape_of("_dossier.toml"):
        parts, onderdelen = _dossier(dossier, shared)
        portal = dossier["portaal"]
        address = tuple(dossier["post"]["adres"])
        only = portal.get("alleen", {})
        delivery = Delivery(portal["maximaal_bytes"], address, portal["soorten"], only)
    forms = {
        path.stem: _form(path, shared, shared_table, kop)
        for path in files
        if not path.name.startswith("_")
    }
    parts += _places_for(forms.keys() - {part.formulier for part in parts}, parts)
    ordered = [part.formulier for part in parts if part.formulier in forms]
    ordered_forms = {key: forms[key] for key in ordered}
    return Library(groups, ordered_forms, parts, onderdelen, _digest(files), terms, delivery)


def _dossier(
    table: Table, shared: Mapping[str, Field]
) -> tuple[tuple[Part, ...], tuple[Onderdeel, ...]]:
    reader = _Reader("_dossier.toml", shared, {}, {})
    reader.known(table, _DOSSIER_KEYS, "bestand")
    for item in table["onderdeel"]:
        reader.known(item, _ONDERDEEL_KEYS, f"onderdeel {item.get('letter')!r}")
    onderdelen = tuple(
        Onderdeel(item["letter"], item["omschrijving"], tuple(item["formulieren"]))
        for item in table["onderdeel"]
    )
    return tuple(reader.part(item) for item in table["deel"]), onderdelen


def _form(path: Path, shared: Mapping[str, Field], shared_table: Table, kop: list[Table]) -> Form:
    kolommen, sets = shared_table.get("kolommen", {}), shared_table.get("set", {})
    beheer = shared_table.get("beheer", [])
    with shape_of(path.name):
        return _Reader(path.name, shared, kolommen, sets).form(path.stem, read(path), kop, beheer)


def _places_for(keys: Iterable[str], parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return places after the last for forms that the order of the dossier does not name."""
    last = max(part.plaats for part in parts)
    number = max(int(part.nummer or 0) for part in parts)
    return tuple(
        Part(last + at, str(number + at), formulier=key) for at, key in enumerate(sorted(keys), 1)
    )


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
