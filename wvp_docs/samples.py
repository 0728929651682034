"""Cases made from the definitions: every question with a sample answer, short, usual or long.

The same definitions give the same case. What a field answers is its `voorbeeld`, made shorter or
longer; the day of a form is the day on which the law wants it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import cast

from wvp_docs.beside import Beside, InHand
from wvp_docs.case import SCHEMA, Case
from wvp_docs.dossier import Dossier
from wvp_docs.fields import Field, Lookup
from wvp_docs.formats import NAME_PARTS
from wvp_docs.forms import Form, Group, Library
from wvp_docs.timeline.steps import timeline_of


class Length(StrEnum):
    """How much the answers say; the words are public.

    Attributes:
        SHORT: only what must be answered, in as few letters as can be.
        USUAL: what the examples of the definitions say.
        LONG: every question, with long names, many rows, long texts and all boxes.
    """

    SHORT = "kort"
    USUAL = "gewoon"
    LONG = "lang"


ATTACHMENTS = "bijlage"
NO_FILES = InHand({})

_ROWS = {Length.SHORT: 1, Length.USUAL: 2, Length.LONG: 12}
_DOCUMENTS = {Length.SHORT: 1, Length.USUAL: 2, Length.LONG: 9}
_BETWEEN = timedelta(days=35)
"""From one row, or one document of a kind, to the next."""

_SOME_DAY = date(2024, 2, 20)
_EXAMPLES: Mapping[str, object] = {
    "datum": _SOME_DAY,
    "getal": 3,
    "uren": 32.5,
    "procent": 70,
    "bedrag": 1040.25,
    "ja_nee": True,
    "bsn": "999990019",
    "loonheffingennummer": "123456782L01",
    "kvk_nummer": "12345678",
    "big_nummer": "19012345601",
    "postcode": "1234 AB",
    "telefoon": "030 1234567",
    "email": "naam@voorbeeld.example",
    "bestand": "voorbeeld.pdf",
}
"""For a field without an example of its own."""

_SHORT: Mapping[str, object] = {"getal": 1, "uren": 1, "procent": 1, "bedrag": 1}
_LONG: Mapping[str, object] = {
    "getal": 1234567.89,
    "uren": 167.75,
    "procent": 66.67,
    "bedrag": 1234567.89,
    "email": "een.adres.dat.zo.lang.is.dat.het.nergens.meer.past@afdeling.voorbeeld.example",
}
_LONG_NAME: Mapping[str, object] = {
    "voorletters": "A.B.C.D.E.F.G.",
    "tussenvoegsel": "van der",
    "achternaam": "Hoogenboezem-Kattendijke",
    "geboortenaam": "van der Hoogenboezem-Kattendijke",
    "partner_tussenvoegsel": "van den",
    "partner_achternaam": "Oosterwijk-Vredenburgh",
}
_GOES_ON = (
    ", en alles wat er verder bij kan komen, zodat u ziet waar een lange regel wordt afgebroken"
)
_PARAGRAPHS, _PARAGRAPH = 3, 400


def sample_case(library: Library, length: Length, beside: Beside = NO_FILES) -> Case:
    """Return a case with every form and every shared answer that some form prints.

    Args:
        library: the definitions; they decide what is asked.
        length: how much the answers say.
        beside: the files beside the case, such as those of a house style.
    """
    maker = _Maker(length)
    tree: dict[str, object] = {"schema": SCHEMA}
    for key in dict.fromkeys((*_printed(library), ATTACHMENTS)):
        if group := library.groups.get(key):
            tree[key] = _group(group, library, maker)
    due, day = _days(library, tree), _SOME_DAY
    for form in library.forms.values():
        # What the law gives no day comes after what stands before it in the dossier.
        day = due.get(form.key, day + _BETWEEN)
        tree[form.key] = _form(form, maker, day)
    for group in library.groups.values():
        if isinstance(answers := tree.get(group.key), dict):
            lookup = _lookup(tree, answers)
            # What some form makes necessary of the shared answers.
            needed = (item for item in group.velden if item.is_required(lookup))
            maker.fill(answers, needed, lookup)
    return Case(b"", tree, Path(f"{length}.toml"), beside)


def _printed(library: Library) -> Iterator[str]:
    """Yield the key of every group that some form prints."""
    for form in library.forms.values():
        yield from (item.path.partition(".")[0] for item in form.fields())


def _group(group: Group, library: Library, maker: _Maker) -> object:
    if group.meervoud:
        return [maker.row(group.velden, at) for at in range(_ROWS[maker.length])]
    shown = {item.path for form in library.forms.values() for item in form.fields()}
    has_person = any(item.soort == "persoonsnaam" for item in group.velden)
    fields = [
        item
        for item in group.velden
        if item.verplicht
        or (item.path in shown and (item.soort != "tabel" or maker.length is Length.LONG))
        or (has_person and item.naam in NAME_PARTS)
    ]
    answers: dict[str, object] = {}
    maker.fill(answers, fields, _lookup({}, answers))
    if maker.length is Length.LONG and has_person:
        answers |= {naam: text for naam, text in _LONG_NAME.items() if naam in answers}
    return answers


def _days(library: Library, tree: dict[str, object]) -> Mapping[str, date]:
    """Return the last lawful day of each form that has one."""
    dossier = Dossier(Case(b"", tree, Path("dagen.toml"), NO_FILES), library)
    steps = timeline_of(dossier, _SOME_DAY).stappen
    return {step.key: step.uiterlijk for step in steps if step.uiterlijk}


def _form(form: Form, maker: _Maker, day: date) -> object:
    if not form.meervoud:
        return _document(form, maker, day)
    times = range(_DOCUMENTS[maker.length])
    return [_document(form, maker, day + at * _BETWEEN) for at in times]


def _document(form: Form, maker: _Maker, day: date) -> dict[str, object]:
    answers: dict[str, object] = {"datum": day}
    maker.fill(answers, form.own_fields(), _lookup({}, answers))
    for item in form.own_fields():
        signature = answers.get(item.naam)
        if item.soort == "ondertekening" and isinstance(signature, dict) and "datum" in signature:
            signature["datum"] = day
    return answers


def _lookup(tree: Mapping[str, object], answers: Mapping[str, object]) -> Lookup:
    """Return how to look up an answer: one without a point stands in the same table."""

    def lookup(path: str) -> object:
        table, _, naam = path.rpartition(".")
        found = tree.get(table) if table else answers
        return found.get(naam) if isinstance(found, Mapping) else None

    return lookup


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes answers of one length."""

    length: Length

    def fill(self, answers: dict[str, object], fields: Iterable[Field], lookup: Lookup) -> None:
        """Add the answers that are wanted; one may make another necessary."""
        asked = [item for item in fields if not item.kind.derived]
        while wanted := [
            item for item in asked if item.naam not in answers and self._wants(item, lookup)
        ]:
            answers |= {item.naam: self.answer(item) for item in wanted}

    def row(self, columns: Iterable[Field], at: int) -> dict[str, object]:
        """Return a row of a table, of which the days are later than those of the row before."""
        answers: dict[str, object] = {}
        self.fill(answers, columns, _lookup({}, answers))
        later = at * _BETWEEN
        return {
            naam: answer + later if isinstance(answer, date) else answer
            for naam, answer in answers.items()
        }

    def _wants(self, field: Field, lookup: Lookup) -> bool:
        if self.length is Length.LONG or field.is_required(lookup):
            return True
        has_example = field.voorbeeld is not None or field.kind.composite
        return self.length is Length.USUAL and has_example

    def answer(self, field: Field) -> object:
        """Return the answer to one question; the rows of a table are those of one table."""
        if field.soort == "tabel":
            return [self.row(field.kolommen, at) for at in range(_ROWS[self.length])]
        if field.soort == "ondertekening":
            # What falls back on another answer is given only where that one may be missing.
            spared = () if self.length is Length.SHORT else field.standaard.keys()
            return self.row((item for item in field.kolommen if item.naam not in spared), 0)
        if field.opties:
            return self._choice(field)
        if field.soort in ("tekst", "alinea"):
            return self._text(field)
        changed = {Length.SHORT: _SHORT, Length.LONG: _LONG}.get(self.length, {})
        example = _EXAMPLES.get(field.soort) if field.voorbeeld is None else field.voorbeeld
        return changed.get(field.soort, example)

    def _choice(self, field: Field) -> object:
        by_length = sorted(field.opties, key=lambda key: len(field.opties[key]))
        if field.soort == "meerkeuze":
            example = cast("list[str]", field.voorbeeld or by_length[:1])
            return list(field.opties) if self.length is Length.LONG else example
        return by_length[-1] if self.length is Length.LONG else field.voorbeeld or by_length[0]

    def _text(self, field: Field) -> str:
        example = str(field.voorbeeld or field.label)
        if self.length is Length.USUAL:
            return example
        if self.length is Length.SHORT:
            return example.split(maxsplit=1)[0].rstrip(",:;")
        if field.soort == "tekst":
            # A code or a place grows otherwise than a sentence.
            is_word = field.voorbeeld and " " not in example
            return f"{example}-{example}" if is_word else example + _GOES_ON
        paragraph = " ".join([example.strip()] * (1 + _PARAGRAPH // len(example)))
        return "\n".join([paragraph] * _PARAGRAPHS)
