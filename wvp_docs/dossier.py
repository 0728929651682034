"""A case seen through the definitions: which documents it holds, and what each of them answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wvp_docs import dates, formats
from wvp_docs.case import Case
from wvp_docs.fields import Field
from wvp_docs.forms import Form, Library, Part
from wvp_docs.lexicon import OWN_WORDS_FILE

Answers = Mapping[str, object]


@dataclass(frozen=True)
class Document:
    """One document of the dossier: a form with the answers of one table of the case.

    Attributes:
        base: the path of that table: `probleemanalyse`, `voortgangsverslag[2]`.
        volgnummer: from 1 in date order for a form that may come more than once, else 0.
        nummer: as the contents count it: `1`, `3a`.
    """

    dossier: Dossier
    form: Form
    part: Part
    base: str
    volgnummer: int
    nummer: str

    def path(self, field: Field) -> str:
        """Return where the case holds the answer to a field of this form."""
        if field.path.startswith(f"{self.form.key}."):
            return f"{self.base}.{field.naam}"
        return field.path

    def answer(self, path: str) -> object:
        """Return the answer at a path: one without a point is a field of this form."""
        return self.dossier.case.get(path if "." in path else f"{self.base}.{path}")

    @property
    def datum(self) -> date | None:
        """The date of the document, None when it is missing or no date."""
        return dates.day_in(self.answer("datum"))

    @property
    def has_copy(self) -> bool:
        """Whether the case names a signed copy, which goes before what we would print."""
        return self.dossier.case.has(f"{self.base}.ondertekend")

    @property
    def titel(self) -> str:
        """The title, with its number when the form may come more than once."""
        return f"{self.form.titel} {self.volgnummer}" if self.volgnummer else self.form.titel

    @property
    def ziekteweek(self) -> str:
        """The week of illness the document was made in: `week 6`; empty when unknown."""
        period = self.dossier.illness
        week = period.week(self.datum) if period and self.datum else 0
        return f"week {week}" if week else ""

    @property
    def stem(self) -> str:
        """The stem of the file names, as the contract fixes it; no name and no BSN in it."""
        # From ten on, the first ones get a zero: a folder sorts by name.
        width = len(str(len(self.dossier.rows(self.form.key))))
        number = f"-{self.volgnummer:0{width}d}" if self.volgnummer else ""
        day = self.datum.isoformat() if self.datum else "zonder-datum"
        return f"{self.part.plaats:02d}-{self.form.key.replace('_', '-')}{number}_{day}"

    def reads(self) -> frozenset[str]:
        """Return the shared answers that this document prints, those behind derived ones too."""
        return frozenset(source for field in self.form.fields() for source in _sources(field))

    def default(self, field: Field, sub: str = "") -> object:
        """Return what holds when the field, or a sub-field of a signature, is left empty."""
        fallback = field.standaard.get(sub)
        if fallback is None:
            return None
        if not fallback.pad:
            return fallback.tekst
        source = self.dossier.library.shared.get(fallback.pad)
        if source and source.soort == "persoonsnaam":
            # Who signs needs no birth name in brackets behind the own one.
            return self.dossier.person(source, with_birth_name=False)
        return self.dossier.value(fallback.pad)

    def signers(self) -> tuple[tuple[Field, Answers], ...]:
        """Return each signature with its sub-answers and their defaults.

        One that may be left out counts only when it is given: a default signs nothing.
        """
        found = []
        for field in self.form.own_fields():
            given = self.dossier.case.has(self.path(field)) or field.is_required(self.answer)
            if field.soort != "ondertekening" or not given:
                continue
            answers = self.signature(field)
            if answers.get("naam"):
                found.append((field, answers))
        return tuple(found)

    def signature(self, field: Field) -> Answers:
        """Return the sub-answers of a signature, with its defaults for what is empty."""
        given = self.dossier.case.get(self.path(field))
        table = given if isinstance(given, Mapping) else {}
        return {
            column.naam: table.get(column.naam) or self.default(field, column.naam)
            for column in field.kolommen
        }


def _sources(field: Field) -> tuple[str, ...]:
    group = field.path.rpartition(".")[0]
    return {
        "persoonsnaam": tuple(f"{group}.{part}" for part in formats.NAME_PARTS),
        "ziekteweek": ("verzuim.eerste_ziektedag", "verzuim.onderbrekingen", "verzuim.verlof"),
        "kenmerk": ("verzuim.dossiernummer", "verzuim.eerste_ziektedag"),
    }.get(field.soort, (field.path,))


class Dossier:
    """All documents of one case, in the order of the WIA attachments."""

    def __init__(self, case: Case, library: Library) -> None:
        self.case = case
        self.library = library

    @cached_property
    def illness(self) -> dates.Illness | None:
        """The period of illness; None when the first sick day is missing or no date."""
        first_day = dates.day_in(self.case.get("verzuim.eerste_ziektedag"))
        return dates.illness(first_day, self._pauses()) if first_day else None

    def _pauses(self) -> Iterator[dates.Pause]:
        for row in self.rows("verzuim.onderbrekingen"):
            first = dates.day_in(row.get("hersteld_vanaf"))
            until = dates.day_in(row.get("weer_ziek_vanaf"))
            if first and until:
                yield dates.recovery(first, until)
        for row in self.rows("verzuim.verlof"):
            first, last = dates.day_in(row.get("van")), dates.day_in(row.get("tot_en_met"))
            if first and last:
                same_cause = row.get("zelfde_oorzaak") is not False
                yield dates.leave(first, last, same_cause=same_cause)

    def rows(self, path: str) -> tuple[Answers, ...]:
        """Return the rows of a table in the case; what is no row is left to the checks."""
        value = self.case.get(path)
        items = value if isinstance(value, tuple) else ()
        return tuple(item for item in items if isinstance(item, Mapping))

    def named_files(self) -> tuple[str, ...]:
        """Return the files that the case names, and the one with its own words, each once."""
        names: list[object] = [OWN_WORDS_FILE]
        for group in self.library.groups.values():
            tables = self.rows(group.key) if group.meervoud else (self.case.get(group.key),)
            names += _files_in(tables, group.velden)
        for document in self.documents:
            names += _files_in((self.case.get(document.base),), document.form.case_fields())
        return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name))

    def value(self, path: str) -> object:
        """Return the answer at a shared path; a derived one is made from its neighbours."""
        field = self.library.shared.get(path)
        if field is None or not field.kind.derived:
            return self.case.get(path)
        if field.soort == "persoonsnaam":
            return self.person(field)
        return self.kenmerk

    def person(self, field: Field, *, with_birth_name: bool = True) -> str:
        """Return the name of the person of the field's table; empty without a surname."""
        parts = self._name_parts(field)
        return formats.show_person(parts, with_birth_name=with_birth_name) if parts else ""

    def addressed(self, field: Field) -> str:
        """Return how to address the person of the field's table; empty without a surname."""
        parts = self._name_parts(field)
        return formats.address_person(parts) if parts else ""

    def _name_parts(self, field: Field) -> dict[str, str]:
        """Return the answers that make a name, none of them when the surname is missing."""
        table = self.case.get(field.path.rpartition(".")[0])
        answers = table if isinstance(table, Mapping) else {}
        given = ((key, answers.get(key)) for key in formats.NAME_PARTS)
        parts = {key: value for key, value in given if isinstance(value, str)}
        return parts if parts.get("achternaam") else {}

    @property
    def kenmerk(self) -> str:
        """The reference of the dossier: its number if given, else made of the first sick day."""
        given = self.case.get("verzuim.dossiernummer")
        first_day = self.case.get("verzuim.eerste_ziektedag")
        if isinstance(given, str) and given:
            return given
        return f"WVP-{first_day.isoformat()}" if isinstance(first_day, date) else ""

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Every document whose table stands in the case, in WIA order."""
        letters: dict[str, int] = {}
        found: list[Document] = []
        for part in self.library.parts:
            if part.formulier:
                found.extend(self._documents_of(part, letters))
        return tuple(found)

    def _documents_of(self, part: Part, letters: dict[str, int]) -> Iterator[Document]:
        form = self.library.forms[part.formulier]
        for volgnummer, base in enumerate(self._bases(form), 1):
            nummer = part.nummer
            if form.meervoud:
                at = letters.get(part.nummer, 0)
                letters[part.nummer] = at + 1
                nummer += letter(at)
            yield Document(self, form, part, base, volgnummer if form.meervoud else 0, nummer)

    def _bases(self, form: Form) -> list[str]:
        value = self.case.get(form.key)
        if not form.meervoud:
            return [form.key] if isinstance(value, Mapping) else []
        rows = value if isinstance(value, tuple) else ()
        dated = [
            (dates.day_in(row.get("datum")) or date.max, index)
            for index, row in enumerate(rows)
            if isinstance(row, Mapping)
        ]
        return [f"{form.key}[{index}]" for _, index in sorted(dated)]


def _files_in(tables: Iterable[object], fields: Iterable[Field]) -> Iterator[object]:
    """Yield what these tables answer to the fields that ask for a file."""
    wanted = [field.naam for field in fields if field.soort == "bestand"]
    for table in tables:
        if isinstance(table, Mapping):
            yield from (table.get(name) for name in wanted)


def letter(index: int) -> str:
    """Return the letters that count parts: a, b … z, aa, ab for 0, 1 and on."""
    first, last = divmod(index, 26)
    return (letter(first - 1) if first else "") + chr(ord("a") + last)
