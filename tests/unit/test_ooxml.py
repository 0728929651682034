"""Word files of strangers: the harmless pass whole, the hostile are refused by name."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from hostile_word import HOSTILE, like_google_docs, like_word_online, p, word
from wvp_docs.ooxml import Danger, HostileError, inspect_part, read_package, write_package

TEMPLATES = sorted((ROOT / "templates").glob("*.docx"))


def refusal(read: Callable[[], object]) -> Danger | None:
    """Why a reading was refused, or None when it was not."""
    try:
        read()
    except HostileError as error:
        return error.danger
    return None


@pytest.mark.parametrize(("danger", "make"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_hostile_is_refused_by_name(danger: Danger, make: Callable[[], bytes]) -> None:
    assert refusal(lambda: read_package(make())) is danger


@pytest.mark.parametrize("danger", Danger)
def test_every_refusal_is_a_clause_with_a_way_out(danger: Danger) -> None:
    error = HostileError(danger)

    assert str(error)[0].islower()
    assert str(error).endswith(".")
    assert error.hint[0].isupper()
    assert error.hint.endswith(".")


def test_every_refusal_has_a_hostile_file() -> None:
    assert {danger for danger, _ in HOSTILE.values()} == set(Danger)


def from_python_docx() -> bytes:
    document = docx.Document()
    document.add_heading("Kop")
    document.add_table(2, 2)
    document.sections[0].header.paragraphs[0].text = "Koptekst"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


HARMLESS = {
    "smallest": word(p("tekst")),
    "word online": like_word_online(),
    "google docs": like_google_docs(),
    "python-docx": from_python_docx(),
    **{path.name: path.read_bytes() for path in TEMPLATES},
}


@pytest.mark.parametrize("source", HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_passes_whole_and_is_packed_the_same_every_time(source: bytes) -> None:
    members = read_package(source)
    packed = write_package(members)

    assert read_package(packed) == members
    assert list(read_package(packed)) == list(members)
    assert write_package(members) == packed


def test_what_is_written_is_packed_and_carries_no_time() -> None:
    packed = write_package({"word/document.xml": b"<w/>" * 1000})
    (info,) = zipfile.ZipFile(io.BytesIO(packed)).infolist()

    assert len(packed) < 400
    assert (info.date_time, info.create_system) == ((1980, 1, 1, 0, 0, 0), 3)


def by_libreoffice(source: Path, *kinds: str) -> Path:
    for kind in kinds:
        home = source.parent.as_uri()
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={home}/profile", "--headless"),
                *("--convert-to", kind, "--outdir", source.parent / kind, source),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        source = source.parent / kind / f"{source.stem}.{kind}"
    return source


@pytest.mark.engine
def test_what_libreoffice_saves_passes_and_its_other_kinds_are_named(tmp_path: Path) -> None:
    source = tmp_path / "bron.docx"
    source.write_bytes((ROOT / "templates/plan_van_aanpak.docx").read_bytes())

    assert "word/document.xml" in read_package(by_libreoffice(source, "odt", "docx").read_bytes())
    for kind, danger in {
        "odt": Danger.ODT,
        "doc": Danger.OLD_DOC,
        "rtf": Danger.NO_DOCX,
        "html": Danger.NO_DOCX,
        "dotx": Danger.NO_DOCX,
    }.items():
        saved = by_libreoffice(source, kind).read_bytes()
        assert refusal(lambda saved=saved: read_package(saved)) is danger


@settings(max_examples=150)
@given(st.data())
def test_a_file_damaged_anywhere_is_refused_or_read_and_never_a_crash(data: st.DataObject) -> None:
    source = bytearray(like_word_online())
    for place in data.draw(st.lists(st.integers(0, len(source) - 1), min_size=1, max_size=5)):
        source[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(source)))

    said = refusal(lambda: read_package(bytes(source)[:cut]))
    assert said is None or said in Danger


@given(st.binary(max_size=300))
def test_any_bytes_are_a_part_or_refused(xml: bytes) -> None:
    assert refusal(lambda: inspect_part(xml)) in (None, Danger.BROKEN_XML, Danger.DTD)
