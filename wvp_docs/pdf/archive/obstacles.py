"""What keeps a bundle from being an archive document, as values with a page and a way out."""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf

DAMAGED = "de bladzijde is van binnen beschadigd"
MALFORMED = (pikepdf.PdfError, AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What pikepdf raises where a PDF has something else in a place than belongs there."""

MAKE_AGAIN = (
    "Open het bestand in het programma waarin het is gemaakt en kies daar opslaan als PDF/A, "
    "of druk het af naar PDF."
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something on a page that PDF/A forbids and that cannot be repaired here.

    Attributes:
        page: of the bundle, counted from 1.
        message: a Dutch clause, without capital and full stop.
        hint: what the reader can do about it.
    """

    page: int
    message: str
    hint: str = MAKE_AGAIN


class Obstacles:
    """Collects obstacles, the same one on the same page once."""

    def __init__(self) -> None:
        self._found: dict[Obstacle, None] = {}

    def add(self, page: int, message: str, hint: str = MAKE_AGAIN) -> None:
        """Note one obstacle."""
        self._found[Obstacle(page, message, hint)] = None

    def sorted(self) -> tuple[Obstacle, ...]:
        """Return all of them by page."""
        return tuple(sorted(self._found, key=lambda found: (found.page, found.message)))
