"""Case files on the disk: which files of a folder are cases, and what to call their results."""

from __future__ import annotations

import re
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

_SCHEMA = re.compile(rb"^\s*schema\s*=", re.MULTILINE)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A case file and the name of the folder for its results."""

    name: str
    path: Path


def files_in(path: Path) -> Iterator[Path]:
    """Yield the TOML files in a folder and the folders in it, by name; a file is itself."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*.toml")):
        inside = file.relative_to(path).parts
        if file.is_file() and not any(part.startswith(".") for part in inside):
            yield file


def cases_in(path: Path) -> Iterator[Path]:
    """Yield the case files of a folder: those that say which schema they are of; a file is itself.

    Raises:
        CaseError: the folder holds none.
    """
    found = False
    for file in files_in(path):
        if file == path or file.name == CASE or _is_case(file):
            found = True
            yield file
    if not found:
        raise CaseError(
            f"In de map {path} staat geen casus: geen .toml met schema = 1.",
            hint="Kijk de map na, of maak een casus met: wvp-docs new.",
        )


def _is_case(file: Path) -> bool:
    try:
        return bool(_SCHEMA.search(file.read_bytes()))
    except OSError:
        return True  # reading it again says what is wrong


def with_names(paths: Iterable[Path]) -> tuple[Found, ...]:
    """Return each file once, with a name that is safe on every disk and of no other file.

    A name depends on its own file, and on whether another one has the same name: never on their
    order. So it stays when a case is added.
    """
    unique = {path.resolve(): path for path in paths}
    plain = {real: _plain(real) for real in unique}
    times = Counter(name.lower() for name in plain.values())
    return tuple(
        Found(plain[real] if times[plain[real].lower()] == 1 else _counted(plain[real], real), path)
        for real, path in sorted(unique.items())
    )


def _plain(path: Path) -> str:
    """Return a safe name for a case: of its file, or of the folder of a `case.toml`."""
    given = path.parent.name if path.name == CASE else path.stem
    letters = unicodedata.normalize("NFKD", given).encode("ascii", "ignore").decode()
    safe = _UNSAFE.sub("-", letters).strip("-.")[:LONGEST_NAME].rstrip("-.")
    if not safe or _RESERVED.fullmatch(safe):
        return _counted(safe or "casus", path)
    return safe


def _counted(name: str, path: Path) -> str:
    own = sha256("/".join(path.parts[-3:]).encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9]}-{own}"
