"""Whether a form prints what the law wants to see on it, and every answer that must be given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wvp_docs.fields import Field
from wvp_docs.findings import Severity
from wvp_docs.forms import Form
from wvp_docs.inspection.names import Named
from wvp_docs.inspection.remarks import Remark
from wvp_docs.vocabulary import Vocabulary

_SIGNED = ("naam", "functie", "datum")
"""Of each signer, by Beleidsregels vorm- en herkenbaarheidsvereisten art. 2 lid 3."""
_LAW = re.compile("vorm- en herkenbaarheidsvereisten|Regeling procesgang")
"""The rules that say what must be on a paper; others say how it is judged."""


def content(form: Form, found: Iterable[Named], known: Vocabulary) -> Iterator[Remark]:
    """Yield what a template of this form lacks.

    What a form shares with others is only a warning: it may stand on one of those.
    """
    seen = {named.use.path for named in found if named.is_seen}
    printed = seen | {known[path].answer for path in seen if path in known}
    for field in form.fields():
        if field.soort == "ondertekening":
            yield from _signer(field, printed)
        elif field.soort == "tabel":
            yield from _columns(form, field, printed)
        elif field.path in printed:
            yield from _boxes(field, seen)
        elif field.soort != "ziekteweek" and (_is_required(field) or field in form.kop):
            yield _missing(form, field)
        elif field.soort != "ziekteweek" and field.path.startswith(f"{form.key}."):
            hint = f"Zet {{{{ {field.path} }}}} op het formulier."
            yield _unprinted(f"Het antwoord op “{field.label}”", hint)


def _is_required(field: Field) -> bool:
    return field.verplicht or bool(field.voorwaarde)


def _missing(form: Form, field: Field) -> Remark:
    is_own = field.path.startswith(f"{form.key}.")
    is_meant_here = any(it.veld.startswith(f"{form.key}.") for it in field.voorwaarde)
    if field in form.kop or ((is_own or is_meant_here) and _LAW.search(field.bron)):
        return _legal(field.label, field.path, field.bron)
    return Remark(
        "S031",
        f"“{field.label}” moet worden ingevuld, maar komt nergens op papier.",
        f"Zet {{{{ {field.path} }}}} op het formulier.",
        severity=Severity.ERROR if is_own else Severity.WARNING,
        source=field.bron,
    )


def _legal(label: str, path: str, source: str) -> Remark:
    return Remark(
        "S030",
        f"“{label}” moet volgens de wet op dit stuk staan, en staat er niet op.",
        f"Zet {{{{ {path} }}}} op het formulier, zo dat het te zien is.",
        source=source,
    )


def _signer(field: Field, printed: set[str]) -> Iterator[Remark]:
    parts = {part.naam: part.label for part in field.kolommen}
    for naam in _SIGNED:
        path = f"{field.path}.{naam}"
        if path not in printed and naam in parts:
            yield _legal(f"Ondertekening {field.label}: {parts[naam]}", path, field.bron)


def _columns(form: Form, field: Field, printed: set[str]) -> Iterator[Remark]:
    is_own = field.path.startswith(f"{form.key}.")
    between = f"tussen {{%tr for rij in {field.path} %}} en {{%tr endfor %}}."
    lacking = [it for it in field.kolommen if f"{field.path}[].{it.naam}" not in printed]
    if is_own and len(lacking) == len(field.kolommen) and not _is_required(field):
        hint = f"Zet de tags van de kolommen in een rij {between}"
        yield _unprinted(f"De tabel “{field.label}”", hint)
        return
    for column in lacking:
        what = f"De kolom “{column.label}” van “{field.label}”"
        hint = f"Zet {{{{ rij.{column.naam} }}}} {between}"
        if column.verplicht and _is_required(field):
            message = f"{what} komt nergens op papier."
            yield Remark("S031", message, hint, source=field.bron)
        elif is_own:
            yield _unprinted(what, hint)


def _unprinted(what: str, hint: str) -> Remark:
    message = f"{what} komt nergens op papier, ook als iemand dat invult."
    return Remark("S033", message, hint, severity=Severity.WARNING)


def _boxes(field: Field, seen: set[str]) -> Iterator[Remark]:
    """Say which choice would leave no trace: the others have a box and it has not."""
    keys = {"ja": "ja", "nee": "nee"} if field.soort == "ja_nee" else field.opties
    lacking = [key for key in keys if f"{field.path}.{key}" not in seen]
    if field.path not in seen and lacking:
        listed = ", ".join(f"{{{{ {field.path}.{key} }}}}" for key in lacking)
        yield Remark(
            "S032",
            f"niet elke keuze van “{field.label}” heeft een vakje: kiest iemand een andere, dan "
            "is dat niet te zien.",
            f"Zet erbij: {listed}.",
            source=field.bron,
        )
