"""Two versions of a template beside each other, and words against their goldens."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from altered import PAGE_BREAK, PARAGRAPH, TEMPLATES, altered, put, with_first
from wvp_docs.engines import pick
from wvp_docs.errors import DefinitionError, TemplateError
from wvp_docs.forms import Library
from wvp_docs.preview import (
    Bench,
    Compared,
    Outcome,
    Verdict,
    as_html,
    compare,
    compare_words,
    keep,
    of_samples,
    on_paper,
    sample_scene,
)
from wvp_docs.preview.pictures import Sheet, moved_boxes, side_by_side, words_of
from wvp_docs.samples import Length
from wvp_docs.word import open_template

OURS = TEMPLATES / "_brief.docx"


@pytest.fixture(scope="session")
def bench(library: Library) -> Bench:
    return Bench(library, sample_scene(library, Length.USUAL), pick("rdocx"))


def compared(old: Path, new: Path, bench: Bench) -> Compared:
    (one,) = compare(old, new, bench)
    return one


def test_a_template_does_not_differ_from_itself(bench: Bench):
    same = compared(OURS, OURS, bench)

    assert same.is_same
    assert same.pages == (1, 1)


def test_a_field_that_came_and_one_that_went_are_named(bench: Bench, tmp_path: Path):
    changed = altered("_brief", "casemanager.telefoon", "casemanager.email")
    found = compared(OURS, put(tmp_path, "_brief", changed), bench)

    assert (found.came, found.went) == (("casemanager.email",), ("casemanager.telefoon",))
    assert list(found.pictures) == [1]


def test_a_page_that_only_the_new_version_has_is_shown(bench: Bench, tmp_path: Path):
    changed = with_first("_brief", PARAGRAPH.format("Nieuw voorblad") + PAGE_BREAK)
    found = compared(OURS, put(tmp_path, "_brief", changed), bench)

    assert found.pages == (1, 2)
    assert list(found.pictures) == [1, 2]


def test_header_and_footer_are_not_new_on_a_page_that_ends_elsewhere(bench: Bench, tmp_path: Path):
    stem = "plan_van_aanpak"
    changed = altered(stem, "<w:body>", f"<w:body>{PARAGRAPH.format('Nieuwe regel') * 12}")
    old, new = (
        on_paper(open_template(file), bench.scene.subject(stem), bench.engine).pdf
        for file in (TEMPLATES / f"{stem}.docx", put(tmp_path, stem, changed))
    )
    assert [len({it.page for it in words_of(pdf, 90)}) for pdf in (old, new)] == [4, 4]
    found = compared(TEMPLATES / f"{stem}.docx", tmp_path / f"{stem}.docx", bench)

    # Red and green are words that only one has: below on the page there are none.
    footer = found.pictures[2].crop((0, 1015, found.pictures[2].width, 1050))
    assert all(max(colour) - min(colour) < 40 for _, colour in footer.getcolors(1 << 20))


def test_another_look_of_the_same_words_is_a_difference(bench: Bench, tmp_path: Path):
    changed = altered("_brief", "<w:body>", "<w:body><w:p/><w:p/>")
    found = compared(OURS, put(tmp_path, "_brief", changed), bench)

    assert found.came == found.went == ()
    assert list(found.pictures) == [1]


def test_folders_are_compared_by_name_and_what_is_in_one_of_them_is_named(
    bench: Bench, tmp_path: Path
):
    old, new = tmp_path / "oud", tmp_path / "nieuw"
    for folder, stems in ((old, ("_brief", "_envelop")), (new, ("_brief", "eindevaluatie"))):
        for stem in stems:
            put(folder, stem)
    (new / "~$_brief.docx").write_bytes(b"in gebruik")

    found = {item.name: item for item in compare(old, new, bench)}
    assert found["_brief"].is_same
    assert "alleen in de oude map" in found["_envelop"].trouble
    assert "alleen in de nieuwe map" in found["eindevaluatie"].trouble
    assert len(found) == 3


def test_in_folders_a_broken_template_does_not_stop_the_others(bench: Bench, tmp_path: Path):
    old, new = tmp_path / "oud", tmp_path / "nieuw"
    for folder in (old, new):
        put(folder, "_brief")
        put(folder, "_envelop")
    put(new, "_brief", with_first("_brief", PARAGRAPH.format("{% endif %}")))

    found = {item.name: item for item in compare(old, new, bench)}
    assert "_brief.docx: Alinea 1" in found["_brief"].trouble
    assert "hoort bij geen {% if %}" in found["_brief"].trouble
    assert found["_envelop"].is_same


def test_a_version_that_cannot_be_filled_still_has_its_fields_compared(
    bench: Bench, tmp_path: Path
):
    changed = altered("_brief", "{{ werknemer.adres }}", "{{ werknemer.adresss }}")
    found = compared(OURS, put(tmp_path, "_brief", changed), bench)

    assert found.came == ("werknemer.adresss",)
    assert "adresss" in found.trouble
    assert not found.is_same


def test_of_two_files_a_broken_one_is_a_fault(bench: Bench, tmp_path: Path):
    for source in (b"geen Word", with_first("_brief", PARAGRAPH.format("{% endif %}"))):
        with pytest.raises(TemplateError, match=r"Dit bestand is|Alinea 1.+hoort bij geen"):
            compared(OURS, put(tmp_path, "_brief", source), bench)


def test_the_page_needs_nothing_else_and_is_the_same_every_time(bench: Bench, tmp_path: Path):
    new = put(tmp_path, "_brief", with_first("_brief", PARAGRAPH.format("A &lt;b&gt; &amp; c")))

    page = as_html([compared(OURS, new, bench)])
    assert page == as_html([compared(OURS, new, bench)])
    assert 'src="data:image/png;base64,' in page
    assert page.count("src=") == page.count('src="data:')
    assert "http" not in page


def blank(size: tuple[int, int] = (200, 100)) -> Image.Image:
    return Image.new("RGB", size, "white")


def test_a_box_lies_around_what_differs_and_around_nothing_else():
    changed = blank()
    draw = ImageDraw.Draw(changed)
    draw.rectangle((20, 20, 40, 30), fill="black")
    draw.rectangle((150, 70, 160, 80), fill="black")

    left, right = sorted(moved_boxes(blank(), changed, ()))
    assert (left[0], left[1]) <= (20, 20)
    assert left[2] in range(41, 80)
    assert left[3] in range(31, 70)
    assert right[0] in range(80, 151)
    assert right[2] > 160


def test_what_is_known_to_differ_is_not_marked_twice():
    changed = blank()
    ImageDraw.Draw(changed).rectangle((20, 20, 40, 30), fill="black")

    assert moved_boxes(blank(), changed, [(20, 20, 40, 30)]) == ()


def test_how_letters_are_smoothed_is_no_difference():
    assert moved_boxes(blank(), Image.new("RGB", (200, 100), (230, 230, 230)), ()) == ()


def test_a_page_that_became_larger_differs_where_it_is_not_white():
    larger = blank((300, 100))
    ImageDraw.Draw(larger).rectangle((250, 40, 260, 50), fill="black")

    (box,) = moved_boxes(blank(), larger, ())
    assert box[0] > 200


def test_a_page_that_is_not_there_leaves_its_place_empty():
    picture = side_by_side(None, Sheet(blank(), ((1, 1, 9, 9),)), ("Oud: geen", "Nieuw"))

    assert picture.width > 2 * 200


def test_words_have_their_place_on_the_picture(bench: Bench):
    pdf = on_paper(open_template(OURS), bench.scene.subject("_brief"), pick("rdocx")).pdf
    words = words_of(pdf, 72)

    assert "".join(word.text for word in words)
    assert all(0 <= w.box[0] < w.box[2] <= 596 and 0 <= w.box[1] < w.box[3] <= 843 for w in words)


def outcomes(folder: Path, library: Library) -> tuple[Outcome, ...]:
    scenes = {length: sample_scene(library, length) for length in (Length.SHORT, Length.LONG)}
    template = (folder / "_brief.docx").read_bytes()
    return tuple(compare_words(of_samples({"_brief": template}, scenes), folder / "goldens"))


def texts(folder: Path, library: Library) -> list[tuple[str, Verdict]]:
    return [(it.file, it.verdict) for it in outcomes(folder, library)]


@pytest.fixture
def kept(tmp_path: Path, library: Library) -> Path:
    """Return a folder with one template and its goldens."""
    folder = put(tmp_path / "eigen", "_brief").parent
    keep(outcomes(folder, library), folder / "goldens")
    return folder


def test_what_was_kept_is_the_same_the_next_time(kept: Path, library: Library):
    assert texts(kept, library) == [
        ("_brief-kort.txt", Verdict.SAME),
        ("_brief-lang.txt", Verdict.SAME),
    ]


def test_another_word_is_shown_as_what_it_was_and_what_it_is(kept: Path, library: Library):
    put(kept, "_brief", altered("_brief", "Dit zit erin", "Dit zit er nu in"))

    first, _ = outcomes(kept, library)
    assert first.verdict is Verdict.OTHER
    assert "- Dit zit erin" in first.lines
    assert "+ Dit zit er nu in" in first.lines


def test_the_page_numbers_that_word_last_counted_make_no_difference(kept: Path, library: Library):
    before = (kept / "goldens/_brief-kort.txt").read_text(encoding="utf-8")
    number = '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>{}</w:t></w:r></w:fldSimple></w:p>'
    pieces = (
        *('<w:fldChar w:fldCharType="begin"/>', "<w:instrText> NUMPAGES </w:instrText>"),
        *('<w:fldChar w:fldCharType="separate"/>', "<w:t>{}</w:t>", "<w:t>1</w:t>"),
        '<w:fldChar w:fldCharType="end"/>',
    )
    number += f"<w:p>{''.join(f'<w:r>{it}</w:r>' for it in pieces)}</w:p>"
    put(kept, "_brief", with_first("_brief", number.format(1, 1)))
    keep(outcomes(kept, library), kept / "goldens")
    put(kept, "_brief", with_first("_brief", number.format(3, 7)))

    assert {verdict for _, verdict in texts(kept, library)} == {Verdict.SAME}
    after = (kept / "goldens/_brief-kort.txt").read_text(encoding="utf-8")
    assert after.count("#") == before.count("#") + 2


def test_a_template_without_a_golden_is_new_and_a_golden_without_a_template_too_many(
    kept: Path, library: Library
):
    (kept / "goldens/_brief-kort.txt").unlink()
    (kept / "goldens/_envelop-kort.txt").write_text("oud", encoding="utf-8")
    (kept / "goldens/_brief--een-casus.txt").write_text("blijft", encoding="utf-8")

    assert texts(kept, library) == [
        ("_brief-kort.txt", Verdict.NEW),
        ("_brief-lang.txt", Verdict.SAME),
        ("_envelop-kort.txt", Verdict.ORPHAN),
    ]


def test_a_template_that_cannot_be_filled_is_broken_and_keeps_its_goldens(
    kept: Path, library: Library
):
    put(kept, "_brief", with_first("_brief", PARAGRAPH.format("{{ brief.datun }}")))
    before = (kept / "goldens/_brief-kort.txt").read_bytes()
    found = outcomes(kept, library)

    keep(found, kept / "goldens")
    assert {it.verdict for it in found} == {Verdict.BROKEN}
    assert "Alinea 1" in found[0].lines[0]
    assert "datun" in found[0].lines[0]
    assert (kept / "goldens/_brief-kort.txt").read_bytes() == before


def test_a_golden_with_the_line_ends_of_windows_is_the_same(kept: Path, library: Library):
    golden = kept / "goldens/_brief-kort.txt"
    golden.write_bytes(golden.read_bytes().replace(b"\n", b"\r\n"))

    assert texts(kept, library)[0][1] is Verdict.SAME


def test_a_golden_that_is_no_text_is_a_fault_with_the_way_out(kept: Path, library: Library):
    (kept / "goldens/_brief-kort.txt").write_bytes(b"\xff\xfe")

    with pytest.raises(DefinitionError, match="geen tekst in UTF-8") as caught:
        texts(kept, library)
    assert "--update" in caught.value.hint
