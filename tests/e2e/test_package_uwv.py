"""The package for UWV: every document by itself under the limit, and a list of what to do."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import hostile_paper as paper
from conftest import ROOT
from packages import add, attach, build, names, of_example, one_line, words
from wvp_docs.options import Extras
from wvp_docs.pipeline import Result
from wvp_docs.sets.packages import Wishes


def test_uwv_gets_every_document_by_itself_in_order_under_the_limit(packaged: Result) -> None:
    pdfs = [name for name in names(packaged.out / "uwv") if name.endswith(".pdf")]

    assert all(re.fullmatch(r"\d\d_[a-z0-9-]+_\d{4}-\d\d-\d\d\.pdf", name) for name in pdfs)
    assert [int(name[:2]) for name in pdfs] == list(range(1, len(pdfs) + 1))
    assert pdfs[0].startswith("01_probleemanalyse_")
    assert pdfs[-1].endswith("spoor-2-rapport_2025-09-23.pdf")
    sizes = [(packaged.out / "uwv" / name).stat().st_size for name in pdfs]
    assert max(sizes) <= 10_000_000


def test_what_the_employee_sends_is_not_among_it(packaged: Result) -> None:
    pdfs = names(packaged.out / "uwv")

    assert not [name for name in pdfs if "oordeel-werknemer" in name or "medisch" in name]
    assert not [name for name in pdfs if "re-integratieverslag" in name]


def test_the_list_says_of_each_file_what_the_portal_asks(packaged: Result) -> None:
    content = (packaged.out / "uwv/uploadlijst.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    by_title = {row["titel"]: row for row in rows}

    assert [row["bestand"] for row in rows] == [
        name for name in names(packaged.out / "uwv") if name.endswith(".pdf")
    ]
    plan = by_title["Plan van aanpak"]
    assert (plan["soort_in_portaal"], plan["datum_ondertekening"]) == (
        "Plan van aanpak",
        "2024-03-04",
    )
    assert "ondertekende exemplaar" in plan["nog_nodig"]
    manifest = json.loads((packaged.out / "manifest.json").read_bytes())
    known = {row["file"]: row["sha256"] for row in manifest["outputs"]}
    assert {row["sha256"] for row in rows} == {known[f"uwv/{row['bestand']}"] for row in rows}


def test_the_list_claims_no_day_of_signing_that_the_case_does_not_give(packaged: Result) -> None:
    content = (packaged.out / "uwv/uploadlijst.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    unsigned = [row for row in rows if not row["datum_ondertekening"]]

    assert unsigned
    for row in rows:
        assert ("datum van ondertekening" in row["nog_nodig"]) == (row in unsigned), row
    assert not [row for row in unsigned if row["titel"] == "Plan van aanpak"]


def test_the_list_names_the_report_as_the_portal_does_and_asks_for_the_bsn(
    packaged: Result, tmp_path: Path
) -> None:
    page = (packaged.out / "uwv/uploadlijst.html").read_text(encoding="utf-8")
    leaving = of_example("ziek-uit-dienst", tmp_path / "uit").out / "uwv/uploadlijst.html"

    assert "<b>Re-integratieverslag (RIV)</b>" in page
    assert "(RIV) ZW (ziek uit dienst)" in leaving.read_text(encoding="utf-8")
    assert page.count("kijk of het BSN op dit stuk staat") == 2
    assert page.count("<tbody>") == page.count("</tbody>") == page.count("SHA-256")


def test_a_sealed_file_that_is_too_large_is_not_to_be_cut_up(case: Path) -> None:
    attach(case, "dik.pdf", paper.signed(paper.plain(300)))
    result = build(case, case.parent / "uit", Extras(packages=Wishes(limit=60_000)))
    (finding,) = (f for f in result.findings if f.message.startswith("Stuk is te groot"))

    assert "opnieuw ondertekend" in finding.hint
    assert "Verdeel" not in finding.hint


def test_no_title_in_the_outline_holds_a_tab(packaged: Result) -> None:
    with pikepdf.open(packaged.out / "wia-bundel.pdf") as pdf, pdf.open_outline() as outline:
        todo = [*outline.root]
        while todo:
            item = todo.pop()
            todo += item.children
            assert "\t" not in item.title


def test_the_list_masks_the_bsn_and_fetches_nothing(packaged: Result) -> None:
    page = (packaged.out / "uwv/uploadlijst.html").read_text(encoding="utf-8")

    assert "*****0019" in page
    assert "999990019" not in page
    assert not re.search(r"https?://|<script|src=|@import", page)


def test_hostile_titles_stay_text_in_the_list(case: Path) -> None:
    attach(case, "stuk.pdf", paper.plain(), titel="=1+1<script>alert(1)</script>")
    out = build(case, case.parent / "uit").out

    assert "<script>" not in (out / "uwv/uploadlijst.html").read_text(encoding="utf-8")
    rows = (out / "uwv/uploadlijst.csv").read_bytes().decode("utf-8-sig")
    assert "'=1+1" in rows


def test_a_scan_is_scaled_down_just_for_uwv_and_that_is_said(case: Path) -> None:
    noise = Image.effect_noise((2480, 3508), 90).convert("RGB")
    scan = io.BytesIO()
    noise.save(scan, "JPEG", quality=92, dpi=(300, 300))
    attach(case, "scan.jpg", scan.getvalue())
    result = build(case, case.parent / "uit", Extras(packages=Wishes(limit=900_000)))

    (file,) = (result.out / "uwv").glob("*overig*")
    assert file.stat().st_size <= 900_000
    assert (result.out / "wia-bundel.pdf").stat().st_size > 3_000_000
    assert [f.severity for f in result.findings if "verkleind" in f.message] == ["info"]
    assert "verkleind" in (result.out / "uwv/uploadlijst.html").read_text(encoding="utf-8")


def test_what_cannot_be_made_small_enough_is_an_error_and_not_there(case: Path) -> None:
    attach(case, "dik.pdf", paper.signed(paper.plain(300)))
    result = build(case, case.parent / "uit", Extras(packages=Wishes(limit=50_000)))
    small = [f for f in result.findings if "te groot" in f.message]

    assert {f.code for f in small} == {"R083"}
    assert not list((result.out / "uwv").glob("*overig*"))
    assert "niet klaargezet" in (result.out / "uwv/uploadlijst.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("ziek-uit-dienst", ["probleemanalyse", "plan-van-aanpak", "actueel-oordeel"]),
        ("verkort", ["verkort-re-integratieverslag"]),
    ],
)
def test_who_leaves_service_has_a_set_of_its_own(
    tmp_path: Path, example: str, expected: list[str]
) -> None:
    out = of_example(example, tmp_path / "uit").out

    uploads = " ".join(names(out / "uwv"))
    assert all(f"_{name}_" in uploads for name in expected)
    assert "eerstejaarsevaluatie" not in uploads
    assert "Ziektewet" in words(out / "werknemer/brief.pdf") or "UWV" in words(
        out / "werknemer/brief.pdf"
    )


@pytest.mark.engine
def test_qpdf_finds_nothing_wrong_with_any_pdf(packaged: Result) -> None:
    pdfs = [*packaged.out.rglob("*.pdf")]

    assert len(pdfs) > 40
    for pdf in pdfs:
        done = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (pdf.name, done.stdout, done.stderr)


@pytest.mark.parametrize("example", ["iva", "geen"])
def test_where_no_report_is_asked_there_is_nothing_for_uwv(tmp_path: Path, example: str) -> None:
    result = of_example(example, tmp_path / "uit")

    assert not (result.out / "uwv").exists()
    assert not (result.out / "medisch").exists()
    assert (result.out / "werknemer/kopie-dossier.pdf").exists()
    assert "geen re-integratieverslag" in result.notes[0]


@pytest.mark.parametrize("profile", ["iva", "geen"])
def test_papers_do_not_make_a_report_where_the_profile_asks_none(case: Path, profile: str) -> None:
    add(case, "[re_integratieverslag]\ndatum = 2026-11-18")
    build(case, case.parent / "uit")
    result = build(case, case.parent / "uit", Extras(profile=profile, packages=Wishes()))

    assert not [*(result.out / "uwv").glob("*")]
    assert not [*(result.out / "medisch").glob("*")]
    assert names(result.out / "werknemer") == ["kopie-dossier.pdf"]
    assert "geen re-integratieverslag" in result.notes[0]


def test_with_a_short_report_goes_nothing_else_of_the_employer(tmp_path: Path) -> None:
    case = Path(shutil.copytree(ROOT / "examples/verkort", tmp_path / "verkort")) / "case.toml"
    attach(case, "brief.pdf", paper.plain(), titel="Brief aan de werknemer")
    out = build(case, tmp_path / "uit").out

    assert [name for name in names(out / "uwv") if name.endswith(".pdf")] == [
        "01_verkort-re-integratieverslag_2026-11-13.pdf"
    ]
    page = (out / "uwv/uploadlijst.html").read_text(encoding="utf-8")
    assert "Brief aan de werknemer</b><br>Hoort niet bij dit re-integratieverslag." in page
    assert "Dit ontbreekt nog" not in page
    assert (out / "medisch/voorblad-gesloten-envelop.pdf").exists()
    assert "Brief aan de werknemer" in one_line(out / "werknemer/kopie-dossier.pdf")


def test_a_short_report_that_is_asked_and_not_there_is_missing(case: Path) -> None:
    out = build(case, case.parent / "uit", Extras(profile="verkort", packages=Wishes())).out

    assert names(out / "uwv") == ["uploadlijst.csv", "uploadlijst.html"]
    page = (out / "uwv/uploadlijst.html").read_text(encoding="utf-8")
    assert "Dit ontbreekt nog</h2><ul><li>Verkort re-integratieverslag" in page


def test_a_concept_cannot_be_uploaded_by_mistake(case: Path) -> None:
    result = build(case, case.parent / "uit", concept=True)

    assert not (result.out / "uwv").exists()
    assert "concept" in result.notes[0]


def test_packages_that_are_no_longer_asked_are_taken_away(case: Path) -> None:
    out = build(case, case.parent / "uit").out
    build(case, out, Extras())

    assert not list((out / "uwv").glob("*")) if (out / "uwv").exists() else True
    assert not (out / "werknemer/kopie-dossier.pdf").exists()
