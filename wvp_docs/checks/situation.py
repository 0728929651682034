"""What every check is told: the dossier, the day, and what the law asks on that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wvp_docs.dossier import Document, Dossier
from wvp_docs.lexicon import Lexicon
from wvp_docs.profiles import Facts, facts_of
from wvp_docs.report import Report
from wvp_docs.timeline.steps import Timeline, timeline_of


@dataclass(frozen=True)
class Situation:
    """One dossier on one day.

    Attributes:
        dossier: the case seen through the definitions.
        today: the day on which it is judged.
        profile: name of the profile to judge by; None: the one that fits the case.
        lexicon: the words that privacy looks for; None: those of the definitions.
    """

    dossier: Dossier
    today: date
    profile: str | None = None
    lexicon: Lexicon | None = None

    @cached_property
    def report(self) -> Report:
        """How a finding about this dossier is made."""
        return Report(self.dossier)

    @cached_property
    def timeline(self) -> Timeline:
        """The steps of the law for this case."""
        return timeline_of(self.dossier, self.today, self.profile)

    @cached_property
    def facts(self) -> Facts:
        """What the bedrijfsarts found, and what else changes what is asked."""
        return facts_of(self.dossier, self.timeline.profile)

    def documents(self, *forms: str) -> tuple[Document, ...]:
        """Return the documents of these forms, of all when none is named, in WIA order."""
        return tuple(doc for doc in self.dossier.documents if not forms or doc.form.key in forms)
