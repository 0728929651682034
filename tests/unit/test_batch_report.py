from __future__ import annotations

import csv
import io
import json
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from wvp_docs.batch.orders import Fault, Noted
from wvp_docs.batch.report import Outcome, Report, Status, read_report
from wvp_docs.batch.report_files import report_files

DAY = date(2026, 11, 20)
ERRORS = (Noted("V001", "error", "werknemer.bsn", 3), Noted("R031", "error", "plan", 0))
WARNING = (Noted("R050", "warning", "verzuim", 9),)
LONG = Outcome("lang", "d/lang.toml", Status.MADE, "nieuw", documents=9, pages=40, seconds=4.21)
FAILED = Outcome(
    "kapot", "=1+1/<b>.toml", Status.FAILED, "nieuw", Fault("casus", "<i> klopt niet.", "Kijk.")
)
REPORT = Report(
    (
        FAILED,
        LONG,
        Outcome(
            "met", "met.toml", Status.WITH_ERRORS, "nieuw", findings=ERRORS + WARNING, seconds=0.5
        ),
        Outcome("oud", "oud.toml", Status.UNCHANGED, documents=3, pages=7),
        Outcome("rest", "rest.toml", Status.TO_DO),
    ),
    DAY,
    12.3456,
)


def test_the_json_has_a_line_per_case_the_totals_and_what_to_do() -> None:
    said = json.loads(report_files(REPORT)["report.json"])

    assert said["peildatum"] == "2026-11-20"
    assert said["totals"] == {
        "mislukt": 1,
        "gemaakt_met_fouten": 1,
        "te_doen": 1,
        "gemaakt": 1,
        "ongewijzigd": 1,
    }
    assert said["slowest"] == ["lang", "met"]
    assert [row["name"] for row in said["cases"]] == ["kapot", "lang", "met", "oud", "rest"]
    assert said["cases"][0]["fault"]["kind"] == "casus"
    assert any("--only-failed" in step for step in said["next"])
    assert any("--resume" in step for step in said["next"])


def test_a_report_reads_back_as_it_was() -> None:
    again = read_report(REPORT.json())

    assert again.outcomes == REPORT.outcomes
    assert again.today == DAY


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"cases": [1]}', b'{"cases": [{}]}'])
def test_what_is_no_report_is_not_read(content: bytes) -> None:
    with pytest.raises(ValueError):
        read_report(content)


def test_the_table_opens_in_a_dutch_excel_and_runs_no_formula() -> None:
    content = report_files(REPORT)["report.csv"]
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))

    assert content.startswith(b"\xef\xbb\xbf")
    assert rows[0][:3] == ["naam", "casus", "status"]
    assert rows[1][1] == "'=1+1/<b>.toml"
    assert dict(zip(rows[0], rows[1], strict=True))["wat_te_doen"] == "Kijk."
    assert rows[2][-2] == "4,21"
    assert rows[3][-1] == "V001 (regel 3), R031, R050 (regel 9)"
    assert len(rows) == 6


def test_a_build_server_sees_what_failed() -> None:
    suite = ET.fromstring(report_files(REPORT)["report.xml"])  # noqa: S314  our own

    counts = {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "5", "failures": "1", "errors": "1", "skipped": "2"}
    for tag, key in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        assert len(list(suite.iter(tag))) == int(suite.get(key, ""))
    (error,) = suite.iter("error")
    assert error.get("type") == "casus"
    assert error.text == "Kijk."


def test_the_page_begins_with_what_needs_a_person_and_shows_no_code_of_a_file_name() -> None:
    page = report_files(REPORT)["report.html"].decode()
    rows = page[page.index("<tbody>") :]

    assert [rows.index(f"<b>{name}") for name in ("kapot", "met", "rest", "lang", "oud")] == sorted(
        rows.index(f"<b>{name}") for name in ("kapot", "met", "rest", "lang", "oud")
    )
    assert "<i>" not in page
    assert "&lt;b&gt;.toml" in page
    assert "$" not in page


def test_every_form_says_which_findings_and_where() -> None:
    files = report_files(REPORT)
    said, page = json.loads(files["report.json"]), files["report.html"].decode()

    assert said["cases"][2]["findings"][0] == {
        "code": "V001", "severity": "error", "path": "werknemer.bsn", "line": 3
    }  # fmt: skip
    assert (said["cases"][2]["errors"], said["cases"][2]["warnings"]) == (2, 1)
    assert (said["documents"], said["pages"]) == (12, 47)
    assert (said["errors"], said["warnings"]) == (2, 1)
    assert "R031, V001 (regel 3)" in page or "V001 (regel 3), R031" in page
    assert "12 documenten, 47 bladzijden, 2 fouten, 1 waarschuwingen" in page
    assert "warning R050 met.toml:9 verzuim" in files["report.xml"].decode()


def test_the_page_leads_to_what_was_made() -> None:
    page = report_files(REPORT)["report.html"].decode()

    assert "<a href='lang/'><b>lang</b></a> <a href='lang/wia-bundel.pdf'>" in page
    assert "href='kapot/" not in page


def test_when_strict_a_build_server_sees_warnings_as_failures() -> None:
    warned = Outcome("a", "a.toml", Status.MADE, findings=WARNING)
    plain, strict = (report_files(Report((warned,), DAY, strict=it)) for it in (False, True))

    assert b'failures="0"' in plain["report.xml"]
    assert b'failures="1"' in strict["report.xml"]


def test_a_name_that_is_no_text_can_be_told_and_read_back() -> None:
    odd = Outcome("x", "map/\udce9\x07.toml", Status.FAILED, fault=Fault("casus", "\udce9 mis."))
    files = report_files(Report((odd,), DAY))

    assert read_report(files["report.json"]).outcomes == (odd,)
    assert ET.fromstring(files["report.xml"]).get("errors") == "1"  # noqa: S314  our own
    assert all(files.values())


def test_errors_of_a_case_that_did_not_change_are_not_forgotten() -> None:
    sound = Outcome("a", "a.toml", Status.MADE)
    report = Report((sound, Outcome("b", "b.toml", Status.UNCHANGED, findings=ERRORS)), DAY)
    files = report_files(report)
    page = files["report.html"].decode()

    assert report.next_steps() == (
        "1 casus heeft fouten. Welke, staat in het verslag; wvp-docs explain legt uit.",
    )
    assert ET.fromstring(files["report.xml"]).get("failures") == "1"  # noqa: S314  our own
    assert page.index("<b>b<") < page.index("<b>a<")


def test_an_empty_report_is_a_report() -> None:
    assert read_report(Report((), DAY).json()).outcomes == ()
    assert Report((), DAY).next_steps() == ()
