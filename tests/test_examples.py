"""The examples keep their promise: each finding that `verwacht.txt` names, and no other.

`pytest tests/test_examples.py --update-golden` writes them anew; the day of judgement stays.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from conftest import EXAMPLES, ROOT
from wvp_docs import api
from wvp_docs.findings import Finding, Severity
from wvp_docs.forms import Library
from wvp_docs.terms import Profile
from wvp_docs.timeline.steps import timeline_of

FOLDER = ROOT / "examples"
CASES = {str(path.parent.relative_to(FOLDER)): path for path in FOLDER.rglob("case.toml")}
BY_PROFILE = {
    "wia": "compleet",
    "zw": "ziek-uit-dienst",
    "verkort": "verkort",
    "geen": "geen",
    "iva": "iva",
}
FINDINGS_OF_UWV = {
    "riv-onvolledig": {"R020", "R022", "R080"},
    "te-laat-begonnen": {"R030", "R031", "R033", "R069"},
    "spoor-1-niet-onderzocht": {"R072", "R076"},
    "spoor-2-te-laat": {"R037", "R074"},
    "geen-mogelijkheden-zonder-grond": {"R051", "R054", "R058"},
    "niet-bijgesteld": {"R034", "R065", "R071"},
    "conflict-blijft-liggen": {"R070"},
    "arbeidstherapeutisch-te-lang": {"R068"},
    "oordeel-niet-actueel": {"R039", "R040", "R056"},
    "werkt-niet-mee": {"R075"},
}
"""What UWV finds most, by example, with the rules that say it (see examples/README.md)."""

HEAD = "# peildatum: "


def promise(name: str) -> tuple[date, list[str]]:
    """Return the day of judgement of an example, and the findings it promises."""
    first, *lines = (CASES[name].parent / "verwacht.txt").read_text(encoding="utf-8").splitlines()
    return date.fromisoformat(first.removeprefix(HEAD)), lines


def findings(name: str, library: Library) -> tuple[Finding, ...]:
    return api.check(api.load(CASES[name]), today=promise(name)[0], library=library)


def written(found: tuple[Finding, ...]) -> list[str]:
    return [f"{it.severity.value:<7} {it.code} {it.path}" for it in found]


@pytest.mark.parametrize("name", sorted(CASES))
def test_an_example_gives_the_findings_it_promises(
    name: str, library: Library, request: pytest.FixtureRequest
) -> None:
    made, (today, expected) = written(findings(name, library)), promise(name)
    if request.config.getoption("--update-golden"):
        text = "\n".join([f"{HEAD}{today}", *made])
        (CASES[name].parent / "verwacht.txt").write_text(f"{text}\n", encoding="utf-8")
        expected = made

    assert made == expected


@pytest.mark.parametrize("name", sorted(FINDINGS_OF_UWV))
def test_what_uwv_finds_most_is_found_before_uwv_does(name: str, library: Library) -> None:
    codes = {it.code for it in findings(f"uwv-bevindingen/{name}", library)}

    assert FINDINGS_OF_UWV[name] <= codes


def test_each_typical_finding_of_uwv_has_an_example() -> None:
    folders = {Path(name).name for name in CASES if name.startswith("uwv-bevindingen")}

    assert folders == set(FINDINGS_OF_UWV)


@pytest.mark.parametrize("profile", sorted(BY_PROFILE))
def test_each_profile_has_an_example_without_errors(profile: str, library: Library) -> None:
    name = BY_PROFILE[profile]
    dossier = api.Dossier(api.load(CASES[name]), library)
    chosen: Profile = timeline_of(dossier, promise(name)[0]).profile

    assert chosen.key == profile
    assert not [it for it in findings(name, library) if it.severity is Severity.ERROR]


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_tests_and_the_example_agree_on_the_day(name: str) -> None:
    assert promise(name)[0] == EXAMPLES[name]


@pytest.mark.parametrize("name", sorted(CASES))
def test_an_example_says_its_day_in_its_readme_and_at_its_top(name: str) -> None:
    today = promise(name)[0].isoformat()
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert re.search(rf"\[`{re.escape(name)}`\]\({re.escape(name)}/case\.toml\).*{today}", readme)
