"""A case file to fill in, made from the definitions, with every question explained."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator
from datetime import date

from wvp_docs.case import SCHEMA
from wvp_docs.fields import Field
from wvp_docs.forms import Form, Group, Library

_WIDTH = 96


def skeleton(library: Library, forms: Collection[str]) -> str:
    """Return a case file in which the shared tables and these forms stand ready.

    What must be answered stands there empty, what may be left out stands behind a `#`. The other
    forms follow behind a `#` as a whole, so that everything the file may hold can be seen.
    """
    lines = [
        f"schema = {SCHEMA}",
        "# Vul in wat u weet. Wat achter een # staat, mag ook wegblijven: haal dan de # niet weg.",
        "# Datums: 2024-02-20. Getallen: 32.5. Meer regels tekst: tussen drie aanhalingstekens.",
        "# Schrijf nergens medische gegevens op: geen ziekte, geen klachten, geen behandeling.",
    ]
    for group in library.groups.values():
        lines += ["", *_group(group)]
    for form in library.forms.values():
        block = list(_form(form))
        lines += ["", *(block if form.key in forms else _commented(block))]
    return "\n".join(lines) + "\n"


def _group(group: Group) -> list[str]:
    block = [f"# ── {group.titel}", *_explained(group.hulp)]
    block.append(f"[[{group.key}]]" if group.meervoud else f"[{group.key}]")
    block += _fields(group.velden, group.key)
    needed = any(item.verplicht for item in group.velden)
    return block if needed and not group.meervoud else _commented(block)


def _form(form: Form) -> Iterator[str]:
    yield f"# ── {form.titel}: {form.doel}"
    yield f"# Door: {', '.join(form.opgesteld_door)}. Grond: {form.bron}."
    yield f"[[{form.key}]]" if form.meervoud else f"[{form.key}]"
    yield from _fields(form.case_fields(), form.key)


def _fields(fields: tuple[Field, ...], table: str) -> Iterator[str]:
    """Yield simple answers first: after a sub-table TOML has no way back to its parent."""
    shown = [item for item in fields if not item.kind.derived]
    for item in (item for item in shown if not item.kind.composite):
        yield from _answer(item)
    for item in (item for item in shown if item.kind.composite):
        header = f"{table}.{item.naam}"
        block = [*_explained(f"{item.label}. {item.hulp}")]
        block.append(f"[{header}]" if item.soort == "ondertekening" else f"[[{header}]]")
        for column in item.kolommen:
            block += _answer(column)
        yield ""
        yield from block if item.verplicht else _commented(block)


def _answer(item: Field) -> Iterator[str]:
    number = f"{item.nummer} " if item.nummer else ""
    yield from _explained(f"{number}{item.label}. {item.hulp}".strip())
    if item.opties:
        yield from _explained(f"Kies uit: {', '.join(item.opties)}.")
    line = f"{item.naam} = {_empty(item)}"
    yield line if item.verplicht and item.soort in _CAN_BE_EMPTY else f"# {line}"


_CAN_BE_EMPTY = frozenset({"tekst", "alinea", "bsn", "meerkeuze"})
"""Kinds of which an empty answer is TOML; of a date or a number there is none."""


def _empty(item: Field) -> str:
    if item.verplicht and item.soort in _CAN_BE_EMPTY:
        return "[]" if item.soort == "meerkeuze" else '""'
    return _toml(item.voorbeeld) if item.voorbeeld is not None else _sample(item)


def _sample(item: Field) -> str:
    first = next(iter(item.opties), "")
    return {
        "datum": "2024-02-20",
        "getal": "1",
        "uren": "32.5",
        "procent": "70",
        "bedrag": "1040.25",
        "ja_nee": "true",
        "keuze": f'"{first}"',
        "meerkeuze": f'["{first}"]',
    }.get(item.soort, '"…"')


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | int | float):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\n{text}"""' if "\n" in text else f'"{text}"'


def _explained(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent="#   ")


def _commented(lines: list[str]) -> list[str]:
    return [line if not line or line.startswith("#") else f"# {line}" for line in lines]
