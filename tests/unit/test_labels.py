"""Labels: a page that had a number keeps it, whatever comes between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wvp_docs.errors import OutputError
from wvp_docs.pdf.labels import labels_of


def after(kept: dict[str, list[str]], **counts: int) -> list[str]:
    """Return the labels of an edition that follows on another, part by part."""
    found = labels_of(list(counts), list(counts.values()), kept)
    return [" ".join(labels) for labels in found]


def test_without_an_earlier_edition_pages_count_from_one():
    assert after({}, inhoud=1, a=2, b=1) == ["1", "2 3", "4"]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"inhoud": 1, "a": 2, "b": 2}, ["1", "2 3", "4 5"]),
        ({"inhoud": 2, "a": 2, "b": 2}, ["1 1A", "2 3", "4 5"]),
        ({"inhoud": 1, "a": 4, "b": 2}, ["1", "2 3 3A 3B", "4 5"]),
        ({"inhoud": 1, "a": 1, "b": 2}, ["1", "2", "4 5"]),
        ({"inhoud": 1, "a": 2, "new": 2, "b": 2}, ["1", "2 3", "3A 3B", "4 5"]),
        ({"inhoud": 1, "a": 3, "new": 1, "b": 2}, ["1", "2 3 3A", "3B", "4 5"]),
        ({"inhoud": 1, "a": 1, "new": 1, "b": 2}, ["1", "2", "2A", "4 5"]),
        ({"inhoud": 1, "b": 2, "a": 2}, ["1", "4 5", "2 3"]),
        ({"inhoud": 1, "b": 2, "new": 1}, ["1", "4 5", "5A"]),
    ],
    ids=[
        "the same again",
        "contents that grew",
        "a part that grew",
        "a part that shrank leaves a gap",
        "a new part",
        "a part that grew, and a new one after it",
        "a gap is not filled",
        "another order",
        "a new part at the end",
    ],
)
def test_an_edition_keeps_the_numbers_of_the_last(counts: dict[str, int], expected: list[str]):
    kept = {"inhoud": ["1"], "a": ["2", "3"], "b": ["4", "5"]}

    assert after(kept, **counts) == expected


def test_a_part_between_two_that_came_late_is_numbered_in_their_order():
    kept = {"inhoud": ["1"], "a": ["2"], "late": ["2A", "2B"], "b": ["3"]}

    found = after(kept, inhoud=1, a=1, later=1, late=2, latest=1, b=1)

    assert found == ["1", "2", "2.1", "2A 2B", "2C", "3"]
    kept = {"inhoud": ["1"], "a": ["2"], "late": ["2A", "2B"], "b": ["2C"]}
    assert after(kept, inhoud=1, a=1, late=2, x=2, y=1, b=1)[3:] == ["2B.1 2B.2", "2B.3", "2C"]


def test_after_twenty_six_letters_come_two():
    kept = {"inhoud": ["1"], "b": ["2"]}

    labels = after(kept, inhoud=1, new=54, b=1)[1].split()

    assert [labels[0], *labels[25:28], *labels[51:]] == [
        "1A", "1Z", "1AA", "1AB", "1AZ", "1BA", "1BB",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kept", [{"a": ["1", "1"]}, {"a": ["1"], "b": ["1"]}, {"a": ["ii"]}, {"a": ["01"]}, {"a": [""]}]
)
def test_labels_that_no_edition_of_ours_had_are_refused(kept: dict[str, list[str]]):
    with pytest.raises(OutputError, match="niet te gebruiken"):
        after(kept, a=1)


@given(st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 4)), max_size=5))
def test_no_label_is_given_twice_in_any_chain_of_editions(editions: list[dict[str, int]]):
    kept: dict[str, tuple[str, ...]] = {}
    for counts in ({"inhoud": 1, **edition} for edition in editions):
        found = dict(zip(counts, labels_of(list(counts), list(counts.values()), kept), strict=True))
        everything = [label for labels in found.values() for label in labels]
        assert len(set(everything)) == len(everything) == sum(counts.values())
        for key in found.keys() & kept.keys():
            shared = min(len(found[key]), len(kept[key]))
            assert found[key][:shared] == kept[key][:shared]
        kept = found
