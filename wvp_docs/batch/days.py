"""Whether another day makes a difference: what a night run need not make again."""

from __future__ import annotations

from datetime import date

from wvp_docs.case import Case
from wvp_docs.checks import check
from wvp_docs.contents import Entry, Papers, contents
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding
from wvp_docs.forms import Library
from wvp_docs.lexicon import Lexicon, lexicon_beside
from wvp_docs.timeline.steps import timeline_of


def is_same_on(
    case: Case, library: Library, one: date, other: date, profile: str | None = None
) -> bool:
    """Return whether the dossier of a case, without packages, is the same on both days.

    Its papers depend on the day by the findings and by the contents alone. The letter in a
    package prints the day itself.
    """
    dossier, lexicon = Dossier(case, library), lexicon_beside(case.beside)
    return _seen(dossier, lexicon, one, profile) == _seen(dossier, lexicon, other, profile)


def _seen(
    dossier: Dossier, lexicon: Lexicon, day: date, profile: str | None
) -> tuple[tuple[Finding, ...], tuple[Entry, ...]]:
    lines = contents(dossier, Papers({}, {}, ()), timeline_of(dossier, day, profile))
    return tuple(check(dossier, day, profile, lexicon)), lines
