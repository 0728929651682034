"""Engines: the real ones on small documents, and a LibreOffice that misbehaves in every way."""

from __future__ import annotations

import errno
import io
import os
import stat
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import etree

from batches import PATIENCE
from wvp_docs.engines import ENGINES, pick, version_of
from wvp_docs.engines import libreoffice as libreoffice_module
from wvp_docs.engines.libreoffice import LibreOfficeEngine
from wvp_docs.engines.rdocx import RdocxEngine, own_runs
from wvp_docs.errors import EngineError, EngineMissingError

FakeSoffice = Callable[[str], Path]

FIND_OUT = 'while [ $# -gt 2 ]; do [ "$1" = --outdir ] && out=$2; shift; done; mkdir -p "$out"\n'


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    document.styles["Normal"].font.name = "Calibri"
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder for temporary files in which anything left behind is seen."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def fake_soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scratch: Path):
    """Put a shell script in the place of LibreOffice."""
    if sys.platform == "win32":
        pytest.skip("the fake is a shell script")

    def install(script: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return scratch

    return install


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def ends(pid: int) -> bool:
    """Return whether the process is gone soon: the system needs a moment to carry it off."""
    deadline = time.monotonic() + PATIENCE
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not is_running(pid)


# Choosing ---------------------------------------------------------------------------------------


def test_the_built_in_engine_is_first_and_is_there():
    assert next(iter(ENGINES)) == "rdocx"
    assert pick("rdocx").name == "rdocx"
    assert version_of(pick("rdocx")).startswith("0.")


def test_an_unknown_engine_is_refused_with_the_names_there_are():
    with pytest.raises(EngineMissingError, match="bestaat niet") as fault:
        pick("pandoc")

    assert "rdocx, libreoffice, word" in fault.value.hint


def test_a_missing_engine_names_the_package_for_each_platform(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(libreoffice_module, "_USUAL_PLACES", ())

    with pytest.raises(EngineMissingError) as fault:
        pick("libreoffice")
    with pytest.raises(EngineMissingError):
        LibreOfficeEngine().convert([word("tekst")])

    for package in ("apt install", "brew install", "winget install"):
        assert package in fault.value.hint
    assert version_of(ENGINES["libreoffice"]) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Word may be there")
def test_word_is_missing_away_from_windows():
    with pytest.raises(EngineMissingError, match="word"):
        pick("word")
    with pytest.raises(EngineMissingError, match="Word is niet te bereiken"):
        ENGINES["word"].convert([])


def test_importing_the_engines_does_not_import_rdocx():
    script = "import sys, wvp_docs.engines; sys.exit('rdocx' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


# rdocx ------------------------------------------------------------------------------------------


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOOKMARK = (f'<w:bookmarkStart {W} w:id="1" w:name="x"/>', f'<w:bookmarkEnd {W} w:id="1"/>')
BOX = f"<w:sdt {W}><w:sdtContent><w:p/></w:sdtContent></w:sdt>"


def with_table_at_the_foot(lines: int, *between: str) -> bytes:
    """Return a document with a table that must stay with what follows.

    Args:
        lines: how many there are before it.
        between: what stands between the first of those, as Word writes it.
    """
    document = docx.Document()
    document.styles["Normal"].font.name = "Calibri"
    for at in range(lines):
        document.add_paragraph(f"Regel {at}")
    document.add_paragraph("Kop").paragraph_format.keep_with_next = True
    for row in document.add_table(2, 1).rows:
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    document.add_paragraph("Slot")
    for at, xml in enumerate(between):
        document.element.body.insert(2 * at + 1, etree.fromstring(f"<x>{xml}</x>")[0])
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def first_lines(document: bytes) -> list[str]:
    """Return the line with which each page begins."""
    with pypdfium2.PdfDocument(pick("rdocx").convert([document])[0]) as pdf:
        return [page.get_textpage().get_text_bounded().split("\r\n")[0] for page in pdf]


@pytest.mark.parametrize(
    ("lines", "between"), [(22, ()), (22, BOOKMARK), (21, (BOX,)), (20, (BOX, BOX))]
)
def test_a_table_goes_along_with_what_it_must_stay_with(lines: int, between: tuple[str, ...]):
    assert first_lines(with_table_at_the_foot(lines, *between)) == ["Regel 0", "Kop"]


@pytest.mark.parametrize(
    "strange",
    [
        f"<w:tbl {W}/>",
        f"<w:tbl {W}><w:tr/></w:tbl>",
        f'<w:sdt {W}><w:sdtPr><w:alias w:val="leeg"/></w:sdtPr></w:sdt>',
        "<!-- van een ander programma -->",
    ],
)
def test_what_other_programs_leave_between_paragraphs_stops_no_document(strange: str):
    assert first_lines(with_table_at_the_foot(22, strange))[-1] == "Kop"


def test_rdocx_keeps_the_order_of_the_documents():
    pdfs = RdocxEngine().convert([word("eerste"), word("tweede"), word("derde")])

    assert [text_of(pdf).strip() for pdf in pdfs] == ["eerste", "tweede", "derde"]


def test_rdocx_gives_the_same_bytes_in_another_process():
    documents = [word("☒ ja", "één officiële tekst", "سلام")]

    with ProcessPoolExecutor(1) as elsewhere:
        there = elsewhere.submit(RdocxEngine().convert, documents).result()

    assert there == RdocxEngine().convert(documents)


@pytest.mark.skipif(sys.platform != "linux", reason="hides the fonts with unshare")
def test_rdocx_gives_the_same_bytes_without_the_fonts_of_the_machine(tmp_path: Path):
    source, target = tmp_path / "in.docx", tmp_path / "out.pdf"
    source.write_bytes(word("☒ ja → nee", "Ελληνικά سلام 你好"))
    script = (
        "import sys; from pathlib import Path; from wvp_docs.engines.rdocx import RdocxEngine; "
        "pdf, = RdocxEngine().convert([Path(sys.argv[1]).read_bytes()]); "
        "Path(sys.argv[2]).write_bytes(pdf)"
    )
    hide = 'mount -t tmpfs none /usr/share/fonts && mount -t tmpfs none /etc/fonts && exec "$@"'
    command = [sys.executable, "-c", script, str(source), str(target)]
    run = subprocess.run(
        ["unshare", "-m", "sh", "-c", hide, "sh", *command], capture_output=True, check=False
    )
    if b"unshare" in run.stderr or b"mount" in run.stderr:
        pytest.skip("this machine does not let us hide its fonts")

    assert run.returncode == 0, run.stderr
    assert [target.read_bytes()] == RdocxEngine().convert([source.read_bytes()])


def test_rdocx_refuses_what_is_no_word_file_and_says_which():
    with pytest.raises(EngineError, match="document 2 van 2 is geen Word-bestand"):
        RdocxEngine().convert([word("goed"), b"platte tekst"])


def test_rdocx_says_which_document_it_cannot_convert():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")

    with pytest.raises(EngineError, match="document 1 van 1") as fault:
        RdocxEngine().convert([target.getvalue()])

    assert fault.value.hint


@pytest.mark.parametrize("text", ["voor ☒ na", "☐", "a → b ✓ c", "zacht\u00adkoppel", "x\ty\n☒ z"])
def test_a_symbol_does_not_take_the_words_around_it_to_a_font_without_letters(text: str):
    (pdf,) = RdocxEngine().convert([word(text)])

    shown = text_of(pdf)
    for letter in text.replace("\u00ad", ""):
        assert letter.isspace() or letter in shown


@pytest.mark.parametrize("no", ["0", "false"])
def test_a_style_that_is_said_not_to_go_from_right_to_left_gives_its_text_once(no: str):
    document = docx.Document(io.BytesIO(word("Vier ochtenden van twee uur")))
    properties = document.styles["Normal"].element.get_or_add_pPr()
    etree.SubElement(properties, qn("w:bidi")).set(qn("w:val"), no)
    target = io.BytesIO()
    document.save(target)

    (pdf,) = RdocxEngine().convert([target.getvalue()])

    assert text_of(pdf).split() == ["Vier", "ochtenden", "van", "twee", "uur"]


def test_a_document_without_mixed_runs_is_left_alone():
    document = word("gewone tekst", "☒")

    assert own_runs(document) is document


# LibreOffice ------------------------------------------------------------------------------------


@pytest.mark.engine
def test_libreoffice_keeps_the_order_and_leaves_nothing_behind(scratch: Path):
    pdfs = LibreOfficeEngine().convert([word("eerste"), word("tweede ☒")])

    assert [text_of(pdf).strip() for pdf in pdfs] == ["eerste", "tweede ☒"]
    assert list(scratch.iterdir()) == []
    assert version_of(pick("libreoffice"))


@pytest.mark.engine
def test_libreoffice_says_which_document_it_cannot_convert(scratch: Path):
    good = word("goed")

    with pytest.raises(EngineError, match="document 2 van 2"):
        LibreOfficeEngine().convert([good, good[:400] + good[-400:]])

    assert list(scratch.iterdir()) == []


def test_no_documents_start_no_libreoffice(fake_soffice: FakeSoffice):
    fake_soffice("exit 1")

    assert LibreOfficeEngine().convert([]) == []


def test_a_libreoffice_that_hangs_is_ended_with_all_that_it_started(
    fake_soffice: FakeSoffice, tmp_path: Path
):
    scratch = fake_soffice(
        f"sleep 600 &\necho $! > {tmp_path}/kind\necho $$ > {tmp_path}/ouder\nwait"
    )

    started = time.monotonic()
    with pytest.raises(EngineError, match=r"na 3 seconden niet klaar"):
        LibreOfficeEngine(timeout=3).convert([word("tekst")])

    assert time.monotonic() - started < 300
    for name in ("kind", "ouder"):
        assert ends(int((tmp_path / name).read_text()))
    assert list(scratch.iterdir()) == []


def test_what_a_finished_libreoffice_left_running_is_ended_too(
    fake_soffice: FakeSoffice, tmp_path: Path
):
    fake_soffice(f"sleep 600 &\necho $! > {tmp_path}/kind\nexit 0")

    with pytest.raises(EngineError, match="geen PDF gemaakt"):
        LibreOfficeEngine().convert([word("tekst")])

    assert ends(int((tmp_path / "kind").read_text()))


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is of Unix")
def test_a_stop_in_the_midst_of_waiting_does_not_hang(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(libreoffice_module, "_TO_DIE", 0.2)
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    # What Ctrl-C leaves when it falls just behind the taking of this lock.
    lock = process._waitpid_lock  # type: ignore[attr-defined]
    lock.acquire()
    process.kill()
    libreoffice_module._stop(process)
    lock.release()

    assert process.wait() != 0


def test_what_a_dying_libreoffice_still_holds_goes_a_moment_later(
    fake_soffice: FakeSoffice, monkeypatch: pytest.MonkeyPatch
):
    scratch = fake_soffice("exit 0")
    remove, refused = os.rmdir, iter(range(5))

    def refusing(*args: Any, **named: Any) -> None:
        if next(refused, None) is not None:
            raise OSError(errno.ENOTEMPTY, "a file came after all others had gone")
        remove(*args, **named)

    monkeypatch.setattr(os, "rmdir", refusing)
    with pytest.raises(EngineError, match="geen PDF gemaakt"):
        LibreOfficeEngine().convert([word("tekst")])

    assert next(refused, None) is None
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 0", "document 1 van 2 geen PDF gemaakt. LibreOffice eindigde met code 0"),
        ("echo kan profiel niet openen >&2; exit 77", "code 77: kan profiel niet openen"),
        (
            FIND_OUT + 'echo geen pdf > "$out/0000.pdf"',
            "document 1 van 2 werd geen leesbare PDF",
        ),
        (
            FIND_OUT + 'echo "%PDF-1.7" > "$out/0000.pdf"',
            "document 1 van 2 werd geen leesbare PDF",
        ),
    ],
    ids=["writes nothing", "exits 77", "writes text", "writes half a PDF"],
)
def test_a_libreoffice_that_fails_is_an_engine_error_and_leaves_nothing(
    fake_soffice: FakeSoffice, script: str, message: str
):
    scratch = fake_soffice(script)

    with pytest.raises(EngineError) as fault:
        LibreOfficeEngine().convert([word("een"), word("twee")])

    assert message in str(fault.value)
    assert list(scratch.iterdir()) == []


def test_a_libreoffice_that_does_not_start_is_an_engine_error(
    fake_soffice: FakeSoffice, tmp_path: Path
):
    fake_soffice("exit 0")
    (tmp_path / "bin" / "soffice").write_bytes(b"\x7fELF geen programma")

    with pytest.raises(EngineError, match="start niet"):
        LibreOfficeEngine().convert([word("tekst")])
