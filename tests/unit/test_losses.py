"""What a case answers and its paper does not say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import EXAMPLES, ROOT, context_for
from wvp_docs.api import build, load
from wvp_docs.dossier import Dossier
from wvp_docs.filling import Definitions
from wvp_docs.losses import losses
from wvp_docs.ooxml import read_package, write_package
from wvp_docs.options import Extras
from wvp_docs.word import Template

PLAN = "plan_van_aanpak"
REASON = f"{{{{ {PLAN}.reden_te_laat }}}}"
VIEW = f"{{{{ {PLAN}.visie_werknemer }}}}"


def without(stem: str, old: str, new: str) -> bytes:
    """A template that we ship, with something else in the place of the first `old`."""
    members = read_package((ROOT / f"templates/{stem}.docx").read_bytes())
    body = members["word/document.xml"].decode()
    assert old in body
    return write_package({**members, "word/document.xml": body.replace(old, new, 1).encode()})


def lost(dossier: Dossier, stem: str, source: bytes) -> list[tuple[str, str, str]]:
    document = next(it for it in dossier.documents if it.form.key == stem)
    template = Template(source, stem)
    word = template.render(context_for(document, concept=False), "Proef")
    found = losses(document, word.answered, template.tags)
    return [(it.code, it.severity.value, it.path) for it in found]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        (
            REASON,
            f"{{% if false %}}{REASON}{{% endif %}}",
            [("S033", "warning", "reden_te_laat")],
        ),
        (REASON, "", [("S033", "info", "reden_te_laat")]),
        (VIEW, "", [("S031", "error", "visie_werknemer")]),
        (f"{{{{ {PLAN}.datum }}}}", "{{ document.datum.voluit }}", []),
        (f"{{{{ {PLAN}.datum }}}}", "", [("S031", "error", "datum")]),
        (
            "{{ rij.wie }}",
            "{% if loop.first %}{{ rij.wie }}{% endif %}",
            [("S033", "warning", "arbeidsinhoud[1].wie")],
        ),
        (
            f"{{{{ {PLAN}.ondertekening_werknemer.datum }}}}",
            "",
            [("S031", "error", "ondertekening_werknemer.datum")],
        ),
        (
            f"{{{{ {PLAN}.einddoel.eigen_functie }}}}",
            "☒",
            [("S031", "error", "einddoel")],
        ),
        (f"{{{{ {PLAN}.einddoel.andere_werkgever }}}}", "☐", []),
    ],
    ids=[
        *("ours", "a condition", "left out", "the law", "the day in words", "no day"),
        *("a row", "who signs", "the box that was ticked", "a box that was not"),
    ],
)
def test_an_answer_that_is_not_on_the_paper_is_told(
    example: Callable[[str], Dossier], old: str, new: str, found: list[tuple[str, str, str]]
) -> None:
    dossier = example("te-laat")

    said = lost(dossier, PLAN, without(PLAN, old, new))
    assert said == [(code, weight, f"{PLAN}.{path}") for code, weight, path in found]


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_our_templates_lose_nothing(
    name: str, example: Callable[[str], Dossier], definitions: Definitions
) -> None:
    dossier = example(name)
    for document in dossier.documents:
        template = definitions.template(document.form.key)
        word = template.render(context_for(document, concept=True), "Proef")
        assert list(losses(document, word.answered, template.tags)) == []


def test_an_answer_of_only_spaces_or_of_a_wrong_kind_is_for_the_checks(
    dossier_of: Callable[[str], Dossier],
) -> None:
    dossier = dossier_of(
        f'[{PLAN}]\ndatum = "morgen"\nreden_te_laat = "  "\nvisie_werknemer = ""\n'
    )

    assert lost(dossier, PLAN, without(PLAN, REASON, "")) == []


def test_a_build_tells_what_its_paper_lacks_at_the_place_in_the_case(tmp_path: Path) -> None:
    case = load(ROOT / "examples/te-laat/case.toml")
    own = {PLAN: without(PLAN, REASON, f"{{% if false %}}{REASON}{{% endif %}}")}

    made = build(case, tmp_path / "uit", today=date(2026, 11, 22), extras=Extras(templates=own))

    (only,) = [it for it in made.findings if it.code == "S033"]
    line = Path(only.place.file).read_text(encoding="utf-8").splitlines()[only.place.line - 1]
    assert line.startswith("reden_te_laat")
    assert only.severity.value == "warning"
