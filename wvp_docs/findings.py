"""Findings: what a person must look at in a case, as values with a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath


class Severity(StrEnum):
    """How much a finding weighs: only an error keeps a document from being made."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file; line and column count from 1, 0 is unknown."""

    file: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a case that a person must look at.

    Attributes:
        code: stable rule code, `R031` for a rule of the law, `V001` for a rule about the file.
        severity: only `ERROR` keeps the form from being made.
        form: key of the form that is touched, empty when the whole case is.
        path: place in the case tree, `verzuim.eerste_ziektedag`.
        place: file, line and column of that path, or of the table it should be in.
        message: a Dutch sentence; a BSN in it is masked.
        hint: what to do.
        source: the law or the form the rule comes from.
        also: the second place, when two answers clash.
    """

    code: str
    severity: Severity
    form: str
    path: str
    place: Place
    message: str
    hint: str = ""
    source: str = ""
    also: Place | None = None

    def as_dict(self) -> dict[str, str | int]:
        """Return the public JSON shape: one flat object, the place spelled out."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "form": self.form,
            "path": self.path,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "message": self.message,
            "hint": self.hint,
            "source": self.source,
        }


def in_file_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order in which a reader of the file meets them."""
    return tuple(
        sorted(findings, key=lambda f: (_name(f), f.place.line, f.place.column, f.path, f.code))
    )


def _name(finding: Finding) -> str:
    """Return the file without its folders, so that these do not change the order."""
    return PurePath(finding.place.file).name


def need_a_person(findings: Iterable[Finding], *, strict: bool) -> bool:
    """Return whether somebody must act: on an error, and when strict on a warning too."""
    heavy = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(finding.severity in heavy for finding in findings)
