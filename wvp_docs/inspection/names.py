"""Whether what the tags name exists, can be used that way, and is no medical information."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wvp_docs.grammar import nearest
from wvp_docs.inspection.reading import Paragraph
from wvp_docs.inspection.remarks import LAW_ON_MEDICAL, SENT, Remark
from wvp_docs.inspection.tags import MENDED, PRINT, Tag
from wvp_docs.lexicon import Lexicon
from wvp_docs.vocabulary import Name, Shape, Vocabulary
from wvp_docs.word import LOOP, Step, Use

_COUNTED = ("index", "index0", "length", "revindex", "revindex0")
_OF_LOOPS = frozenset(f"{LOOP}.{name}" for name in (*_COUNTED, "first", "last"))
_NOT_IN_TEXT = (
    "De tag staat niet in de tekst zelf, maar bijvoorbeeld in de beschrijving van een afbeelding "
    "of in een formule"
)
_ALL = "Alle namen staan in: wvp-docs template fields."
_SHOWN = 12
"""Names in a sentence."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a tag."""

    use: Use
    tag: Tag

    @property
    def is_seen(self) -> bool:
        """Whether what it stands for comes on the paper."""
        return self.use.step is Step.PRINT and self.tag.is_seen


@dataclass(frozen=True, slots=True)
class Terms:
    """What names are compared with.

    Attributes:
        known: what the template can name.
        lexicon: the words that give away something medical.
        others: the titles of the other forms by key: what is theirs stands on no other.
    """

    known: Vocabulary
    lexicon: Lexicon
    others: Mapping[str, str]


def names(found: Sequence[Named], terms: Terms) -> Iterator[Remark]:
    """Yield what is wrong with the names of a template; of one inside another only the outer."""
    unknown: set[str] = set()
    known = terms.known
    own = {it[1] for named in found if (it := re.match(r"set\s+(\w+)", named.tag.inner))}
    for named in found:
        path, tag = named.use.path, named.tag
        if path.partition("[")[0].partition(".")[0] == MENDED:
            continue
        if any(path.startswith((f"{it}.", f"{it}[")) for it in unknown):
            continue
        if path in _OF_LOOPS:
            if named.use.step is Step.PRINT and path.rpartition(".")[2] not in _COUNTED:
                hint = f"Gebruik het in een voorwaarde: {{% if {tag.inner} %}}."
                message = f"{tag.shown} is ja of nee, en geen antwoord."
                yield Remark("S021", message, hint, tag.paragraph)
            continue
        name = known.get(path.removesuffix("[]"))
        if name is None:
            unknown.add(path)
            yield _medical_by_word(path, tag, terms) or _unknown(named, terms, own)
        elif name.field and name.field.medisch:
            yield _medical(tag, f"“{name.field.label}” is medische informatie")
        elif problem := _misused(named, name, known):
            yield Remark("S021", *problem, tag.paragraph)


def hidden(
    uses: Sequence[Use], found: Sequence[Named], terms: Terms, loose: Sequence[Paragraph]
) -> Iterator[Remark]:
    """Yield what Jinja reads in a template beside the tags in its paragraphs, or does not read.

    Args:
        uses: every use of a name by Jinja.
        found: those in the paragraphs.
        terms: what they are compared with.
        loose: where a piece of a tag stands without the rest.
    """
    seen = {named.use.path for named in found}
    printed = {use.path for use in uses if use.step is Step.PRINT}
    for path in sorted({use.path for use in uses} - seen):
        name = terms.known.get(path.removesuffix("[]"))
        tag = f"{{{{ {path} }}}}"
        if name and name.field and name.field.medisch:
            remark = _medical(tag, f"“{name.field.label}” is medische informatie")
            pieces = (it for it in loose if name.path.rpartition(".")[2] in it.text)
            yield replace(remark, paragraph=next(pieces, None))
        elif name is None and path not in _OF_LOOPS:
            message = f"{path} bestaat niet. {_NOT_IN_TEXT}."
            yield _medical_by_word(path, tag, terms) or Remark("S020", message, _ALL)
        elif path in printed:
            message = f"{tag} wordt nergens op papier gezet. {_NOT_IN_TEXT}."
            yield Remark("S040", message, "Zet de tag in een gewone alinea.")
    read = Counter((use.path, use.step) for use in uses)
    for path, _ in sorted(Counter((it.use.path, it.use.step) for it in found) - read):
        message = f"{{{{ {path} }}}} wordt niet overal ingevuld: het staat na een {{# zonder #}}."
        yield Remark("S011", message, "Zoek {# op, ook in de beschrijving van een afbeelding.")


def _medical(tag: Tag | str, because: str) -> Remark:
    shown, paragraph = (tag, None) if isinstance(tag, str) else (tag.shown, tag.paragraph)
    message = f"{shown} hoort hier niet: {because}, en de werkgever ziet dit stuk."
    return Remark("S022", message, f"Haal de tag weg. {SENT}", paragraph, source=LAW_ON_MEDICAL)


def _medical_by_word(path: str, tag: Tag | str, terms: Terms) -> Remark | None:
    """Return what is said of a name that does not exist, when a word in it is medical."""
    steps = path.replace("[]", "").split(".")
    for at, step in enumerate(steps, 1):
        is_name = ".".join(steps[:at]) in terms.known or (at == 1 and step in terms.others)
        hit = None if is_name else next(terms.lexicon.hits(step, attachment=True), None)
        if hit:
            return _medical(tag, f"dit is een woord over {hit.kind.naam}")
    return None


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
        below = (it for it in known if it.startswith(f"{path}.") and _is_answer(known[it]))
        inside = next(below, f"{path}.…")
        hint = f"Kies een naam uit de groep, zoals {{{{ {inside} }}}}."
        return f"{tag.shown} is een groep, en geen antwoord.", hint
    return None


def _unknown(named: Named, terms: Terms, own: Collection[str]) -> Remark:
    path, tag, known = named.use.path, named.tag, terms.known
    if special := _of_something_else(path, tag, terms, own):
        return Remark("S020", *special, tag.paragraph)
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
    answers = [it for it in known if _is_answer(known[it])]
    meant = _meant(path, answers)
    hint = f"Bedoelde u {_as_typed(tag, path, meant)}?" if meant else _choices(path, answers)
    return Remark("S020", f"{what}{where} bestaat niet.", hint, tag.paragraph)


def _is_answer(name: Name) -> bool:
    """Return whether it may be proposed: a group would be the next mistake."""
    return name.shape is not Shape.GROUP and not (name.field and name.field.medisch)


def _choices(path: str, answers: Iterable[str]) -> str:
    """Return what stands in the same group, and where to find the rest."""
    parent = path.rpartition(".")[0]
    inside = [it.rpartition(".")[2] for it in answers if it.rpartition(".")[0] == parent]
    if not (parent and inside):
        return _ALL
    shown = f"Kies uit: {', '.join(inside[:_SHOWN])}"
    return f"{shown}." if len(inside) <= _SHOWN else f"{shown}, … {_ALL}"


def _of_something_else(
    path: str, tag: Tag, terms: Terms, own: Collection[str]
) -> tuple[str, str] | None:
    """Return what is wrong with a name that is none of this form's, and what to do."""
    root = path.partition(".")[0].removesuffix("[]")
    if root in terms.others:
        return (
            f"{tag.shown} hoort bij een ander formulier: {terms.others[root].lower()}.",
            "Haal de tag weg, of kies een naam van dit formulier: wvp-docs template fields.",
        )
    if root in own:
        return (
            f"{tag.shown} noemt {root}, en die naam heeft hier niet altijd een waarde.",
            f"Zet {{% set {root} = … %}} boven de tag, en niet alleen binnen een {{% if %}}.",
        )
    if root == "loop":
        message = f"{tag.shown} kan alleen tussen {{% for %}} en {{% endfor %}}."
        return message, "Haal de tag weg, of zet hem in een rij die wordt herhaald."
    return None


def _table_of(path: str, known: Vocabulary) -> str:
    """Return the table whose column is named without a row; empty when it is something else."""
    parent, _, column = path.rpartition(".")
    return parent if f"{parent}[].{column}" in known else ""


def _table_with(path: str, known: Vocabulary) -> str:
    """Return a table with this column, of a name that begins like no other: `rij.actie`."""
    root, _, column = path.partition(".")
    if root == LOOP or nearest(root, {it.partition(".")[0].removesuffix("[]") for it in known}):
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
    if len(elsewhere) == 1:
        return elsewhere[0]
    match = nearest(path, known)
    # Two names of one group look alike for that alone.
    pairs = zip(path.split("."), match.split("."), strict=False)
    is_like = path.count(".") >= match.count(".")
    return match if is_like and all(nearest(one, [other]) for one, other in pairs) else ""


def _as_typed(tag: Tag, path: str, meant: str) -> str:
    """Return a name as this tag would write it: `rij.actie` and not the path of the table."""
    parent, _, last = path.rpartition(".")
    own = re.search(rf"([\w.\[\]'\"]+)\.{re.escape(last)}\b", tag.inner)
    if own and meant.rpartition(".")[0] == parent:
        return f"{own[1]}.{meant.rpartition('.')[2]}"
    return meant.replace("[]", "")
