"""Was something really written: no placeholder, no copy, no three words?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wvp_docs.checks.answers import Written, text, written
from wvp_docs.checks.situation import Situation
from wvp_docs.findings import Finding, Severity

NOTHING = re.compile(
    r"[\[(<]?\s*(?:x{3,10}|\.{2,}|…+|\?+|_{2,}|to-?do|tbd|lorem ipsum.*|\{\{[^{}]*\}\}|«[^«»]*»"
    r"|<<[^<>]*>>|(?:(?:nog|nader|hier|zelf|later|tekst|datum|naam) )*(?:in te vullen|invullen))"
    r"\s*[\])>.!:]*",
    re.IGNORECASE | re.DOTALL,
)
"""An answer that is nothing but a place for an answer."""

FORGOTTEN = re.compile(r"\b(?:TODO|TBD|FIXME)\b|\b[Ll]orem ipsum\b")
"""What nobody writes in a document that is ready."""

SUSPICIOUS = re.compile(
    r"\{\{|\}\}|\{%|%\}|«\w+»|<<\w+>>|\bMERGEFIELD\b|(?<!\w)[xX]{3,10}(?!\w)|_{3,}|\?{3,}"
    r"|\[(?:naam|datum|invullen|nog invullen|\.{2,}|…)\]"
)
"""What looks like the leftover of a template, but may be meant."""

SHORT = 20
"""Letters; less says nothing about a view, an opinion or an advice (domain rule R027)."""

_OPINION = ("visie_", "mening_")
_ADVICE = ("advies", "advies_werkhervatting")
_RULES = "Beleidsregels vorm- en herkenbaarheidsvereisten art. 2"


def wording(situation: Situation) -> Iterator[Finding]:
    """Yield texts that are leftovers, copies of each other, or too short to say anything."""
    texts = [*written(situation)]
    leftovers = [found for item in texts for found in _leftover(situation, item)]
    yield from leftovers
    left = {found.path for found in leftovers}
    for item in texts:
        if item.path not in left:
            yield from _too_short(situation, item)
            yield from _copied(situation, item)


def _leftover(situation: Situation, item: Written) -> Iterator[Finding]:
    """R024: nothing of a template or a draft stays behind in a document."""
    where = f"{item.where}: {item.field.label}"
    if NOTHING.fullmatch(item.text):
        message = f"{where} is niet echt ingevuld: er staat alleen een invulteken."
        hint, severity = "Schrijf hier het antwoord, of laat het veld leeg.", Severity.ERROR
    elif FORGOTTEN.search(item.text):
        message = f"{where} is nog niet af: er staat TODO, TBD of een proeftekst in."
        hint, severity = "Maak de tekst af, of haal dit weg.", Severity.ERROR
    elif SUSPICIOUS.search(item.text):
        message = (
            f"{where} bevat iets dat op een leeg invulveld lijkt, zoals {{{{ }}}}, xxx of ___."
        )
        hint, severity = "Vul in wat daar hoort te staan.", Severity.WARNING
    else:
        return
    yield situation.report.finding("R024", item.path, message, hint, _RULES, severity)


def _copied(situation: Situation, item: Written) -> Iterator[Finding]:
    """R026: the law asks the view of each of the two (Regeling procesgang art. 4 lid 2)."""
    name = item.field.naam
    if not item.document or not name.startswith("visie_") or not name.endswith("_werkgever"):
        return
    path = f"{item.document.base}.{name.removesuffix('werkgever')}werknemer"
    other = text(situation.dossier.case.get(path))
    if _bare(other) == _bare(item.text) and len(_bare(other)) >= SHORT:
        yield situation.report.finding(
            "R026",
            item.path,
            f"{item.where}: de visie van de werkgever is gelijk aan die van de werknemer.",
            "Laat ieder de eigen visie in eigen woorden geven.",
            "Regeling procesgang art. 4 lid 2 (sinds 1-7-2023)",
            Severity.WARNING,
            also=path,
        )


def _too_short(situation: Situation, item: Written) -> Iterator[Finding]:
    """R027: a view, opinion or advice that is asked, takes a sentence."""
    name, document = item.field.naam, item.document
    weighs = name.startswith(_OPINION) or name in _ADVICE
    if not document or not weighs or len(item.text) >= SHORT:
        return
    if item.field.is_required(document.answer):
        yield situation.report.finding(
            "R027",
            item.path,
            f'{item.where}: het antwoord op "{item.field.label}" is erg kort.',
            "Schrijf een hele zin: wat wil, vindt of adviseert deze persoon, en waarom?",
            item.field.bron,
            Severity.WARNING,
        )


def _bare(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().casefold()
