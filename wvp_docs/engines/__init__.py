"""The engines there are, and the choice of one by name."""

from __future__ import annotations

import importlib.metadata
import subprocess
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from wvp_docs.engines.base import Engine
from wvp_docs.engines.libreoffice import INSTALL, LibreOfficeEngine, soffice
from wvp_docs.engines.msword import WordEngine
from wvp_docs.engines.rdocx import RdocxEngine
from wvp_docs.errors import EngineMissingError

__all__ = ["ENGINES", "Engine", "pick", "version_of"]

ENGINES: Mapping[str, Engine] = MappingProxyType(
    {engine.name: engine for engine in (RdocxEngine(), LibreOfficeEngine(), WordEngine())}
)
_HINTS = MappingProxyType(
    {
        "rdocx": "pip install rdocx",
        "libreoffice": INSTALL,
        "word": "Alleen op Windows met Microsoft Word: pip install pywin32.",
    }
)


def pick(name: str) -> Engine:
    """Return the engine with this name, ready to use.

    Raises:
        EngineMissingError: if there is no such engine, or it is not on this machine.
    """
    if name not in ENGINES:
        raise EngineMissingError(
            f"Omzetter '{name}' bestaat niet.", hint=f"Kies uit: {', '.join(ENGINES)}."
        )
    engine = ENGINES[name]
    if not engine.available():
        raise EngineMissingError(
            f"Omzetter '{name}' staat niet op deze computer.", hint=_HINTS[name]
        )
    return engine


def version_of(engine: Engine) -> str:
    """Return the version of the engine on this machine, or an empty string if it will not say."""
    if engine.name == "libreoffice":
        return _libreoffice_version()
    package = {"word": "pywin32"}.get(engine.name, engine.name)
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _libreoffice_version() -> str:
    program = soffice()
    return "" if program is None else _said_by(program)


@cache
def _said_by(program: str) -> str:
    """Return the version that a program names; asked once, for it takes as long as a document."""
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=30, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return next((word for word in said.split() if word[:1].isdigit()), "")
