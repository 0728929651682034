"""Where a house style stands: in the case, and in files beside it that many cases may share."""

from __future__ import annotations

import posixpath
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from wvp_docs.beside import Trouble
from wvp_docs.case import Case
from wvp_docs.findings import Place
from wvp_docs.formats import show_digits
from wvp_docs.grammar import closest
from wvp_docs.kinds import KINDS
from wvp_docs.toml_bounds import line_beyond
from wvp_docs.toml_faults import fault_of

TABLE, FILE = "huisstijl", "huisstijl.toml"
EMPLOYERS = "werkgevers"
"""Folder with a file for each employer by its KVK number, which is public and names no person.

Not a table for each in one file: a change for one employer would then change the input of every
case. Not by loonheffingennummer: that of a one-man business is the BSN of its owner.
"""

KEYS = ("logo", "kleur", "lettertype", "voettekst", "retouradres", "sjablonen")
_SHOWN = 30
"""Letters of a key that nobody knows."""
LARGEST = 100_000
"""Bytes: more is no house style."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file as a whole, or with a key in it: a sentence and a way out."""

    key: str
    place: Place
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One table of a house style.

    Attributes:
        table: what it says; an empty text keeps away what a source below it says.
        place: gives where a key stands.
        folder: what the files that it names are relative to, as seen from the case.
        faults: what is wrong with it besides its values.
    """

    table: Mapping[str, object]
    place: Callable[[str], Place]
    folder: str = ""
    faults: tuple[Fault, ...] = ()

    def path(self, name: str) -> str:
        """Return a file or folder that it names as seen from the case."""
        if not self.folder:
            return name
        return posixpath.normpath(posixpath.join(self.folder, name.replace("\\", "/")))

    @property
    def templates(self) -> str:
        """The folder with templates that it names; empty for none, and for that of the case."""
        name = self.table.get("sjablonen")
        folder = posixpath.normpath(self.path(name)) if isinstance(name, str) and name else "."
        return "" if folder == "." else folder


def sources_of(case: Case) -> tuple[Source, ...]:
    """Return what the case and the files beside it say; what comes first wins, key by key."""
    found = [_of_case(case)]
    found += [_of_file(case, name) for name in style_files(case) if case.beside.size(name)]
    return tuple(found)


def style_files(case: Case) -> tuple[str, ...]:
    """Return the names under which a house style may stand; none when none of them is there."""
    number = case.get("werkgever.kvk_nummer")
    known = isinstance(number, str) and not KINDS["kvk_nummer"].problem(number, {})
    own = (f"{EMPLOYERS}/{show_digits(str(number))}.toml",) if known else ()
    names = (*own, FILE)
    return names if any(case.beside.size(name) for name in names) else ()


def house_files(case: Case) -> tuple[str, ...]:
    """Return every file that the house style of a case needs, each once; some may be missing."""
    return tuple(dict.fromkeys((*style_files(case), *_named_in(case))))


def _named_in(case: Case) -> Iterator[str]:
    for source in sources_of(case):
        logo = source.table.get("logo")
        if isinstance(logo, str) and logo:
            yield source.path(logo)
        if source.templates:
            yield from case.beside.names(source.templates)


def _of_case(case: Case) -> Source:
    """Return what the case itself says; what is no line of text is left to the other checks."""
    table = case.get(TABLE)
    given = table if isinstance(table, Mapping) else {}
    lines = {
        key: value
        for key, value in given.items()
        if case.has(f"{TABLE}.{key}") and not KINDS["tekst"].problem(value, {})
    }
    return Source(lines, lambda key: case.place(f"{TABLE}.{key}"))


def _of_file(case: Case, name: str) -> Source:
    # The grammar is slow to load, and most cases have no such file.
    from wvp_docs.toml_places import places  # noqa: PLC0415

    file, folder = case.beside.where(name), posixpath.dirname(name)

    def broken(message: str, hint: str, line: int = 0, column: int = 0) -> Source:
        place = Place(file, line, column)
        return Source({}, lambda _key: place, folder, (Fault("", place, message, hint),))

    content = case.beside.read(name)
    if isinstance(content, Trouble):
        return broken(content.message, content.hint)
    if len(content) > LARGEST or line_beyond(content.decode("utf-8", "replace")):
        return broken("is te groot of te diep genest.", "Zet er alleen de huisstijl in.")
    try:
        text = content.decode("utf-8-sig")
        table = tomllib.loads(text)
    except UnicodeDecodeError:
        return broken("is geen UTF-8.", "Bewaar het opnieuw met de codering UTF-8.")
    except tomllib.TOMLDecodeError as error:
        fault = fault_of(text, str(error))
        return broken(f"is niet te lezen: {fault.cause}.", fault.hint, fault.line, fault.column)
    except (RecursionError, ValueError):
        return broken("is niet te lezen.", "Kijk of een [ of { te veel staat.")
    known = places(text.encode())
    # Who copies the lines from a case brings the name of the table along.
    inner = table.pop(TABLE) if isinstance(table.get(TABLE), dict) else {}
    table.update(inner)

    def place(key: str) -> Place:
        return Place(file, *known.get((TABLE, key) if key in inner else (key,), (1, 1)))

    faults = tuple(
        Fault(
            key,
            place(key),
            f"heeft een sleutel die niet bestaat: {key[:_SHOWN]}.",
            closest(key, KEYS) or f"Kies uit: {', '.join(KEYS)}.",
        )
        for key in table
        if key not in KEYS
    )
    return Source(table, place, folder, faults)
