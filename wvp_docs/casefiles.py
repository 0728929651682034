"""Case files on the disk: which files of a folder are cases, and what to call their results."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from wvp_docs.errors import CaseError

CASE = "case.toml"
"""A file with this name is a case even when it does not say which schema it is of."""

LONGEST_NAME = 60
"""Letters: with the longest file name below it the path stays under the 260 of Windows."""

_HASH = 12
"""Letters of a hash: of 100,000 cases with one name, no two get the same."""

_BEGINNING = 1 << 16
"""Bytes of a TOML file in which the line with its schema stands: it is the first of its answers."""

_SCHEMA = re.compile(rb"^\s*schema\s*=", re.MULTILINE)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_NINE_DIGITS = re.compile(r"(?<!\d)(?=((?:\d[ ._-]?){8}\d)(?!\d))")
"""Also as people write a BSN, with something between its digits; pieces may overlap."""

_YEAR_AND_NUMBER = re.compile(r"(?:19|20)\d\d[ ._-]\d{5}")
"""How dossiers are counted: of these, one in eleven would pass for a BSN."""

_RESERVED = re.compile(r"((con|prn|aux|nul|com\d|lpt\d)(\..*)?|report\.\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A case file and the name of the folder for its results."""

    name: str
    path: Path


def files_in(path: Path) -> Iterator[Path]:
    """Yield the TOML files in a folder and the folders in it, by name; a file is itself.

    What begins with a dot is left out, and a link to a folder is not followed. Of a folder that
    cannot be read comes the case that may be in it: reading that says what is wrong.
    """
    if not path.is_dir():
        yield path
        return
    closed: list[OSError] = []
    for folder, inside, files in os.walk(path, onerror=closed.append):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(".toml") and not name.startswith("."):
                yield Path(folder, name)
    yield from (Path(error.filename, CASE) for error in closed)


def cases_in(path: Path) -> Iterator[Path]:
    """Yield the case files of a folder: those that say which schema they are of; a file is itself.

    Raises:
        CaseError: the folder holds none.
    """
    found = False
    for file in files_in(path):
        if file == path or file.name.lower() == CASE or _is_case(file):
            found = True
            yield file
    if not found:
        raise CaseError(
            f"In de map {path} staat geen casus: geen .toml met schema = 1.",
            hint="Kijk de map na, of maak een casus met: wvp-docs new.",
        )


def is_ordinary(file: Path) -> bool:
    """Return False for a pipe, a device or a socket: who reads that, may wait for ever."""
    try:
        kind = file.stat().st_mode
    except (OSError, ValueError):
        return True  # reading it says what is wrong
    return stat.S_ISREG(kind) or stat.S_ISDIR(kind)


def _is_case(file: Path) -> bool:
    if not is_ordinary(file):
        return False
    try:
        with file.open("rb") as stream:
            return bool(_SCHEMA.search(stream.read(_BEGINNING)))
    except OSError:
        return True  # reading it again says what is wrong


def with_names(paths: Iterable[Path]) -> tuple[Found, ...]:
    """Return each file once, with a name that is safe on every disk and of no other file.

    A name depends on its own file, and on whether another one has the same name: never on their
    order. So it stays when a case is added.
    """
    given = {os.path.abspath(path): path for path in paths}  # noqa: PTH100  a link keeps its name
    unique = {Path(full).resolve(): full for full in sorted(given, reverse=True)}
    names = {full: _plain(Path(full)) for full in unique.values()}
    # Of one name, the folders above tell them apart; the whole path only when those are equal too.
    for parents in (3, 0):
        times = Counter(name.lower() for name in names.values())
        names = {
            full: name if times[name.lower()] == 1 else _counted(Path(full), parents)
            for full, name in names.items()
        }
    return tuple(Found(names[full], given[full]) for full in sorted(names))


def _plain(path: Path) -> str:
    """Return a safe name for a case: of its file, or of the folder of a `case.toml`."""
    safe = _safe(path)
    return safe if safe and not _RESERVED.fullmatch(safe) else _counted(path, 3)


def _counted(path: Path, parents: int) -> str:
    """Return a name with a hash of the last parts of the path; 0: of all of them."""
    own = sha256("/".join(path.parts[-parents:]).encode("utf-8", "surrogateescape")).hexdigest()
    return f"{(_safe(path) or 'casus')[: LONGEST_NAME - _HASH - 1]}-{own[:_HASH]}"


def _safe(path: Path) -> str:
    """Return what is safe of a name; nothing of one with a BSN in it."""
    from stdnum.nl import bsn  # noqa: PLC0415  only a batch names folders

    given = path.parent.name if path.name.lower() == CASE else path.stem
    numbers = (it for it in _NINE_DIGITS.findall(given) if not _YEAR_AND_NUMBER.fullmatch(it))
    if any(bsn.is_valid(re.sub(r"\D", "", it)) for it in numbers):
        return ""  # results are not called by a person
    letters = unicodedata.normalize("NFKD", given).encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", letters).strip("-.")[:LONGEST_NAME].rstrip("-.")
