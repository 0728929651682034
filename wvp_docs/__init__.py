"""Turn one case file into the complete dossier of the Wet verbetering poortwachter.

The public Python interface is `load`, `check` and `build`, with the values they take and give:

    case = wvp_docs.load("case.toml")
    findings = wvp_docs.check(case, today=date.today())
    result = wvp_docs.build(case, "uitvoer", today=date.today())
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wvp_docs.api import build, check, load
    from wvp_docs.case import Case
    from wvp_docs.errors import WvpError
    from wvp_docs.findings import Finding, Severity
    from wvp_docs.pipeline import Result

__version__ = "0.1.0"

__all__ = ["Case", "Finding", "Result", "Severity", "WvpError", "build", "check", "load"]

_HOMES = {
    "Case": "case",
    "Finding": "findings",
    "Result": "pipeline",
    "Severity": "findings",
    "WvpError": "errors",
    "build": "api",
    "check": "api",
    "load": "api",
}


def __getattr__(name: str) -> Any:
    # The public names are found on first use: `wvp-docs --help` must not wait for Word and PDF.
    if name not in _HOMES:
        raise AttributeError(f"module 'wvp_docs' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"wvp_docs.{_HOMES[name]}"), name)
