"""Files that a case names: they stand in its folder, or below it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from wvp_docs.errors import reason

LARGEST = 300_000_000
"""Bytes: more is no paper of a dossier, and would fill the memory."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file cannot be used: a clause that follows "het bestand", and what to do."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a file is known again; nothing else of it is kept.

    Attributes:
        known: digests of the file and of its pages.
        unseen: why there may be pages that these do not know: a clause that follows "het bestand";
            empty when every page is known.
    """

    known: frozenset[str] = frozenset()
    unseen: str = ""

    def __or__(self, other: Marks) -> Marks:
        """Return the marks of both."""
        return Marks(self.known | other.known, self.unseen or other.unseen)


Marker = Callable[[bytes], Marks]


class Beside(Protocol):
    """Where the files are that a case names."""

    def read(self, name: str) -> bytes | Trouble:
        """Return the bytes of the file that the case names, or why they cannot be had."""
        ...

    def size(self, name: str) -> int:
        """Return how many bytes the file has; 0 when it cannot be had."""
        ...

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the file in hexadecimal; empty when it cannot be had."""
        ...

    def marks(self, name: str, taken: Marker) -> Marks | None:
        """Return by what the file is known that may go nowhere; None when there is no such file."""
        ...

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the files in a folder, in order of name; none when it cannot be had."""
        ...

    def where(self, name: str) -> str:
        """Return how a message names the file: with its folder, when there is one."""
        ...


@dataclass(frozen=True, slots=True)
class OnDisk:
    """The folder of a case.

    A path or a link that leaves the folders is not followed.

    Attributes:
        folder: of the case.
        also: other folders that a person allowed; tried in order when the first has no such file.
    """

    folder: Path
    also: tuple[Path, ...] = ()

    def read(self, name: str) -> bytes | Trouble:
        """Return the bytes of the file that the case names, or why they cannot be had."""
        path = self._path(name)
        if isinstance(path, Trouble):
            return path
        try:
            if path.exists() and not path.is_file():
                return Trouble("is geen gewoon bestand.", "Noem een bestand, geen map of apparaat.")
            if path.exists() and path.stat().st_size > LARGEST:
                return Trouble("is groter dan 300 MB.", "Verdeel het over een paar bestanden.")
            return path.read_bytes()
        except FileNotFoundError:
            why = "bestaat niet."
        except OSError as error:
            why = f"is niet te lezen ({reason(error)})."
        return Trouble(why, "Kijk de naam na; die geldt vanaf de map van de casus.")

    def size(self, name: str) -> int:
        """Return how many bytes the file has; 0 when it cannot be had."""
        path = self._path(name)
        try:
            return 0 if isinstance(path, Trouble) else path.stat().st_size
        except OSError:
            return 0

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the file in hexadecimal; empty when it cannot be had."""
        return _digest(self.read(name))

    def marks(self, name: str, taken: Marker) -> Marks | None:
        """Return the marks of every file that the name may mean, also outside the folders."""
        found: Marks | None = None
        for root in (self.folder, *self.also):
            path = root / name.replace("\\", "/")
            if _is(Path.is_file, path):
                found = (found or Marks()) | _marks_in(path, taken)
        return found

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the files in a folder, in order of name; none when it cannot be had."""
        path = self._path(folder)
        try:
            there = () if isinstance(path, Trouble) else path.iterdir()
            return tuple(sorted(f"{folder}/{item.name}" for item in there if item.is_file()))
        except OSError:
            return ()

    def where(self, name: str) -> str:
        """Return how a message names the file: with its folder, when there is one."""
        path = self._path(name)
        return name if isinstance(path, Trouble) else str(path)

    def _path(self, name: str) -> Path | Trouble:
        if "\0" in name:
            return Trouble("heeft een naam die niet klopt.", "Typ de naam opnieuw.")
        roots = (self.folder, *self.also)
        paths = [root / name.replace("\\", "/") for root in roots]
        inside = [path for path in paths if _is_in_one_of(roots, path)]
        if not inside:
            return Trouble(
                "ligt buiten de map van de casus.",
                "Zet het bestand bij de casus, of noem de map met --bijlagen-map.",
            )
        return next((path for path in inside if _is(Path.exists, path)), inside[0])


@dataclass(frozen=True, slots=True)
class InHand:
    """Files that were read before, and may have come from another machine.

    Attributes:
        files: by the name that the case gives them.
        digests: of those that may not travel.
        known: the marks of those, and why they may be too few.
    """

    files: Mapping[str, bytes | Trouble]
    digests: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Marks] = field(default_factory=dict)

    def read(self, name: str) -> bytes | Trouble:
        """Return the bytes of the file that the case names, or why they cannot be had."""
        missing = Trouble("bestaat niet.", "Kijk de naam na; die geldt vanaf de map van de casus.")
        return self.files.get(name, missing)

    def size(self, name: str) -> int:
        """Return how many bytes the file has; 0 when it cannot be had."""
        content = self.read(name)
        return len(content) if isinstance(content, bytes) else 0

    def digest(self, name: str) -> str:
        """Return the SHA-256 of the file in hexadecimal; empty when it cannot be had."""
        return self.digests.get(name) or _digest(self.read(name))

    def marks(self, name: str, taken: Marker) -> Marks | None:
        """Return the marks that travelled; of a file that is here those it has."""
        content = self.read(name)
        if isinstance(content, bytes):
            return taken(content) | self.known.get(name, Marks())
        return self.known.get(name)

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the files in a folder, in order of name; none when it cannot be had."""
        inside = (it for it in self.files if it.rpartition("/")[0] == folder)
        return tuple(sorted(inside))

    def where(self, name: str) -> str:
        """Return how a message names the file: with its folder, when there is one."""
        return name


def _is(so: Callable[[Path], bool], path: Path) -> bool:
    with suppress(OSError, ValueError):  # a name that no disk can have
        return so(path)
    return False


def _marks_in(path: Path, taken: Marker) -> Marks:
    try:
        if path.stat().st_size > LARGEST:
            return Marks(unseen="is groter dan 300 MB.")
        content = path.read_bytes()
    except OSError as error:
        return Marks(unseen=f"is niet te lezen ({reason(error)}).")
    return taken(content)


def _digest(content: bytes | Trouble) -> str:
    return sha256(content).hexdigest() if isinstance(content, bytes) else ""


def _is_in_one_of(roots: tuple[Path, ...], path: Path) -> bool:
    try:
        real = path.resolve()
        return any(real.is_relative_to(root.resolve()) for root in roots)
    except OSError:  # a name that no disk can have
        return False
