"""A value of a house style that cannot be used."""

from __future__ import annotations


class UnusableError(Exception):
    """The paper is made without it.

    Args:
        message: a Dutch clause that follows the name of the value: "heeft …".
        hint: what to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class BarredError(UnusableError):
    """It may go nowhere: nobody can see that it is not medical."""
