from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conftest import context_for
from wvp_docs.dossier import Dossier

Make = Callable[[str], Dossier]


def tree(dossier: Dossier, *, concept: bool = False) -> Any:
    document = dossier.documents[0]
    return context_for(document, concept=concept)[document.form.key]


def test_answers_come_as_finished_dutch(dossier_of: Make) -> None:
    form = tree(dossier_of("[probleemanalyse]\ndatum = 2024-02-05\nmaximaal_uren_per_week = 7.5\n"))

    assert (form.datum, form.datum.voluit) == ("05-02-2024", "5 februari 2024")
    assert form.maximaal_uren_per_week == "7,5 uur"


def test_a_choice_has_a_box_for_each_option(dossier_of: Make) -> None:
    field = tree(
        dossier_of('[probleemanalyse]\nbenutbare_mogelijkheden = "ja"\n')
    ).benutbare_mogelijkheden

    assert (field.ja, field.tijdelijk_niet, field.nee_blijvend) == ("☒", "☐", "☐")


def test_yes_no_has_two_boxes_and_an_empty_one_has_neither(dossier_of: Make) -> None:
    yes = tree(dossier_of("[probleemanalyse]\nwerkgerelateerd = true\n")).werkgerelateerd
    no = tree(dossier_of("[probleemanalyse]\nwerkgerelateerd = false\n")).werkgerelateerd
    empty = tree(dossier_of("[probleemanalyse]\n")).werkgerelateerd

    assert [(f.ja, f.nee, bool(f)) for f in (yes, no, empty)] == [
        ("☒", "☐", True),
        ("☐", "☒", False),
        ("☐", "☐", False),
    ]


def test_what_was_not_answered_prints_nvt_and_is_false(dossier_of: Make) -> None:
    form = tree(dossier_of("[probleemanalyse]\n"))

    assert form.advies_interventies == "n.v.t."
    assert not form.advies_interventies


def test_a_concept_names_each_gap_where_it_is(dossier_of: Make) -> None:
    form = tree(dossier_of("[probleemanalyse]\n"), concept=True)

    assert form.datum == "[ontbreekt: Datum van dit formulier]"
    assert "[ontbreekt:" in form.benutbare_mogelijkheden.ja
    assert form.benutbare_mogelijkheden.ja.endswith("☐")
    assert form.advies_interventies == "n.v.t."


def test_a_value_of_a_wrong_kind_counts_as_not_given(dossier_of: Make) -> None:
    form = tree(
        dossier_of('[probleemanalyse]\ndatum = "morgen"\nmaximaal_uren_per_week = "veel"\n')
    )

    assert (form.datum, form.maximaal_uren_per_week) == ("n.v.t.", "n.v.t.")


def test_a_number_with_only_a_warning_is_printed_as_typed(dossier_of: Make) -> None:
    dossier = dossier_of('[werkgever]\nloonheffingennummer = "L01-oud"\n[probleemanalyse]\n')
    context: Any = context_for(dossier.documents[0], concept=False)

    assert context["werkgever"].loonheffingennummer == "L01-oud"


def test_an_empty_signature_line_is_left_to_the_pen(dossier_of: Make) -> None:
    assert tree(dossier_of("[probleemanalyse]\n")).ondertekening_bedrijfsarts.plaats == ""


def test_an_empty_cell_is_a_dash(dossier_of: Make) -> None:
    (row,) = tree(dossier_of('[[plan_van_aanpak.arbeidsinhoud]]\nactiviteit = "x"\n')).arbeidsinhoud

    assert (row.activiteit, row.planning) == ("x", "–")


def test_the_parts_of_article_six_tell_where_they_stand(dossier_of: Make) -> None:
    text = '[arbodienst]\nbedrijfsarts = "A. Arts"\n[probleemanalyse]\ndatum = 2024-02-20\n'
    report = "[re_integratieverslag]\ndatum = 2025-10-09\n"
    context: Any = context_for(dossier_of(text + report).documents[0], concept=False)
    rows = {row.letter: row for row in context["dossier"].onderdelen}

    assert rows["f"].document == "Probleemanalyse"
    assert rows["f"].datum == "20-02-2024"
    assert rows["f"].ondertekenaars == "A. Arts, bedrijfsarts"
    assert (rows["h"].document, bool(rows["h"].document)) == ("ontbreekt", False)


def test_a_name_can_be_written_with_the_form_of_address_that_was_given(dossier_of: Make) -> None:
    person = '[werknemer]\nvoorletters = "J.A."\ntussenvoegsel = "de"\nachternaam = "Vries"\n'
    form = "[probleemanalyse]\n"
    given: Any = context_for(
        dossier_of(f'{person}aanhef = "mevrouw"\n{form}').documents[0], concept=False
    )
    not_given: Any = context_for(dossier_of(person + form).documents[0], concept=False)

    assert given["werknemer"].naam == not_given["werknemer"].naam == "J.A. de Vries"
    assert given["werknemer"].naam.met_aanhef == "mevrouw De Vries"
    assert not_given["werknemer"].naam.met_aanhef == "J.A. de Vries"
