"""The line of a case that a finding is about, without any answer on it.

A terminal is seen by others and a log is kept: what stands behind a = is never shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from wvp_docs.findings import Place
from wvp_docs.formats import mask_bsn

_PART = r"""(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
_TABLE = re.compile(r"\s*(\[\[?\s*[A-Za-z_][\w.-]*\s*\]?\])\s*(?:#|$)")
_NAME = re.compile(r"[\w.-]+")
_NUMBER = re.compile(r"\d{8,9}")
_NO_BLANK = re.compile(r"[^\s]")
_HIDDEN = "…"


@dataclass
class Excerpts:
    """Shows lines of files; reads each file once."""

    _files: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def at(self, place: Place) -> tuple[str, ...]:
        """Return two lines for a terminal: that of the place and a caret under its column.

        Nothing when the line is not to be had, and of the first line: that is named when what is
        missing has no place of its own.
        """
        lines = self._lines(place.file)
        if not 1 < place.line <= len(lines):
            return ()
        shown, under = without_answer(lines[place.line - 1]), place.column - 1
        if not shown.strip():
            return ()
        if under >= len(shown):
            under = max(shown.rfind(_HIDDEN), 0)
        word = _NAME.match(shown, under)
        carets = "^" * len(word.group()) if word else "^"
        number = f"{place.line:>5}"
        return f"{number} | {shown}", f"{' ' * len(number)} | {' ' * under}{carets}"

    def _lines(self, file: str) -> tuple[str, ...]:
        if file not in self._files:
            try:
                text = Path(file).read_text(encoding="utf-8-sig")
            except (OSError, ValueError):
                text = ""
            self._files[file] = tuple(text.split("\n"))
        return self._files[file]


def without_answer(line: str) -> str:
    """Return a line of a case as others may see it: the key or the table, never the answer."""
    line = line.replace("\t", " ")
    if key := _KEY.match(line):
        shown = f"{line[: key.end(1)]} = {_HIDDEN}"
    elif table := _TABLE.match(line):
        shown = line[: table.end(1)]
    else:
        # An item of a list, or a line of a longer text.
        begin = _NO_BLANK.search(line)
        shown = f"{line[: begin.start()]}{_HIDDEN}" if begin else ""
    return _NUMBER.sub(lambda found: mask_bsn(found.group()), shown)
