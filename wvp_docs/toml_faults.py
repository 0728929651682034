"""What is wrong with a file that is no TOML, in Dutch: tomllib says it in English only."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)$")
_CAUSES = tuple(
    (re.compile(pattern), cause)
    for pattern, cause in (
        (r"overwrite|twice|mutate|Duplicate|redefine", "deze sleutel of tabel staat er twee keer"),
        (r"date or datetime", "deze datum bestaat niet"),
        (
            r"Unterminated|Illegal character '\\n'|Expected \"'|Expected '\"",
            "een aanhalingsteken aan het eind ontbreekt",
        ),
        (r"Illegal character|invalid character", "hier staat een teken dat niet mag"),
        (r"Unescaped|hex value|Escaped", "een \\ in een tekst moet u als \\\\ schrijven"),
        (r"Expected '='", "na een sleutel hoort een ="),
        (r"Expected ']", "de naam van een tabel hoort tussen [ en ] te staan"),
        (r"Unclosed", "een [ of { wordt niet gesloten"),
        (r"key part|Invalid statement", "hier hoort een sleutel te staan: letters, cijfers en _"),
        (r"Expected newline", "achter deze waarde staat iets te veel"),
        (r"Invalid value", "hier ontbreekt een waarde, of de aanhalingstekens om een tekst"),
    )
)
_TYPED = tuple(
    (re.compile(r"(?:^|[{,])\s*[\w.\"-]+\s*=\s*" + pattern, re.IGNORECASE), cause, hint)
    for pattern, cause, hint in (
        (
            r"[\d.]+,\d",
            "een getal met een komma kan hier niet",
            "Schrijf een getal met een punt: 32.5.",
        ),
        (
            r"\d{1,2}[-/]\d{1,2}[-/]\d{2}",
            "een datum begint hier met het jaar",
            "Schrijf jjjj-mm-dd: 2024-02-20.",
        ),
        (
            r"(ja|nee|yes|no|true|false)\b",
            "ja en nee schrijft u hier anders",
            "Schrijf true (ja) of false (nee), met kleine letters.",
        ),
        (r"[“”„‘’«»]", "dit zijn geen rechte aanhalingstekens", 'Typ ze opnieuw: "…".'),
        (
            r"\d[\d .-]*[A-Z ]*$",
            "een nummer dat geen getal is, hoort tussen aanhalingstekens",
            'Schrijf bijvoorbeeld "0612345678" of "1234 AB".',
        ),
    )
)
"""What people type in a case that is no TOML: what stands after the = in the line that failed."""


@dataclass(frozen=True, slots=True)
class TomlFault:
    """Where a file stops being TOML, why, and what to do; the cause is a clause without a stop."""

    line: int
    column: int
    cause: str
    hint: str

    @property
    def place(self) -> str:
        """Line and column as messages write them: `12:3`."""
        return f"{self.line}:{self.column}"


def fault_of(text: str, complaint: str) -> TomlFault:
    """Return what tomllib found; only its English sentence holds the cause and the place.

    Args:
        text: the file.
        complaint: the sentence of the `TOMLDecodeError`.
    """
    at = _AT.search(complaint)
    lines = text.rstrip().split("\n")
    line = int(at.group(1)) if at and at.group(1) else len(lines)
    column = int(at.group(2)) if at and at.group(2) else 1
    cause = next((it for pattern, it in _CAUSES if pattern.search(complaint)), "geen TOML")
    hint = "Kijk deze regel na." if at and at.group(1) else "Kijk ook de regels erboven na."
    if re.search(r"Expected newline|Expected '='|Invalid value", complaint):
        shown = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
        typed = (it[1:] for it in _TYPED if it[0].search(shown))
        cause, hint = next(typed, (cause, hint))
    return TomlFault(line, column, cause, hint)
