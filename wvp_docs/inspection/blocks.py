"""Whether the tags of a template can be read and its blocks open and close where they can.

What is broken is mended for the checks that follow, so that they speak of what is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from wvp_docs.grammar import closest
from wvp_docs.inspection.reading import W
from wvp_docs.inspection.remarks import Remark
from wvp_docs.inspection.tags import MENDED, PRINT, REMARK, STEER, Tag
from wvp_docs.word import faulty

_CLOSES = {"if": "endif", "for": "endfor"}
_OPENS = {close: open_ for open_, close in _CLOSES.items()}
_MIDDLE = {"elif": ("if",), "else": ("if", "for")}
_WORDS = (*_CLOSES, *_OPENS, *_MIDDLE, "set")
_SHOWN = 60
_EDGES = {f"{W}{name}" for name in ("tc", "tr", "tbl")}
_SLIP = re.compile(
    r"(?:(p|tr|tc|r)\s*)?((?:end\s*)?(?:if|for)|elif|else|set)\b(.*)", re.IGNORECASE | re.DOTALL
)
"""A word with a capital, as Word makes at the start of a line, or with a blank too many or few."""

_DUTCH = (
    (r"expected token 'end of .*', got '?(.+?)'?$", "na de naam staat nog iets: {}"),
    (r"unexpected char (?:'(.+?)'|\"(.+?)\") at", "het teken {} kan hier niet"),
    (r"unexpected 'end of", "er ontbreekt iets aan het eind"),
    (r"unexpected '(.+)'", "het teken {} kan hier niet"),
    (r"Expected an expression", "er staat geen naam in"),
    (r"expected token 'in'", "schrijf: for rij in naam.van.de.tabel"),
    (r"(.* kan niet|te diep .*)$", "{}"),
)
"""What Jinja says, and what that means to who edits a template."""


@dataclass
class Mended:
    """The tags of a story as they can be read, and what had to be mended.

    Attributes:
        lines: what Jinja reads of each tag, one line a tag.
    """

    lines: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def mended(tags: Sequence[Tag]) -> Mended:
    """Return the tags of a story, and what is wrong with them as tags."""
    result = Mended()
    _Blocks(result).read(tags)
    if fault := faulty("\n".join(result.lines)):
        # Never seen: what is wrong with all of them together and not with one.
        result.remarks.append(Remark("S010", f"de tags zijn niet te lezen: {_dutch(fault)}."))
        result.lines = []
    return result


class _Blocks:
    """Reads tags one by one and keeps which blocks are open."""

    def __init__(self, result: Mended) -> None:
        self.result = result
        self.open: list[Tag] = []

    def read(self, tags: Sequence[Tag]) -> None:
        for tag in tags:
            self.result.lines.append(self.line(tag))
        for tag in reversed(self.open):
            self.unclosed(tag)
            self.result.lines.append(_close(tag))

    def line(self, tag: Tag) -> str:
        """Return what Jinja may read of a tag."""
        if tag.opens == REMARK:
            return ""
        if fault := _fault(tag):
            self.result.remarks.append(Remark("S010", *fault, tag.paragraph))
            if meant := _meant(tag):
                return self.line(meant)
            line = _instead(tag)
        else:
            line = tag.jinja
        if tag.word in _CLOSES:
            self.open.append(tag)
        elif tag.word in _MIDDLE:
            return self.middle(tag, line)
        elif tag.word in _OPENS:
            return self.close(tag)
        return line

    def middle(self, tag: Tag, line: str) -> str:
        before = ""
        # An else below a table is not that of a for in the table, of which the end was forgotten.
        while any(_fits(it, tag) for it in self.open[:-1]) and not _fits(self.open[-1], tag):
            before += self.forgotten()
        if not self.open or self.open[-1].word not in _MIDDLE[tag.word]:
            self.superfluous(tag, _MIDDLE[tag.word][0])
            return before
        self.fit(self.open[-1], tag)
        return before + line

    def close(self, tag: Tag) -> str:
        wanted = _OPENS[tag.word]
        if all(it.word != wanted for it in self.open):
            self.superfluous(tag, wanted)
            return ""
        line = ""
        while self.open[-1].word != wanted:
            line += self.forgotten()
        opener = self.open.pop()
        self.fit(opener, tag)
        return line + _close(opener)

    def forgotten(self) -> str:
        """Return the end of the innermost block, which is not there."""
        tag = self.open.pop()
        self.unclosed(tag)
        return _close(tag)

    def unclosed(self, tag: Tag) -> None:
        missing = f"{{%{tag.scope} {_CLOSES[tag.word]} %}}"
        self.result.remarks.append(
            Remark(
                "S012",
                f"het blok {tag.shown} wordt nergens gesloten.",
                f"Zet {missing} waar het blok ophoudt.",
                tag.paragraph,
            )
        )

    def superfluous(self, tag: Tag, wanted: str) -> None:
        self.result.remarks.append(
            Remark(
                "S012",
                f"{tag.shown} hoort bij geen {{% {wanted} %}} dat nog open is.",
                "Haal deze tag weg, of zet de tag terug waarmee het blok begint.",
                tag.paragraph,
            )
        )

    def fit(self, opener: Tag, tag: Tag) -> None:
        """Note when what is between the two would cut a cell, a row or a link in two."""
        if _fits(opener, tag):
            return
        self.result.remarks.append(
            Remark(
                "S013",
                f"{tag.shown} staat op een andere plaats dan het begin van het blok: "
                f"{opener.shown} in {opener.paragraph.place}.",
                "Zet begin en eind op dezelfde soort plaats: beide in een eigen rij van dezelfde "
                "tabel ({%tr … %}), of beide in een eigen alinea ({%p … %}).",
                tag.paragraph,
            )
        )


def _fits(opener: Tag, tag: Tag) -> bool:
    start, end = opener.stands_in, tag.stands_in
    return start is None or end is None or _is_level(start, end)


def _is_level(start: etree._Element, end: etree._Element) -> bool:
    """Say whether leaving out what is between two places leaves a sound document."""
    before, after = ([it, *it.iterancestors()] for it in (start, end))
    shared = next(it for it in before if it in after)
    steps = [[it.tag for it in chain[: chain.index(shared)]] for chain in (before, after)]
    return steps[0] == steps[1] and not _EDGES.intersection(map(str, steps[0]))


def _close(tag: Tag) -> str:
    return f"{{% {_CLOSES[tag.word]} %}}"


def _instead(tag: Tag) -> str:
    """Return what stands in for a tag that cannot be read, so that its block remains."""
    if tag.word == "if":
        return f"{{% if {MENDED} %}}"
    if named := re.match(r"(for|set)\s+(\w+)", tag.inner):
        is_in = "in" if named[1] == "for" else "="
        return f"{{% {named[1]} {named[2]} {is_in} {MENDED} %}}"
    if tag.word == "for":
        return f"{{% for {MENDED} in {MENDED} %}}"
    return ""


def _fault(tag: Tag) -> tuple[str, str] | None:
    """Return what is wrong with a tag by itself, and what to do."""
    if tag.opens == PRINT and tag.scope:
        hint = "Schrijf {{ en een spatie; de letter is alleen voor {% %}."
        return f"{tag.shown} begint met {{{{{tag.scope}, en dat kan niet.", hint
    if tag.opens == STEER and tag.word not in _WORDS:
        hint = closest(tag.word, _WORDS) or f"Kies uit: {', '.join(_WORDS)}."
        if meant := _meant(tag):
            hint = f"Bedoelde u {{%{meant.scope} {meant.inner} %}}?"
        return f"{tag.shown} begint met een woord dat geen opdracht is.", hint
    if tag.word in _OPENS or tag.word == "else":
        is_choice = re.match(r"else\s*if\s", tag.inner)
        right = f"elif {tag.inner[is_choice.end() :]}" if is_choice else tag.word
        extra = tag.inner != tag.word
        return (f"in {tag.shown} staat te veel.", f"Schrijf: {{% {right} %}}") if extra else None
    whole = tag.jinja.replace("{% elif", "{% if", 1) + _ENDS.get(tag.word, "")
    fault = faulty(whole)
    return (f"{tag.shown} is niet te lezen: {_dutch(fault)}.", _ADVICE) if fault else None


def _meant(tag: Tag) -> Tag | None:
    """Return the tag that a slip of the pen, or Word, made into one that does nothing."""
    slip = _SLIP.fullmatch(tag.inner) if tag.opens == STEER and tag.word not in _WORDS else None
    if slip is None:
        return None
    scope, word, rest = slip.groups(default="")
    inner = f"{''.join(word.lower().split())} {rest.strip()}".rstrip()
    return replace(tag, inner=inner, scope=scope.lower() or tag.scope)


_ADVICE = "Kopieer de tag uit de lijst: wvp-docs template fields."
_ENDS = {"if": "{% endif %}", "elif": "{% endif %}", "for": "{% endfor %}"}


def _dutch(message: str) -> str:
    for pattern, dutch in _DUTCH:
        if found := re.match(pattern, message):
            sign = next(filter(None, found.groups()), "")
            # Of what cannot be seen Python gives the number: \\u200b.
            is_code = re.fullmatch(r"\\[xuU]([0-9a-f]+)", sign)
            shown = f"dat niet te zien is (U+{is_code[1].upper():0>4})" if is_code else sign
            return dutch.format(shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…")
    return "er klopt iets niet aan de schrijfwijze"
