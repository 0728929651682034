"""Whether what the tags name exists, can be used that way, and is no medical information."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wvp_docs.grammar import nearest
from wvp_docs.inspection.remarks import Remark
from wvp_docs.inspection.tags import MENDED, PRINT, Tag
from wvp_docs.lexicon import Lexicon
from wvp_docs.vocabulary import Name, Shape, Vocabulary
from wvp_docs.word import Step, Use

_OF_LOOPS = frozenset(
    f"loop.{name}"
    for name in ("index", "index0", "first", "last", "length", "revindex", "revindex0")
)
_LAW = "Beleidsregels vorm- en herkenbaarheidsvereisten art. 1 m"
_SENT = "De werknemer stuurt medische informatie zelf naar UWV, in een gesloten envelop."


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a tag."""

    use: Use
    tag: Tag

    @property
    def is_seen(self) -> bool:
        """Whether what it stands for comes on the paper."""
        return self.use.step is Step.PRINT and not self.tag.unseen


def names(found: Sequence[Named], known: Vocabulary, lexicon: Lexicon) -> Iterator[Remark]:
    """Yield what is wrong with the names of a template; of one inside another only the outer.

    Args:
        found: every name in it.
        known: what it can name.
        lexicon: the words that give away something medical.
    """
    unknown: set[str] = set()
    for named in found:
        path = named.use.path
        if path in _OF_LOOPS or path.partition("[")[0].partition(".")[0] == MENDED:
            continue
        if any(path.startswith((f"{it}.", f"{it}[")) for it in unknown):
            continue
        name = known.get(path.removesuffix("[]"))
        if name is None:
            unknown.add(path)
            yield _unknown(named, known, lexicon)
        elif name.field and name.field.medisch:
            yield _medical(named.tag, f"“{name.field.label}” is medische informatie")
        elif problem := _misused(named, name, known):
            yield Remark("S021", *problem, named.tag.paragraph)


def _medical(tag: Tag, because: str) -> Remark:
    message = f"{tag.shown} hoort hier niet: {because}, en de werkgever ziet dit stuk."
    return Remark("S022", message, f"Haal de tag weg. {_SENT}", tag.paragraph, source=_LAW)


def _misused(named: Named, name: Name, known: Vocabulary) -> tuple[str, str] | None:
    """Return what is wrong with how a name is used, and what to do."""
    tag, step, path = named.tag, named.use.step, name.path
    is_row = named.use.path.endswith("[]")
    if step is Step.ROWS and (name.shape is not Shape.ROWS or is_row):
        message = f"{tag.shown} loopt over {path}, en dat is geen tabel."
        return message, "Een {% for %} gaat over de rijen van een tabel."
    if step is not Step.PRINT:
        return None
    if name.shape is Shape.ROWS:
        column = next((it for it in known if it.startswith(f"{path}[].")), f"{path}[].…")
        hint = (
            f"Herhaal een rij: {{%tr for rij in {path} %}}, daaronder een rij met "
            f"{{{{ rij.{column.rpartition('.')[2]} }}}}, daaronder {{%tr endfor %}}."
        )
        return f"{tag.shown} is een tabel, en geen antwoord.", hint
    if name.shape is Shape.GROUP:
        inside = next((it for it in known if it.startswith(f"{path}.")), f"{path}.…")
        hint = f"Kies een naam uit de groep, zoals {{{{ {inside} }}}}."
        return f"{tag.shown} is een groep, en geen antwoord.", hint
    return None


def _unknown(named: Named, known: Vocabulary, lexicon: Lexicon) -> Remark:
    path, tag = named.use.path, named.tag
    hit = next(lexicon.hits(path.rpartition(".")[2], attachment=True), None)
    if hit:
        return _medical(tag, f"dit is een woord over {hit.kind.naam}")
    if table := _table_of(path, known):
        column = path.removeprefix(table).strip(".")
        message = f"{tag.shown} noemt een kolom, maar niet van welke rij."
        hint = f"Zet er {{%tr for rij in {table} %}} boven en schrijf {{{{ rij.{column} }}}}."
        return Remark("S021", message, hint, tag.paragraph)
    if table := _table_with(path, known):
        row = path.partition(".")[0]
        message = f"{tag.shown} bestaat hier niet: de tag noemt een kolom, maar van welke tabel?"
        hint = f"Zet er een rij boven met de goede tabel, zoals {{%tr for {row} in {table} %}}."
        return Remark("S020", message, hint, tag.paragraph)
    written = _as_typed(tag, path, path)
    what = tag.shown if tag.opens == PRINT and tag.inner == written else written
    where = "" if what == tag.shown else f" in {tag.shown}"
    meant = _meant(path, known)
    hint = (
        f"Bedoelde u {_as_typed(tag, path, meant)}?"
        if meant
        else "Alle namen staan in: wvp-docs template fields."
    )
    return Remark("S020", f"{what}{where} bestaat niet.", hint, tag.paragraph)


def _table_of(path: str, known: Vocabulary) -> str:
    """Return the table whose column is named without a row; empty when it is something else."""
    parent, _, column = path.rpartition(".")
    return parent if f"{parent}[].{column}" in known else ""


def _table_with(path: str, known: Vocabulary) -> str:
    """Return a table with this column, of a name that begins like no other: `rij.actie`."""
    root, _, column = path.partition(".")
    if root == "loop" or nearest(root, {it.partition(".")[0].removesuffix("[]") for it in known}):
        return ""
    end = f"[].{column}"
    return next((it.removesuffix(end) for it in known if it.endswith(end)), "")


def _meant(path: str, known: Iterable[str]) -> str:
    """Return the name that was probably meant: in the same group, in another, or by its end."""
    parent, _, last = path.rpartition(".")
    siblings = {it.rpartition(".")[2]: it for it in known if it.rpartition(".")[0] == parent}
    if match := nearest(last, siblings):
        return siblings[match]
    # `bsn`, or `probleemanalyse.bsn`: the name is right and the group is not.
    elsewhere = [it for it in known if it.rpartition(".")[2] == last and "[]" not in it]
    return elsewhere[0] if len(elsewhere) == 1 else nearest(path, known)


def _as_typed(tag: Tag, path: str, meant: str) -> str:
    """Return a name as this tag would write it: `rij.actie` and not the path of the table."""
    parent, _, last = path.rpartition(".")
    own = re.search(rf"([\w.\[\]'\"]+)\.{re.escape(last)}\b", tag.inner)
    if own and meant.rpartition(".")[0] == parent:
        return f"{own[1]}.{meant.rpartition('.')[2]}"
    return meant.replace("[]", "")
