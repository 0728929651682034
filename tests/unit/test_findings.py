"""Findings as values: their order, their weight, their public shape."""

from __future__ import annotations

import errno
import json
from typing import Any

import pytest

from wvp_docs import errors
from wvp_docs.errors import ExitCode, WvpError, reason
from wvp_docs.findings import Finding, Place, Severity, in_file_order, need_a_person


def finding(**changes: Any) -> Finding:
    sound = {
        "code": "V001",
        "severity": Severity.WARNING,
        "form": "",
        "path": "a",
        "message": "Hm.",
    }
    return Finding(**{"place": Place("c.toml", 1, 1), **sound, **changes})


def test_findings_stand_in_the_order_of_the_file():
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 2, 9), Place("a", 2, 1)]
    ordered = in_file_order(finding(place=place) for place in places)

    assert [item.place for item in ordered] == list(reversed(places))


def test_findings_at_one_place_are_ordered_by_path_and_code():
    found = [finding(path="b"), finding(code="V002"), finding(code="R001")]

    assert [(item.path, item.code) for item in in_file_order(found)] == [
        ("a", "R001"),
        ("a", "V002"),
        ("b", "V001"),
    ]


@pytest.mark.parametrize(
    ("severities", "relaxed", "strict"),
    [
        pytest.param([], False, False, id="none"),
        pytest.param([Severity.INFO], False, False, id="information"),
        pytest.param([Severity.WARNING, Severity.INFO], False, True, id="a warning"),
        pytest.param([Severity.INFO, Severity.ERROR], True, True, id="an error"),
    ],
)
def test_an_error_needs_a_person_and_a_warning_only_when_strict(
    severities: list[Severity], *, relaxed: bool, strict: bool
):
    findings = [finding(severity=item) for item in severities]

    assert need_a_person(findings, strict=False) is relaxed
    assert need_a_person(findings, strict=True) is strict


def test_the_public_shape_is_flat_and_never_changes():
    shape = json.loads(json.dumps(finding(hint="Doe dit.", source="Wet WIA").as_dict()))

    assert list(shape) == (
        ["code", "severity", "form", "path", "file", "line", "column", "message", "hint", "source"]
    )
    assert shape["severity"] == "warning"
    assert (shape["file"], shape["line"], shape["column"]) == ("c.toml", 1, 1)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("CaseError", 4),
        ("DefinitionError", 5),
        ("TemplateError", 5),
        ("EngineError", 6),
        ("EngineMissingError", 6),
        ("OutputError", 7),
    ],
)
def test_a_fault_has_its_exit_code_for_ever(fault: str, code: int):
    error: WvpError = getattr(errors, fault)("Zin.", hint="Raad.")

    assert (error.exit_code, str(error), error.hint) == (code, "Zin.", "Raad.")


def test_exit_codes_are_never_renumbered():
    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 130]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        pytest.param(OSError(errno.ENOSPC, "No space left"), "de schijf is vol", id="full"),
        pytest.param(PermissionError(errno.EACCES, "Permission"), "geen toegang", id="no access"),
        pytest.param(OSError(errno.EPROTO, "Protocol"), f"fout {errno.EPROTO}", id="unknown"),
        pytest.param(OSError("no number"), "zonder nummer", id="no number"),
    ],
)
def test_the_reason_of_the_system_is_dutch(error: OSError, text: str):
    assert text in reason(error)
