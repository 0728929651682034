"""What must hold for every form, so that a new one is tested before anybody writes a test."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from wvp_docs.binding import FRONT
from wvp_docs.errors import DefinitionError
from wvp_docs.fields import Field
from wvp_docs.filling import Definitions
from wvp_docs.forms import Form, Library
from wvp_docs.library import load_library
from wvp_docs.skeleton import skeleton

ROOT = Path(__file__).parent.parent
FORMS = sorted(path.stem for path in (ROOT / "forms").glob("[a-z]*.toml"))
ROLES = {"werkgever", "werknemer", "bedrijfsarts", "casemanager", "uwv", "derde"}
NEVER_ASKED = re.compile(r"diagnos|klacht|behandel|medicat|medicijn|symptoom|ziekte_?beeld")
FROM_THE_MACHINE = {
    "document.titel",
    "document.kenmerk",
    "document.concept",
    "document.ziekteweek",
    "document.datum",
}


def all_fields(library: Library) -> Iterator[tuple[str, Field]]:
    """Every declared field, columns included, with the form or group it belongs to."""
    for group in library.groups.values():
        for item in group.velden:
            yield group.key, item
            yield from ((group.key, column) for column in item.kolommen)
    for form in library.forms.values():
        for item in form.own_fields():
            yield form.key, item
            yield from ((form.key, column) for column in item.kolommen)


def printable(form: Form, library: Library) -> set[str]:
    """Every path that a template of the form may name."""
    found = set(FROM_THE_MACHINE)
    for item in (*library.shared.values(), *form.own_fields()):
        join = f"{item.path}[]." if item.soort == "tabel" else f"{item.path}."
        own = {"datum": ["voluit"], "ja_nee": ["ja", "nee"], "persoonsnaam": ["met_aanhef"]}
        faces = own.get(item.soort, list(item.opties))
        found |= {item.path} | {f"{item.path}.{face}" for face in faces}
        for column in item.kolommen:
            options = {"datum": ["voluit"], "ja_nee": ["ja", "nee"]}.get(
                column.soort, list(column.opties)
            )
            found |= {join + column.naam} | {f"{join}{column.naam}.{face}" for face in options}
    if any(rubriek.afgeleid == "onderdelen" for rubriek in form.rubrieken):
        names = ("letter", "omschrijving", "document", "datum", "ondertekenaars")
        found |= {"dossier.onderdelen", *(f"dossier.onderdelen[].{name}" for name in names)}
    return found


def test_there_are_ten_forms() -> None:
    assert len(FORMS) >= 10


@pytest.mark.parametrize("key", FORMS)
def test_a_template_names_only_what_its_definition_declares(
    key: str, definitions: Definitions
) -> None:
    form = definitions.library.forms[key]

    assert definitions.template(key).tags() - printable(form, definitions.library) == set()


@pytest.mark.parametrize("key", FORMS)
def test_a_template_prints_every_field_of_its_form(key: str, definitions: Definitions) -> None:
    tags = definitions.template(key).tags()
    printed = {tag for path in tags for tag in _with_parents(path)}
    fields = {item.path for item in definitions.library.forms[key].fields()}
    by_document = {f"{key}.datum": "document.datum", f"{key}.ziekteweek": "document.ziekteweek"}

    assert {
        path for path in fields if path not in printed and by_document.get(path) not in printed
    } == set()


@pytest.mark.parametrize("key", FORMS)
def test_a_template_prints_every_column_and_every_option(
    key: str, definitions: Definitions
) -> None:
    tags = definitions.template(key).tags()
    missing = set()
    for item in definitions.library.forms[key].own_fields():
        join = "[]." if item.soort == "tabel" else "."
        missing |= {f"{item.path}{join}{c.naam}" for c in item.kolommen}
        missing |= {f"{item.path}.{option}" for option in item.opties}

    printed = {tag for path in tags for tag in _with_parents(path)}
    options_in_words = {path for path in missing if path.rpartition(".")[0] in tags}
    assert missing - printed - options_in_words == set()


def _with_parents(path: str) -> set[str]:
    found = {path}
    while "." in path:
        path = path.rpartition(".")[0].removesuffix("[]")
        found.add(path)
    return found


def test_the_front_page_names_only_what_the_machine_gives(definitions: Definitions) -> None:
    names = ["nummer", "titel", "datum", "ondertekenaars", "pagina"]
    names += ["bestaat", "ontbreekt", "apart"]
    known = FROM_THE_MACHINE | {"dossier.inhoud", *(f"dossier.inhoud[].{name}" for name in names)}

    assert definitions.template(FRONT).tags() - known - set(definitions.library.shared) == set()


def test_every_field_says_what_who_and_on_what_ground(library: Library) -> None:
    for key, item in all_fields(library):
        where = f"{key}: {item.path}"
        assert item.label, where
        assert not item.label.endswith(":"), where
        if "." not in item.path or item.kind.derived:
            continue
        assert item.hulp, where
        assert item.bron, where
        assert item.door in ROLES, where


def test_no_field_asks_for_medical_information(library: Library) -> None:
    for key, item in all_fields(library):
        assert not NEVER_ASKED.search(item.naam), f"{key}: {item.path}"
        assert not item.medisch, f"{key}: {item.path} must not be on an employer's form"


def test_every_choice_has_options_that_a_template_can_name(library: Library) -> None:
    for key, item in all_fields(library):
        assert bool(item.opties) == (item.soort in ("keuze", "meerkeuze")), f"{key}: {item.path}"
        for option in item.opties:
            assert option.isidentifier(), f"{key}: {item.path}.{option}"
            assert not hasattr(str, option), f"{key}: {item.path}.{option} is a method of text"


def test_every_condition_and_default_points_to_a_declared_field(library: Library) -> None:
    own = {form.key: {item.naam for item in form.own_fields()} for form in library.forms.values()}
    paths = {*library.shared, *(f"{key}.{name}" for key, names in own.items() for name in names)}
    for key, item in all_fields(library):
        siblings = own.get(
            key, {f.naam for f in library.groups[key].velden} if key in library.groups else set()
        )
        columns = {column.naam for _, field in all_fields(library) for column in field.kolommen}
        for condition in item.voorwaarde:
            known = paths if "." in condition.veld else siblings | columns
            assert condition.veld in known, f"{key}: {item.path}"
        for fallback in item.standaard.values():
            assert not fallback.pad or fallback.pad in paths, f"{key}: {item.path}"


def test_every_form_has_a_date_a_signer_and_one_place_in_the_dossier(library: Library) -> None:
    places = [part.formulier for part in library.parts if part.formulier]
    assert sorted(places) == sorted(library.forms)
    for form in library.forms.values():
        names = {item.naam: item.soort for item in form.own_fields()}
        assert names["datum"] == "datum", form.key
        assert "ondertekening" in names.values(), form.key


def test_of_the_two_reports_in_one_place_the_short_one_is_missed_in_its_profile_only(
    library: Library,
) -> None:
    front = {part.formulier: part for part in library.parts if part.plaats == 0}

    assert list(front) == ["re_integratieverslag", "verkort_re_integratieverslag"]
    assert [key for key, part in front.items() if part.verplicht or part.voorwaarde] == [
        "verkort_re_integratieverslag"
    ]
    assert front["verkort_re_integratieverslag"].profielen == ("verkort",)


def test_the_parts_of_article_six_are_all_there(library: Library) -> None:
    assert "".join(onderdeel.letter for onderdeel in library.onderdelen) == "abcdefghijkl"
    for onderdeel in library.onderdelen:
        assert set(onderdeel.formulieren) <= set(library.forms)


def test_medical_information_is_refused_as_an_attachment(library: Library) -> None:
    soort = library.shared["bijlage.soort"]

    assert "medische_informatie" in soort.geweigerd
    assert "medische_informatie" not in soort.opties


def test_the_skeleton_with_every_line_uncommented_is_a_case_without_unknown_keys(
    library: Library,
) -> None:
    text = skeleton(library, list(library.forms))
    lines = [re.sub(r"^# (?=[a-z_0-9]+ = |\[)", "", line) for line in text.splitlines()]
    data = tomllib.loads("\n".join(_first_of_each(lines)))

    known = {"schema", *library.groups, *library.forms}
    assert set(data) == known


def _first_of_each(lines: list[str]) -> Iterator[str]:
    yield from lines


def test_a_definition_with_a_misspelt_key_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    for path in (ROOT / "forms").glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    broken = tmp_path / "plan_van_aanpak.toml"
    broken.write_text(
        broken.read_text(encoding="utf-8").replace("hulp =", "hulpp =", 1), encoding="utf-8"
    )

    with pytest.raises(Exception, match=r"plan_van_aanpak\.toml.*hulpp") as caught:
        load_library(tmp_path)
    assert "hulp" in caught.value.hint  # type: ignore[attr-defined]


def test_a_medical_field_on_a_form_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "forms", tmp_path, dirs_exist_ok=True)
    form = tmp_path / "plan_van_aanpak.toml"
    source = form.read_text(encoding="utf-8")
    form.write_text(
        source.replace('soort = "tabel"', 'soort = "tabel"\nmedisch = true', 1), encoding="utf-8"
    )

    with pytest.raises(DefinitionError, match="medisch veld"):
        load_library(tmp_path)
