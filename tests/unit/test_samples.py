"""Cases made from the definitions: sound, complete, and the same every time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest

from wvp_docs.case import Case
from wvp_docs.checks import check
from wvp_docs.dossier import Dossier
from wvp_docs.fields import Field
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.samples import Length, sample_case


def answers(case: Case, library: Library) -> Iterator[tuple[Field, object]]:
    """Yield every single answer in the case with its question."""
    for group in library.groups.values():
        yield from of_table(case.get(group.key), group.velden)
    for form in library.forms.values():
        yield from of_table(case.get(form.key), form.case_fields())


def of_table(found: object, fields: tuple[Field, ...]) -> Iterator[tuple[Field, object]]:
    rows = found if isinstance(found, tuple) else (found,)
    known = {field.naam: field for field in fields}
    for row in rows:
        for naam, answer in row.items() if isinstance(row, Mapping) else ():
            field = known[naam]
            if field.kind.composite:
                yield from of_table(answer, field.kolommen)
            else:
                yield field, answer


@pytest.mark.parametrize("length", Length)
def test_every_answer_is_sound_for_its_kind(length: Length, library: Library):
    made = list(answers(sample_case(library, length), library))

    assert len(made) > 100
    wrong = [field.path for field, value in made if field.kind.problem(value, field.opties)]
    assert wrong == []


@pytest.mark.parametrize("length", Length)
def test_the_same_definitions_give_the_same_case(length: Length, library: Library):
    one, other = sample_case(library, length), sample_case(library, length)

    assert one.data == other.data


@pytest.mark.parametrize("length", Length)
def test_every_form_is_there(length: Length, library: Library):
    documents = Dossier(sample_case(library, length), library).documents

    assert {document.form.key for document in documents} == set(library.forms)


@pytest.mark.parametrize("length", Length)
def test_no_required_answer_is_missing(length: Length, library: Library):
    dossier = Dossier(sample_case(library, length), library)
    missing = [
        f"{document.base}: {field.path}"
        for document in dossier.documents
        for field in document.form.fields()
        if field.is_required(document.answer)
        and not field.kind.derived
        and not dossier.case.has(document.path(field))
    ]

    assert missing == []


def test_a_usual_case_holds_no_error(library: Library):
    dossier = Dossier(sample_case(library, Length.USUAL), library)

    findings = check(dossier, date(2026, 1, 10))
    assert [it.path for it in findings if it.severity is Severity.ERROR] == []


def test_a_form_is_dated_on_the_last_lawful_day(library: Library):
    case = sample_case(library, Length.USUAL)

    assert case.get("verzuim.eerste_ziektedag") == date(2024, 1, 15)
    assert case.get("probleemanalyse.datum") == date(2024, 2, 26)
    assert case.get("plan_van_aanpak.datum") == date(2024, 3, 11)


def test_a_long_case_answers_every_question_with_many_rows_and_all_boxes(library: Library):
    case, form = sample_case(library, Length.LONG), library.forms["plan_van_aanpak"]

    assert all(case.has(item.path) for item in form.own_fields() if not item.kind.derived)
    assert len(case.get("plan_van_aanpak.arbeidsinhoud")) == 12
    boxes = library.forms["probleemanalyse"]
    choices = [item for item in boxes.own_fields() if item.soort == "meerkeuze"]
    assert choices
    assert all(len(case.get(item.path)) == len(item.opties) for item in choices)


def test_a_short_case_answers_what_must_be_answered_and_no_more(library: Library):
    case = sample_case(library, Length.SHORT)

    assert case.get("plan_van_aanpak.visie_werknemer") == "Ik"
    assert not case.has("plan_van_aanpak.arbeidsinhoud")
    assert not case.has("werknemer.tussenvoegsel")


def test_a_field_without_an_example_gets_an_answer_of_its_kind(library: Library):
    bare = {
        key: replace(
            form,
            rubrieken=tuple(
                replace(it, velden=tuple(replace(veld, voorbeeld=None) for veld in it.velden))
                for it in form.rubrieken
            ),
        )
        for key, form in library.forms.items()
    }
    changed = replace(library, forms=bare)

    for length in Length:
        made = answers(sample_case(changed, length), changed)
        assert not [field.path for field, value in made if field.kind.problem(value, field.opties)]
