"""A csv as other programs write it: in what letters, with what between the cells, row by row.

The file is never taken into memory: it may be a gigabyte.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Self

from wvp_docs.errors import reason
from wvp_docs.exchange.notes import Code, Notes, Spot
from wvp_docs.exchange.tables import LAST_COLUMN, Absent, Row, Sheet, Table, TableError
from wvp_docs.findings import Severity

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 65_536
"""Characters: enough rows to see what stands between the cells."""
_CHUNK = 1 << 20
_GUESSED = "cp1252"
_OF_A_MAC = re.compile(rb"[a-z][\x8a\x8e\x9f]|[A-Z][\x8a\x8e\x9f][a-z]")
"""What an old Mac writes for ä, é and ü in a word, is Š, Ž and Ÿ in Windows-1252."""
_NO_FORMULA = ("'=", "'+", "'-", "'@")
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAID = "sep="
"""How Excel lets a file say what stands between its cells, on a first line of its own."""


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How one file is to be read."""

    encoding: str
    delimiter: str
    says_delimiter: bool


def open_csv(path: Path, notes: Notes) -> Table:
    """Return the file as a table of one sheet.

    Raises:
        TableError: it cannot be read, or is no text.
    """
    try:
        dialect = _dialect_of(path)
    except OSError as error:
        raise TableError(
            f"{path} is niet te lezen: {reason(error)}.", hint="Kijk de naam en de rechten na."
        ) from error
    except UnicodeDecodeError as error:
        raise _no_text(path) from error
    if dialect.encoding == _GUESSED:
        _refuse_a_mac(path)
        notes.add(
            Code.REPAIRED,
            Severity.INFO,
            Spot(path.stem),
            "het bestand is geen UTF-8 en is gelezen als Windows-1252.",
            "Kijk of letters zoals é en ë goed zijn. Zo niet: bewaar het als CSV UTF-8.",
        )
    return Table((Sheet(path.stem, lambda: _rows(path, dialect)),))


def _rows(path: Path, dialect: _Dialect) -> Iterator[Row]:
    number = 0
    try:
        with path.open(encoding=dialect.encoding, newline="") as stream:
            lines = _Lines(stream, dialect.delimiter)
            reader = csv.reader(lines, delimiter=dialect.delimiter)
            if dialect.says_delimiter:
                lines.have_open_quote(next(reader))
                number = 1
            for cells in reader:
                number += 1
                if lines.have_open_quote(cells):
                    raise _open_quote(path, number)
                values = (_value(cell, dialect.encoding) for cell in cells[:LAST_COLUMN])
                yield Row(number, tuple(values))
    except csv.Error as error:
        raise _open_quote(path, number + 1) from error
    except UnicodeDecodeError as error:
        raise _no_text(path) from error
    except OSError as error:
        raise TableError(
            f"{path} is niet verder te lezen: {reason(error)}.", hint="Kijk of het er nog staat."
        ) from error


def _value(cell: str, encoding: str) -> object:
    """Return what a cell says, without the mark of a text that is no formula."""
    text = cell.strip()
    if encoding == _GUESSED and not cell.isascii():
        with suppress(UnicodeDecodeError):
            cell.encode(encoding).decode("utf-8")
            return Absent.LETTERS
    return (text[1:] if text.startswith(_NO_FORMULA) else text) or None


class _Lines:
    """Hands on the lines of a file, and sees in a row made of them that a quote has no end.

    Such a quote makes one cell of all that follows up to the next one: the rows of others.
    """

    def __init__(self, stream: Iterator[str], delimiter: str) -> None:
        self.stream = stream
        self.delimiter = delimiter
        self._is_at_end = False
        self._lines: list[str] = []
        self._width = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        for line in self.stream:
            self._lines.append(line)
            return line
        self._is_at_end = True
        raise StopIteration

    def have_open_quote(self, cells: list[str]) -> bool:
        """Return whether a quote without an end is in the row that was made of the last lines."""
        lines, self._lines = self._lines, []
        is_odd = len(lines) > 1 or len(cells) - 1 < self._width
        found = (
            self._is_at_end  # a whole row asks for no line behind its own
            or any(self._is_row(cell) for cell in cells if "\n" in cell or "\r" in cell)
            or (is_odd and not self._is_strict(lines))
        )
        self._width = max(self._width, len(cells) - 1)
        return found

    def _is_row(self, cell: str) -> bool:
        """Return whether there is as much between two line ends as in a row."""
        first, *others = (line.count(self.delimiter) for line in cell.splitlines())
        ends = first + others[-1] if others and others[-1] else 0
        return max(ends, *others, 0) >= self._width > 0

    def _is_strict(self, lines: list[str]) -> bool:
        """Return whether each quote that opens a cell also closes it."""
        try:
            return bool(list(csv.reader(lines, delimiter=self.delimiter, strict=True)))
        except csv.Error:
            return False


def _open_quote(path: Path, row: int) -> TableError:
    return TableError(
        f'{path}: in rij {row} sluit een aanhalingsteken (") waarschijnlijk niet; er is niets '
        "overgenomen.",
        hint="Sluit het of haal het weg. Klopt de rij toch, bewaar het bestand dan als .xlsx.",
    )


def _no_text(path: Path) -> TableError:
    return TableError(
        f"{path} is geen tekst, of van een onbekende codering.",
        hint="Bewaar het in Excel als CSV UTF-8 (door komma's gescheiden).",
    )


def _refuse_a_mac(path: Path) -> None:
    with path.open("rb") as stream:
        end = b""
        while chunk := stream.read(_CHUNK):
            if _OF_A_MAC.search(end + chunk):
                raise TableError(
                    f"{path} heeft letters zoals é en ü op de manier van een oude Mac.",
                    hint="Bewaar het in Excel als CSV UTF-8 (door komma's gescheiden).",
                )
            end = chunk[-2:]


def _dialect_of(path: Path) -> _Dialect:
    encoding = _encoding_of(path)
    with path.open(encoding=encoding, newline="") as stream:
        sample = stream.read(_SAMPLE)
    if not sample.strip():
        raise TableError(f"{path} is leeg.", hint="Kies een ander bestand.")
    if "\0" in sample:
        raise _no_text(path)
    first = sample.splitlines()[0].strip().strip('"')
    if first.lower().startswith(_SAID) and len(first) == len(_SAID) + 1:
        return _Dialect(encoding, first[-1], says_delimiter=True)
    return _Dialect(encoding, _delimiter_of(sample), says_delimiter=False)


def _encoding_of(path: Path) -> str:
    """Return the encoding of the whole file: one strange byte at its end is enough."""
    with path.open("rb") as stream:
        start = stream.read(_CHUNK)
        for mark, encoding in _MARKS.items():
            if start.startswith(mark):
                return encoding
        if zeros := start[:4000].count(0):
            # Letters of the West in UTF-16: every second byte is zero.
            odd = start[1:4000:2].count(0)
            return "utf-16-le" if odd * 2 > zeros else "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while start:
                decoder.decode(start)
                start = stream.read(_CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _GUESSED
    return "utf-8"


def _delimiter_of(sample: str) -> str:
    """Return what cuts the rows into the most columns, as many in every row."""
    if len(sample) == _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, most = _DELIMITERS[0], 0.0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(StringIO(sample), delimiter=delimiter) if row]
        except csv.Error:
            continue
        width, count = Counter(widths).most_common(1)[0]
        score = (width - 1) * count / len(widths)
        if score > most:
            best, most = delimiter, score
    return best
