"""The contents of the bundle name what is missing, as far as this dossier asks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.contents import Papers, contents
from wvp_docs.dossier import Dossier
from wvp_docs.timeline.steps import timeline_of

SHORT_REPORT = "Verkort re-integratieverslag"


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2024-02-25", False),
        ("2024-02-26", True),
        ("2024-03-24", True),
        ("2024-03-25", False),
        ("2026-12-31", False),
    ],
)
def test_a_short_report_is_missing_only_of_who_leaves_after_six_to_ten_weeks(
    dossier_of: Callable[[str], Dossier],
    end: str,
    expected: bool,  # noqa: FBT001  pytest gives it by name
) -> None:
    dossier = dossier_of(f"verzuim.eerste_ziektedag = 2024-01-15\ndienstverband.einde = {end}\n")
    lines = contents(dossier, Papers({}, {}, ()), timeline_of(dossier, date(2024, 4, 1)))

    assert (SHORT_REPORT in {line.titel for line in lines if line.is_missing}) == expected


def test_an_attachment_that_cannot_be_used_is_missing_and_named_by_its_kind_alone(
    dossier_of: Callable[[str], Dossier],
) -> None:
    row = '[[bijlage]]\nsoort = "{}"\ntitel = "Brief van de neuroloog"\nbestand = "weg.pdf"\n'
    dossier = dossier_of(row.format("overig") + row.format("arbeidsdeskundig_rapport"))
    lines = contents(dossier, Papers({}, {}, ()), timeline_of(dossier, date(2024, 4, 1)))

    found = [(it.nummer, it.titel, it.is_missing) for it in lines if it.key.startswith("bijlage:")]
    assert found == [("9a", "Arbeidsdeskundig rapport", True), ("9b", "Overig stuk", True)]
