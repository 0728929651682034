"""Dates as people type them in a sheet: day before month, and never a guess."""

from __future__ import annotations

import re
from datetime import date

from wvp_docs.kinds import Problem

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_DUTCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})[-/. ]*([a-z]{3,9})\.?[-/. ]*(\d{4}|\d{2})")
_TIME = re.compile(
    r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"^(?:ma|di|wo|do|vr|za|zo|(?:maan|dins|woens|donder|vrij|zater|zon)dag)[., ]+", re.IGNORECASE
)
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_SHORT = {"mrt": 3, "sept": 9, "mar": 3, "march": 3, "may": 5, "june": 6, "july": 7, "oct": 10}
_SURELY_NEW, _SURELY_OLD = 30, 70
"""Years of two digits: below the first they are of this century, from the second of the last."""

_HINT = "Schrijf de datum als dag-maand-jaar, met een jaartal van vier cijfers: 31-12-2024."
_LAST_MONTH = 12

MONTH_FIRST = Problem(
    "lijkt een datum met de maand voorop",
    f"Kijk de hele kolom na: dag en maand kunnen in elke cel verwisseld zijn. {_HINT}",
)
SWAPPED = Problem(
    "staat in een kolom waarin een datum de maand voorop heeft, en kan twee dagen zijn",
    MONTH_FIRST.hint,
)


def read_date(text: str) -> date | Problem:
    """Return the day that a text means, or why it can not be known.

    `31-12-2024`, `31/12/24`, `31 dec 2024`, `2024-12-31` and `20241231`; a time behind it and a
    day of the week before it are left out.
    """
    plain = _WEEKDAY.sub("", _TIME.sub("", text.strip()))
    if match := _ISO.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _day(match[1], int(match[2]), match[3])
    if match := _DUTCH.fullmatch(plain):
        if int(match[1]) <= _LAST_MONTH < int(match[2]):
            return MONTH_FIRST
        return _day(match[3], int(match[2]), match[1])
    if match := _WORDS.fullmatch(plain.lower()):
        return _day(match[3], _month(match[2]), match[1])
    return Problem("is geen datum die te lezen is", _HINT)


def may_be_swapped(day: date) -> bool:
    """Return whether another day comes out when its month was written in front."""
    return day.day <= _LAST_MONTH and day.day != day.month


def _month(word: str) -> int:
    if word in _SHORT:
        return _SHORT[word]
    fits = [at for at, name in enumerate(_MONTHS, 1) if name.startswith(word)]
    return fits[0] if len(fits) == 1 else 0


def _day(year: str, month: int, day: str) -> date | Problem:
    number = int(year)
    if len(year) == 2:  # noqa: PLR2004  digits
        if _SURELY_NEW <= number < _SURELY_OLD:
            return Problem("heeft een jaartal van twee cijfers, en dat kan twee eeuwen zijn", _HINT)
        number += 2000 if number < _SURELY_NEW else 1900
    try:
        return date(number, month, int(day))
    except ValueError:
        return Problem("is een dag die niet bestaat", _HINT)
