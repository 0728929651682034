"""What in a case changes which steps are asked: its profile, and what the bedrijfsarts found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wvp_docs.dates import day_in
from wvp_docs.dossier import Dossier
from wvp_docs.errors import ExitCode, WvpError
from wvp_docs.formats import enumerate_nl
from wvp_docs.forms import Library
from wvp_docs.grammar import closest
from wvp_docs.terms import Profile

END_OF_SERVICE = "dienstverband.einde"
STATE_PENSION = "verzuim.aow_datum"
CAPACITY = "benutbare_mogelijkheden"
YES = "ja"


class UnknownProfileError(WvpError):
    """A profile was asked for that the definitions do not have."""

    exit_code: ClassVar[ExitCode] = ExitCode.USAGE


def day_at(dossier: Dossier, path: str) -> date | None:
    """Return the date that the case has at a path, None when it is missing or no date."""
    return day_in(dossier.case.get(path))


def profile_of(dossier: Dossier, name: str | None = None) -> Profile:
    """Return the profile with that name, or else the first that fits the case.

    Raises:
        UnknownProfileError: there is no profile with that name.
    """
    profiles = dossier.library.terms.profiles
    if name is None:
        fitting = (profile for profile in profiles.values() if _fits(profile, dossier))
        return next(fitting, [*profiles.values()][-1])
    require_profile(name, dossier.library)
    return profiles[name]


def require_profile(name: str, library: Library) -> None:
    """Refuse a profile that is not there.

    Raises:
        UnknownProfileError: there is no profile with that name.
    """
    profiles = library.terms.profiles
    if name not in profiles:
        raise UnknownProfileError(
            f"Er is geen profiel {name}.",
            hint=f"{closest(name, profiles)} Kies uit: {enumerate_nl([*profiles])}.".strip(),
        )


def _fits(profile: Profile, dossier: Dossier) -> bool:
    if not all(condition.holds(dossier.case.get) for condition in profile.als):
        return False
    if profile.leaves_before is None:
        return True
    days = _days_until_leaving(dossier)
    return days is not None and profile.leaves_from <= days < profile.leaves_before


def _days_until_leaving(dossier: Dossier) -> int | None:
    """Return the days of illness before the last day of service (Ziektewet art. 38 lid 2).

    None when service does not end, or ended before the illness began.
    """
    end, period = day_at(dossier, END_OF_SERVICE), dossier.illness
    if not end or not period or end < period.first_day:
        return None
    return (end - period.first_day - period.shift_before(end)).days


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the bedrijfsarts said on a day: are there possibilities to work?"""

    day: date
    able: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What changes which steps are asked, besides the profile.

    Attributes:
        judgements: those of the present period of illness, oldest first.
        state_pension: the day on which the employee reaches the state pension age, if known.
        end_of_service: the last day of service, if the profile is for who leaves.
    """

    judgements: tuple[Judgement, ...] = ()
    state_pension: date | None = None
    end_of_service: date | None = None

    def is_able(self, day: date) -> bool:
        """Return whether there were possibilities by the latest judgement up to that day.

        As long as nobody judged, they are expected.
        """
        return next((it.able for it in reversed(self.judgements) if it.day <= day), True)

    def able_again(self, day: date) -> date | None:
        """Return when possibilities returned: the first such judgement after that day."""
        return next((it.day for it in self.judgements if it.day > day and it.able), None)


def facts_of(dossier: Dossier, profile: Profile) -> Facts:
    """Return what the case says that changes which steps are asked."""
    first_day = dossier.illness.first_day if dossier.illness else date.min
    judgements = (it for it in _judgements(dossier) if it.day >= first_day)
    leaving = profile.leaves_before is not None
    return Facts(
        tuple(sorted(judgements, key=lambda it: it.day)),
        day_at(dossier, STATE_PENSION),
        day_at(dossier, END_OF_SERVICE) if leaving else None,
    )


def _judgements(dossier: Dossier) -> Iterator[Judgement]:
    """Yield each document in which the bedrijfsarts says whether there are possibilities."""
    for document in dossier.documents:
        for item in document.form.own_fields():
            said = document.answer(CAPACITY) if item.naam == CAPACITY else None
            if document.datum and isinstance(said, str) and said in item.opties:
                yield Judgement(document.datum, said == YES)
