"""Which field a column is about: proposed, written down, corrected by a person, and read again."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from wvp_docs.errors import DefinitionError
from wvp_docs.exchange.columns import STAFF_NUMBER, Fit, Names
from wvp_docs.exchange.headers import Header, header_of
from wvp_docs.exchange.mapping import links_of, propose, read_links, written, wrong_links
from wvp_docs.exchange.notes import Notes
from wvp_docs.exchange.tables import Row, Sheet
from wvp_docs.exchange.targets import targets_of
from wvp_docs.exchange.words import words_in
from wvp_docs.forms import Library
from wvp_docs.lexicon import shipped_lexicon
from wvp_docs.resources import forms_folder


@pytest.fixture(scope="session")
def names(library: Library) -> Names:
    words = words_in(forms_folder())
    return Names(targets_of(library), library, words, shipped_lexicon())


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Geb. datum", "werknemer.geboortedatum"),
        ("GEBOORTEDATUM", "werknemer.geboortedatum"),
        ("geb.dat.", "werknemer.geboortedatum"),
        ("werknemer.geboortedatum", "werknemer.geboortedatum"),
        ("BSN", "werknemer.bsn"),
        ("Burgerservicenummer", "werknemer.bsn"),
        ("Voorl.", "werknemer.voorletters"),
        ("Tussenv.", "werknemer.tussenvoegsel"),
        ("1e ziektedag", "verzuim.eerste_ziektedag"),
        ("Eerste ziektedag", "verzuim.eerste_ziektedag"),
        ("Dossiernr.", "verzuim.dossiernummer"),
        ("Tel.nr. casemanager", "casemanager.telefoon"),
        ("Telefoonnummer werknemer", "werknemer.telefoon"),
        ("Werkgever - postcode", "werkgever.postcode"),
        ("Functie", "functie.naam"),
        ("Datum probleemanalyse", "probleemanalyse.datum"),
        ("PvA datum", "plan_van_aanpak.datum"),
        ("Pers. nr.", STAFF_NUMBER),
        ("Datum voortgangsverslag", "voortgangsverslag[].datum"),
    ],
)
def test_a_column_is_known_by_label_path_abbreviation_and_synonym(
    names: Names, title: str, path: str
) -> None:
    found = names.propose(title, "Blad1")

    assert (found.fit, found.path) == (Fit.SURE, path)


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Telefoon", "werknemer.telefoon"),
        ("Postcode", "werknemer.postcode"),
        ("Datum ziekmelding", "verzuim.eerste_ziektedag"),
        ("Geboortedatm", "werknemer.geboortedatum"),
        ("Voortgangsverslag", "voortgangsverslag[].datum"),
        ("PvA", "plan_van_aanpak.datum"),
        ("Probleemanalyse", "probleemanalyse.datum"),
        ("Datum hersteld", "verzuim.onderbrekingen[].hersteld_vanaf"),
        ("Kenmerk", "verzuim.dossiernummer"),
    ],
)
def test_a_column_that_may_be_more_is_proposed_and_not_sure(
    names: Names, title: str, path: str
) -> None:
    found = names.propose(title, "Blad1")

    assert (found.fit, found.path) == (Fit.UNSURE, path)


@pytest.mark.parametrize("title", ["Afdeling", "Datum", "Naam werknemer", "Ziekteweek", "x"])
def test_a_column_that_fits_nothing_is_left_to_a_person(names: Names, title: str) -> None:
    assert names.propose(title, "Blad1").fit is Fit.NONE


def test_a_full_name_gets_a_hint_what_to_do(names: Names) -> None:
    assert "Splits" in names.propose("Naam werknemer", "Blad1").why


@pytest.mark.parametrize(
    "title",
    ["Diagnose", "Klachten", "Reden verzuim", "Oorzaak", "Aard ziekte", "Medicatie", "Huisarts"],
)
def test_a_medical_column_is_refused(names: Names, title: str) -> None:
    assert names.propose(title, "Blad1").fit is Fit.MEDICAL


def test_no_field_of_the_definitions_is_refused_or_unknown(names: Names) -> None:
    for path, target in names.targets.items():
        if path.count(".") == 1 and "[]" not in path:
            for title in (path, f"{target.part} {target.field.label}"):
                assert names.propose(title, "Blad1").fit is not Fit.MEDICAL, title
        assert names.propose(path, "Blad1").path == path


@pytest.mark.parametrize(
    ("sheet", "title", "path"),
    [
        ("Voortgang", "Datum", "voortgangsverslag[].datum"),
        ("Verslag voortgangsgesprek", "Soort contact", "voortgangsverslag[].soort_contact"),
        ("Bijlagen", "Titel", "bijlage[].titel"),
        ("Onderbrekingen", "Hersteld vanaf", "verzuim.onderbrekingen[].hersteld_vanaf"),
        ("Probleemanalyse", "Prognose", "probleemanalyse.prognose"),
    ],
)
def test_on_a_sheet_named_after_a_table_the_bare_names_are_of_that_table(
    names: Names, sheet: str, title: str, path: str
) -> None:
    found = names.propose(title, sheet)

    assert (found.fit, found.path) == (Fit.SURE, path)


def test_every_word_of_the_definitions_leads_to_a_field(names: Names) -> None:
    words = names.words
    paths = {path for found in (words.sure, words.maybe) for it in found.values() for path in it}
    tables = {target.list_path for target in names.targets.values()}

    assert paths <= names.targets.keys()
    assert set(words.sheets.values()) <= tables


def sheet_of(*rows: tuple[object, ...], hidden: frozenset[int] = frozenset()) -> Sheet:
    made = [Row(at, row) for at, row in enumerate(rows, 1)]
    return Sheet("Blad1", lambda: iter(made), hidden)


def header(names: Names, sheet: Sheet) -> tuple[Header | None, list[str]]:
    notes = Notes("a.xlsx")
    found = header_of(sheet, lambda text: names.is_known(text, sheet.name), notes)
    return found, [finding.message for finding in notes.findings]


def test_the_header_is_found_below_a_title(names: Names) -> None:
    found, _ = header(
        names,
        sheet_of(("Overzicht",), (None,), ("Stand", "per", "20-11-2026", "x"), ("BSN", "Functie")),
    )

    assert found == Header(4, {0: "BSN", 1: "Functie"})


def test_of_two_columns_with_one_name_each_gets_its_own(names: Names) -> None:
    found, messages = header(names, sheet_of(("BSN", "Datum", "datum")))

    assert found
    assert list(found.titles.values()) == ["BSN", "Datum", "datum (2)"]
    assert "cel C1: deze kolomnaam komt vaker voor" in messages[0]


def test_a_column_without_a_name_is_named_when_something_stands_in_it(names: Names) -> None:
    _, messages = header(names, sheet_of(("BSN", None, None), ("999990019", "x", None)))

    assert [it for it in messages if "geen naam" in it] == [
        "Blad Blad1, cel B1: boven deze kolom staat geen naam; zij is niet overgenomen."
    ]


def test_a_merged_heading_comes_in_front_of_the_names_below_it(names: Names) -> None:
    rows = [Row(1, ("Werknemer", None, "Werkgever")), Row(2, ("BSN", "Postcode", "Postcode"))]
    above = {1: {0: "Werknemer", 1: "Werknemer", 2: "Werkgever"}}
    found, _ = header(names, Sheet("Blad1", lambda: iter(rows), headings=above))

    assert found
    paths = [names.propose(title, "Blad1").path for title in found.titles.values()]
    assert paths == ["werknemer.bsn", "werknemer.postcode", "werkgever.postcode"]


def test_an_empty_sheet_has_no_header(names: Names) -> None:
    assert header(names, sheet_of((None,)))[0] is None


TITLES = {0: "BSN", 1: "Telefoon", 2: "Diagnose", 3: "Afdeling", 4: 'vreemd "#\\', 5: "Functie"}


def test_the_mapping_lists_every_column_and_marks_what_is_unsure(
    names: Names, tmp_path: Path
) -> None:
    headers = {"Blad1": Header(1, TITLES)}
    proposals = propose(names, headers)
    text = written(proposals, headers, links_of(proposals, headers))
    file = tmp_path / "m.toml"
    file.write_text(text, encoding="utf-8")
    links, source = read_links(file)

    assert list(links.sheets["Blad1"]) == list(TITLES.values())
    assert links.key == "werknemer.bsn"
    assert links.sheets["Blad1"]["Telefoon"] == ""
    assert 'ONZEKER, kies "werknemer.telefoon" of' in text
    assert "GEWEIGERD" in text
    assert "geen veld gevonden" in text
    assert wrong_links(links, file, source, names.targets) == ()


def test_two_columns_for_one_field_are_both_left_to_a_person(names: Names) -> None:
    headers = {"a": Header(1, {0: "BSN", 1: "Burgerservicenummer"})}

    assert {it.fit for it in propose(names, headers)["a"].values()} == {Fit.UNSURE}


def test_the_best_key_is_on_the_most_sheets(names: Names) -> None:
    headers = {"a": Header(1, {0: "BSN", 1: "Dossiernummer"}), "b": Header(1, {0: "BSN"})}

    assert links_of(propose(names, headers), headers).key == "werknemer.bsn"


def test_what_is_wrong_in_a_mapping_is_named_all_at_once_with_its_place(
    names: Names, tmp_path: Path
) -> None:
    file = tmp_path / "m.toml"
    file.write_text(
        'sleutel = "naam"\n[[blad]]\nnaam = "a"\n[blad.kolommen]\n'
        'A = "werknemer.bnsn"\nB = "werknemer.plaats"\nC = "werknemer.plaats"\nD = ""\nE = ""\n',
        encoding="utf-8",
    )
    links, source = read_links(file)
    found = wrong_links(links, file, source, names.targets)

    assert [(it.place.line, it.message) for it in found] == [
        (1, "dit is geen sleutel."),
        (5, "werknemer.bnsn is geen veld dat een kolom kan vullen."),
        (7, "werknemer.plaats is al het veld van een andere kolom."),
    ]
    assert found[1].hint == "Bedoelde u werknemer.bsn?"


@pytest.mark.parametrize(
    "text", ["sleutel = 1", 'sleutel = "a"\nblad = 3', "[[blad]", 'sleutel="a"\n[[blad]]\nnaam="x"']
)
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "m.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionError, match=r"m\.toml"):
        read_links(file)
    with pytest.raises(DefinitionError, match="niet te lezen"):
        read_links(tmp_path / "weg.toml")


@pytest.mark.parametrize(
    "text",
    ["onbekend = 1", 'medisch = "a"', "afkortingen = 1", "geen_veld = 1", "zeker = { a = 1 }"],
)
def test_a_broken_list_of_words_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "_kolommen.toml").write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionError, match=r"_kolommen\.toml"):
        words_in(tmp_path)


def test_a_mapping_is_toml_whatever_a_column_is_called(names: Names) -> None:
    titles = {0: "BSN", 1: "a\nb", 2: 'a"]\nsleutel = "x', 3: "é\x01'''"}
    headers = {'b"]': Header(1, titles)}
    proposals = propose(names, headers)
    data = tomllib.loads(written(proposals, headers, links_of(proposals, headers)))

    assert list(data["blad"][0]["kolommen"]) == list(titles.values())


OURS = (
    "kenmerk",
    "bestand",
    "eerste ziektedag",
    "Actueel oordeel: advies",
    "Eindevaluatie: gedaan",
)


@pytest.mark.parametrize("above", ["", "casus "])
def test_of_our_own_overview_only_who_it_is_about_is_an_answer(names: Names, above: str) -> None:
    titles = dict(enumerate((*OURS, "Start tweede spoor: status", "BSN", "Roepnaam")))
    titles = {at: f"{above}{it}" if at in (0, 1, 2, 6) else it for at, it in titles.items()}
    found = propose(names, {"rw": Header(1, titles)})["rw"]

    sure = {titles[at]: it.path for at, it in found.items() if it.fit is Fit.SURE}
    assert sure == {
        f"{above}kenmerk": "verzuim.dossiernummer",
        f"{above}BSN": "werknemer.bsn",
        "Roepnaam": "werknemer.roepnaam",
    }
    assert {it.fit for at, it in found.items() if titles[at] not in sure} == {Fit.NONE}


def test_a_field_that_is_called_as_a_column_of_our_overview_is_left_to_a_person(
    names: Names,
) -> None:
    found = names.propose("Actueel oordeel: advies", "Blad1")

    assert (found.fit, found.path) == (Fit.UNSURE, "actueel_oordeel.advies")


def test_a_name_that_says_nothing_below_its_heading_is_proposed_without_it(names: Names) -> None:
    header = Header(
        2,
        {0: "Werknemer BSN", 1: "Werknemer Dossiernr", 2: "Verzuim Kwaal", 3: "Partner Roepnaam"},
        {0: "BSN", 1: "Dossiernr", 2: "Kwaal", 3: "Roepnaam"},
    )
    found = propose(names, {"a": header})["a"]

    assert [(it.fit, it.path) for it in found.values()] == [
        (Fit.SURE, "werknemer.bsn"),
        (Fit.UNSURE, "verzuim.dossiernummer"),
        (Fit.MEDICAL, ""),
        (Fit.UNSURE, "werknemer.roepnaam"),
    ]
