from __future__ import annotations

import io

import pytest
from rich.console import Console

from wvp_docs.batch.orders import Fault
from wvp_docs.batch.report import Outcome, Status
from wvp_docs.cli import progress

MADE = Outcome("a", "a.toml", Status.MADE, seconds=0.5)
SKIPPED = Outcome("c", "c.toml", Status.UNCHANGED)
FAILED = Outcome("b", "b.toml", Status.FAILED, fault=Fault("casus", "Mis."))


def test_elsewhere_than_on_a_terminal_a_line_tells_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0)
    assert list(progress.watched([MADE, FAILED], 2)) == [MADE, FAILED]

    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("Dossiers: 1 van 2 · 0 mislukt · ")
    assert lines[1].startswith("Dossiers: 2 van 2 · 1 mislukt · ")
    assert lines[1].endswith("nog geen minuut")


def test_a_short_run_elsewhere_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    list(progress.watched([MADE] * 3, 3))

    assert capsys.readouterr().err == ""


def test_what_was_skipped_first_says_nothing_of_the_time_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress.time, "monotonic", lambda: 10.0)
    pace = progress._Pace(60, begun=0.0)
    for _ in range(20):
        pace.add(SKIPPED)
    assert str(pace).endswith("nog onbekend")
    for _ in range(5):
        pace.add(MADE)

    assert str(pace) == "25 van 60 · 0 mislukt · 0,5 per seconde · nog 1 min"
    pace.add(SKIPPED)
    assert "0,6 per seconde" in str(pace)


@pytest.mark.parametrize(
    ("width", "words"),
    [(120, "2 van 2 · 1 mislukt · "), (80, "2 van 2 · 1 mislukt · "), (50, "2 van 2 · nog ")],
)
def test_on_a_terminal_a_bar_tells_it_and_goes_away(
    monkeypatch: pytest.MonkeyPatch, width: int, words: str
) -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=width, color_system=None)
    monkeypatch.setattr(progress, "console", lambda **_: screen)
    assert list(progress.watched([MADE, FAILED], 2)) == [MADE, FAILED]

    shown: str = screen.file.getvalue()  # type: ignore[attr-defined]
    assert words in shown
    assert "━" in shown
    assert "nog geen minuut" in shown


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "geen minuut"),
        (29, "geen minuut"),
        (95, "2 min"),
        (3599, "1:00 uur"),
        (9000, "2:30 uur"),
    ],
)
def test_time_left_is_told_in_words(seconds: float, words: str) -> None:
    assert progress._in_words(seconds) == words
