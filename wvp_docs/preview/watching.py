"""Waiting for files to be saved, without being in the way of the program that saves them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Never

_NEVER = object()
"""Is equal to no state of a file: whoever compares with it tries again."""


def watch(files: Sequence[Path], attempt: Callable[[], bool], wait: Callable[[], None]) -> Never:
    """Do something now, and again after each save, until the caller is interrupted.

    A save counts when nothing changed between two looks: Word takes a few steps to replace a
    file. Only the folder is looked at, because on Windows a file that is open cannot be replaced.

    Args:
        files: those that may be saved.
        attempt: what to do; False when a file could not be read, and then it is done again.
        wait: lets some time pass between two looks.
    """
    done: object = _NEVER
    before: object = None
    while True:
        now = [_state(file) for file in files]
        if done is _NEVER or (now != done and now == before):
            done = now if attempt() else _NEVER
        before = now
        wait()


def _state(file: Path) -> tuple[int, int] | None:
    """Return when a file was saved and its size; None when it is not there now."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
