from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from batches import DAY, SMALL, WEEK_9, put_case, run, setup_for, tree
from conftest import EXAMPLES, ROOT
from wvp_docs.batch import plan
from wvp_docs.batch.orders import How
from wvp_docs.batch.report import Status
from wvp_docs.casefiles import Found
from wvp_docs.filling import Definitions
from wvp_docs.manifest import own_sum
from wvp_docs.options import Extras
from wvp_docs.output import STAGE
from wvp_docs.sets.packages import Wishes


@pytest.fixture
def made(tmp_path: Path, definitions: Definitions) -> Path:
    """The folder with one result, of the case in the folder beside it."""
    case = put_case(
        tmp_path / "in", "a", f'{SMALL}\n[[bijlage]]\nsoort = "overig"\nbestand = "brief.pdf"\n'
    )
    (case.parent / "brief.pdf").write_bytes(b"x")
    out = tmp_path / "uit"
    assert run(setup_for(out, definitions), None, case)["a"].status is not Status.FAILED
    return out


def reason(out: Path, definitions: Definitions, how: How | None = None) -> str:
    plan = setup_for(out, definitions, how=how or How(DAY)).plan()
    return plan.standing(Found("a", out.parent / "in/a/case.toml")).reason


def spoil(out: Path, change: Callable[[dict[str, object]], object]) -> None:
    account = json.loads((out / "a/manifest.json").read_bytes())
    change(account)
    (out / "a/manifest.json").write_text(json.dumps(account), encoding="utf-8")


def test_nothing_changed_is_no_reason(made: Path, definitions: Definitions) -> None:
    assert reason(made, definitions) == ""


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("in/a/case.toml", "casus veranderd"),
        ("in/a/brief.pdf", "bestand erbij veranderd"),
        ("uit/a/wia-bundel.pdf", "resultaat veranderd of weg"),
        ("uit/a/manifest.json", "het manifest is niet te lezen"),
    ],
)
@pytest.mark.parametrize("is_gone", [True, False], ids=["weg", "anders"])
def test_a_file_that_changed_or_went_is_a_reason(
    made: Path, definitions: Definitions, file: str, said: str, *, is_gone: bool
) -> None:
    path = made.parent / file
    if is_gone:
        path.unlink()
        said = "nieuw" if path.name == "manifest.json" else said
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    assert reason(made, definitions) == said


@pytest.mark.parametrize("name", ["geheim.pdf", "../geheim.pdf"])
def test_a_medical_paper_that_changed_is_a_reason(
    tmp_path: Path, definitions: Definitions, name: str
) -> None:
    """A page of the new one may be in what went out."""
    row = f'\n[[bijlage]]\nsoort = "medische_informatie"\nbestand = "{name}"\n'
    case = put_case(tmp_path / "in", "a", SMALL + row)
    (case.parent / name).write_bytes(b"x")
    run(setup_for(tmp_path / "uit", definitions), None, case)
    (case.parent / name).write_bytes(b"y")

    assert reason(tmp_path / "uit", definitions) == "bestand erbij veranderd"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("woorden.toml", "[[soort]]\n"),
        ("huisstijl.toml", 'kleur = "#1F5C3A"\n'),
    ],
)
def test_a_file_that_counts_as_soon_as_it_is_there_is_a_reason(
    made: Path, definitions: Definitions, file: str, text: str
) -> None:
    (made.parent / "in/a" / file).write_text(text, encoding="utf-8")

    assert reason(made, definitions) == "bestand erbij gekomen"


@pytest.mark.parametrize(
    "how",
    [
        How(DAY, concept=True),
        How(DAY, extras=Extras(Wishes())),
        How(DAY, extras=Extras(double_sided=True)),
        How(DAY, extras=Extras(archive=True)),
        How(DAY, extras=Extras(templates={"_bundel": b"x"})),
    ],
    ids=["concept", "dossier", "dubbelzijdig", "archief", "sjabloon"],
)
def test_another_option_is_a_reason(made: Path, definitions: Definitions, how: How) -> None:
    assert reason(made, definitions, how) in {"andere opties", "sjabloon veranderd"}


def test_a_write_that_was_broken_off_is_a_reason(made: Path, definitions: Definitions) -> None:
    (made / "a" / STAGE).mkdir()

    assert reason(made, definitions) == "de vorige keer afgebroken"


def test_another_version_engine_or_definition_is_a_reason(
    made: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(definitions, library=replace(definitions.library, digest="0"))
    assert reason(made, other) == "definities veranderd"
    assert reason(made, definitions, How(DAY, version="0")) == "andere versie van wvp-docs"
    monkeypatch.setattr("wvp_docs.batch.plan.version_of", lambda _: "0")
    assert reason(made, definitions) == "andere omzetter"


def test_a_template_that_changed_is_a_reason(
    made: Path, definitions: Definitions, tmp_path: Path
) -> None:
    (tmp_path / "sjablonen").mkdir()
    other = replace(definitions, templates=tmp_path / "sjablonen")

    assert reason(made, other) == "sjabloon veranderd"


def test_a_template_that_comes_before_one_of_the_house_is_a_reason(
    tmp_path: Path, definitions: Definitions
) -> None:
    ours = (ROOT / "templates/_bundel.docx").read_bytes()
    case = put_case(tmp_path / "in", "a")
    (case.parent / "huisstijl.toml").write_text('sjablonen = "huis"\n', encoding="utf-8")
    (case.parent / "huis").mkdir()
    (case.parent / "huis/_bundel.docx").write_bytes(ours)
    run(setup_for(tmp_path / "uit", definitions), None, case)

    over = How(DAY, extras=Extras(templates={"_bundel": ours + b"x"}))
    assert reason(tmp_path / "uit", definitions) == ""
    assert reason(tmp_path / "uit", definitions, over) == "sjabloon veranderd"


@pytest.mark.parametrize(
    "change",
    [
        lambda account: account["outputs"].clear(),
        lambda account: account.update(findings=[{}]),
        lambda account: account.update(bundles={}, inputs=[], options=None),
    ],
)
def test_a_manifest_that_somebody_changed_is_not_believed(
    made: Path, definitions: Definitions, change: Callable[[dict[str, object]], object]
) -> None:
    spoil(made, change)

    assert reason(made, definitions) == "het manifest is veranderd"


def test_a_manifest_of_another_version_may_have_another_shape(
    made: Path, definitions: Definitions
) -> None:
    def change(account: dict[str, object]) -> None:
        account.clear()
        account.update(tool={"name": "wvp-docs", "version": "0"}, outputs=[])
        account["sha256"] = own_sum(account)

    spoil(made, change)

    assert reason(made, definitions) == "andere versie van wvp-docs"


def test_another_day_that_makes_no_difference_leaves_everything(
    tmp_path: Path, definitions: Definitions
) -> None:
    case, day = put_case(tmp_path, "a", WEEK_9), EXAMPLES["week-9"]
    first = run(setup_for(tmp_path / "uit", definitions, day), None, case)["a"]
    before = tree(tmp_path / "uit")
    next_day = setup_for(tmp_path / "uit", definitions, day + timedelta(1))
    outcome = run(next_day, None, case)["a"]

    assert outcome.status is Status.UNCHANGED
    assert (outcome.documents, outcome.pages) == (first.documents, first.pages)
    assert tree(tmp_path / "uit") == before


def test_a_day_on_which_something_is_late_makes_the_case_again(
    tmp_path: Path, definitions: Definitions
) -> None:
    case, day = put_case(tmp_path, "a", WEEK_9), EXAMPLES["week-9"]
    run(setup_for(tmp_path / "uit", definitions, day), None, case)
    late = setup_for(tmp_path / "uit", definitions, day + timedelta(100))
    clean = setup_for(tmp_path / "schoon", definitions, day + timedelta(100))
    outcome = run(late, None, case)["a"]
    run(clean, None, case)

    assert (outcome.reason, outcome.warnings > 0) == ("andere peildatum", True)
    assert tree(tmp_path / "uit") == tree(tmp_path / "schoon")


def test_packages_print_the_day_and_are_made_again(
    tmp_path: Path, definitions: Definitions
) -> None:
    case, day = put_case(tmp_path, "a"), DAY
    extras = Extras(Wishes())
    run(setup_for(tmp_path / "uit", definitions, how=How(day, extras=extras)), None, case)
    again = setup_for(tmp_path / "uit", definitions, how=How(day + timedelta(1), extras=extras))

    assert run(again, None, case)["a"].status is Status.MADE


@pytest.mark.parametrize("code", ["R081", "R083"])
def test_what_a_password_may_open_is_looked_at_again_with_one(code: str) -> None:
    assert plan._is_closed({"code": code, "severity": "error"})
    assert not plan._is_closed({"code": code, "severity": "info"})
