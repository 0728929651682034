"""The face of a house: its logo, colour, font, footer and return address on every paper.

Read from the case and the files beside it, judged, and drawn on a Word file that keeps our styles.
"""

from __future__ import annotations

from wvp_docs.housestyle.dressing import dressed
from wvp_docs.housestyle.reading import NO_LOGO, UNUSABLE, Barred, Found, house_style_of
from wvp_docs.housestyle.sources import house_files
from wvp_docs.housestyle.style import HouseStyle
from wvp_docs.housestyle.templates import templates_in

__all__ = [
    "NO_LOGO",
    "UNUSABLE",
    "Barred",
    "Found",
    "HouseStyle",
    "dressed",
    "house_files",
    "house_style_of",
    "templates_in",
]
