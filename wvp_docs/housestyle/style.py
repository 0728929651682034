"""What makes the face of a house, and which words and fonts its papers can take."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wvp_docs.housestyle.logo import Logo
from wvp_docs.housestyle.unusable import UnusableError

FONT = "Calibri"
"""The font of our templates."""

LONGEST = 100
"""Letters in a footer or a return address: one line of the page, two when they are wide."""

_NO_TEXT_FONTS = frozenset({"Courier New", "Liberation Mono", "Segoe UI Symbol"})
"""Fonts of the built-in engine that would break our tables, or that have no letters."""

# What every text font of the built-in engine has: a sign that one lacks stops the whole document.
_PRINTABLE = re.compile(r"[ -z|~\u00a0-\u00ac\u00ae-\u017fȘșȚț–—‘’“”•…€]*")


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """How the papers of one house look; what is empty stays as the template has it.

    Attributes:
        logo: for the top of every page.
        accent: colour of titles, headings and lines: six digits.
        font: of all text.
        footer: a line at the bottom of every page.
        sender: the return address above the address of a letter.
    """

    logo: Logo | None = None
    accent: str = ""
    font: str = ""
    footer: str = ""
    sender: str = ""


def font_of(text: str) -> str:
    """Return the name of a font as Word knows it.

    Raises:
        UnusableError: the built-in engine does not have it.
    """
    # Few houses name one, and the engines take a while to load.
    from wvp_docs.engines.rdocx import FONTS  # noqa: PLC0415

    known = {name.casefold(): name for name in FONTS if name not in _NO_TEXT_FONTS}
    font = known.get(text.strip().casefold())
    if font is None:
        raise UnusableError(
            "is er niet bij het maken van de pdf.",
            "Kies uit: Calibri, Arial, Segoe UI, Cambria, Georgia of Times New Roman.",
        )
    return font


def line_of(text: str) -> str:
    """Return a text that fits one line.

    Raises:
        UnusableError: it is too long, or holds a sign that not every font has.
    """
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise UnusableError(
            f"is {len(line)} tekens lang; er passen er {LONGEST}.", "Maak de tekst korter."
        )
    if strange := _PRINTABLE.sub("", line)[:1]:
        sign = strange if strange.isprintable() else f"U+{ord(strange):04X}"
        raise UnusableError(
            f"bevat een teken dat niet elk lettertype heeft: {sign}",
            "Gebruik gewone letters, cijfers en leestekens.",
        )
    return line
