"""A folder for what must lie on the disk for a moment, and what of a person may not stay there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_TRIES = 50
_PAUSE = 0.1


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield an empty folder that is gone afterwards, with what a stopped program left in it."""
    folder = TemporaryDirectory(prefix="wvp-", ignore_cleanup_errors=True)
    try:
        yield Path(folder.name).resolve()
    finally:
        _remove(folder)


def _remove(folder: TemporaryDirectory[str]) -> None:
    """Remove the folder; a program takes a moment to die, and writes or holds files until then."""
    for _ in range(_TRIES):
        folder.cleanup()
        if not Path(folder.name).exists():
            return
        time.sleep(_PAUSE)
