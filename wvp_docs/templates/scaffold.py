"""From a form definition to a finished Word template.

Decides which fields stand together and in which order; how they look is for `blocks`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from wvp_docs.fields import Field
from wvp_docs.forms import Form, Rubriek
from wvp_docs.templates import blocks, letters, overviews
from wvp_docs.templates.blocks import tag
from wvp_docs.templates.markup import control, held, paragraph, run, tab
from wvp_docs.templates.parts import package

LAW = "Wet verbetering poortwachter"


def scaffold(form: Form) -> bytes:
    """Return the .docx template of a form: same definition, same bytes."""
    body = (
        paragraph("Bovenregel", run(LAW))
        + paragraph("Title", run("{{ document.titel }}"))
        + blocks.head(_head(form.kop))
        + "".join(map(_section, form.rubrieken, (*form.rubrieken[1:], None)))
    )
    return package(body, title=form.titel)


def scaffold_bundle() -> bytes:
    """Return the .docx template of the bundle's front page and contents."""
    return overviews.bundle()


OTHERS: Mapping[str, Callable[[], bytes]] = {
    "_bundel": overviews.bundle,
    "_bladen": letters.sheets,
    "_brief": letters.letter,
    "_envelop": letters.envelope,
}
"""What makes each template that is no form, by its stem."""


def _head(fields: Sequence[Field]) -> list[tuple[str, str]]:
    """Return label and tag of what stands on every form, with the week of illness."""
    printed = [(field.label, tag(field.path)) for field in fields]
    if all(field.soort != "ziekteweek" for field in fields):
        printed.append(("Ziekteweek", "{{ document.ziekteweek }}"))
    return printed


def _section(rubriek: Rubriek, following: Rubriek | None) -> str:
    title = (run(rubriek.nummer, "Nummer"), tab()) if rubriek.nummer else ()
    text = paragraph("Heading1", *title, run(rubriek.titel))
    if rubriek.toelichting:
        text += paragraph("Toelichting", run(rubriek.toelichting))
    if rubriek.afgeleid:
        return text + overviews.parts()
    text += _fields(rubriek, following)
    if rubriek.nummer or any(field.verplicht for field in rubriek.velden):
        return text
    # Without a number nobody misses a section in which nothing was answered.
    return _only_if([field.path for field in rubriek.velden], text)


def _fields(rubriek: Rubriek, following: Rubriek | None) -> str:
    text = ""
    for kind, members in groupby(rubriek.velden, key=lambda field: _block(rubriek, field)):
        fields = list(members)
        group = _group(rubriek, kind, fields)
        # A page with nothing but signatures belongs to no paper in particular.
        if fields[-1] is rubriek.velden[-1] and _is_to_sign(following):
            group = _with_end_held(rubriek, kind, fields, group)
        # Word would join two tables that touch. Only here: with an empty paragraph after every
        # table LibreOffice 7.4 leaves headings alone at the foot of a page.
        if text and kind != "prose":
            text += paragraph("Scheiding")
        text += group
    return text


def _is_to_sign(rubriek: Rubriek | None) -> bool:
    return bool(rubriek and rubriek.velden and rubriek.velden[0].soort == "ondertekening")


def _with_end_held(rubriek: Rubriek, kind: str, fields: Sequence[Field], group: str) -> str:
    """Return the group with what stands last in it kept with what follows, when that is short."""
    if kind == "facts":
        return held(group)
    last = fields[-1]
    # An answer that must be there may be long, and then it must be able to split.
    if last.verplicht or last.kolommen:
        return group
    return _group(rubriek, kind, fields[:-1]) + held(_group(rubriek, kind, [last]))


def _block(rubriek: Rubriek, field: Field) -> str:
    """Return which block a field belongs to; neighbours in the same block stand together."""
    if field.soort == "ondertekening":
        return "signatures"
    if _asked_by_title(rubriek, field):
        return "answer"
    return "facts" if blocks.fits_beside(field) else "prose"


def _group(rubriek: Rubriek, kind: str, fields: Sequence[Field]) -> str:
    if kind == "facts":
        return blocks.facts(fields)
    if kind == "signatures":
        return blocks.signatures(fields)
    if kind == "answer":
        return "".join(blocks.answer(field) for field in fields)
    return "".join(_question(rubriek, field) for field in fields)


def _question(rubriek: Rubriek, field: Field) -> str:
    """Return question and answer; without an answer an optional question disappears.

    Not if it has a number or opens a numbered section: a gap there looks like a lost page, so
    it stays and prints n.v.t.
    """
    text = blocks.prose(field)
    opens = bool(rubriek.nummer) and field is rubriek.velden[0]
    if field.verplicht or field.nummer or opens or field.soort == "tabel":
        return text
    return _only_if([field.path], text)


def _asked_by_title(rubriek: Rubriek, field: Field) -> bool:
    """Say whether the section's title is the field's label, so that printing both is noise."""
    return not field.nummer and field.label.casefold() == rubriek.titel.casefold()


def _only_if(paths: Sequence[str], text: str) -> str:
    return control("if " + " or ".join(paths)) + text + control("endif")
