"""Everything that can be said of one template, in the order in which its reader meets it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wvp_docs.errors import TemplateError
from wvp_docs.findings import Finding, Severity
from wvp_docs.forms import Library
from wvp_docs.inspection import looks
from wvp_docs.inspection.blocks import mended
from wvp_docs.inspection.content import asked, content
from wvp_docs.inspection.edges import edges
from wvp_docs.inspection.fonts import fonts
from wvp_docs.inspection.labels import labels
from wvp_docs.inspection.margins import margins, titled
from wvp_docs.inspection.names import Named, Terms, hidden, names
from wvp_docs.inspection.reading import Story, stories_of
from wvp_docs.inspection.remarks import Remark
from wvp_docs.inspection.tags import Tag, tags_in
from wvp_docs.inspection.trial import broken, trial
from wvp_docs.lexicon import shipped_lexicon
from wvp_docs.ooxml import Danger, HostileError, read_template
from wvp_docs.sandbox import MAX_WORK
from wvp_docs.vocabulary import OTHERS, Vocabulary, vocabulary
from wvp_docs.word import Template, always_printed, uses_in

_UNREADABLE = (
    *(Danger.NO_DOCX, Danger.OLD_DOC, Danger.ODT, Danger.ENCRYPTED, Danger.TRUNCATED),
    *(Danger.STRANGE_ZIP, Danger.BROKEN_XML),
)
"""What can be mended by saving it again; the rest can do harm."""


@dataclass(frozen=True)
class Inspected:
    """A template with what was found.

    Attributes:
        file: its name, as it is shown.
        form: key of the form that it is of; empty when there is none.
        members: the parts of the file; empty when it could not be read.
    """

    file: str
    form: str
    remarks: tuple[Remark, ...]
    members: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, as findings."""
        return tuple(remark.finding(self.file, self.form) for remark in self.remarks)


def inspect_template(source: bytes, file: str, stem: str, library: Library) -> Inspected:
    """Return what is wrong with a template.

    Args:
        source: the Word file.
        file: its name, for the findings.
        stem: what it is the template of: the key of a form, or `_bundel`. Of anything else the
            names are compared with those of all templates together.
        library: the definitions.
    """
    form = stem if stem in library.forms else ""
    try:
        members = read_template(source)
    except HostileError as error:
        code = "S001" if error.danger in _UNREADABLE else "S002"
        return Inspected(file, form, (Remark(code, f"Dit bestand {error}", error.hint),))
    parts = [part for name, part in members.items() if re.fullmatch(r"word/.*\.xml", name)]
    if any(part.count(b"{") * len(part) > MAX_WORK for part in parts):
        message = "Dit bestand heeft te veel tags in een te lang document."
        return Inspected(file, form, (Remark("S002", message, "Verdeel het over twee sjablonen."),))
    stories = stories_of(members)
    tags = {story.part: tags_in(story) for story in stories}
    known = _known(stem, library)
    others = {key: it.titel for key, it in library.forms.items() if key not in known}
    terms = Terms(known, shipped_lexicon(), others)
    remarks, found, always = _names(stories, tags, terms)
    remarks += looks.unseen(tag for its in tags.values() for tag in its)
    remarks += looks.constructs(stories)
    remarks += fonts(stories, members)
    # The letter and the sheet for the envelope tell the employee where such information goes.
    remarks += labels(stories, terms.lexicon) if stem not in OTHERS else ()
    remarks += _at_work(source, found, terms, remarks)
    if form:
        remarks += content(library.forms[form], found, always, known)
        title = library.forms[form].titel
        remarks += margins(members, stories, found, title, remarks)
        if "document.titel" not in always:
            remarks += titled(stories, title)
    remarks += looks.elsewhere(members)
    return Inspected(file, form, tuple(_in_order(remarks, stories)), members)


def _known(stem: str, library: Library) -> Vocabulary:
    if stem in library.forms or stem in OTHERS:
        return vocabulary(stem, library)
    every = [vocabulary(it, library) for it in (*library.forms, *OTHERS)]
    return {path: name for one in every for path, name in one.items()}


def _names(
    stories: Iterable[Story], tags: Mapping[str, Sequence[Tag]], terms: Terms
) -> tuple[list[Remark], list[Named], set[str]]:
    """Return what is wrong with the tags, every name in them, and those that are always printed."""
    remarks: list[Remark] = []
    found: list[Named] = []
    always: set[str] = set()
    conditions = asked(terms.known)
    for story in stories:
        its = tags[story.part]
        result = mended(its)
        remarks += [*edges(story, its), *result.remarks]
        source = "\n".join(result.lines)
        named = [Named(use, its[use.line - 1]) for use in uses_in(source)]
        unseen = {line for line, tag in enumerate(its, 1) if not tag.is_seen}
        always |= always_printed(source, unseen, conditions)
        remarks += names(named, terms)
        found += named
    return remarks, found, always


def _at_work(
    source: bytes, found: Sequence[Named], terms: Terms, told: Sequence[Remark]
) -> Iterator[Remark]:
    """Yield what only shows when the template is made ready and filled.

    A tag may also hide where no paragraph is, such as in the description of a picture.

    Args:
        source: the Word file.
        found: the names in its paragraphs.
        terms: what they are compared with.
        told: what is wrong with the paragraphs, and would be said again here.
    """
    is_sound = all(remark.severity is not Severity.ERROR for remark in told)
    loose = [it.paragraph for it in told if it.code == "S011" and it.paragraph]
    try:
        template = Template(source, "dit")
    except TemplateError as error:
        if is_sound:
            yield broken(error)
        return
    remarks = list(hidden(template.uses(), found, terms, loose))
    yield from (it for it in remarks if is_sound or it.code == "S022")
    if is_sound and not remarks:
        yield from trial(template, terms.known)


def _in_order(remarks: Iterable[Remark], stories: Sequence[Story]) -> list[Remark]:
    """Return each remark once, in reading order; those about the whole document come last."""
    parts = [story.part for story in stories]

    def place(remark: Remark) -> tuple[int, int, str]:
        at = remark.paragraph
        return (parts.index(at.part), at.at, remark.code) if at else (len(parts), 0, remark.code)

    return sorted(dict.fromkeys(remarks), key=place)
