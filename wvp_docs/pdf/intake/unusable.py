"""Why a paper of somebody else cannot go into the bundle."""

from __future__ import annotations


class UnusableError(Exception):
    """The file cannot be used.

    Args:
        message: a clause that follows "Bijlage 3: het bestand", ending with a full stop.
        hint: what the reader can do about it.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
