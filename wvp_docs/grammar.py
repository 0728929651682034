"""How a definition is read: one TOML file, known keys only, and a fault that names the place."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wvp_docs.errors import DefinitionError, reason
from wvp_docs.fields import CONDITION_WORDS, Condition
from wvp_docs.toml_bounds import line_beyond
from wvp_docs.toml_faults import fault_of

Table = Mapping[str, Any]


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that a misspelt one was probably meant to be, or an empty string."""
    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return match[0] if match else ""


def closest(word: str, known: Iterable[str]) -> str:
    """Return a sentence that proposes the known word nearest to a misspelt one, or nothing."""
    match = nearest(word, known)
    return f"Bedoelde u {match}?" if match else ""


def read(path: Path) -> dict[str, Any]:
    """Return the tables of a definition.

    Raises:
        DefinitionError: the file is missing, cannot be read, or is no TOML.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise DefinitionError(
            f"De definitie {path.name} is niet te lezen: {reason(error)}.",
            hint="Kijk of de map met definities volledig is, of installeer wvp-docs opnieuw.",
        ) from error
    return parse(source, path.name)


def parse(source: bytes, name: str) -> dict[str, Any]:
    """Return the tables of a definition that was read before; `name` is for the messages.

    Raises:
        DefinitionError: it is no TOML.
    """
    try:
        text = source.decode("utf-8-sig")
        if line := line_beyond(text):
            raise DefinitionError(
                f"De definitie {name}, regel {line}, is te diep genest.",
                hint="Kijk of er punten te veel staan.",
            )
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise DefinitionError(
            f"De definitie {name} is geen UTF-8.", hint="Bewaar het bestand als UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        fault = fault_of(text, str(error))
        raise DefinitionError(f"{name}:{fault.place}: {fault.cause}.", hint=fault.hint) from error


@contextmanager
def shape_of(file: str) -> Iterator[None]:
    """Turn what Python says of a table that is no table, or lacks a key, into a fault.

    Raises:
        DefinitionError: naming the file and, when that is what lacks, the key.
    """
    try:
        yield
    except KeyError as error:
        raise DefinitionError(
            f"{file}: sleutel {error} ontbreekt.",
            hint="Zie forms/README.md voor wat er moet staan.",
        ) from error
    except (TypeError, AttributeError, ValueError) as error:
        raise DefinitionError(
            f"{file}: iets heeft niet de goede vorm, bijvoorbeeld tekst waar een tabel hoort.",
            hint="Vergelijk het met forms/README.md en met een bestand dat wel goed is.",
        ) from error


class Grammar:
    """What every reader of a definition can do; knows the file's name for the messages."""

    def __init__(self, file: str) -> None:
        self.file = file

    def fail(self, where: str, message: str, hint: str = "") -> DefinitionError:
        """Return the fault that says what is wrong, and in which part of the file."""
        return DefinitionError(f"{self.file}: {where}: {message}", hint=hint)

    def known(self, table: Table, keys: Iterable[str], where: str) -> None:
        """Refuse a table with a key that is not in the grammar."""
        for key in table:
            if key not in keys:
                raise self.fail(where, f"onbekende sleutel {key!r}.", closest(key, keys))

    def conditions(self, raw: object, where: str) -> tuple[Condition, ...]:
        """Return the conditions that a table, or a list of tables, writes down."""
        tables: list[Any] = raw if isinstance(raw, list) else [raw] if raw else []
        found = []
        for table in tables:
            words = [key for key in table if key != "veld"]
            if "veld" not in table or len(words) != 1 or words[0] not in CONDITION_WORDS:
                raise self.fail(
                    where,
                    "een voorwaarde is een tabel met veld en precies één woord.",
                    f"Kies uit: {', '.join(CONDITION_WORDS)}.",
                )
            found.append(Condition(table["veld"], words[0], table[words[0]]))
        return tuple(found)
