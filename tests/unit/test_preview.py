"""Templates tried out: with sample data, with a case, and again at each save."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from altered import PARAGRAPH, TEMPLATES, altered, put, with_first
from conftest import ROOT
from wvp_docs.engines import pick
from wvp_docs.errors import CaseError, TemplateError
from wvp_docs.forms import Library
from wvp_docs.preview import CaseOnDisk, file_of, on_paper, sample_scene, watch
from wvp_docs.preview.rendering import in_words, stem_of
from wvp_docs.samples import Length
from wvp_docs.vocabulary import OTHERS
from wvp_docs.word import Template, open_template

DAY = date(2026, 1, 10)
COMPLETE = ROOT / "examples/compleet/case.toml"


@pytest.mark.parametrize("length", Length)
def test_every_template_we_ship_prints_the_sample_whole(length: Length, library: Library):
    scene = sample_scene(library, length)

    for stem in (*library.forms, *OTHERS):
        template = open_template(TEMPLATES / f"{stem}.docx")
        tried = on_paper(template, scene.subject(stem), pick("rdocx"))
        assert tried.doubt is None, stem
        assert tried.pages > 0


def test_longer_answers_make_longer_paper(library: Library):
    template = open_template(TEMPLATES / "plan_van_aanpak.docx")
    sizes = [
        len(in_words(template, sample_scene(library, length).subject("plan_van_aanpak")))
        for length in Length
    ]

    assert sizes == sorted(sizes)
    assert sizes[0] * 5 < sizes[2]


def test_the_same_template_gives_the_same_bytes(library: Library):
    papers = {
        on_paper(
            open_template(TEMPLATES / "_bundel.docx"),
            sample_scene(library, Length.USUAL).subject("_bundel"),
            pick("rdocx"),
        ).pdf
        for _ in range(2)
    }

    assert len(papers) == 1


def test_the_contents_of_a_sample_name_every_form_with_its_page(library: Library):
    text = in_words(
        open_template(TEMPLATES / "_bundel.docx"),
        sample_scene(library, Length.USUAL).subject("_bundel"),
    )

    assert all(form.titel in text for form in library.forms.values())
    assert "ontbreekt" not in text


def test_what_a_build_would_refuse_is_said_and_the_paper_is_still_there(library: Library):
    # A letter that our fonts lack: it is printed as an empty box.
    template = Template(
        altered("_brief", "Dit zit erin", "{{ brief.stukken }}\U00013080"), "_brief"
    )
    tried = on_paper(template, sample_scene(library, Length.USUAL).subject("_brief"), pick("rdocx"))

    assert tried.pdf.startswith(b"%PDF")
    assert tried.doubt is not None


def test_a_real_case_gives_the_document_that_is_asked_for(library: Library):
    scene = CaseOnDisk(COMPLETE, library, DAY).scene()

    second = scene.subject("voortgangsverslag", 2)
    assert second.titel == "Verslag voortgangsgesprek 2"


def test_a_case_without_the_form_says_which_forms_it_has(library: Library):
    scene = CaseOnDisk(ROOT / "examples/week-9/case.toml", library, DAY).scene()

    with pytest.raises(CaseError, match="geen eindevaluatie") as caught:
        scene.subject("eindevaluatie")
    assert "probleemanalyse" in caught.value.hint


def test_a_number_that_the_case_does_not_reach_is_refused(library: Library):
    scene = CaseOnDisk(COMPLETE, library, DAY).scene()

    with pytest.raises(CaseError, match="plan_van_aanpak 1 keer"):
        scene.subject("plan_van_aanpak", 2)


def test_a_case_says_what_is_wrong_with_its_house_style(library: Library, tmp_path: Path):
    shutil.copy(ROOT / "examples/compleet/case.toml", tmp_path)
    (tmp_path / "huisstijl.toml").write_text('kleur = "#FFCC00"\n', encoding="utf-8")

    scene = CaseOnDisk(tmp_path / "case.toml", library, date(2026, 1, 5)).scene()
    assert [finding.code for finding in scene.findings] == ["V008"]


def test_a_case_is_read_anew_only_after_it_was_saved(library: Library, tmp_path: Path):
    file = tmp_path / "case.toml"
    file.write_bytes(COMPLETE.read_bytes())
    case = CaseOnDisk(file, library, DAY)
    before = case.scene()

    assert case.scene() is before
    file.write_bytes(COMPLETE.read_bytes() + b"\n# bewaard\n")
    assert case.scene() is not before


def test_a_template_in_the_own_folder_goes_before_ours(tmp_path: Path):
    own = put(tmp_path / "eigen", "plan_van_aanpak")

    assert file_of("plan_van_aanpak", [own.parent, TEMPLATES]) == own
    assert file_of("eindevaluatie", [own.parent, TEMPLATES]) == TEMPLATES / "eindevaluatie.docx"


def test_a_template_is_found_under_the_name_that_word_gives_it(tmp_path: Path):
    own = put(tmp_path / "eigen", "plan_van_aanpak").rename(tmp_path / "eigen/Plan van aanpak.DOCX")
    (tmp_path / "eigen/~$an van aanpak.docx").write_bytes(b"in gebruik")

    assert file_of("plan_van_aanpak", [own.parent, TEMPLATES]) == own


def test_a_sample_wears_the_house_style_and_says_what_is_wrong_with_it(
    library: Library, tmp_path: Path
):
    (tmp_path / "huisstijl.toml").write_text(
        'kleur = "#ffffff"\nvoettekst = "Samen verder"\n', encoding="utf-8"
    )
    scene = sample_scene(library, Length.USUAL, tmp_path)

    template = open_template(TEMPLATES / "_brief.docx")
    assert "Samen verder" in in_words(template, scene.subject("_brief"))
    assert [finding.path for finding in scene.findings] == ["huisstijl.kleur"]


@pytest.mark.parametrize(
    ("name", "content", "stem"),
    [
        ("Plan van aanpak", TEMPLATES / "plan_van_aanpak.docx", "plan_van_aanpak"),
        ("oud", TEMPLATES / "bijstelling_plan_van_aanpak.docx", "bijstelling_plan_van_aanpak"),
        ("_brief nieuw", TEMPLATES / "_brief.docx", "_brief"),
    ],
)
def test_for_which_form_a_template_is_shows_in_its_name_or_its_tags(
    name: str, content: Path, stem: str, library: Library
):
    assert stem_of(open_template(content), name, library) == stem


def test_a_template_of_no_form_is_refused_with_the_way_out(library: Library):
    with pytest.raises(TemplateError, match=r"bij welk formulier") as caught:
        stem_of(open_template(TEMPLATES / "_brief.docx"), "map1", library)
    assert "plan_van_aanpak.docx" in caught.value.hint


class Desk:
    """Somebody at work: what is done to a file at each look, until nothing is left to do."""

    def __init__(self, file: Path, *steps: Callable[[], object] | None) -> None:
        self.file, self.steps, self.made = file, list(steps), []

    def wait(self) -> None:
        if not self.steps:
            raise KeyboardInterrupt
        if step := self.steps.pop(0):
            step()

    def attempt(self) -> bool:
        try:
            self.made.append(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.made.append("weg")
            return False
        return True

    def run(self) -> list[str]:
        with pytest.raises(KeyboardInterrupt):
            watch([self.file], self.attempt, self.wait)
        return self.made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "x.docx"
    made.write_text("een", encoding="utf-8")
    return made


def save(file: Path, text: str) -> Callable[[], object]:
    """Return a save at its own moment: the clock of a disk may be coarse."""

    def step() -> None:
        file.write_text(text, encoding="utf-8")
        os.utime(file, ns=(0, len(text) * 1_000_000_000))

    return step


def test_a_save_is_worked_out_once_and_no_save_not_at_all(file: Path):
    desk = Desk(file, None, None, save(file, "twee!"), None, None, None)

    assert desk.run() == ["een", "twee!"]


def test_a_save_in_pieces_is_worked_out_when_it_is_whole(file: Path):
    desk = Desk(file, save(file, "h"), save(file, "ha"), save(file, "half"), None, None)

    assert desk.run() == ["een", "half"]


def test_a_file_that_is_replaced_between_two_looks_is_not_missed_and_not_lost(file: Path):
    desk = Desk(file, file.unlink, save(file, "nieuw"), None, None)

    assert desk.run() == ["een", "nieuw"]


def test_a_file_that_cannot_be_read_is_tried_again_until_it_can(file: Path):
    desk = Desk(file, file.unlink, None, None, save(file, "terug"), None, None)

    made = desk.run()
    assert made[:2] == ["een", "weg"]
    assert made[-1] == "terug"
    assert made.count("terug") == 1
    assert set(made) == {"een", "weg", "terug"}


def test_a_template_with_a_tag_that_is_not_there_is_a_fault_with_its_name(library: Library):
    template = Template(with_first("_brief", PARAGRAPH.format("{{ brief.datun }}")), "_brief.docx")

    with pytest.raises(TemplateError, match="datun"):
        on_paper(template, sample_scene(library, Length.USUAL).subject("_brief"), pick("rdocx"))
