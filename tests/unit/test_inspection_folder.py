"""A folder of templates, findings as comments in Word, and templates that LibreOffice saved."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from altered import TEMPLATES, altered
from hostile_word import OLE, W, p, word
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.inspection import annotated, inspect_path, inspect_template
from wvp_docs.ooxml import read_package

W_ = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All templates that we ship, in a folder of one's own."""
    return shutil.copytree(TEMPLATES, tmp_path / "sjablonen")


def in_folder(folder: Path, library: Library) -> list[tuple[str, str]]:
    return [
        (finding.code, Path(finding.place.file).name)
        for it in inspect_path(folder, library)
        for finding in it.findings
    ]


def test_a_folder_without_one_template_says_which(folder: Path, library: Library) -> None:
    (folder / "eindevaluatie.docx").unlink()

    (finding,) = [it for one in inspect_path(folder, library) for it in one.findings]
    assert (finding.code, finding.severity) == ("S005", Severity.INFO)
    assert "eindevaluatie.docx" in finding.message


@pytest.mark.parametrize(
    "twin", ["Plan_van_aanpak.docx", "plan_van_aanpak.DOCX", "plan-van-aanpak.docx"]
)
def test_two_templates_for_one_form_are_both_named(
    folder: Path, library: Library, twin: str
) -> None:
    shutil.copy(folder / "plan_van_aanpak.docx", folder / twin)

    assert sorted(in_folder(folder, library)) == sorted(
        [("S004", "plan_van_aanpak.docx"), ("S004", twin)]
    )


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("~$an_van_aanpak.docx", [("S003", "plan_van_aanpak.docx")]),
        ("~$plan_van_aanpak.docx", [("S003", "plan_van_aanpak.docx")]),
        (".~lock.plan_van_aanpak.docx#", [("S003", "plan_van_aanpak.docx")]),
        ("~$ders.docx", []),
        ("velden.docx", [("S006", "velden.docx")]),
        ("plan van aanpak (1).docx", [("S006", "plan van aanpak (1).docx")]),
        ("leesmij.txt", []),
        ("plan_van_aanpak.doc", [("S001", "plan_van_aanpak.doc")]),
        ("plan_van_aanpak.docm", [("S006", "plan_van_aanpak.docm")]),
        ("notitie.odt", []),
    ],
)
def test_what_else_lies_in_the_folder(
    folder: Path, library: Library, name: str, found: list[tuple[str, str]]
) -> None:
    is_sound = name.endswith(("(1).docx", ".docm"))
    (folder / name).write_bytes(altered("plan_van_aanpak") if is_sound else OLE)
    if name.endswith((".doc", ".docm")):
        (folder / "plan_van_aanpak.docx").unlink()

    assert in_folder(folder, library) == found


def test_a_name_that_only_works_on_windows_is_said(folder: Path, library: Library) -> None:
    (folder / "plan_van_aanpak.docx").rename(folder / "Plan_van_aanpak.docx")

    assert in_folder(folder, library) == [("S006", "Plan_van_aanpak.docx")]


def test_one_file_is_compared_with_what_lies_beside_it(folder: Path, library: Library) -> None:
    (folder / "~$an_van_aanpak.docx").write_bytes(b"")

    assert in_folder(folder / "plan_van_aanpak.docx", library) == [("S003", "plan_van_aanpak.docx")]
    assert in_folder(folder / "eindevaluatie.docx", library) == []


def comments_of(docx: bytes) -> list[str]:
    members = read_package(docx)
    root = etree.fromstring(members["word/comments.xml"])
    return ["".join(it.itertext()) for it in root.iter(f"{W_}comment")]


def test_each_finding_is_a_comment_at_its_place(library: Library) -> None:
    body = p("eerst") + p("{{ werknemer.naamm }}") + p("{{ a.b }}")
    header = {"word/header1.xml": f"<w:hdr {W}>{p('{{ c.d }}')}</w:hdr>"}
    inspected = inspect_template(word(body, extra=header), "x.docx", "proef", library)

    docx = annotated(inspected) or b""

    texts = comments_of(docx)
    assert [text[:4] for text in texts] == ["S020"] * 3
    assert "Koptekst" in texts[0]
    assert texts[1].startswith("S020: {{ werknemer.naamm }} bestaat niet.")
    assert "Bedoelde u werknemer.naam?" in texts[1]
    root = etree.fromstring(read_package(docx)["word/document.xml"])
    marked = [
        [it.get(f"{W_}id") for it in paragraph.iter(f"{W_}commentRangeStart")]
        for paragraph in root.iter(f"{W_}p")
    ]
    assert marked == [["0"], ["1"], ["2"]]
    assert docx == annotated(inspected)


@pytest.mark.parametrize("number", ["7", "abc"])
def test_comments_that_were_there_stay(library: Library, number: str) -> None:
    old = f'<w:comments {W}><w:comment w:id="{number}" w:author="a">{p("oud")}</w:comment>'
    old += "</w:comments>"
    source = word(p("{{ a.b }}"), extra={"word/comments.xml": old})

    texts = comments_of(annotated(inspect_template(source, "x.docx", "proef", library)) or b"")
    assert [text[:4] for text in texts] == ["oud", "S020"]


def test_a_file_that_cannot_be_read_has_no_copy(library: Library) -> None:
    assert annotated(inspect_template(b"PK", "x.docx", "proef", library)) is None


def by_libreoffice(source: Path, out: Path, kind: str) -> Path:
    profile = f"-env:UserInstallation={(out / 'profiel').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", out, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / f"{source.stem}.{kind.partition(':')[0]}"


@pytest.mark.engine
def test_a_template_saved_by_libreoffice_is_sound(
    library: Library, tmp_path: Path, folder: Path
) -> None:
    saved = by_libreoffice(folder / "plan_van_aanpak.docx", tmp_path, "docx")

    findings = inspect_template(saved.read_bytes(), "x.docx", "plan_van_aanpak", library).findings
    assert findings == ()


@pytest.mark.engine
def test_a_copy_with_comments_opens_in_libreoffice_with_every_comment(
    library: Library, tmp_path: Path
) -> None:
    source = altered("plan_van_aanpak", "{{ werknemer.bsn }}", "{{ werknemer.bsnn }}")
    inspected = inspect_template(source, "x.docx", "plan_van_aanpak", library)
    copy = tmp_path / "plan_van_aanpak.docx"
    copy.write_bytes(annotated(inspected) or b"")

    text = by_libreoffice(copy, tmp_path, "odt")

    with zipfile.ZipFile(text) as package:
        content = package.read("content.xml").decode()
    assert content.count("<office:annotation ") == len(inspected.remarks) >= 2
    assert "Bedoelde u werknemer.bsn?" in content
