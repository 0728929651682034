"""What holds for every timeline."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from wvp_docs.beside import OnDisk
from wvp_docs.case import Case
from wvp_docs.dossier import Dossier
from wvp_docs.library import load_library
from wvp_docs.timeline.steps import Timeline, timeline_of

LIBRARY = load_library(ROOT / "forms")
FIRST = date(2024, 1, 15)
TODAY = date(2025, 6, 1)
few = settings(max_examples=60)

Rows = list[tuple[int, int]]
RECOVERIES = st.lists(st.tuples(st.integers(-20, 900), st.integers(1, 27)), max_size=4)


def timeline(first: date, recoveries: Rows = (), **case: object) -> Timeline:  # type: ignore[assignment]
    rows = [
        {"hersteld_vanaf": on(first, start), "weer_ziek_vanaf": on(first, start + length)}
        for start, length in recoveries
    ]
    data = {"verzuim": {"eerste_ziektedag": first, "onderbrekingen": rows}, **case}
    return timeline_of(Dossier(Case(b"", data, Path("case.toml"), OnDisk(Path())), LIBRARY), TODAY)


def on(first: date, days: int) -> date:
    return first + timedelta(days=days)


@given(recoveries=RECOVERIES, days=st.integers(-20_000, 20_000))
@few
def test_a_first_day_n_days_later_moves_every_date_n_days(recoveries: Rows, days: int):
    here, there = timeline(FIRST, recoveries), timeline(on(FIRST, days), recoveries)
    shift = timedelta(days=days)

    for before, after in zip(here.stappen, there.stappen, strict=True):
        assert after.uiterlijk == (before.uiterlijk and before.uiterlijk + shift)
        assert after.vanaf == (before.vanaf and before.vanaf + shift)


@given(start=st.integers(1, 900), length=st.integers(1, 27))
@few
def test_an_interruption_never_moves_a_date_that_lies_before_it(start: int, length: int):
    plain, moved = timeline(FIRST), timeline(FIRST, [(start, length)])

    for before, after in zip(plain.stappen, moved.stappen, strict=True):
        assert before.uiterlijk
        assert after.uiterlijk
        # The first WIA day goes along with the end of the waiting time, the day before it.
        last = before.uiterlijk - timedelta(days=before.key == "eerste_wia_dag")
        moves = on(FIRST, start) <= last
        assert after.uiterlijk - before.uiterlijk == timedelta(days=length if moves else 0)


@given(recoveries=RECOVERIES)
@few
def test_terms_stay_in_the_order_of_the_law(recoveries: Rows):
    days = [step.uiterlijk for step in timeline(FIRST, recoveries).stappen if step.uiterlijk]

    assert len(days) == len(LIBRARY.terms.duties)
    assert days == sorted(days)


@given(recoveries=RECOVERIES)
@few
def test_advice_is_a_working_day_that_is_never_too_late(recoveries: Rows):
    for step in timeline(FIRST, recoveries).stappen:
        if step.advies and step.uiterlijk:
            assert step.advies <= step.uiterlijk
            assert step.advies.weekday() < 5


@given(first=st.dates(), recoveries=st.just([]))
@few
def test_no_first_day_of_the_calendar_is_too_far(first: date, recoveries: Rows):
    assert timeline(first, recoveries).as_dict()["eerste_ziektedag"] == first.isoformat()


WEIRD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)
NAMES = st.sampled_from(
    ["datum", "einde", "aow_datum", "loonsanctie_tot", "wia_aanvraag", "benutbare_mogelijkheden"]
)
TABLES = st.sampled_from(
    [
        "dienstverband",
        "uwv",
        "probleemanalyse",
        "bijstelling_probleemanalyse",
        "plan_van_aanpak",
        "actueel_oordeel",
    ]
)


@given(case=st.dictionaries(TABLES, WEIRD | st.dictionaries(NAMES, WEIRD)))
@few
def test_no_case_is_too_strange_for_a_timeline(case: dict[str, object]):
    assert len(timeline(FIRST, **case).stappen) == len(LIBRARY.terms.duties)
