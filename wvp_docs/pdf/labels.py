"""The page labels of a bundle: which number each page bears, also when papers come in late."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from wvp_docs.errors import OutputError

_LABEL = re.compile(r"(0|[1-9][0-9]{0,5})[A-Z]{0,3}(\.[1-9][0-9]{0,3}){0,8}")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the pages of a bundle are laid out.

    Attributes:
        double_sided: every tab sheet and every document starts on a right-hand page; a blank page
            comes before it where needed. It is a page like any other and bears a number.
        kept: the page labels of an earlier bundle by the key of each part, which its pages keep:
            what comes in late is numbered between them. Which pages are right-hand ones depends on
            where they lie in the pile, never on these labels.
    """

    double_sided: bool = False
    kept: Mapping[str, Sequence[str]] = field(default_factory=dict)


PLAIN = Layout()
"""Single-sided, numbered from 1."""


def labels_of(
    keys: Sequence[str], counts: Sequence[int], kept: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, ...], ...]:
    """Return the label of every page: 1 to n, or around the labels that are kept.

    A part that was there keeps its labels in order; when it has fewer pages now, that leaves a
    gap. A page that was not there gets the label of the page before it with a letter: 12A, 12B,
    after 12Z comes 12AA; between 12A and 12B it is 12A.1. No label is given twice, nor one that
    an earlier page had.

    Args:
        keys: the parts in order, each with a key of its own.
        counts: the number of pages of each of them.
        kept: the labels of an earlier bundle by key; empty for none.

    Raises:
        OutputError: if the labels that are kept are no labels, or one of them occurs twice.
    """
    if len(set(keys)) < len(keys):
        raise ValueError("two parts have the same key")
    if not kept:
        numbers = itertools.count(1)
        return tuple(tuple(map(str, itertools.islice(numbers, n))) for n in counts)
    used = _checked(kept)
    new, found = _between("0", ""), []
    for at, (key, count) in enumerate(zip(keys, counts, strict=True)):
        labels = list(kept.get(key, ()))[:count]
        if labels:
            after = next((kept[later][0] for later in keys[at + 1 :] if kept.get(later)), "")
            new = _between(labels[-1], after)
        while len(labels) < count:
            labels.append(next(label for label in new if label not in used))
            used.add(labels[-1])
        found.append(tuple(labels))
    return tuple(found)


def _checked(kept: Mapping[str, Sequence[str]]) -> set[str]:
    labels = [label for part in kept.values() for label in part]
    if len(set(labels)) < len(labels) or not all(map(_LABEL.fullmatch, labels)):
        raise OutputError(
            "De paginanummers van de eerdere bundel zijn niet te gebruiken.",
            hint="Het manifest.json van die bundel is veranderd. Maak de bundel met een nieuwe "
            "nummering.",
        )
    return set(labels)


def _between(before: str, after: str) -> Iterator[str]:
    """Yield labels in order for what comes between pages with these two."""
    if _number(before) == _number(after):
        yield from (f"{before}.{times}" for times in itertools.count(1))
    letters = before.partition(".")[0][len(_number(before)) :]
    while True:
        letters = _next(letters)
        yield _number(before) + letters


def _number(label: str) -> str:
    return label.partition(".")[0].rstrip(ascii_uppercase)


def _next(letters: str) -> str:
    head = letters.rstrip("Z")
    turned = "A" * (len(letters) - len(head))
    return f"{head[:-1]}{chr(ord(head[-1]) + 1)}{turned}" if head else f"A{turned}"
