"""The picture of a timeline, the reminders, and the list of all cases."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from PIL import Image, ImageFont

from wvp_docs.dossier import Dossier
from wvp_docs.forms import Library
from wvp_docs.timeline.drawing import Drawing, Text, png, svg
from wvp_docs.timeline.picture import picture_of
from wvp_docs.timeline.reminders import agenda_of, calendar_of
from wvp_docs.timeline.steps import timeline_of
from wvp_docs.timeline.worklist import worklist

Make = Callable[[str], Dossier]
ILL = "verzuim.eerste_ziektedag = 2024-01-15\n"
TODAY = date(2024, 3, 1)


def drawn(dossier: Dossier, today: date = TODAY) -> Drawing:
    return picture_of(timeline_of(dossier, today), dossier.kenmerk)


def texts(drawing: Drawing) -> list[Text]:
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


LONG = 'verzuim.dossiernummer = "<&\\u0007' + "lang " * 30 + '"\n'
CASES = [
    pytest.param("", TODAY, id="only a first sick day"),
    pytest.param("probleemanalyse.datum = 2024-02-28", TODAY, id="something late and done"),
    pytest.param("dienstverband.einde = 2024-02-01", TODAY, id="nothing to do"),
    pytest.param("dienstverband.einde = 2024-06-01", date(1990, 1, 1), id="today far away"),
    pytest.param("verzuim.loonsanctie_tot = 2031-01-01", TODAY, id="many years"),
    pytest.param(
        "verzuim.verlof = [{ van = 2024-05-01, tot_en_met = 2024-08-20, zelfde_oorzaak = true }]",
        date(2024, 5, 2),
        id="leave",
    ),
    pytest.param(LONG, TODAY, id="a long number with signs"),
]


@pytest.mark.parametrize(("text", "today"), CASES)
def test_every_picture_is_sound_svg_and_png_of_the_same_size(
    dossier_of: Make, text: str, today: date
):
    drawing = drawn(dossier_of(ILL + text), today)
    root = ET.fromstring(svg(drawing))  # noqa: S314  we wrote it ourselves

    with Image.open(io.BytesIO(png(drawing))) as page:
        assert page.size == (2 * drawing.width, 2 * drawing.height)
    assert (root.get("width"), root.get("height")) == (str(drawing.width), str(drawing.height))


@pytest.mark.parametrize(("text", "today"), CASES)
def test_no_words_overlap_or_leave_the_page(dossier_of: Make, text: str, today: date):
    drawing = drawn(dossier_of(ILL + text), today)
    boxes = []
    for words in texts(drawing):
        # Aileron, which Pillow brings along, is as wide as Arial: the widest font that we name.
        width = ImageFont.load_default(words.size).getlength(words.words)
        left = words.x - {"start": 0, "middle": width / 2, "end": width}[words.anchor]
        assert left >= 0
        assert left + width <= drawing.width
        assert words.y <= drawing.height
        boxes.append((left, left + width, words.y - 0.75 * words.size, words.y))

    for one, other in itertools.combinations(boxes, 2):
        apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
        assert apart


def test_a_picture_says_what_was_done_and_what_is_late(dossier_of: Make):
    drawing = drawn(dossier_of(ILL + "probleemanalyse.datum = 2024-02-20"), date(2024, 3, 6))
    words = [text.words for text in texts(drawing)]

    assert "Tijdlijn dossier WVP-2024-01-15" in words
    assert "gedaan op 20-02-2024" in words
    assert "te laat: 1 dag" in words
    assert "vandaag 06-03-2024" in words
    assert "advies 05-03-2024 · uiterlijk 05-03-2024" in words


def test_a_picture_tells_today_and_tomorrow(dossier_of: Make):
    words = [text.words for text in texts(drawn(dossier_of(ILL), date(2024, 2, 26)))]
    sooner = [text.words for text in texts(drawn(dossier_of(ILL), date(2024, 2, 25)))]

    assert "binnenkort: vandaag" in words
    assert "binnenkort: morgen" in sooner


def test_a_picture_without_a_first_sick_day_is_refused(dossier_of: Make):
    with pytest.raises(ValueError, match="first sick day"):
        drawn(dossier_of(""))


def test_a_picture_is_made_without_any_font_of_the_machine(
    dossier_of: Make, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("wvp_docs.timeline.drawing._FONT_FILES", {False: ("none.ttf",), True: ()})

    assert png(drawn(dossier_of(ILL))).startswith(b"\x89PNG")


PERSON = """
verzuim.dossiernummer = "2024-017"
werknemer = { achternaam = "Mertens", bsn = "999990019" }
"""


def events(content: bytes) -> list[Calendar]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def calendar(*dossiers: Dossier, today: date = TODAY) -> bytes:
    return calendar_of(agenda_of(it, timeline_of(it, today)) for it in dossiers)


def test_reminders_are_whole_days_on_the_advice_with_two_alarms(dossier_of: Make):
    plan = next(it for it in events(calendar(dossier_of(ILL))) if "Plan van" in it["summary"])
    alarms = [alarm["trigger"].dt for alarm in plan.walk("VALARM")]

    assert plan["dtstart"].dt == date(2024, 3, 8)
    assert plan["summary"] == ("Plan van aanpak: uiterlijk 11-03-2024 (dossier WVP-2024-01-15)")
    assert alarms == [timedelta(days=-14, hours=9), timedelta(days=-3, hours=9)]


def test_what_is_done_or_not_needed_gives_no_reminder(dossier_of: Make):
    dossier = dossier_of(ILL + "probleemanalyse.datum = 2024-02-20\nverzuim.aow_datum = 2024-03-04")

    assert len(events(calendar(dossier))) == 1  # the 42-week report


def test_reminders_do_not_know_the_clock_nor_the_person(dossier_of: Make):
    content = calendar(dossier_of(ILL + PERSON))

    assert content == calendar(dossier_of(ILL + PERSON))
    assert b"20240115T000000Z" in content
    assert not [word for word in (b"Mertens", b"999990019") if word in content]


def test_a_reminder_keeps_its_id_when_its_date_moves_and_no_two_share_one(dossier_of: Make):
    before, after = (
        dossier_of(ILL + PERSON),
        dossier_of(ILL + PERSON + "probleemanalyse.datum = 2024-02-28"),
    )
    ids = [{str(event["uid"]) for event in events(calendar(it))} for it in (before, after)]
    other = dossier_of(ILL + 'verzuim.dossiernummer = "2024-018"')

    assert ids[1] < ids[0]
    assert len({str(it["uid"]) for it in events(calendar(before, other))}) == 2 * len(ids[0])


def test_the_list_of_a_folder_is_by_date_and_survives_a_broken_case(
    tmp_path: Path, library: Library
):
    for name, text in {
        "a": "schema = 1\n" + ILL,
        "b/case": "schema = 1\nverzuim.eerste_ziektedag = 2024-01-08",
        "c": "schema = 1\n[verzuim",
        "d": "schema = 1",
        ".hidden/e": "no case",
    }.items():
        file = tmp_path / f"{name}.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    found = worklist([tmp_path], library, TODAY)
    rows = [(row.step.key, Path(row.file).stem) for row in found.rows(date(2024, 3, 15))]

    assert rows == [
        ("probleemanalyse", "case"),
        ("probleemanalyse", "a"),
        ("plan_van_aanpak", "case"),
        ("plan_van_aanpak", "a"),
    ]
    assert [str(fault).partition(":")[0][-6:] for fault in found.faults] == ["c.toml", "d.toml"]
    assert found.is_late
