"""Answers of a case that are nowhere on the paper of the form that asks for them.

The proof reads back what a template printed; this is about what the template left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from wvp_docs.dossier import Document
from wvp_docs.fields import Field
from wvp_docs.findings import Finding, Severity
from wvp_docs.report import Report

_ROW = re.compile(r"\[\d+\]")


def losses(
    document: Document, printed: Collection[str], tags: Callable[[], Collection[str]]
) -> Iterator[Finding]:
    """Yield each question of the form of which an answer was given and not printed.

    What must be answered is an error. What the template names, and left out this time, is a
    warning. A house may leave out other questions on purpose: that is only told.

    Args:
        document: with the answers.
        printed: the paths in the case of what its template printed.
        tags: gives every name in that template.
    """
    report = Report(document.dossier)
    for field in document.form.own_fields():
        lost = {path: must for path, must in _given(document, field) if path not in printed}
        if not lost:
            continue
        is_error = any(lost.values())
        yield report.finding(
            "S031" if is_error else "S033",
            next(iter(lost)),
            f"“{field.label}” is ingevuld, maar staat niet of niet helemaal op papier: het "
            "sjabloon van dit formulier drukt het niet af.",
            "Laat het sjabloon nakijken: wvp-docs template check MAP.",
            field.bron,
            Severity.ERROR if is_error else _weight(document, lost, tags()),
        )


def _weight(document: Document, lost: Collection[str], tags: Collection[str]) -> Severity:
    names = (_ROW.sub("[]", path.replace(document.base, document.form.key, 1)) for path in lost)
    named = any(tag == name or tag.startswith(f"{name}.") for name in names for tag in tags)
    return Severity.WARNING if named else Severity.INFO


def _given(document: Document, field: Field) -> Iterator[tuple[str, bool]]:
    """Yield the path of every answer to a question, and whether that answer must be there."""
    path, value = document.path(field), document.answer(field.naam)
    must = field.is_required(document.answer)
    if field.kolommen:
        rows = value if isinstance(value, tuple) else (value,)
        for index, row in enumerate(rows):
            start = f"{path}[{index}]" if isinstance(value, tuple) else path
            answers = row if isinstance(row, Mapping) else {}
            for it in field.kolommen:
                if _is_sound(document, it, f"{start}.{it.naam}"):
                    yield f"{start}.{it.naam}", must and it.is_required(answers.get)
    elif _is_sound(document, field, path):
        yield path, must


def _is_sound(document: Document, field: Field, path: str) -> bool:
    """Return whether there is an answer that can be printed; the checks speak of any other."""
    case = document.dossier.case
    return case.has(path) and not field.kind.problem(case.get(path), field.opties)
