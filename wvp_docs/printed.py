"""A value on its way to the paper: what Word was told to print, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printed:
    """A value that a template printed, and its path in the case."""

    path: str
    text: str
