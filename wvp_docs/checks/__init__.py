"""Everything a person must look at in a case: one file per subject, all findings at once."""

from __future__ import annotations

from datetime import date

from wvp_docs.checks.completeness import completeness
from wvp_docs.checks.order import order_of_dates
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, in_file_order


def check(dossier: Dossier, today: date) -> tuple[Finding, ...]:
    """Return all findings about the dossier, in the order of the case file."""
    return in_file_order((*completeness(dossier), *order_of_dates(dossier, today)))
