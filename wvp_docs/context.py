"""What a template sees: every answer as finished Dutch text, never None, never a raw value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wvp_docs import dates
from wvp_docs.dossier import Document, Dossier
from wvp_docs.fields import Field
from wvp_docs.forms import Group
from wvp_docs.kinds import BOX_OFF, YES_NO
from wvp_docs.shown import Node, Shown

NOT_APPLICABLE = "n.v.t."
EMPTY_CELL = "–"

DOCUMENT = {
    "titel": "Titel van het document",
    "kenmerk": "Kenmerk van het dossier",
    "datum": "Datum van het document",
    "ziekteweek": "Week van het verzuim",
    "concept": "CONCEPT, als het dat is",
}
"""What every template can name under `document`, each with what it is."""

ONDERDEEL = {
    "letter": "Letter van het onderdeel",
    "omschrijving": "Wat het onderdeel is",
    "document": "In welk document het staat",
    "datum": "Datum van dat document",
    "ondertekenaars": "Wie dat document ondertekent",
}
"""What a row of `dossier.onderdelen` holds, each with what it is."""

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Blank:
    """How an answer that was not given is printed in one place of the paper."""

    text: str
    concept: bool

    def shown(self, field: Field, path: str, *, required: bool) -> Shown:
        """Return the text for nothing: marked when a concept lacks what is required."""
        if required and self.concept:
            gap = f"[ontbreekt: {field.label}]"
            return Shown(gap, path, faces=_empty_faces(field, gap))
        return Shown(self.text, answered=False, faces=_empty_faces(field, ""))


def _empty_faces(field: Field, gap: str) -> dict[str, str]:
    if field.soort in ("keuze", "meerkeuze", "ja_nee"):
        keys = list(YES_NO if field.soort == "ja_nee" else field.opties)
        boxes = dict.fromkeys(keys, BOX_OFF)
        if gap:
            # A row of empty boxes looks like an answer; the gap is named before the first one.
            boxes[keys[0]] = f"{gap} {BOX_OFF}"
        return boxes
    return {"voluit": gap or NOT_APPLICABLE} if field.soort == "datum" else {}


def face_names(field: Field) -> tuple[str, ...]:
    """Return the other forms in which a template can name the answer: `voluit`, its boxes."""
    return ("met_aanhef",) if field.soort == "persoonsnaam" else tuple(_empty_faces(field, ""))


def _leaf(field: Field, value: object, path: str, blank: _Blank, *, required: bool) -> Shown:
    """Return one answer as text; what is no answer of its kind counts as not given.

    A text with only a warning about its shape is printed as it was typed: nothing is lost.
    """
    if value in (None, "", ()):
        return blank.shown(field, path, required=required)
    if field.kind.problem(value, field.opties):
        if field.waarschuwt and field.kind.may_print_as_typed(value):
            return Shown(str(value).strip(), path)
        return blank.shown(field, path, required=required)
    faces = field.kind.faces(value, field.opties)
    text = field.kind.show(value, field.opties).strip()
    # False is an answer, but a template asks "if it is so".
    return Shown(text or blank.text, path, answered=bool(text) and value is not False, faces=faces)


def _row(columns: Iterable[Field], row: Answers, path: str, blank: _Blank) -> Node:
    return Node(
        {
            column.naam: _leaf(
                column,
                row.get(column.naam),
                f"{path}.{column.naam}",
                blank,
                required=column.is_required(row.get),
            )
            for column in columns
        }
    )


def _rows(
    field: Field, value: object, path: str, *, required: bool, concept: bool
) -> tuple[Node, ...]:
    rows = tuple(
        _row(field.kolommen, row, f"{path}[{index}]", _Blank(EMPTY_CELL, concept))
        for index, row in enumerate(value if isinstance(value, tuple) else ())
        if isinstance(row, Mapping)
    )
    if rows or not (required and concept):
        return rows
    gap = Shown(f"[ontbreekt: {field.label}]", path)
    return (Node(dict.fromkeys((column.naam for column in field.kolommen), gap)),)


def _group(dossier: Dossier, group: Group, *, concept: bool) -> object:
    """Return the shared fields of one table of the case, or its rows."""
    case = dossier.case
    if group.meervoud:
        return tuple(
            _row(group.velden, row, f"{group.key}[{index}]", _Blank(EMPTY_CELL, concept))
            for index, row in enumerate(dossier.rows(group.key))
        )

    def lookup(path: str) -> object:
        return case.get(path if "." in path else f"{group.key}.{path}")

    def shown(field: Field) -> object:
        value = dossier.value(field.path)
        if field.soort == "tabel":
            return _rows(field, value, field.path, required=False, concept=concept)
        required = field.is_required(lookup)
        leaf = _leaf(field, value, field.path, _Blank(NOT_APPLICABLE, concept), required=required)
        if field.soort == "persoonsnaam":
            addressed = dossier.addressed(field) or str(leaf)
            return Shown(leaf, leaf.path, answered=bool(leaf), faces={"met_aanhef": addressed})
        return leaf

    return Node({field.naam: shown(field) for field in group.velden})


def _own(document: Document, field: Field, *, concept: bool) -> object:
    """Return what the template finds at the name of one of the form's own fields."""
    path, required = document.path(field), field.is_required(document.answer)
    if field.soort == "ziekteweek":
        week = document.ziekteweek
        return Shown(week or NOT_APPLICABLE, answered=bool(week))
    if field.soort == "ondertekening":
        # An empty line is left to be filled by hand: there "n.v.t." would be wrong.
        return _row(field.kolommen, document.signature(field), path, _Blank("", concept))
    value = document.answer(field.naam)
    if field.soort == "tabel":
        return _rows(field, value, path, required=required, concept=concept)
    if value in (None, ""):
        value = document.default(field)
    return _leaf(field, value, path, _Blank(NOT_APPLICABLE, concept), required=required)


class Contexts:
    """What the templates of one dossier can name; the shared groups are made once.

    Args:
        dossier: the case seen through the definitions.
        concept: whether gaps are marked.
    """

    def __init__(self, dossier: Dossier, *, concept: bool) -> None:
        self.dossier = dossier
        self.concept = concept

    @cached_property
    def _groups(self) -> dict[str, object]:
        groups = self.dossier.library.groups.values()
        return {group.key: _group(self.dossier, group, concept=self.concept) for group in groups}

    def shared(self, titel: str, document: Document | None = None) -> dict[str, object]:
        """Return what every template can name: the shared groups, and `document` with its title."""
        week = document.ziekteweek if document else ""
        return {
            **self._groups,
            "document": Node(
                {
                    "titel": Shown(titel),
                    "kenmerk": Shown(self.dossier.kenmerk),
                    "datum": _day(document),
                    "ziekteweek": Shown(week, answered=bool(week)),
                    "concept": Shown("CONCEPT" if self.concept else "", answered=self.concept),
                }
            ),
        }

    def of(self, document: Document) -> dict[str, object]:
        """Return what the template of this document can name.

        The shared groups, the form under its own key, `document` (title, date, week, reference)
        and, where the form shows them, `dossier.onderdelen`: where each part of art. 6 stands.
        """
        own, form = document.form.own_fields(), document.form
        context = self.shared(document.titel, document)
        context[form.key] = Node(
            {item.naam: _own(document, item, concept=self.concept) for item in own}
        )
        if any(rubriek.afgeleid for rubriek in form.rubrieken):
            context["dossier"] = Node({"onderdelen": _onderdelen(self.dossier)})
        return context


def _day(document: Document | None) -> Shown:
    day = document.datum if document else None
    if document is None or day is None:
        return Shown("", answered=False, faces={"voluit": ""})
    faces = {"voluit": dates.spell_date(day)}
    return Shown(dates.show_date(day), f"{document.base}.datum", faces=faces)


def signed_by(document: Document) -> str:
    """Return who signs a document, a line each: `J. Bakker, directeur`."""
    return "\n".join(
        f"{answers['naam']}, {answers['functie']}"
        if answers.get("functie")
        else str(answers["naam"])
        for _, answers in document.signers()
    )


def _onderdelen(dossier: Dossier) -> tuple[Node, ...]:
    """Return where each part a to l of Regeling procesgang art. 6 stands: a row per document.

    Letter and description stand in the first row of a part only, as in a printed table.
    """
    rows: list[Node] = []
    for onderdeel in dossier.library.onderdelen:
        found = [doc for doc in dossier.documents if doc.form.key in onderdeel.formulieren]
        heads = [(onderdeel.letter, onderdeel.omschrijving), *[("", "")] * max(len(found) - 1, 0)]
        cells = [
            (
                Shown(doc.titel),
                Shown(dates.show_date(doc.datum) if doc.datum else EMPTY_CELL, f"{doc.base}.datum"),
                Shown(signed_by(doc) or EMPTY_CELL),
            )
            for doc in found
        ] or [(Shown("ontbreekt", answered=False), Shown(EMPTY_CELL), Shown(EMPTY_CELL))]
        names = ("document", "datum", "ondertekenaars")
        rows.extend(
            Node(
                {
                    "letter": Shown(letter),
                    "omschrijving": Shown(text),
                    **dict(zip(names, row, strict=True)),
                }
            )
            for (letter, text), row in zip(heads, cells, strict=True)
        )
    return tuple(rows)
