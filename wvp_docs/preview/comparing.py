"""Two versions of a template compared: their tags, and their pages filled with the same sample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

from PIL import Image

from wvp_docs.beside import OnDisk
from wvp_docs.engines import Engine
from wvp_docs.errors import TemplateError, WvpError
from wvp_docs.forms import Library
from wvp_docs.housestyle import templates_in
from wvp_docs.inspection import opened
from wvp_docs.preview.pictures import (
    COARSE,
    Box,
    Sheet,
    Words,
    moved_boxes,
    pictures_of,
    side_by_side,
    words_of,
)
from wvp_docs.preview.rendering import on_paper, plain, stem_of
from wvp_docs.preview.scene import Scene
from wvp_docs.word import Template, source_of


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two versions of one template.

    Attributes:
        name: of the template.
        came: tags that only the new one has.
        went: tags that only the old one has.
        pages: how many pages the old and the new one take with the same answers.
        pictures: of each page that differs, by its number from 1: old and new beside each other.
        trouble: a Dutch sentence on why the pages could not be compared; empty when they were.
        is_broken: one of the two cannot be filled.
    """

    name: str
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    pages: tuple[int, int] = (0, 0)
    pictures: Mapping[int, Image.Image] = field(default_factory=dict)
    trouble: str = ""
    is_broken: bool = False

    @property
    def is_same(self) -> bool:
        """Whether no reader and no case would see a difference."""
        return not (self.came or self.went or self.pictures or self.trouble)


@dataclass(frozen=True, slots=True)
class Bench:
    """What two versions are filled with, and what makes paper of them."""

    library: Library
    scene: Scene
    engine: Engine


def compare(old: Path, new: Path, bench: Bench) -> Iterator[Compared]:
    """Yield what differs between two templates, or between those of two folders, by name.

    Raises:
        TemplateError: of two files, one cannot be read; or a folder has two for one form.
    """
    if not old.is_dir():
        before, after = (
            opened(source_of(it), it.name, plain(it.stem), bench.library) for it in (old, new)
        )
        yield _compared(before, after, stem_of(after, new.stem, bench.library), bench)
        return
    olds, news = (templates_in(OnDisk(folder), ".") for folder in (old, new))
    for stem in sorted(olds.keys() | news.keys()):
        if stem not in olds or stem not in news:
            where = "nieuwe" if stem in news else "oude"
            yield Compared(stem, trouble=f"Dit sjabloon staat alleen in de {where} map.")
            continue
        try:
            before, after = (
                opened(them[stem], f"{stem}.docx", stem, bench.library) for them in (olds, news)
            )
            yield _compared(before, after, stem_of(after, stem, bench.library), bench)
        except TemplateError as error:
            yield _broken(error, stem)


def _compared(old: Template, new: Template, stem: str, bench: Bench) -> Compared:
    came = tuple(sorted(new.tags() - old.tags()))
    went = tuple(sorted(old.tags() - new.tags()))
    try:
        before, after = (_paper(template, stem, bench) for template in (old, new))
    except WvpError as error:
        return _broken(error, stem, came, went)
    size = len(before.pictures), len(after.pictures)
    return Compared(stem, came, went, size, dict(_differing(before, after)))


def _broken(
    error: WvpError, stem: str, came: tuple[str, ...] = (), went: tuple[str, ...] = ()
) -> Compared:
    sentence = f"{error} {error.hint}".strip()
    return Compared(stem, came, went, trouble=sentence, is_broken=True)


@dataclass(frozen=True, slots=True)
class _Paper:
    pictures: Sequence[Image.Image]
    words: Sequence[Words]


def _paper(template: Template, stem: str, bench: Bench) -> _Paper:
    pdf = on_paper(template, bench.scene.subject(stem), bench.engine).pdf
    return _Paper(pictures_of(pdf, COARSE), words_of(pdf, COARSE))


def _differing(old: _Paper, new: _Paper) -> Iterator[tuple[int, Image.Image]]:
    """Yield the number and the picture of each page that differs.

    Words are compared over all pages at once, so that what only moved on is not taken for new.
    Those that stayed where they were are left out first: where a page ends elsewhere, header and
    footer come between other words.
    """
    stayed = set(old.words) & set(new.words)
    olds, news = ([it for it in its.words if it not in stayed] for its in (old, new))
    matcher = SequenceMatcher(
        None, [it.text for it in olds], [it.text for it in news], autojunk=False
    )
    changed = [opcode for opcode in matcher.get_opcodes() if opcode[0] != "equal"]
    gone = [word for _, start, end, _, _ in changed for word in olds[start:end]]
    fresh = [word for _, _, _, start, end in changed for word in news[start:end]]
    for at, (one, other) in enumerate(zip_longest(old.pictures, new.pictures)):
        left, right = _on_page(gone, at), _on_page(fresh, at)
        moved = moved_boxes(one, other, (*left, *right)) if one and other else ()
        if not (left or right or moved) and one and other:
            continue
        sheets = (
            Sheet(one, left, moved) if one else None,
            Sheet(other, right, moved) if other else None,
        )
        titles = [
            f"{which}, bladzijde {at + 1}" if page else f"{which}: geen bladzijde {at + 1}"
            for which, page in (("Oud", one), ("Nieuw", other))
        ]
        yield at + 1, side_by_side(*sheets, titles)


def _on_page(words: Sequence[Words], page: int) -> tuple[Box, ...]:
    return tuple(word.box for word in words if word.page == page)
