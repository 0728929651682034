"""What each template can name: derived from the definitions, and from the code that fills it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from wvp_docs import binding, context
from wvp_docs.fields import Field
from wvp_docs.forms import Form, Library
from wvp_docs.sets import employee


class Shape(StrEnum):
    """What a name stands for."""

    TEXT = "tekst"
    BOX = "vakje"
    GROUP = "groep"
    ROWS = "tabel"


@dataclass(frozen=True, slots=True)
class Name:
    """Something that a template can name.

    Attributes:
        path: the whole name; a column is written `plan_van_aanpak.activiteiten[].actie`.
        label: what it is.
        field: the question it answers; None for what the machine makes.
        answer: the path of the answer that it prints, in one form or another.
    """

    path: str
    shape: Shape
    label: str
    field: Field | None = None
    answer: str = ""


Vocabulary = Mapping[str, Name]
"""The names that one template can use, by path."""

OTHERS = {
    binding.FRONT: "Voorblad en inhoud van de bundel",
    binding.SHEETS: "Tabbladen van de bundel",
    employee.LETTER: employee.LETTER_TITLE,
    employee.ENVELOPE: employee.ENVELOPE_TITLE,
}
"""The templates that are no form, by stem."""

_MADE = {
    binding.FRONT: ("dossier", "inhoud", binding.LINE),
    binding.SHEETS: ("dossier", "bladen", binding.SHEET),
    employee.LETTER: ("brief", "", employee.NAMES),
    employee.ENVELOPE: ("brief", "", employee.NAMES),
}


def vocabulary(stem: str, library: Library) -> Vocabulary:
    """Return what the template with this stem can name.

    Raises:
        KeyError: there is no such template.
    """
    form = None if stem in OTHERS else library.forms[stem]
    names = [*_shared(library), *_document(form)]
    names += _own(form) if form else _made(*_MADE[stem])
    return {name.path: name for name in names}


def _shared(library: Library) -> Iterator[Name]:
    for group in library.groups.values():
        if group.meervoud:
            yield Name(group.key, Shape.ROWS, group.titel, answer=group.key)
        else:
            yield Name(group.key, Shape.GROUP, group.titel)
        for field in group.velden:
            path = f"{group.key}[].{field.naam}" if group.meervoud else field.path
            yield from _answer(field, path)


def _own(form: Form) -> Iterator[Name]:
    yield Name(form.key, Shape.GROUP, form.titel)
    for field in form.own_fields():
        yield from _answer(field, field.path)
    if any(rubriek.afgeleid for rubriek in form.rubrieken):
        yield from _made("dossier", "onderdelen", context.ONDERDEEL)


def _answer(field: Field, path: str) -> Iterator[Name]:
    """Yield the name of an answer, those of its other forms, and those of what is inside it."""
    if field.soort == "tabel":
        yield Name(path, Shape.ROWS, field.label, field, path)
        for column in field.kolommen:
            yield from _answer(column, f"{path}[].{column.naam}")
    elif field.soort == "ondertekening":
        yield Name(path, Shape.GROUP, field.label, field)
        for part in field.kolommen:
            label = f"Ondertekening {field.label}: {part.label.lower()}"
            signed = replace(part, label=label)
            yield from _answer(signed, f"{path}.{part.naam}")
    else:
        yield Name(path, Shape.TEXT, field.label, field, path)
        has_boxes = field.opties or field.soort == "ja_nee"
        for face in context.face_names(field):
            label = f"{field.label}: {field.opties.get(face, face.replace('_', ' '))}"
            shape = Shape.BOX if has_boxes else Shape.TEXT
            yield Name(f"{path}.{face}", shape, label, field, path)


def _document(form: Form | None) -> Iterator[Name]:
    yield Name("document", Shape.GROUP, "Het document")
    own = {field.naam: field for field in form.own_fields()} if form else {}
    for naam, label in context.DOCUMENT.items():
        # The day and the week of a document are those of its form.
        field = own.get(naam)
        answer = field.path if field else ""
        yield Name(f"document.{naam}", Shape.TEXT, label, field, answer)
        if naam == "datum":
            yield Name("document.datum.voluit", Shape.TEXT, f"{label}: voluit", field, answer)


def _made(group: str, rows: str, names: Mapping[str, str]) -> Iterator[Name]:
    yield Name(group, Shape.GROUP, group.capitalize())
    if rows:
        yield Name(f"{group}.{rows}", Shape.ROWS, rows.capitalize())
    start = f"{group}.{rows}[]" if rows else group
    for naam, label in names.items():
        yield Name(f"{start}.{naam}", Shape.TEXT, label)
