"""Faults: what stops the work, each with an exit code, a Dutch sentence and a way out.

What is wrong *in* a case is not a fault but a value: see `findings`.
"""

from __future__ import annotations

import errno
from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What the process tells its caller; public and never renumbered."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    FINDINGS = 3
    CASE = 4
    DEFINITION = 5
    ENGINE = 6
    OUTPUT = 7
    PARTIAL = 8
    INTERRUPTED = 130


class WvpError(Exception):
    """An expected fault; `str()` is a finished Dutch sentence, never a traceback.

    Args:
        message: what is wrong, with its place, as a sentence.
        hint: what the reader can do about it; empty when the sentence already says so.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class CaseError(WvpError):
    """The case file is missing, is no TOML, or has a shape nothing can be read from."""

    exit_code = ExitCode.CASE


class DefinitionError(WvpError):
    """A definition in `forms/` or a template in `templates/` is broken: not the case's fault."""

    exit_code = ExitCode.DEFINITION


class TemplateError(DefinitionError):
    """A Word template cannot be read or rendered; the sentence names the template and the tag."""


class EngineError(WvpError):
    """A converter failed, timed out, or wrote something that is not the document."""

    exit_code = ExitCode.ENGINE


class EngineMissingError(EngineError):
    """The converter is not on this machine; the hint names the package to install."""


class OutputError(WvpError):
    """A result could not be written, or would overwrite what this tool did not make."""

    exit_code = ExitCode.OUTPUT


_REASONS = {
    errno.EACCES: "geen toegang",
    errno.EPERM: "geen toegang",
    errno.EROFS: "deze schijf is alleen om te lezen",
    errno.ENOENT: "bestand of map bestaat niet",
    errno.EEXIST: "er staat al iets met die naam",
    errno.ENOTDIR: "een deel van het pad is een bestand, geen map",
    errno.EISDIR: "het is een map, geen bestand",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "uw ruimte op de schijf is vol",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EIO: "de schijf geeft een fout",
}


def reason(error: OSError) -> str:
    """Return in Dutch why the system refused; `strerror` is English on every machine."""
    known = _REASONS.get(error.errno or 0)
    return known or f"het systeem meldt fout {error.errno or 'zonder nummer'}"
