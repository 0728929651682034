"""From a form definition to a finished Word template.

Decides which fields stand together and in which order; how they look is for `blocks`.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from wvp_docs.templates import blocks
from wvp_docs.templates.blocks import tag
from wvp_docs.templates.markup import control, paragraph, run, tab
from wvp_docs.templates.parts import package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wvp_docs.forms import Field, Form, Rubriek

LAW = "Wet verbetering poortwachter"


def scaffold(form: Form) -> bytes:
    """Return the .docx template of a form: same definition, same bytes."""
    body = (
        paragraph("Bovenregel", run(LAW))
        + paragraph("Title", run("{{ document.titel }}"))
        + blocks.head(_head(form.kop))
        + "".join(_section(rubriek) for rubriek in form.rubrieken)
    )
    return package(body, title=form.titel)


def _head(fields: Sequence[Field]) -> list[tuple[str, str]]:
    """Return label and tag of what stands on every form, with the week of illness."""
    printed = [(field.label, tag(field.path)) for field in fields]
    if all(field.soort != "ziekteweek" for field in fields):
        printed.append(("Ziekteweek", "{{ document.ziekteweek }}"))
    return printed


def _section(rubriek: Rubriek) -> str:
    title = (run(rubriek.nummer), tab()) if rubriek.nummer else ()
    text = paragraph("Heading1", *title, run(rubriek.titel))
    if rubriek.toelichting:
        text += paragraph("Toelichting", run(rubriek.toelichting))
    text += _fields(rubriek.velden)
    if rubriek.nummer or not rubriek.velden or any(f.verplicht for f in rubriek.velden):
        return text
    # Without a number nobody misses a section in which nothing was asked of anyone.
    filled = " or ".join(field.path for field in rubriek.velden)
    return control(f"if {filled}") + text + control("endif")


def _fields(fields: Sequence[Field]) -> str:
    return "".join(
        _group(kind, list(members)) for kind, members in groupby(fields, key=_block_kind)
    )


def _block_kind(field: Field) -> str:
    return "facts" if blocks.fits_beside(field) else field.soort


def _group(kind: str, fields: Sequence[Field]) -> str:
    if kind == "facts":
        return blocks.facts(fields)
    if kind == "ondertekening":
        return blocks.signatures(fields)
    single = {"alinea": blocks.prose, "tabel": blocks.grid}.get(kind, blocks.choices_below)
    return "".join(single(field) for field in fields)
