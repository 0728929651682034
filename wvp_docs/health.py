"""Is everything here that a build needs? One line per part, none of it about a person."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wvp_docs.engines import ENGINES, version_of
from wvp_docs.errors import WvpError, reason
from wvp_docs.forms import Library
from wvp_docs.library import load_library
from wvp_docs.pdf.document import fonts_of
from wvp_docs.templates.scaffold import scaffold_bundle
from wvp_docs.word import open_template

OLDEST_PYTHON = (3, 11)
TEXT_FONTS = ("Calibri", "Carlito")
"""The font of our templates, and the free one with the same widths."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found of one part; `needed` parts must be sound for a build."""

    name: str
    sound: bool
    message: str
    hint: str = ""
    needed: bool = True


def examine_machine(forms: Path, templates: Path, folder: Path) -> Iterator[Diagnosis]:
    """Yield the state of Python, the definitions, the templates, the engines and the folder."""
    version = platform.python_version()
    yield Diagnosis(
        "Python", sys.version_info >= OLDEST_PYTHON, version, "Installeer Python 3.11 of nieuwer."
    )
    try:
        library = load_library(forms)
        count = len(library.forms)
        yield Diagnosis("Definities", sound=True, message=f"{count} formulieren in {forms}")
        yield from _templates(library, templates)
    except WvpError as error:
        yield Diagnosis("Definities", sound=False, message=str(error), hint=error.hint)
    yield from _engines()
    yield _writable(folder)


def _templates(library: Library, folder: Path) -> Iterator[Diagnosis]:
    for stem in (*library.forms, "_bundel"):
        try:
            open_template(folder / f"{stem}.docx")
        except WvpError as error:
            yield Diagnosis(f"Sjabloon {stem}", sound=False, message=str(error), hint=error.hint)
            return
    yield Diagnosis(
        "Sjablonen", sound=True, message=f"{len(library.forms) + 1} sjablonen in {folder}"
    )


def _engines() -> Iterator[Diagnosis]:
    for name, engine in ENGINES.items():
        built_in = name == "rdocx"
        if not engine.available():
            hint = "Installeer wvp-docs opnieuw." if built_in else "Niet nodig: rdocx is ingebouwd."
            yield Diagnosis(
                f"Omzetter {name}", sound=False, message="niet gevonden", hint=hint, needed=built_in
            )
            continue
        try:
            (pdf,) = engine.convert([scaffold_bundle()])
        except WvpError as error:
            yield Diagnosis(
                f"Omzetter {name}",
                sound=False,
                message=str(error),
                hint=error.hint,
                needed=built_in,
            )
            continue
        message = f"{version_of(engine)}, een proef van {len(pdf) // 1000} kB lukte"
        yield Diagnosis(f"Omzetter {name}", sound=True, message=message, needed=built_in)
        yield _fonts(name, fonts_of(pdf), needed=built_in)


def _fonts(engine: str, used: tuple[str, ...], *, needed: bool) -> Diagnosis:
    """Judge by the fonts in the trial: a font that is not there is replaced in silence."""
    return Diagnosis(
        f"Lettertype {engine}",
        sound=any(font.startswith(TEXT_FONTS) for font in used),
        message=", ".join(used),
        hint="Installeer Calibri of Carlito: met een ander lettertype lopen de bladzijden anders.",
        needed=needed,
    )


def _writable(folder: Path) -> Diagnosis:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".wvp-docs-"):
            pass
    except OSError as error:
        return Diagnosis(
            "Schrijven",
            sound=False,
            message=f"in {folder}: {reason(error)}",
            hint="Kies een andere map met -o.",
        )
    free = getattr(os, "statvfs", None)
    room = (
        f", {free(folder).f_bavail * free(folder).f_frsize // 1_000_000_000} GB vrij"
        if free
        else ""
    )
    return Diagnosis("Schrijven", sound=True, message=f"in {folder} lukt{room}")
