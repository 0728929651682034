"""What belongs above and below every page: without it a page says of nobody and nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from wvp_docs.findings import Severity
from wvp_docs.formats import enumerate_nl
from wvp_docs.inspection.names import Named
from wvp_docs.inspection.pages import in_use
from wvp_docs.inspection.reading import PAGES, Story, W
from wvp_docs.inspection.remarks import Remark
from wvp_docs.inspection.tags import without_tags

_LOST = {
    "koptekst": "de naam van de werkgever, het woord Concept en het logo",
    "voettekst": "de titel, het bladzijdenummer en de regel van de huisstijl",
}
_BELONGS = {
    "werkgever.naam": "de naam van de werkgever ({{ werkgever.naam }})",
    "document.titel": "de titel ({{ document.titel }})",
    "PAGE": "het bladzijdenummer",
}
_TITLE, _NUMBER = "document.titel", "PAGE"
_SOURCE = "Beleidsregels vorm- en herkenbaarheidsvereisten art. 2"


def margins(
    members: Mapping[str, bytes],
    stories: Sequence[Story],
    found: Sequence[Named],
    title: str,
    told: Sequence[Remark],
) -> Iterator[Remark]:
    """Yield what the pages of a form lack above or below, of each kind of page in use.

    Args:
        members: the parts of the file.
        stories: its texts.
        found: the names in its tags.
        title: of the form; as fixed text it is as good as its tag.
        told: what is known already: of a broken tag it is not said that it lacks as well.
    """
    says = {story.part: _said_in(story, title) for story in stories}
    for named in found:
        if named.use.step == "print" and not named.tag.unseen:
            says[named.tag.paragraph.part].add(named.use.path)
    broken = {it.paragraph.part for it in told if it.paragraph and it.severity is Severity.ERROR}
    for kind, *parts in sorted(set(in_use(members))):
        pages = PAGES.get(kind, "")
        for name, part in zip(_LOST, parts, strict=True):
            if not part:
                message = f"Het sjabloon heeft geen {name}{pages}: daar staan {_LOST[name]}."
                yield _lost(message, f"Zet de {name} terug.")
        there = set().union(*(says.get(part, set()) for part in parts))
        lacking = [what for it, what in _BELONGS.items() if it not in there]
        if lacking and all(parts) and broken.isdisjoint(parts):
            listed = enumerate_nl(lacking)
            yield _lost(
                f"In de koptekst en de voettekst{pages} ontbreekt: {listed}.", "Zet het terug."
            )


def titled(stories: Sequence[Story], title: str) -> Iterator[Remark]:
    """Yield that a form does not say what it is, when no line of fixed text does."""
    on_paper = [it for it in stories if all(one.is_on_paper for one in it.paragraphs)]
    if not any(_is_title(story, title) for story in on_paper):
        yield Remark(
            "S030",
            f"De titel “{title}” moet volgens de wet op dit stuk staan, en staat er niet op.",
            "Zet {{ document.titel }} bovenaan het formulier, of typ de titel.",
            source=_SOURCE,
        )


def _lost(message: str, hint: str) -> Remark:
    ours = "Neem over wat in ons sjabloon staat: wvp-docs template export."
    return Remark("S034", message, f"{hint} {ours}", severity=Severity.WARNING)


def _said_in(story: Story, title: str) -> set[str]:
    codes = (it.text or "" for it in story.root.iter(f"{W}instrText"))
    fields = (it.get(f"{W}instr", "") for it in story.root.iter(f"{W}fldSimple"))
    has_number = any(re.match(r"\s*PAGE\b", code) for code in (*codes, *fields))
    has = {_NUMBER: has_number, _TITLE: _is_title(story, title)}
    return {it for it, is_there in has.items() if is_there}


def _is_title(story: Story, title: str) -> bool:
    """Return whether a line says what the form is, and does not only mention it lower down."""
    wanted = " ".join(title.casefold().split())
    for paragraph in story.paragraphs:
        seen = "".join(piece.text for piece in paragraph.pieces if not piece.unseen)
        line = " ".join(without_tags(seen).casefold().split())
        is_mostly = 2 * len(wanted) >= len(line) or line.startswith(wanted)
        starts_with_tag = seen.lstrip().startswith("{")
        if wanted in line and not starts_with_tag and (is_mostly or not paragraph.heading):
            return True
    return False
