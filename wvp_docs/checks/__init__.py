"""Everything a person must look at in a case: one file per subject, all findings at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from wvp_docs.checks.authorship import authorship
from wvp_docs.checks.case_data import case_data
from wvp_docs.checks.completeness import UNKNOWN_KEY, completeness
from wvp_docs.checks.deadlines import deadlines
from wvp_docs.checks.deadlines_course import deadlines_course
from wvp_docs.checks.deadlines_uwv import deadlines_uwv
from wvp_docs.checks.dossier_leaving import dossier_leaving
from wvp_docs.checks.dossier_order import dossier_order
from wvp_docs.checks.dossier_parts import dossier_parts
from wvp_docs.checks.evaluation import evaluation
from wvp_docs.checks.medical_advice import medical_advice
from wvp_docs.checks.order import order_of_dates
from wvp_docs.checks.periods import periods
from wvp_docs.checks.plan import plan
from wvp_docs.checks.privacy import privacy
from wvp_docs.checks.progress import progress
from wvp_docs.checks.situation import Situation
from wvp_docs.checks.wording import wording
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, in_file_order
from wvp_docs.lexicon import Lexicon

SAID_BY = {UNKNOWN_KEY: "R025", "R007": "R057"}
"""A finding that another one about the same answer says better: one mistake, one finding."""

CHECKS: tuple[Callable[[Situation], Iterable[Finding]], ...] = (
    completeness,
    order_of_dates,
    periods,
    case_data,
    authorship,
    wording,
    deadlines,
    deadlines_course,
    deadlines_uwv,
    medical_advice,
    plan,
    progress,
    evaluation,
    privacy,
    dossier_parts,
    dossier_order,
    dossier_leaving,
)
"""Every check there is; each looks at the whole dossier and knows nothing of the others."""


def check(
    dossier: Dossier, today: date, profile: str | None = None, lexicon: Lexicon | None = None
) -> tuple[Finding, ...]:
    """Return all findings about the dossier, in the order of the case file.

    Args:
        dossier: the case seen through the definitions.
        today: the day on which it is judged.
        profile: name of the profile to judge by; None: the one that fits the case.
        lexicon: the words that privacy looks for; None: those of the definitions.
    """
    situation = Situation(dossier, today, profile, lexicon)
    findings = [finding for check in CHECKS for finding in check(situation)]
    there = {(finding.path, finding.code) for finding in findings}
    return in_file_order(
        finding for finding in findings if (finding.path, SAID_BY.get(finding.code)) not in there
    )
