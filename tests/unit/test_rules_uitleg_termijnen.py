"""What `forms/regels/` says of the rules R001 to R044 is true, in the complete example."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import EXAMPLES, ROOT
from wvp_docs.beside import OnDisk
from wvp_docs.case import Case
from wvp_docs.checks.authorship import authorship
from wvp_docs.checks.case_data import case_data
from wvp_docs.checks.completeness import completeness
from wvp_docs.checks.deadlines import deadlines
from wvp_docs.checks.deadlines_course import deadlines_course
from wvp_docs.checks.deadlines_uwv import deadlines_uwv
from wvp_docs.checks.order import order_of_dates
from wvp_docs.checks.periods import periods
from wvp_docs.checks.situation import Situation
from wvp_docs.checks.wording import wording
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.rules import SEVERITIES, load_rules

CHECKS = (
    completeness,
    order_of_dates,
    periods,
    case_data,
    authorship,
    wording,
    deadlines,
    deadlines_course,
    deadlines_uwv,
)
FILES = ("casus", "stukken", "termijnen")
RULES = load_rules(ROOT / "forms" / "regels")
CODES = [
    rule["code"]
    for name in FILES
    for rule in tomllib.loads((ROOT / f"forms/regels/{name}.toml").read_text("utf-8"))["regel"]
]
BY_DEFINITION = {"R021"}
"""Weighs most when a form forgets the BSN, which no case can show."""

Weigh = Callable[..., set[Severity]]


def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return two trees as one; a table is laid over a table, anything else replaces."""
    both = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            both[key] = merged(below[key], above[key])
    return both


@pytest.fixture
def weigh(library: Library, example: Callable[[str], Dossier]) -> Weigh:
    """Return how to get the weights of the findings of one rule in a changed example."""

    def weights(code: str, *pieces: str) -> set[Severity]:
        data = tomllib.loads(example("compleet").case.source.decode())
        for piece in pieces:
            data = merged(data, tomllib.loads(piece))
        dossier = Dossier(Case(b"", data, Path("case.toml"), OnDisk(Path())), library)
        situation = Situation(dossier, EXAMPLES["compleet"])
        found = [finding for check in CHECKS for finding in check(situation)]
        return {finding.severity for finding in found if finding.code == code}

    return weights


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_rule_breaks_it_as_hard_as_it_says(weigh: Weigh, code: str) -> None:
    said = Severity.WARNING if code in BY_DEFINITION else SEVERITIES[RULES[code].ernst]

    assert weigh(code, RULES[code].fout) == {said}


@pytest.mark.parametrize("code", CODES)
def test_the_repair_of_a_rule_mends_it(weigh: Weigh, code: str) -> None:
    left = weigh(code, RULES[code].fout, RULES[code].herstel)

    # What came too late stays too late: a reason makes it a warning.
    assert left == ({Severity.WARNING} if code in {"R030", "R031"} else set())
