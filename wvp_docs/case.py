"""The case file: an immutable tree of answers that knows where each one stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from wvp_docs.errors import CaseError
from wvp_docs.findings import Place

SCHEMA = 1
"""The version of the case file that this tool reads."""

MAX_BYTES = 5_000_000
"""More is no case: the longest we know is 200 kB."""

Key = tuple[str | int, ...]

_STEP = re.compile(r'([A-Za-z0-9_-]+)|"([^"]*)"|\[(\d+)\]')
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def key_of(path: str) -> Key:
    """Return the steps of a written path: `a.b[0].c` gives `("a", "b", 0, "c")`."""
    return tuple(
        int(index) if index else bare or quoted for bare, quoted, index in _STEP.findall(path)
    )


def path_of(key: Key) -> str:
    """Return how a path is written: the inverse of `key_of`."""
    written = ""
    for step in key:
        if isinstance(step, int):
            written += f"[{step}]"
        else:
            name = step if _BARE.fullmatch(step) else f'"{step}"'
            written += f".{name}" if written else name
    return written


def _frozen(value: object) -> object:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(item) for key, item in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return value


class Case:
    """One case file: look answers up by path, and ask where they stand.

    Attributes:
        name: the stem of the file name.
        file: the path as the user gave it, for messages.
        folder: where the file stands; attachments are named relative to it.
        source: the bytes as read, for the manifest.
        data: the tree: read-only mappings and tuples.
    """

    def __init__(self, source: bytes, data: dict[str, object], file: Path) -> None:
        self.name = file.stem
        self.file = str(file)
        self.folder = file.parent
        self.source = source
        self.data: Mapping[str, object] = _frozen(data)  # type: ignore[assignment]  # a dict freezes to a mapping

    @cached_property
    def _places(self) -> Mapping[Key, tuple[int, int]]:
        # Places are asked for only when something is wrong, so the grammar waits until then.
        from wvp_docs.toml_places import places  # noqa: PLC0415

        return places(self.source)

    def get(self, path: str) -> object:
        """Return the answer at the path, or None when nothing was given there."""
        value: object = self.data
        for step in key_of(path):
            if isinstance(step, int):
                if not isinstance(value, tuple) or step >= len(value):
                    return None
                value = value[step]
            else:
                if not isinstance(value, Mapping):
                    return None
                value = value.get(step)
        return value

    def has(self, path: str) -> bool:
        """Return whether something was given at the path; an empty text or list is nothing."""
        value = self.get(path)
        return not (value is None or (isinstance(value, str | tuple) and not value))

    def place(self, path: str) -> Place:
        """Return where the path stands, or the nearest table above it, or the file's first line."""
        key = key_of(path)
        while key:
            if key in self._places:
                return Place(self.file, *self._places[key])
            key = key[:-1]
        return Place(self.file, 1, 1)

    def leaves(self) -> Iterator[tuple[Key, object]]:
        """Yield every answer that is not a table or an array of tables, with its steps."""
        yield from _leaves((), self.data)


def _leaves(key: Key, value: object) -> Iterator[tuple[Key, object]]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _leaves((*key, name), item)
    elif isinstance(value, tuple) and any(isinstance(item, Mapping) for item in value):
        for index, item in enumerate(value):
            yield from _leaves((*key, index), item)
    else:
        yield key, value


def load_case(path: Path) -> Case:
    """Return the case in the file.

    A byte order mark, as Notepad writes it, is allowed and ignored.

    Raises:
        CaseError: it cannot be read, is empty or too large, or is no TOML of this schema.
    """
    return parse_case(_read(path), path)


def parse_case(source: bytes, path: Path) -> Case:
    """Return the case in the bytes; `path` names it and tells where its attachments are.

    Raises:
        CaseError: as `load_case`.
    """
    if len(source) > MAX_BYTES:
        size = f"{len(source) / 1_000_000:.0f} MB"
        raise CaseError(
            f"{path} is te groot voor een casus ({size}).",
            hint="Neem rapporten en scans op als bijlage, niet als tekst in het casusbestand.",
        )
    source = source.removeprefix(b"\xef\xbb\xbf")
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise CaseError(
            f"{path}:{line}: het bestand is geen UTF-8.",
            hint="Bewaar het opnieuw met de codering UTF-8 (in Kladblok: Opslaan als, Codering).",
        ) from error
    if not text.strip():
        raise CaseError(
            f"{path} is leeg.", hint="Maak een voorbeeld om in te vullen met: wvp-docs new."
        )
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _toml_error(path, text, str(error)) from error
    except RecursionError as error:
        raise CaseError(f"{path} is te diep genest voor een casus.") from error
    _refuse_other_schema(path, data)
    return Case(source, data, path)


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise CaseError(
            f"{path} is een map, geen casusbestand.", hint=f"Bedoelde u {path / 'case.toml'}?"
        )
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise CaseError(
            f"{path} bestaat niet.",
            hint="Kijk de naam en de map na, of maak er een met: wvp-docs new.",
        ) from error
    except OSError as error:
        raise CaseError(
            f"{path} is niet te lezen: {error.strerror}.",
            hint="Kijk de rechten van het bestand na.",
        ) from error


def _refuse_other_schema(path: Path, data: dict[str, object]) -> None:
    schema = data.get("schema")
    if schema == SCHEMA and not isinstance(schema, bool):
        return
    if isinstance(schema, int) and schema > SCHEMA:
        raise CaseError(
            f"{path} is gemaakt voor een nieuwere wvp-docs (schema {schema}; deze leest {SCHEMA}).",
            hint="Werk wvp-docs bij.",
        )
    raise CaseError(
        f"{path}: de eerste regel hoort schema = {SCHEMA} te zijn.",
        hint=f"Zet schema = {SCHEMA} bovenaan, voor de eerste tabel.",
    )


_TOML_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")
_DECIMAL_COMMA = re.compile(r"=\s*\d+,\d")
_TOML_CAUSES = (
    (
        re.compile(r"overwrite|twice|mutate|Duplicate", re.IGNORECASE),
        "deze sleutel of tabel staat er twee keer",
    ),
    (re.compile(r"date or datetime"), "deze datum bestaat niet"),
    (
        re.compile(r"Unterminated|Illegal character '\\n'"),
        "een aanhalingsteken aan het eind ontbreekt",
    ),
    (re.compile(r"Illegal character"), "hier staat een onzichtbaar teken dat niet mag"),
    (re.compile(r"Unescaped"), "een \\ in een tekst moet u als \\\\ schrijven"),
    (re.compile(r"Expected '='"), "na een sleutel hoort een ="),
    (re.compile(r"Expected newline"), "achter deze waarde staat iets te veel"),
    (
        re.compile(r"Invalid value"),
        "hier ontbreekt een waarde, of tekst staat niet tussen aanhalingstekens",
    ),
)


def _toml_error(path: Path, text: str, complaint: str) -> CaseError:
    """Say in Dutch what tomllib found; only its English sentence holds the cause and the place."""
    at = _TOML_AT.search(complaint)
    lines = text.split("\n")
    line = int(at.group(1)) if at and at.group(1) else len(lines)
    column = int(at.group(2)) if at and at.group(2) else 1
    cause = next(
        (dutch for pattern, dutch in _TOML_CAUSES if pattern.search(complaint)), "dit is geen TOML"
    )
    shown = lines[line - 1] if line <= len(lines) else ""
    hint = "Kijk deze regel na."
    if _DECIMAL_COMMA.search(shown):
        cause = "een getal met een komma kan hier niet"
        hint = "Schrijf een getal met een punt: 32.5."
    return CaseError(f"{path}:{line}:{column}: {cause}.", hint=hint)
