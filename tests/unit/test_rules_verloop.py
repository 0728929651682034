"""Rules R033, R034, R037 and R038: did the re-integration keep its pace?

The dates are those of the worked example: first sick day Monday 15 January 2024.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.checks.deadlines_course import deadlines_course
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity

Make = Callable[[str], Dossier]
AT_END = date(2025, 10, 24)
D1 = "[verzuim]\neerste_ziektedag = 2024-01-15\n"
WARNING = Severity.WARNING
ABLE = 'benutbare_mogelijkheden = "ja"\n'
NOT_ABLE = 'benutbare_mogelijkheden = "nee_blijvend"\n'
ANALYSIS = f"[probleemanalyse]\ndatum = 2024-02-20\n{ABLE}"
PLAN = "[plan_van_aanpak]\ndatum = 2024-03-01\n"
YEAR = "[eerstejaarsevaluatie]\n"
FINAL = "[eindevaluatie]\ndatum = {}\n"
TALK = "[[voortgangsverslag]]\ndatum = {}\n"
ADVICE = f"[[bijstelling_probleemanalyse]]\n{ABLE}bijstelling_plan_nodig = true\ndatum = {{}}\n"
ADJUSTED = "[[bijstelling_plan_van_aanpak]]\ndatum = {}\n"


def found(dossier: Dossier, today: date = AT_END, codes: str = "") -> list[Finding]:
    findings = deadlines_course(Situation(dossier, today))
    return [it for it in findings if not codes or it.code in codes.split()]


def seen(
    dossier: Dossier, today: date = AT_END, codes: str = ""
) -> list[tuple[str, str, Severity]]:
    return [(it.code, it.path, it.severity) for it in found(dossier, today, codes)]


@pytest.mark.parametrize(
    ("contacts", "today", "paths"),
    [
        (TALK.format("2024-04-19"), "2024-06-07", []),  # 49 and 49 days
        (TALK.format("2024-04-20"), "2024-06-07", ["voortgangsverslag[0].datum"]),
        (TALK.format("2024-04-19"), "2024-06-08", ["voortgangsverslag[0].datum"]),
        ("", "2024-04-20", ["plan_van_aanpak.datum"]),
        (TALK.format("'mei'"), "2024-06-30", []),  # who knows when that was
        (ADJUSTED.format("2024-04-12"), "2024-05-31", []),
        (FINAL.format("2024-04-12"), "2025-05-31", []),
        (FINAL.format("2024-04-12") + TALK.format("2025-04-12"), "2025-05-31", []),
        (f"[[bijstelling_probleemanalyse]]\ndatum = 2024-04-01\n{NOT_ABLE}", "2024-09-01", []),
        ("[dienstverband]\neinde = 2024-04-10\n", "2024-09-01", []),
    ],
)
def test_contact_is_at_least_every_six_weeks(
    dossier_of: Make, contacts: str, today: str, paths: list[str]
) -> None:
    dossier = dossier_of(D1 + ANALYSIS + PLAN + contacts)

    findings = seen(dossier, date.fromisoformat(today), "R033")
    assert findings == [("R033", path, WARNING) for path in paths]


def test_leave_is_no_time_of_silence(dossier_of: Make) -> None:
    leave = "[[verzuim.verlof]]\nvan = 2024-04-01\ntot_en_met = 2024-07-21\nzelfde_oorzaak = true\n"
    dossier = dossier_of(D1 + leave + ANALYSIS + PLAN + TALK.format("2024-08-01"))

    assert seen(dossier, date(2024, 8, 2), "R033") == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (ADVICE.format("2024-06-04") + ADJUSTED.format("2024-06-18"), ""),
        (
            ADVICE.format("2024-06-04") + ADJUSTED.format("2024-06-19"),
            "bijstelling_plan_van_aanpak[0].datum",
        ),
        (
            ADVICE.format("2024-06-04") + ADJUSTED.format("2024-06-03"),
            "bijstelling_probleemanalyse[0].bijstelling_plan_nodig",
        ),
        (ADVICE.format("2024-06-04") + f"{YEAR}datum = 2024-06-10", ""),
        (ADVICE.format("2024-06-04").replace("true", "false"), ""),
        (ADVICE.format("2024-06-04").replace('"ja"', '"nee_blijvend"'), ""),
        (ADVICE.format("2024-06-17"), ""),  # there is time until 1 July
        (ADVICE.format("2024-06-04") + ADJUSTED.format("'juni'"), ""),
        (
            TALK.format("2024-06-04") + "bijstelling_plan_nodig = true",
            "voortgangsverslag[0].bijstelling_plan_nodig",
        ),
        (
            ADVICE.format("2024-06-04")
            + ADVICE.format("2024-06-06")
            + ADJUSTED.format("2024-06-30"),
            "bijstelling_plan_van_aanpak[0].datum",
        ),
        (FINAL.format("2024-06-01") + ADVICE.format("2024-06-04"), ""),
    ],
)
def test_advice_is_followed_within_two_weeks(dossier_of: Make, text: str, path: str) -> None:
    findings = seen(dossier_of(D1 + ANALYSIS + text), date(2024, 7, 1), "R034")

    assert findings == ([("R034", path, WARNING)] if path else [])


DECIDED = f"{YEAR}datum = 2024-12-02\nspoor_2 = true\nspoor_2_startdatum = "
FULL = TALK.format("2025-03-01") + "werkt_nu = true\nsoort_werk = 'eigen_werk'\n"


@pytest.mark.parametrize(
    ("text", "today", "late"),
    [
        (f"{DECIDED}2025-01-13", "2025-10-24", False),
        (f"{DECIDED}2025-01-14", "2025-10-24", True),
        (f"{DECIDED}2025-01-14", "2024-12-03", True),  # planned too late
        (f"{DECIDED}2025-01-14\n{FULL}percentage_contract = 100", "2025-10-24", False),
        (f"{DECIDED}2025-01-14\n{FULL}uren_per_week = 31", "2025-10-24", True),
        (f"{DECIDED.replace('true', 'false')}2025-01-14", "2025-10-24", False),
        (f"{YEAR}datum = 2024-12-02\nspoor_2 = true", "2025-10-24", False),  # R073
        (f"{DECIDED}2025-01-14\n[dienstverband]\neinde = 2024-12-31", "2025-10-24", False),
    ],
)
def test_the_second_track_starts_in_time(
    dossier_of: Make,
    text: str,
    today: str,
    late: bool,  # noqa: FBT001  pytest gives it by name
) -> None:
    findings = seen(dossier_of(D1 + ANALYSIS + text), date.fromisoformat(today), "R037 R038")

    path = "eerstejaarsevaluatie.spoor_2_startdatum"
    assert findings == ([("R037", path, WARNING)] if late else [])


def test_the_contract_hours_say_what_is_full(dossier_of: Make) -> None:
    text = f"{DECIDED}2025-01-14\n{FULL}uren_per_week = 32\n[dienstverband]\ncontracturen = 32"

    assert seen(dossier_of(D1 + ANALYSIS + text), AT_END, "R037") == []


UNABLE = f"[probleemanalyse]\ndatum = 2024-02-20\n{NOT_ABLE}"
ABLE_AGAIN = f"[[bijstelling_probleemanalyse]]\n{ABLE}datum = {{}}\n"
WORKS = "werkt_nu = true\n"


@pytest.mark.parametrize(
    ("text", "today", "codes"),
    [
        (ABLE_AGAIN.format("2025-03-03"), "2025-04-28", []),
        (ABLE_AGAIN.format("2025-03-03"), "2025-04-29", ["R038"]),
        (ABLE_AGAIN.format("2025-03-03") + TALK.format("2025-04-28") + WORKS, "2025-06-01", []),
        (
            ABLE_AGAIN.format("2025-03-03") + TALK.format("2025-04-29") + WORKS,
            "2025-06-01",
            ["R038"],
        ),
        (ABLE_AGAIN.format("2025-03-03") + TALK.format("'mei'"), "2025-06-01", []),
        (ABLE_AGAIN.format("2025-01-12"), "2025-06-01", []),  # still in the first year
        ("", "2025-06-01", []),
    ],
)
def test_new_possibilities_after_a_year_are_used_within_eight_weeks(
    dossier_of: Make, text: str, today: str, codes: list[str]
) -> None:
    findings = found(dossier_of(D1 + UNABLE + text), date.fromisoformat(today), "R037 R038")

    assert [it.code for it in findings] == codes
