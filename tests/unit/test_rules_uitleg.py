"""What `forms/regels/` says of the rules about advice, plan, progress and privacy is true."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wvp_docs.beside import OnDisk
from wvp_docs.case import Case
from wvp_docs.checks.completeness import completeness
from wvp_docs.checks.evaluation import evaluation
from wvp_docs.checks.exceptions import without_exceptions
from wvp_docs.checks.medical_advice import medical_advice
from wvp_docs.checks.plan import plan
from wvp_docs.checks.privacy import privacy
from wvp_docs.checks.progress import progress
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Dossier
from wvp_docs.forms import Library

RULES = Path(__file__).parents[2] / "forms" / "regels"
TODAY = date(2025, 10, 24)
CHECKS = (completeness, medical_advice, plan, progress, evaluation, privacy)
EXPLAINED = {
    rule["code"]: rule
    for name in ("medisch", "plan", "voortgang", "privacy")
    for rule in tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))["regel"]
}

NEIGHBOURS = {
    "R052": """
        [probleemanalyse]
        belastbaarheid_bijlage = "functionele_mogelijkhedenlijst"
        [[bijlage]]
        soort = "functionele_mogelijkhedenlijst"
    """,
    "R055": '[actueel_oordeel]\noordeel_passende_arbeid = "ja"\n',
    "R060": '[plan_van_aanpak]\neinddoel = ["eigen_functie"]\n',
    "R062": '[plan_van_aanpak]\nvisie_werkgever = "Er is genoeg werk."\n',
    "R066": '[plan_van_aanpak]\nmening_werkgever = "Een goed plan."\n',
}
"""What completeness asks under the same code, besides the answer of the example."""


def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return two trees as one; a table is laid over a table, anything else replaces."""
    both = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            both[key] = merged(below[key], above[key])
    return both


def codes(library: Library, *pieces: str) -> set[str]:
    data: dict[str, Any] = {"verzuim": {"eerste_ziektedag": date(2024, 1, 15)}}
    for piece in pieces:
        data = merged(data, tomllib.loads(piece))
    dossier = Dossier(Case(b"", data, Path("case.toml"), OnDisk(Path())), library)
    situation = Situation(dossier, TODAY)
    found = [finding for check in CHECKS for finding in check(situation)]
    return {finding.code for finding in without_exceptions(found, dossier)[0]}


@pytest.mark.parametrize("code", EXPLAINED)
def test_the_example_of_a_rule_breaks_it(library: Library, code: str) -> None:
    assert code in codes(library, EXPLAINED[code]["fout"])


@pytest.mark.parametrize("code", EXPLAINED)
def test_the_repair_of_a_rule_mends_it(library: Library, code: str) -> None:
    rule = EXPLAINED[code]

    assert code not in codes(library, rule["fout"], NEIGHBOURS.get(code, ""), rule["herstel"])
