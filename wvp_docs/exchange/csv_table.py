"""A csv as other programs write it: in what letters, with what between the cells, row by row.

The file is never taken into memory: it may be a gigabyte.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from wvp_docs.errors import reason
from wvp_docs.exchange.notes import Code, Notes, Spot
from wvp_docs.exchange.tables import LAST_COLUMN, Row, Sheet, Table, TableError
from wvp_docs.findings import Severity

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 65_536
"""Characters: enough rows to see what stands between the cells."""
_CHUNK = 1 << 20
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
    if dialect.encoding == "cp1252":
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
            reader = csv.reader(stream, delimiter=dialect.delimiter)
            if dialect.says_delimiter:
                next(reader)
                number = 1
            for cells in reader:
                number += 1
                yield Row(number, tuple(cell.strip() or None for cell in cells[:LAST_COLUMN]))
    except csv.Error as error:
        raise TableError(
            f"{path}: na rij {number} is het bestand niet meer te lezen.",
            hint='Waarschijnlijk sluit daar een aanhalingsteken (") niet.',
        ) from error
    except UnicodeDecodeError as error:
        raise _no_text(path) from error
    except OSError as error:
        raise TableError(
            f"{path} is niet verder te lezen: {reason(error)}.", hint="Kijk of het er nog staat."
        ) from error


def _no_text(path: Path) -> TableError:
    return TableError(
        f"{path} is geen tekst, of van een onbekende codering.",
        hint="Bewaar het in Excel als CSV UTF-8 (door komma's gescheiden).",
    )


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
            return "cp1252"
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
