"""Whether the fixed text of a form asks what an employer may not see, for somebody to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wvp_docs.findings import Severity
from wvp_docs.inspection.reading import Paragraph, Story
from wvp_docs.inspection.remarks import LAW_ON_MEDICAL, SENT, Remark
from wvp_docs.inspection.tags import without_tags
from wvp_docs.kinds import BOX_OFF, BOX_ON
from wvp_docs.lexicon import Lexicon

_ANSWER = "\f"
"""Stands where something is filled in."""
_BETWEEN = re.compile(rf"[:{_ANSWER}\t\n{BOX_ON}{BOX_OFF}…_]|\.{{2,}}")
_MOST_WORDS = 6
_SENTENCE = re.compile(
    r"[.,;!]$|\b(?:niet|nooit|geen|zonder|is|zijn|was|heeft|hebben|wordt|worden|staat|staan"
    r"|hoort|horen|mag|mogen|moet|moeten|kan|kunnen|gaat|gaan|krijgt|krijgen|u|uw)\b",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(r"\b(?:dag|datum|duur|week|begin|einde?|naam|functie)\b", re.IGNORECASE)
"""When somebody fell ill, and who advised: no secret, as what it is that they have."""


def labels(stories: Sequence[Story], lexicon: Lexicon) -> Iterator[Remark]:
    """Yield the labels, headings and questions with a word that gives away something medical.

    A word in a sentence is none: that explains, and asks nothing.
    """
    for paragraph in (it for story in stories for it in story.paragraphs):
        if any(_asks(paragraph, lexicon)):
            yield Remark(
                "S023",
                "hier lijkt te worden gevraagd naar medische informatie, en de werkgever ziet dit "
                "stuk.",
                f"Haal de vraag weg, of vraag wat de werknemer kan. {SENT}",
                paragraph,
                Severity.WARNING,
                LAW_ON_MEDICAL,
            )


def _asks(paragraph: Paragraph, lexicon: Lexicon) -> Iterator[bool]:
    for label in map(str.strip, _BETWEEN.split(without_tags(paragraph.text, _ANSWER))):
        is_said = len(label.split()) > _MOST_WORDS or _SENTENCE.search(label)
        if _begins_low(label) or (is_said and not label.endswith("?")):
            continue
        for hit in lexicon.hits(label, attachment=True):
            # Of these words many have another meaning: `HR-specialist`, `Eerste dag van ziekte`.
            is_vague = hit.kind.only_attachments
            yield not (is_vague and ("-" in hit.word or _NO_SECRET.search(label)))


def _begins_low(label: str) -> bool:
    return next((it for it in label if it.isalpha()), "a").islower()
