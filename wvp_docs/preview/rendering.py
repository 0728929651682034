"""A template tried: which file it is, and what becomes of it on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wvp_docs.engines import Engine
from wvp_docs.errors import TemplateError
from wvp_docs.filling import CREATOR, expected
from wvp_docs.forms import Library
from wvp_docs.pdf.document import PdfInfo, finish, page_count
from wvp_docs.pdf.proof import ProofError, prove
from wvp_docs.preview.scene import Subject
from wvp_docs.vocabulary import OTHERS
from wvp_docs.word import Template, text_of


@dataclass(frozen=True, slots=True)
class Tried:
    """A filled template on paper.

    Attributes:
        doubt: why a build would refuse this paper; None when it would not.
    """

    pdf: bytes
    pages: int
    doubt: ProofError | None = None


def on_paper(template: Template, subject: Subject, engine: Engine) -> Tried:
    """Return the filled template as a PDF, also when the proof finds something missing on it.

    Raises:
        TemplateError: it names what is not there.
        EngineError: it became no PDF.
    """
    word = template.render(subject.context, subject.titel, style=subject.style)
    (pdf,) = engine.convert([word.docx])
    doubt = None
    try:
        prove(pdf, expected(subject.titel, word))
    except ProofError as error:
        doubt = error
    done = finish(pdf, PdfInfo(title=subject.titel, creator=CREATOR))
    return Tried(done, page_count(done), doubt)


def in_words(template: Template, subject: Subject) -> str:
    """Return what a reader sees of the filled template, a line per paragraph.

    A page number is a `#`: what Word last counted differs from one save to the next.

    Raises:
        TemplateError: it names what is not there.
    """
    word = template.render(subject.context, subject.titel, style=subject.style)
    return text_of(word.docx, has_numbers=False).strip() + "\n"


def file_of(stem: str, folders: Sequence[Path]) -> Path:
    """Return the template with this stem in the first folder that has it, else in the last."""
    for folder in folders:
        for file in sorted(folder.glob("*.[dD][oO][cC][xX]")):
            if plain(file.stem) == stem:  # never so of `~$…`, which Word puts beside an open file
                return file
    return folders[-1] / f"{stem}.docx"


def plain(stem: str) -> str:
    """Return the stem of a file as the definitions write it: `Plan van aanpak` in any letters."""
    return stem.casefold().replace("-", "_").replace(" ", "_")


def stem_of(template: Template, name: str, library: Library) -> str:
    """Return for which form, or other paper, a template was made, whatever its file is called.

    Args:
        template: its tags tell it.
        name: the stem of its file.
        library: the forms there are.

    Raises:
        TemplateError: neither tells it.
    """
    known, said = (*library.forms, *OTHERS), plain(name)
    if said in known:
        return said
    named = Counter(tag.partition(".")[0] for tag in template.tags())
    forms = [stem for stem, _ in named.most_common() if stem in library.forms]
    inside = sorted((stem for stem in known if stem in said), key=len)
    if not (forms or inside):
        raise TemplateError(
            f"Aan sjabloon {template.name} is niet te zien bij welk formulier het hoort.",
            hint="Noem het zoals het formulier, bijvoorbeeld plan_van_aanpak.docx.",
        )
    return forms[0] if forms else inside[-1]
