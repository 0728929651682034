"""Whether a form prints what the law wants to see on it, and every answer that must be given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from wvp_docs.context import face_names
from wvp_docs.fields import Condition, Field
from wvp_docs.findings import Severity
from wvp_docs.forms import Form
from wvp_docs.inspection.names import Named
from wvp_docs.inspection.remarks import Remark
from wvp_docs.kinds import BOX_ON
from wvp_docs.vocabulary import Vocabulary

_SIGNED = ("naam", "functie", "datum")
"""Of each signer, by Beleidsregels vorm- en herkenbaarheidsvereisten art. 2 lid 3."""
_AUTHOR = "vorm- en herkenbaarheidsvereisten art. 2 lid 3"
_SOMETIMES = "“{}” moet altijd op dit stuk staan, en staat er nu alleen op als iets anders zo is."
_OUTSIDE = "Zet {{{{ {} }}}} buiten {{% if %}} en {{% for %}}, en zonder or of else."
_LAW = re.compile("vorm- en herkenbaarheidsvereisten|Regeling procesgang")
"""The rules that say what must be on a paper; others say how it is judged."""


def content(
    form: Form, found: Iterable[Named], always: Iterable[str], known: Vocabulary
) -> Iterator[Remark]:
    """Yield what a template of this form lacks.

    What a form shares with others is only a warning: it may stand on one of those.

    Args:
        form: what it is the template of.
        found: every name in it.
        always: the names that it prints in every case.
        known: what it can name.
    """
    seen = {named.use.path for named in found if named.is_seen}
    printed, sure = (
        paths | {known[path].answer for path in paths if path in known}
        for paths in (seen, set(always))
    )
    authors = _authors(form)
    for field in form.fields():
        is_own = field.path.startswith(f"{form.key}.")
        is_wanted = _is_required(field) or field in form.kop
        is_free = not (is_own or field.path in authors) and (
            _is_conditional(field) or not is_wanted
        )
        is_sometimes = field.path in printed
        if field.soort == "ondertekening":
            yield from _signer(field, printed, sure)
        elif field.soort == "tabel":
            yield from _columns(form, field, printed, sure)
        elif field.path in (printed if is_free else sure):
            yield from _boxes(field, seen if is_free else set(always))
        elif field.path in authors:
            yield _legal(field.label, field.path, field.bron, is_sometimes=is_sometimes)
        elif field.soort != "ziekteweek" and is_wanted:
            yield _missing(form, field, is_sometimes=is_sometimes)
        elif field.soort != "ziekteweek" and is_own:
            yield _unprinted_answer(field, is_sometimes=is_sometimes)


def _is_required(field: Field) -> bool:
    return field.verplicht or bool(field.voorwaarde)


def _is_conditional(field: Field) -> bool:
    """Return whether it depends on other answers; since some day is always, now that it is past."""
    return any(it.woord != "datum_vanaf" for it in field.voorwaarde)


def _authors(form: Form) -> frozenset[str]:
    """Return the fields with name and function of who drew it up in the place of another."""
    fields = [it for it in form.fields() if it.door in form.opgesteld_door and it.voorwaarde]
    found = [it for it in fields if _AUTHOR in it.bron]
    return frozenset(path for it in found for path in (it.path, it.voorwaarde[0].veld))


def _missing(form: Form, field: Field, *, is_sometimes: bool) -> Remark:
    is_own = field.path.startswith(f"{form.key}.")
    is_meant_here = any(it.veld.startswith(f"{form.key}.") for it in field.voorwaarde)
    if field in form.kop or ((is_own or is_meant_here) and _LAW.search(field.bron)):
        return _legal(field.label, field.path, field.bron, is_sometimes=is_sometimes)
    if is_sometimes and _is_conditional(field):
        return _unprinted_answer(field, is_sometimes=True)
    message = f"“{field.label}” moet worden ingevuld, maar komt nergens op papier."
    return Remark(
        "S031",
        _SOMETIMES.format(field.label) if is_sometimes else message,
        _OUTSIDE.format(field.path)
        if is_sometimes
        else f"Zet {{{{ {field.path} }}}} op het formulier.",
        severity=Severity.ERROR if is_own else Severity.WARNING,
        source=field.bron,
    )


def _legal(label: str, path: str, source: str, *, is_sometimes: bool = False) -> Remark:
    message = f"“{label}” moet volgens de wet op dit stuk staan, en staat er niet op."
    hint = f"Zet {{{{ {path} }}}} op het formulier, zo dat het te zien is."
    if is_sometimes:
        message, hint = _SOMETIMES.format(label), _OUTSIDE.format(path)
    return Remark("S030", message, hint, source=source)


def _signer(field: Field, printed: set[str], sure: set[str]) -> Iterator[Remark]:
    for part in field.kolommen:
        path, label = f"{field.path}.{part.naam}", f"Ondertekening {field.label}: {part.label}"
        if part.naam in _SIGNED and path not in sure:
            yield _legal(label, path, field.bron, is_sometimes=path in printed)
        elif path not in sure:
            hint = f"Zet {{{{ {path} }}}} bij de ondertekening."
            yield _unprinted(f"“{label}”", hint, path if path in printed else "")


def _columns(form: Form, field: Field, printed: set[str], sure: set[str]) -> Iterator[Remark]:
    is_own = field.path.startswith(f"{form.key}.")
    between = f"tussen {{%tr for rij in {field.path} %}} en {{%tr endfor %}}."
    needed = {it.naam for it in field.kolommen if it.verplicht and _is_required(field)}
    lacking = [
        it
        for it in field.kolommen
        if f"{field.path}[].{it.naam}" not in (sure if is_own or it.naam in needed else printed)
    ]
    if is_own and len(lacking) == len(field.kolommen) and not _is_required(field):
        hint = f"Zet de tags van de kolommen in een rij {between}"
        found = [it for it in printed if it.startswith(f"{field.path}[].")]
        yield _unprinted(f"De tabel “{field.label}”", hint, field.path if found else "")
        return
    for column in lacking:
        what = f"De kolom “{column.label}” van “{field.label}”"
        hint = f"Zet {{{{ rij.{column.naam} }}}} {between}"
        path = f"{field.path}[].{column.naam}"
        if column.naam in needed:
            message = f"{what} komt niet altijd op papier."
            yield Remark("S031", message, hint, source=field.bron)
        elif is_own:
            yield _unprinted(what, hint, f"rij.{column.naam}" if path in printed else "")


def _unprinted_answer(field: Field, *, is_sometimes: bool) -> Remark:
    hint = f"Zet {{{{ {field.path} }}}} op het formulier."
    return _unprinted(f"Het antwoord op “{field.label}”", hint, field.path if is_sometimes else "")


def _unprinted(what: str, hint: str, sometimes: str = "") -> Remark:
    """Return what is said of an answer that may get lost.

    Args:
        what: the answer.
        hint: what to do when it is printed nowhere.
        sometimes: its name, when a condition decides whether it is printed.
    """
    message = f"{what} komt nergens op papier, ook als iemand dat invult."
    if sometimes:
        message = f"{what} komt niet altijd op papier als iemand dat invult."
        hint = "Haal de voorwaarde weg, ook een if binnen {% for %}, of schrijf: "
        hint += f"{{% if {sometimes} %}}."
    return Remark("S033", message, hint, severity=Severity.WARNING)


def asked(known: Vocabulary) -> Mapping[str, frozenset[str]]:
    """Return per condition the answers that are not asked, or not given, where it is false.

    As `always_printed` takes them: the law makes some questions depend on another answer.
    """
    direct: dict[str, set[str]] = {}
    for path, name in known.items():
        around = known.get(path.rpartition(".")[0])
        if name.field is None or path != name.answer or (around and around.field):
            continue
        for face in face_names(name.field):
            direct.setdefault(f"{path}.{face}", set()).add(path)
        for condition in name.field.voorwaarde:
            for test in _tests(condition, path, known):
                direct.setdefault(test, set()).add(path)
    return {test: _with_what_follows(paths, direct) for test, paths in direct.items()}


def _with_what_follows(paths: Iterable[str], direct: Mapping[str, set[str]]) -> frozenset[str]:
    found, following = set(), list(paths)
    while following:
        path = following.pop()
        if path not in found:
            found.add(path)
            following += direct.get(path, ())
    return frozenset(found)


def _tests(condition: Condition, path: str, known: Vocabulary) -> Iterator[str]:
    """Yield how a template can say the condition on which this answer is asked."""
    on = condition.veld
    on = on if "." in on else f"{path.rpartition('.')[0]}.{on}"
    field = known[on].field if on in known else None
    if field is None or condition.woord == "datum_vanaf":
        return
    yield f"not {on}" if condition.waarde is False else on
    if condition.woord == "ingevuld":
        return
    wanted = condition.waarde
    for value in wanted if isinstance(wanted, list | tuple) else (wanted,):
        given = [value] if field.soort == "meerkeuze" else value
        yield f"{on} == {field.kind.show(given, field.opties)}"
        boxes = field.kind.faces(given, field.opties)
        yield from (f"{on}.{key} == {BOX_ON}" for key, box in boxes.items() if box == BOX_ON)


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
