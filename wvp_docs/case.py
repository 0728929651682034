"""The case file: an immutable tree of answers that knows where each one stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from wvp_docs.beside import Beside, OnDisk
from wvp_docs.errors import CaseError, reason
from wvp_docs.findings import Place
from wvp_docs.toml_bounds import MAX_DEPTH, line_beyond
from wvp_docs.toml_faults import fault_of

SCHEMA = 1
"""The version of the case file that this tool reads."""

MAX_BYTES = 5_000_000
"""More is no case: the longest we know is 200 kB."""

Key = tuple[str | int, ...]

_BOM = b"\xef\xbb\xbf"
_STEP = re.compile(r'([A-Za-z0-9_-]+)|"((?:[^"\\]|\\.)*)"|\[([0-9]+)\]', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_QUOTE = re.compile(r'(["\\])')
_BACKSLASHED = r"\\\1"


@lru_cache(maxsize=1 << 14)
def key_of(path: str) -> Key:
    """Return the steps of a written path: `a.b[0].c` gives `("a", "b", 0, "c")`."""
    return tuple(
        int(index) if index else bare or _ESCAPED.sub(r"\1", quoted)
        for bare, quoted, index in _STEP.findall(path)
    )


def path_of(key: Key) -> str:
    """Return how a path is written: the inverse of `key_of`."""
    written = ""
    for step in key:
        if isinstance(step, int):
            written += f"[{step}]"
        else:
            name = step if _BARE.fullmatch(step) else f'"{_QUOTE.sub(_BACKSLASHED, step)}"'
            written += f".{name}" if written else name
    return written


def _frozen(value: object, room: int = MAX_DEPTH) -> object:
    if not room:
        raise RecursionError
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(item, room - 1) for key, item in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(item, room - 1) for item in value)
    return value


class Case:
    """One case file: look answers up by path, and ask where they stand.

    Attributes:
        name: the stem of the file name.
        file: the path as the user gave it, for messages.
        beside: the files that the case names, by their path from its own folder.
        source: the bytes as read, for the manifest.
        data: the tree: read-only mappings and tuples.
    """

    def __init__(self, source: bytes, data: dict[str, object], file: Path, beside: Beside) -> None:
        self.name = file.stem
        self.file = str(file)
        self.beside = beside
        self.source = source
        self.data: Mapping[str, object] = _frozen(data)  # type: ignore[assignment]  # a dict freezes to a mapping

    @cached_property
    def _places(self) -> Mapping[Key, tuple[int, int]]:
        # Places are asked for only when something is wrong, so the grammar waits until then.
        from wvp_docs.toml_places import places  # noqa: PLC0415

        return places(self.source.removeprefix(_BOM))

    def get(self, path: str) -> object:
        """Return the answer at the path, or None when nothing was given there."""
        value: object = self.data
        for step in key_of(path):
            if isinstance(step, int):
                if not isinstance(value, tuple) or step >= len(value):
                    return None
                value = value[step]
            else:
                # All tables are frozen; to ask whether it is any Mapping takes ten times as long.
                if not isinstance(value, MappingProxyType):
                    return None
                value = value.get(step)
        return value

    def has(self, path: str) -> bool:
        """Return whether something was given at the path; a blank text or empty list is nothing."""
        value = self.get(path)
        if isinstance(value, str):
            return bool(value.strip())
        return value not in (None, ())

    def place(self, path: str) -> Place:
        """Return where the path stands, or the nearest table above it, or the file's first line."""
        key = key_of(path)
        while key:
            if key in self._places:
                return Place(self.file, *self._places[key])
            key = key[:-1]
        return Place(self.file, 1, 1)


def load_case(path: Path, also: tuple[Path, ...] = ()) -> Case:
    """Return the case in the file.

    A byte order mark, as Notepad writes it, is allowed and ignored.

    Args:
        path: of the file.
        also: folders in which the files that it names may stand, besides its own.

    Raises:
        CaseError: it cannot be read, is empty or too large, or is no TOML of this schema.
    """
    return parse_case(read_source(path), path, OnDisk(path.parent, also))


def parse_case(source: bytes, path: Path, beside: Beside | None = None) -> Case:
    """Return the case in the bytes.

    Args:
        source: as they stand in the file.
        path: names the case in messages.
        beside: the files that it names; None: those in the folder of `path`.

    Raises:
        CaseError: as `load_case`.
    """
    if len(source) > MAX_BYTES:
        size = f"{len(source) / 1_000_000:.0f} MB"
        raise CaseError(
            f"{path} is te groot voor een casus ({size}).",
            hint="Neem rapporten en scans op als bijlage, niet als tekst in het casusbestand.",
        )
    try:
        text = source.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CaseError(
            f"{path}:{line}: het bestand is geen UTF-8.",
            hint="Bewaar het opnieuw met de codering UTF-8 (in Kladblok: Opslaan als, Codering).",
        ) from error
    if not text.strip():
        raise CaseError(
            f"{path} is leeg.", hint="Maak een voorbeeld om in te vullen met: wvp-docs new."
        )
    if line := line_beyond(text):
        raise CaseError(
            f"{path}:{line}: hier is het te diep genest, of te veel, voor een casus.",
            hint="Kijk of er een rij punten te veel staat, of een deel dat zich blijft herhalen.",
        )
    try:
        case = Case(source, tomllib.loads(text), path, beside or OnDisk(path.parent))
    except RecursionError as error:
        raise CaseError(
            f"{path} is te diep genest voor een casus.", hint="Kijk of een [ of { te veel staat."
        ) from error
    except tomllib.TOMLDecodeError as error:
        fault = fault_of(text, str(error))
        raise CaseError(f"{path}:{fault.place}: {fault.cause}.", hint=fault.hint) from error
    except ValueError as error:  # Python refuses to read a number of thousands of digits
        raise CaseError(
            f"{path}: er staat een getal in met veel te veel cijfers.",
            hint="Zet tekst tussen aanhalingstekens.",
        ) from error
    _refuse_other_schema(path, case.data)
    return case


def read_source(path: Path) -> bytes:
    """Return the bytes of a case file; of one that is far too large only the beginning.

    Raises:
        CaseError: it cannot be read.
    """
    try:
        if path.is_dir():
            raise CaseError(
                f"{path} is een map, geen casusbestand.", hint=f"Bedoelde u {path / 'case.toml'}?"
            )
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise CaseError(
            f"{path} bestaat niet.",
            hint="Kijk de naam en de map na, of maak er een met: wvp-docs new.",
        ) from error
    except OSError as error:
        raise CaseError(
            f"{path} is niet te lezen: {reason(error)}.",
            hint="Kijk de rechten van het bestand na.",
        ) from error


def _refuse_other_schema(path: Path, data: Mapping[str, object]) -> None:
    schema = data.get("schema")
    known = isinstance(schema, int) and not isinstance(schema, bool)
    if known and schema == SCHEMA:
        return
    if isinstance(schema, int) and schema > SCHEMA:
        raise CaseError(
            f"{path} is gemaakt voor een nieuwere wvp-docs; deze leest schema {SCHEMA}.",
            hint="Werk wvp-docs bij.",
        )
    raise CaseError(
        f"{path}: de eerste regel hoort schema = {SCHEMA} te zijn.",
        hint=f"Zet schema = {SCHEMA} bovenaan, voor de eerste tabel.",
    )
