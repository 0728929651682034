"""Answers of a case as the checks read them: what is missing or of a wrong kind is nothing.

A check that needs such an answer keeps silent: completeness has said it already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from wvp_docs.checks.situation import Situation
from wvp_docs.dates import day_in, plus
from wvp_docs.dossier import Document
from wvp_docs.fields import Field
from wvp_docs.kinds import FIRST_DAY, LAST_DAY

LONGEST = 3653
"""Days, ten years: no dossier of this law lasts so long, so an older first sick day is a slip."""

FIRST_SICK_DAY = "verzuim.eerste_ziektedag"


def day(value: object) -> date | None:
    """Return the value when it is a date that may stand in a case."""
    found = day_in(value)
    return found if found and FIRST_DAY <= found <= LAST_DAY else None


def number(value: object) -> float | None:
    """Return the value when it is a number; `nan` is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if value == value and abs(value) <= 1e9 else None  # noqa: PLR0124, PLR2004


def text(value: object) -> str:
    """Return the value without spaces around it, empty when it is no text."""
    return value.strip() if isinstance(value, str) else ""


def rows(value: object) -> tuple[Mapping[str, object], ...]:
    """Return the tables in a list of tables, leaving out what is none."""
    items = value if isinstance(value, tuple) else ()
    return tuple(item for item in items if isinstance(item, Mapping))


def day_at(situation: Situation, path: str) -> date | None:
    """Return the date that the case has at a path."""
    return day(situation.dossier.case.get(path))


def first_sick_day(situation: Situation) -> date | None:
    """Return the first day of the present illness, None when it cannot be true.

    A day in the future or of long ago is a slip of the pen (R002): the terms say nothing then.
    """
    typed, period = day_at(situation, FIRST_SICK_DAY), situation.dossier.illness
    if typed is None or period is None:
        return None
    if is_long_ago(situation, typed) or period.first_day > situation.today:
        return None
    return period.first_day


def is_long_ago(situation: Situation, first_day: date) -> bool:
    """Return whether a first sick day is so long ago that another year must be meant."""
    return first_day < plus(situation.today, -LONGEST)


def dated(situation: Situation, document: Document) -> date | None:
    """Return the date of a document, None when it is missing or cannot be true (R011)."""
    made, first = day(document.datum), day_at(situation, FIRST_SICK_DAY)
    return made if made and (first or made) <= made <= situation.today else None


def is_given(situation: Situation, path: str) -> bool:
    """Return whether anything stands at the path, sound or not; a blank text is nothing."""
    return situation.dossier.case.has(path)


@dataclass(frozen=True, slots=True)
class Written:
    """A text that somebody wrote.

    Attributes:
        path: where it stands in the case.
        where: the title of the document or group, for a message.
        document: the document it is part of, None for what documents share.
    """

    path: str
    where: str
    field: Field
    text: str
    document: Document | None = None


def written(situation: Situation) -> Iterator[Written]:
    """Yield every text of the case that was answered in own words, in no order."""
    dossier = situation.dossier
    for group in dossier.library.groups.values():
        value = dossier.case.get(group.key)
        many = range(len(value)) if isinstance(value, tuple) else ()
        bases = [f"{group.key}[{at}]" for at in many] if group.meervoud else [group.key]
        for base in bases:
            yield from _texts(situation, base, group.velden, group.titel, None)
    for document in dossier.documents:
        own = document.form.own_fields()
        yield from _texts(situation, document.base, own, document.titel, document)


def _texts(
    situation: Situation,
    base: str,
    fields: tuple[Field, ...],
    where: str,
    document: Document | None,
) -> Iterator[Written]:
    for item in fields:
        path = f"{base}.{item.naam}"
        value = situation.dossier.case.get(path)
        if item.soort in {"tekst", "alinea"} and text(value):
            yield Written(path, where, item, text(value), document)
        elif item.soort == "ondertekening":
            yield from _texts(situation, path, item.kolommen, where, document)
        elif item.soort == "tabel" and isinstance(value, tuple):
            for at in range(len(value)):
                yield from _texts(situation, f"{path}[{at}]", item.kolommen, where, document)
