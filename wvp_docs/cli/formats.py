"""Findings as other programs read them: SARIF 2.1.0, and the workflow commands of GitHub.

No address on this machine leaves it: a file is named as seen from the working folder, or from the
folder that the files have in common.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from wvp_docs import __version__
from wvp_docs.errors import WvpError
from wvp_docs.findings import Finding, Place, Severity
from wvp_docs.rules import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


@dataclass(frozen=True, slots=True)
class Names:
    """How files are called outside this machine."""

    working: Path
    common: Path

    @classmethod
    def of(cls, files: Iterable[str]) -> Names:
        """Return the names for these files, seen from the working folder."""
        folders = [str(Path(file).absolute().parent) for file in files]
        try:
            common = Path(os.path.commonpath(folders)) if folders else Path.cwd()
        except ValueError:  # on two drives
            common = Path.cwd()
        return cls(Path.cwd(), common)

    def of_file(self, file: str) -> str:
        """Return the name of a file, with slashes and without the folders above."""
        path = Path(os.path.normpath(Path(file).absolute()))
        for root in (self.working, self.common):
            if path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return path.name

    def without_folders(self, text: str) -> str:
        """Return a sentence in which no file is named by its full address."""
        for root in (self.working, self.common):
            text = text.replace(f"{root}{os.sep}", "")
        return text


def sarif(
    findings: Sequence[Finding],
    faults: Sequence[WvpError],
    rules: Mapping[str, Rule],
    names: Names,
) -> dict[str, Any]:
    """Return the findings as one run in SARIF 2.1.0, ready for `json.dumps`.

    Args:
        findings: those of all cases.
        faults: what was wrong with the cases that could not be read.
        rules: the explanations; a code without one gets a rule all the same.
        names: what the files are called.
    """
    codes = sorted({finding.code for finding in findings})
    driver = {
        "name": "wvp-docs",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code, rules.get(code)) for code in codes],
    }
    invocation = {
        "executionSuccessful": not faults,
        "toolExecutionNotifications": [
            {"level": "error", "message": {"text": names.without_folders(str(fault))}}
            for fault in faults
        ],
    }
    run = {
        "tool": {"driver": driver},
        "language": "nl-NL",
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": [_result(finding, codes.index(finding.code), names) for finding in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": code, "shortDescription": {"text": code}}
    shown: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": rule.titel},
        "fullDescription": {"text": rule.uitleg},
        "help": {"text": f"{rule.uitleg}\nBron: {rule.bron}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    return {**shown, "helpUri": rule.adres} if rule.adres else shown


def _result(finding: Finding, rule: int, names: Names) -> dict[str, Any]:
    result = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _sentence(finding)},
        "locations": [
            {
                **_location(finding.place, names),
                "logicalLocations": [{"fullyQualifiedName": finding.path}],
            }
        ],
    }
    if finding.also:
        other = {**_location(finding.also, names), "message": {"text": "Zie ook hier."}}
        result["relatedLocations"] = [{"id": 1, **other}]
    return result


def _location(place: Place, names: Names) -> dict[str, Any]:
    region = {"startLine": max(place.line, 1), "startColumn": max(place.column, 1)}
    address = {"uri": quote(names.of_file(place.file)), "uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": address, "region": region}}


def github(findings: Iterable[Finding], names: Names) -> Iterable[str]:
    """Yield the workflow command that shows each finding at its line of a pull request."""
    for finding in findings:
        place = finding.place
        properties = {
            "file": names.of_file(place.file),
            "line": str(max(place.line, 1)),
            "col": str(max(place.column, 1)),
            "title": finding.code,
        }
        listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        yield f"::{_COMMANDS[finding.severity]} {listed}::{_data(_sentence(finding))}"


def _sentence(finding: Finding) -> str:
    return f"{finding.message} {finding.hint}".strip()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
