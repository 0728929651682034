"""Our own overview, come back as a spreadsheet: what we worked out ourselves is no answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from wvp_docs.exchange.overview import BSN, Overview
from wvp_docs.exchange.words import Words
from wvp_docs.terms import Duty

NO_ANSWER = "Dit komt uit een overzicht van wvp-docs; het is uitgerekend."
ALSO_OURS = "Een kolom van een overzicht van wvp-docs heet ook zo."
_ABOUT = "casus"
"""What the workbook writes above the columns that are of no step."""
_ANSWERS = {"kenmerk": "verzuim.dossiernummer", "BSN": BSN}
_ENOUGH = 3
"""Columns of steps beside a kenmerk: nobody else calls them so."""

_REFERENCE = re.compile(r"WVP-\d{4}-\d{2}-\d{2}", re.IGNORECASE)


class OwnColumns:
    """Knows the columns of `wvp-docs export`, as the workbook and as the csv call them."""

    def __init__(self, duties: tuple[Duty, ...], words: Words) -> None:
        self._normal = words.normal
        columns = Overview(date.min, duties, with_bsn=True).columns()
        self._steps = {words.normal(f"{it.step} {it.title}") for it in columns if it.step}
        self._about = {
            words.normal(f"{above} {it.title}"): _ANSWERS.get(it.title, "")
            for it in columns
            for above in ("", _ABOUT)
            if not it.step
        }

    def are(self, titles: Iterable[str]) -> bool:
        """Return whether these are the columns of an overview, some of a person among them."""
        names = {self._normal(title) for title in titles}
        numbered = any(self._about.get(name) == _ANSWERS["kenmerk"] for name in names)
        return numbered and len(names & self._steps) >= _ENOUGH

    def is_step(self, title: str) -> bool:
        """Return whether a column of an overview about a step is called so."""
        return self._normal(title) in self._steps

    def path(self, title: str) -> str | None:
        """Return where a column of an overview goes, empty for nowhere; None when it is not one."""
        return "" if self.is_step(title) else self._about.get(self._normal(title))


def is_own_reference(number: str) -> bool:
    """Return whether a number is what we call a case that has none: more cases may share it."""
    return bool(_REFERENCE.fullmatch(number))
