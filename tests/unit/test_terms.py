"""The terms of law as data: what the file may say, and which line holds when."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from conftest import ROOT
from wvp_docs.errors import DefinitionError
from wvp_docs.forms import Library
from wvp_docs.terms import Duty, Offset, terms_of

PROFILE = """
[[profiel]]
sleutel = "wia"
titel = "WIA"
bron = "wet"
"""
STEP = """
[[stap]]
sleutel = "aanvraag"
titel = "Aanvraag"

  [[stap.termijn]]
  uiterlijk = { anker = "eerste_ziektedag", weken = 91, dagen = -1 }
  bron = "Wet WIA"
"""


def duty_of(text: str) -> Duty:
    return terms_of(tomllib.loads(text)).duties[-1]


def test_a_term_is_weeks_and_days_after_its_anchor():
    duty = duty_of(PROFILE + STEP)

    assert duty.termijnen[0].uiterlijk == (Offset("eerste_ziektedag", 91, -1),)
    assert duty.termijnen[0].uiterlijk[0].days == 636


def test_a_term_that_changes_on_a_date_is_one_more_line():
    newer = """
      [[stap.termijn]]
      geldig_vanaf = 2027-07-01
      uiterlijk = { anker = "eerste_ziektedag", weken = 89, dagen = -1 }
      bron = "nieuwe wet"
    """
    duty = duty_of(PROFILE + STEP + newer)
    sources = [
        term.bron
        for day in (date(2027, 6, 30), date(2027, 7, 1))
        if (term := duty.term_for("wia", day))
    ]

    assert sources == ["Wet WIA", "nieuwe wet"]


def test_a_term_is_only_for_the_profiles_it_names():
    duty = duty_of(PROFILE + STEP + 'profielen = ["wia"]')

    assert duty.term_for("wia", date(2024, 1, 15))
    assert duty.term_for("iva", date(2024, 1, 15)) is None


@pytest.mark.parametrize(
    ("wrong", "message", "hint"),
    [
        pytest.param("advies_weken = 8", "'advies_weken'", "advies_week?", id="unknown key"),
        pytest.param('profielen = ["wai"]', "profiel 'wai'", "wia?", id="unknown profile"),
        pytest.param("advies_week = true", "advies_week", "README", id="ja or nee for a number"),
        pytest.param("geldig_vanaf = 2024-01-01T00:00:00", "geldig_vanaf", "README", id="a time"),
        pytest.param("vanaf = 3", "een tabel", "", id="a number for a table"),
        pytest.param('gedaan = "uwv.x"', "gedaan", "README", id="a text for a list"),
        pytest.param("gedaan = [1]", "lijst van paden", "", id="a number for a path"),
        pytest.param(
            'vanaf = { anker = "eerste_ziektdag" }', "anker", "eerste_ziektedag?", id="misspelt"
        ),
        pytest.param(
            'vanaf = { anker = "eerste_ziektedag", jaren = 1 }', "'jaren'", "", id="years"
        ),
    ],
)
def test_what_the_file_may_not_say_names_file_and_place(wrong: str, message: str, hint: str):
    with pytest.raises(DefinitionError) as fault:
        terms_of(tomllib.loads(PROFILE + STEP + wrong))

    assert "_termijnen.toml: stap 'aanvraag', termijn 1:" in str(fault.value)
    assert message in str(fault.value)
    assert hint in fault.value.hint


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(PROFILE + PROFILE + STEP, "profiel 'wia': staat er twee keer", id="profile"),
        pytest.param(PROFILE + STEP + STEP, "stap 'aanvraag': staat er twee keer", id="step"),
        pytest.param(PROFILE, "sleutel stap ontbreekt", id="no step"),
        pytest.param(PROFILE + "[stap]\nsleutel = 'x'", "stap heeft niet de goede vorm", id="one"),
        pytest.param("profiel = [1]\nstap = []", "Schrijf [[profiel]]", id="no tables"),
        pytest.param(PROFILE + STEP + "[termijn]", "onbekende sleutel 'termijn'", id="key"),
        pytest.param(PROFILE.replace("bron", "bon") + STEP, "'bon'", id="misspelt in a profile"),
    ],
)
def test_a_file_of_another_shape_is_refused(text: str, message: str):
    with pytest.raises(DefinitionError) as fault:
        terms_of(tomllib.loads(text))

    assert message in f"{fault.value} {fault.value.hint}"


def test_an_anchor_must_stand_above_the_step_that_uses_it():
    later = STEP.replace("aanvraag", "besluit")
    first = STEP.replace("eerste_ziektedag", "besluit")

    with pytest.raises(DefinitionError, match="onbekend anker 'besluit'"):
        terms_of(tomllib.loads(PROFILE + first + later))


def test_every_path_in_our_terms_is_a_field_of_the_case(library: Library):
    known = {item.path for form in library.forms.values() for item in form.fields()}
    known |= set(library.shared)
    used = [
        path
        for duty in library.terms.duties
        for term in duty.termijnen
        for path in (*duty.gedaan, *term.gedaan, *duty.verlengd_door)
    ]
    used += [it.veld for duty in library.terms.duties for it in duty.niet_nodig_als]
    used += [it.veld for profile in library.terms.profiles.values() for it in profile.als]

    assert [path for path in used if path not in known] == []


def test_our_terms_have_the_steps_of_the_contract(library: Library):
    assert [duty.key for duty in library.terms.duties] == [
        "probleemanalyse",
        "plan_van_aanpak",
        "melding_42_weken",
        "eerstejaarsevaluatie",
        "tweede_spoor",
        "uwv_brief",
        "actueel_oordeel",
        "eindevaluatie",
        "re_integratieverslag",
        "wia_aanvraag",
        "besluit_loonsanctie",
        "einde_wachttijd",
        "eerste_wia_dag",
    ]


def test_what_is_custom_and_not_law_says_so(library: Library):
    duties = {duty.key: duty for duty in library.terms.duties}

    for key in ("eerstejaarsevaluatie", "tweede_spoor", "uwv_brief", "actueel_oordeel"):
        assert "praktijk, niet in de wet" in duties[key].termijnen[0].bron


def test_the_grammar_in_the_readme_names_every_key():
    readme = (ROOT / "forms/README.md").read_text(encoding="utf-8")
    table = tomllib.loads((ROOT / "forms/_termijnen.toml").read_text(encoding="utf-8"))
    keys = {key for row in (*table["profiel"], *table["stap"]) for key in row} - {"termijn"}
    keys |= {key for row in table["stap"] for line in row["termijn"] for key in line}

    assert sorted(key for key in keys if f"{key} = " not in readme) == []
