"""The colours of our templates, and those of a house in their place."""

from __future__ import annotations

import re

from wvp_docs.housestyle.unusable import UnusableError

ACCENT = "1B4B5E"
RULE = "B7CBD3"
LINE = "D3DADE"

CONTRAST = 4.5
"""The least that WCAG 2 asks of text (level AA, 1.4.3)."""

_TINTS = {ACCENT: 0.0, RULE: 0.7, LINE: 0.8}
"""How much white is in each."""

_COLOUR = re.compile(r"#?([0-9a-fA-F]{6})")
_DARK = 0.04045
_STEPS = 100


def accent_of(text: str) -> str:
    """Return a colour as Word writes it: six digits.

    Raises:
        UnusableError: it is no colour, or too pale to read on white paper.
    """
    match = _COLOUR.fullmatch(text.strip())
    if not match:
        raise UnusableError(
            "is niet te lezen.", 'Schrijf een # en zes tekens, zoals "#1B4B5E"; 0 tot en met F.'
        )
    colour = match[1].upper()
    if contrast(colour) < CONTRAST:
        ratio = f"{int(contrast(colour) * 10) / 10:.1f}".replace(".", ",")
        raise UnusableError(
            f"heeft te weinig contrast met wit papier ({ratio} op 1; 4,5 is nodig).",
            f"Deze lijkt erop en is donker genoeg: #{_darker(colour)}.",
        )
    return colour


def contrast(colour: str) -> float:
    """Return the contrast with white by WCAG 2: from 1, for white itself, to 21."""
    red, green, blue = (_light(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def palette_of(accent: str) -> dict[str, str]:
    """Return the colour that comes in the place of each of ours."""
    return {ours: _mixed(accent, 255, white) for ours, white in _TINTS.items()}


def _light(share: float) -> float:
    return float(share / 12.92 if share <= _DARK else ((share + 0.055) / 1.055) ** 2.4)


def _mixed(colour: str, other: int, part: float) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(it + (other - it) * part):02X}" for it in parts)


def _darker(colour: str) -> str:
    shades = (_mixed(colour, 0, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if contrast(shade) >= CONTRAST)
