"""Bundle: tab sheets, two sides of the paper, and papers that come in late."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from bundles import (
    bundle,
    converted_text,
    labels_in,
    links,
    numbers_on,
    opened,
    part,
    place_of,
    texts,
)
from wvp_docs.pdf.bundle import Bundle, Part, page_labels
from wvp_docs.pdf.labels import Layout

SHEET = converted_text("Tabblad")


def kept_of(made: Bundle) -> dict[str, tuple[str, ...]]:
    return {bound.key: bound.labels for bound in made.ledger}


def test_a_tab_sheet_comes_before_its_part_and_is_where_links_and_outline_lead():
    made = bundle(replace(part("A", pages=2), sheet=SHEET), replace(part("B"), sheet=SHEET))

    shown = texts(made.pdf.read())
    assert ["Tabblad" in text for text in shown] == [False, True, False, False, True, False]
    with opened(made) as pdf, pdf.open_outline() as outline:
        assert [place_of(pdf, note.Dest) for note in links(pdf, 0)] == [2, 5]
        assert [place_of(pdf, item.destination) for item in outline.root] == [1, 2, 5]
        assert [place_of(pdf, item.destination) for item in outline.root[1].children] == [3]
    assert [bound.labels for bound in made.ledger] == [("1",), ("2", "3", "4"), ("5", "6")]


def test_a_part_can_be_a_sheet_alone():
    made = bundle(part("A"), Part("medisch", "Medische informatie", sheet=SHEET, number="4"))

    with opened(made) as pdf, pdf.open_outline() as outline:
        assert [place_of(pdf, note.Dest) for note in links(pdf, 0)] == [2, 3]
        assert [item.title for item in outline.root] == ["Inhoud", "A", "4 Medische informatie"]
    assert made.ledger[2].labels == ("3",)


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [(None, ". A. BB CCC. D"), (SHEET, ". T. A. T. BB T. CCC. T. D")],
    ids=["without tab sheets", "with tab sheets"],
)
def test_on_two_sides_every_sheet_and_every_document_starts_on_a_right_hand_page(
    sheet: bytes | None, expected: str
):
    parts = [
        replace(part(title, pages=pages), sheet=sheet)
        for title, pages in (("A", 1), ("B", 2), ("C", 3), ("D", 1))
    ]
    layout = Layout(double_sided=True)

    made = bundle(*parts, layout=layout)

    shown = [text.split() for text in texts(made.pdf.read())[1:]]
    marks = "".join("." if len(words) == 1 else words[0][0] for words in shown)
    assert marks == expected.replace(" ", "")
    assert numbers_on(made) == labels_in(made) == [str(page) for page in range(1, made.pages + 1)]
    assert page_labels(1, parts, layout) == tuple(bound.labels for bound in made.ledger)


def test_a_blank_page_is_as_large_and_lies_the_same_way_as_the_page_before_it():
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(842, 1191))
        pdf.pages[0].obj.Rotate = 90
        pdf.pages[0].obj.CropBox = [10, 10, 800, 1100]
        pdf.save(target)

    made = bundle(Part("A", "A", target.getvalue()), part("B"), layout=Layout(double_sided=True))

    with opened(made) as pdf:
        page = pdf.pages[3]
        assert [float(edge) for edge in page.cropbox] == [10, 10, 800, 1100]
        assert page.obj.Rotate == 90


def test_late_papers_leave_every_printed_number_in_three_editions_as_it_was():
    a, b = part("A", pages=2), part("B")
    first = bundle(a, b)
    second = bundle(a, part("Laat", pages=2), b, layout=Layout(kept=kept_of(first)))
    third = bundle(a, part("Later"), part("Laat", pages=3), b, layout=Layout(kept=kept_of(second)))

    assert numbers_on(first) == ["1", "2", "3", "4"]
    assert numbers_on(second) == ["1", "2", "3", "3A", "3B", "4"]
    assert numbers_on(third) == ["1", "2", "3", "3.1", "3A", "3B", "3C", "4"]
    assert labels_in(third) == numbers_on(third)
    assert kept_of(third)["Laat"] == ("3A", "3B", "3C")


def test_late_papers_on_two_sides_start_on_the_right_in_the_pile_whatever_their_number():
    a, b = part("A", pages=2), part("B")
    first = bundle(a, b, layout=Layout(double_sided=True))
    layout = Layout(double_sided=True, kept=kept_of(first))

    second = bundle(a, part("Laat"), b, layout=layout)

    assert numbers_on(first) == ["1", "2", "3", "4", "5"]
    assert numbers_on(second) == ["1", "2", "3", "4", "4A", "4B", "5"]
    assert "Laat" in texts(second.pdf.read())[4]
