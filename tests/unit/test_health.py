from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import ROOT
from wvp_docs import health, resources
from wvp_docs.engines.rdocx import RdocxEngine
from wvp_docs.errors import EngineError
from wvp_docs.health import examine_machine


def test_a_sound_machine_has_nothing_needed_that_is_not_sound(tmp_path: Path) -> None:
    found = list(examine_machine(ROOT / "forms", ROOT / "templates", tmp_path))

    assert [item.name for item in found if item.needed and not item.sound] == []
    assert list(tmp_path.iterdir()) == []


def test_missing_definitions_and_templates_are_said(tmp_path: Path) -> None:
    without_forms = {i.name: i for i in examine_machine(tmp_path, ROOT / "templates", tmp_path)}
    without_templates = {i.name: i for i in examine_machine(ROOT / "forms", tmp_path, tmp_path)}

    assert not without_forms["Definities"].sound
    assert not without_templates["Sjabloon re_integratieverslag"].sound


def test_an_engine_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_self: RdocxEngine, _documents: object) -> list[bytes]:
        raise EngineError("stuk")

    monkeypatch.setattr(RdocxEngine, "convert", fails)
    found = {
        item.name: item for item in examine_machine(ROOT / "forms", ROOT / "templates", tmp_path)
    }

    assert not found["Omzetter rdocx"].sound


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    diagnosis = health._writable(tmp_path / "weg")

    assert not diagnosis.sound
    assert "-o" in diagnosis.hint


def test_one_s_own_folder_comes_before_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resources.forms_folder() == ROOT / "forms"
    monkeypatch.setitem(os.environ, resources.HOME, str(tmp_path))

    assert resources.templates_folder() == tmp_path / "templates"


def test_a_font_that_was_replaced_in_silence_is_said() -> None:
    assert health._fonts("libreoffice", ("Carlito-Bold", "DejaVuSans"), needed=False).sound
    assert not health._fonts("libreoffice", ("DejaVuSans",), needed=False).sound
