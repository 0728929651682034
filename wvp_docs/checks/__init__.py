"""Everything a person must look at in a case: one file per subject, all findings at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

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
from wvp_docs.findings import Finding, in_file_order

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
)
"""Every check there is; each looks at the whole dossier and knows nothing of the others."""


def check(dossier: Dossier, today: date, profile: str | None = None) -> tuple[Finding, ...]:
    """Return all findings about the dossier, in the order of the case file.

    Args:
        dossier: the case seen through the definitions.
        today: the day on which it is judged.
        profile: name of the profile to judge by; None: the one that fits the case.
    """
    situation = Situation(dossier, today, profile)
    return in_file_order(finding for check in CHECKS for finding in check(situation))
