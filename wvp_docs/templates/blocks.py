"""How each kind of answer looks on paper: a block of Word markup per group of fields.

Knows fields and styles; which fields stand together and in which order is for `scaffold`.
"""

from __future__ import annotations

from collections.abc import Sequence

from wvp_docs.fields import Field
from wvp_docs.templates.markup import Cell, control, paragraph, row, run, tab, table, twips
from wvp_docs.templates.styles import TEXT_WIDTH

NOTHING = "Niets vastgelegd."

_LABEL_WIDTH = twips(6.1)
_FACT_WIDTHS = (_LABEL_WIDTH, TEXT_WIDTH - _LABEL_WIDTH)
_HEAD_WIDTHS = (twips(6.2), twips(4.3), TEXT_WIDTH - twips(6.2) - twips(4.3))
_SIGNATURE_GAP = twips(0.9)
_SIGNATURE_WIDTH = (TEXT_WIDTH - _SIGNATURE_GAP) // 2

# Of characters: what fits side by side in the value column, and before a label needs a line of
# its own above the answer.
_CHOICES_IN_A_ROW = 58
_LABEL_BESIDE = 90

# Narrow kinds have a fixed width in centimetres; the others share what is left, by weight.
_COLUMN_CM = {
    "datum": 2.2,
    "getal": 1.8,
    "uren": 1.8,
    "procent": 1.8,
    "bedrag": 2.4,
    "ja_nee": 2.0,
    "keuze": 2.4,
    "telefoon": 2.6,
}
_FIRST_WEIGHT = 1.6
_PROSE_WEIGHT = 1.9
_CHARACTER_CM = 0.19
_CELL_MARGIN_CM = 0.35


def tag(path: str) -> str:
    """Return the tag that prints the value at `path`."""
    return "{{ " + path + " }}"


def head(fields: Sequence[tuple[str, str]]) -> str:
    """Return the strip under the title: label above value, three in a row."""
    cells = [
        Cell(paragraph("Kopje", run(label)) + paragraph("Kopwaarde", run(printed)))
        for label, printed in fields
    ]
    columns = len(_HEAD_WIDTHS)
    while len(cells) % columns:
        cells.append(Cell(paragraph("Kopje")))
    rows = "".join(
        row(tuple(cells[start : start + columns]), _HEAD_WIDTHS)
        for start in range(0, len(cells), columns)
    )
    return table("Kop", _HEAD_WIDTHS, rows)


def facts(fields: Sequence[Field]) -> str:
    """Return a table with a quiet label column for short answers and choices."""
    rows = "".join(row((Cell(_label(field)), Cell(_fact(field))), _FACT_WIDTHS) for field in fields)
    return table("Gegevens", _FACT_WIDTHS, rows)


def fits_beside(field: Field) -> bool:
    """Say whether the field goes into the table of `facts`."""
    if field.soort in {"alinea", "tabel", "ondertekening"}:
        return False
    return not field.opties or len(field.label) <= _LABEL_BESIDE


def prose(field: Field) -> str:
    """Return a question with its answer below it, free to run over as many pages as it needs."""
    return question(field) + answer(field)


def answer(field: Field) -> str:
    """Return the answer alone, where the heading of the section already asks the question."""
    if field.soort == "tabel":
        return _grid(field)
    if field.soort == "ja_nee" or field.opties:
        return _choices(field, "Keuzeregel", "Keuzerij")
    return paragraph("Antwoord", run(tag(field.path)))


def question(field: Field) -> str:
    """Return the label of a field as a small heading."""
    if field.nummer:
        return paragraph("Vraag", run(field.nummer, "Nummer"), tab(), run(field.label))
    return paragraph("Heading2", run(field.label))


def _grid(field: Field) -> str:
    """Return a table with a row per entry, or one sentence when there are none."""
    header = tuple(Cell(paragraph("Tabelkop", run(column.label))) for column in field.kolommen)
    answers = tuple(
        Cell(paragraph("Tabelcel", run(tag(f"rij.{column.path}")))) for column in field.kolommen
    )
    widths = _column_widths(field.kolommen)
    rows = repeated(header, answers, field.path, widths)
    return (
        control(f"if {field.path}")
        + table("Overzicht", widths, rows, description=field.label)
        + control("else")
        + paragraph("Leeg", run(NOTHING))
        + control("endif")
    )


def repeated(
    header: tuple[Cell, ...], answers: tuple[Cell, ...], path: str, widths: tuple[int, ...]
) -> str:
    """Return a repeating header row and a row for each `rij` at `path`."""
    span = len(widths)

    def steer(text: str) -> str:
        return row((Cell(paragraph("Sturing", run("{%tr " + text + " %}")), span),), widths)

    return (
        row(header, widths, header=True)
        + steer(f"for rij in {path}")
        + row(answers, widths)
        + steer("endfor")
    )


def signatures(fields: Sequence[Field]) -> str:
    """Return blocks to sign on, two side by side.

    All blocks beside each other are one row that does not split: that alone keeps a block on
    one page in every engine.
    """
    widths = (_SIGNATURE_WIDTH, _SIGNATURE_GAP, TEXT_WIDTH - _SIGNATURE_WIDTH - _SIGNATURE_GAP)
    rows = ""
    for start in range(0, len(fields), 2):
        pair = [Cell(_signature(field)) for field in fields[start : start + 2]]
        if len(pair) == 1:
            pair.append(Cell(paragraph("Tekenregel")))
        rows += row((pair[0], Cell(paragraph("Tekenregel")), pair[1]), widths)
    return table("Ondertekening", widths, rows)


def _label(field: Field) -> str:
    if field.nummer:
        return paragraph("Labelnummer", run(field.nummer, "Nummer"), tab(), run(field.label))
    return paragraph("Label", run(field.label))


def _fact(field: Field) -> str:
    if field.soort == "ja_nee" or field.opties:
        return _choices(field, "Keuze", "Waarde")
    return paragraph("Waarde", run(tag(field.path)))


def _choices(field: Field, own_line: str, in_a_row: str) -> str:
    """Return a box for each option: short ones side by side, others on a line of their own.

    Args:
        field: the choice.
        own_line: style of an option on its own line.
        in_a_row: style of the line that holds all options.
    """
    options = field.opties or {"ja": "ja", "nee": "nee"}
    length = sum(len(text) + 6 for text in options.values())
    if field.soort == "meerkeuze" or length > _CHOICES_IN_A_ROW:
        return "".join(
            paragraph(own_line, _box(field, key), tab(), run(text)) for key, text in options.items()
        )
    runs = [
        _box(field, key) + run(f"\N{NO-BREAK SPACE}{text}\N{EM SPACE}")
        for key, text in options.items()
    ]
    return paragraph(in_a_row, *runs)


def _box(field: Field, key: str) -> str:
    return run(tag(f"{field.path}.{key}"), "Vakje")


def _signature(field: Field) -> str:
    def line(label: str, name: str) -> str:
        value = run(tag(f"{field.path}.{name}"))
        return paragraph("Tekenregel", run(label, "Zacht"), tab(), value)

    def remark(label: str, name: str) -> str:
        return control(f"if {field.path}.{name}") + line(label, name) + control("endif")

    return (
        paragraph("Partij", run(field.label))
        + line("Naam", "naam")
        + line("Functie", "functie")
        + line("Plaats", "plaats")
        + line("Datum", "datum")
        + remark("Status", "status")
        + remark("Toelichting", "toelichting")
        + paragraph("Handtekening", run("Handtekening"))
    )


def _column_widths(columns: Sequence[Field]) -> tuple[int, ...]:
    """Return widths in twips; the first text column says what a row is about, and is wide."""
    flexible = [column for column in columns if column.soort not in _COLUMN_CM]
    widths = {
        column.naam: twips(_narrow(column, alone=not flexible))
        for column in columns
        if column not in flexible
    }
    weights = {
        column.naam: _PROSE_WEIGHT if column.soort == "alinea" else 1 if index else _FIRST_WEIGHT
        for index, column in enumerate(flexible)
    }
    left = TEXT_WIDTH - sum(widths.values())
    total = sum(weights.values())
    widths |= {name: round(left * weight / total) for name, weight in weights.items()}
    return tuple(widths[column.naam] for column in columns)


def _narrow(column: Field, *, alone: bool) -> float:
    """Return a width in centimetres that holds the kind, and the label or its longest word."""
    words = [column.label] if alone else column.label.split()
    longest = max(len(word) for word in words)
    return max(_COLUMN_CM[column.soort], longest * _CHARACTER_CM + _CELL_MARGIN_CM)
