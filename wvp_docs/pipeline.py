"""One case, from answers to dossier: check, fill, convert, prove, bundle, write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wvp_docs import __version__
from wvp_docs.attachments import Attachment
from wvp_docs.beside import read_beside
from wvp_docs.case import Case
from wvp_docs.contents import TITLE, Entry, contents, contents_context
from wvp_docs.context import Contexts
from wvp_docs.dossier import Document, Dossier
from wvp_docs.engines import Engine, version_of
from wvp_docs.examine import LOGO, Examination, examine
from wvp_docs.findings import Finding, Severity
from wvp_docs.forms import Library
from wvp_docs.kinds import BOX_OFF, BOX_ON
from wvp_docs.letterhead import Logo
from wvp_docs.lexicon import OWN_WORDS_FILE
from wvp_docs.output import MANIFEST, digest, write_tree
from wvp_docs.pdf.bundle import Bundle, Part, assemble, first_pages
from wvp_docs.pdf.document import PdfInfo, page_count
from wvp_docs.pdf.proof import Expected, ProofError, prove
from wvp_docs.press import Crew, Sheet, crew, press
from wvp_docs.timeline.steps import timeline_of
from wvp_docs.word import Rendered, Template, open_template

CREATOR = f"wvp-docs {__version__}"

WORTH_A_SECOND_CORE = 6
"""A helper process costs as much as four documents."""


@dataclass(frozen=True)
class Definitions:
    """What the law asks and how the paper looks: the definitions and the Word templates."""

    library: Library
    templates: Path
    _open: dict[str, Template] = field(default_factory=dict, repr=False)

    def template(self, stem: str) -> Template:
        """Return the template with this stem, opened once.

        Raises:
            TemplateError: it is missing or broken.
        """
        if stem not in self._open:
            self._open[stem] = open_template(self.templates / f"{stem}.docx")
        return self._open[stem]

    def opened(self) -> list[tuple[str, str]]:
        """Return stem and SHA-256 of every template used so far, in order of name."""
        return sorted((stem, template.digest) for stem, template in self._open.items())


@dataclass(frozen=True, slots=True)
class Options:
    """How to make a dossier: where, as of when, with what.

    Attributes:
        out: the folder for the results.
        today: the day on which the case is judged.
        engine: what turns Word into PDF.
        concept: make documents with errors too, watermarked, every gap marked.
        force: overwrite files that this tool did not make.
        processes: how many cores may work on one case.
    """

    out: Path
    today: date
    engine: Engine
    concept: bool = False
    force: bool = False
    processes: int = 1


@dataclass(frozen=True, slots=True)
class Made:
    """One document that was made."""

    document: Document
    rendered: Rendered
    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a build gave: findings, documents, and the titles of those that were not made."""

    findings: tuple[Finding, ...]
    made: tuple[Made, ...]
    not_made: tuple[str, ...]
    pages: int
    out: Path


def build(case: Case, definitions: Definitions, options: Options) -> Result:
    """Make every document of the case, the bundle and the manifest, and write them.

    A document whose own answers hold an error is left out, unless a concept is asked for.

    Raises:
        WvpError: a template is broken, the engine failed or lost something, or the folder cannot
            be written. Nothing is written then.
    """
    dossier = Dossier(case, definitions.library)
    helped = len(dossier.documents) >= WORTH_A_SECOND_CORE
    with crew(options.engine, options.processes if helped else 1) as helpers:
        examination = examine(dossier, options.today)
        contexts = Contexts(dossier, concept=options.concept)
        work = _Work(dossier, definitions, options, contexts, examination.logo)
        try:
            made = _make(_wanted(dossier, examination, options), work, helpers)
        except ProofError as error:
            raise _with_places(error, case) from error
    bundle = _bundle(made, examination.attachments, work)
    files = _files(made, bundle)
    manifest = _manifest(case, definitions, options, examination, files)
    write_tree(options.out, {**files, MANIFEST: manifest}, force=options.force)
    done = {item.document.base for item in made}
    left = tuple(doc.titel for doc in dossier.documents if doc.base not in done)
    return Result(examination.findings, made, left, bundle.pages, options.out)


def _wanted(dossier: Dossier, examination: Examination, options: Options) -> list[Document]:
    """Return the documents to make: a concept shows all of them, with their gaps."""
    findings = examination.findings
    return [doc for doc in dossier.documents if options.concept or not _blocked(doc, findings)]


def _with_places(error: ProofError, case: Case) -> ProofError:
    """Return the error with the lines of the answers that did not reach the paper."""
    places = (case.place(path) for path in error.paths)
    lines = ", ".join(f"{place.file}:{place.line}" for place in places)
    return ProofError(f"{error} Zie {lines}." if lines else str(error), hint=error.hint)


def _blocked(document: Document, findings: Iterable[Finding]) -> bool:
    """Return whether an error touches what this document prints.

    An error in a shared table that is about none of its fields, such as a misspelt key, touches
    every document that prints something of that table: nobody knows what was meant.
    """
    shared = document.dossier.library.shared
    reads = document.reads()
    tables = {path.partition(".")[0] for path in reads}
    for finding in findings:
        if finding.severity is not Severity.ERROR:
            continue
        path, field = finding.path, finding.path.partition("[")[0]
        if path == document.base or path.startswith((f"{document.base}.", f"{document.base}[")):
            return True
        if field in reads or (
            field not in shared and not finding.form and field.partition(".")[0] in tables
        ):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Work:
    """One build under way: the case, what it is made with, and what the templates can name."""

    dossier: Dossier
    definitions: Definitions
    options: Options
    contexts: Contexts
    logo: Logo | None

    def fill(self, stem: str, context: Mapping[str, object], titel: str) -> Rendered:
        """Return the template with this stem, filled."""
        template = self.definitions.template(stem)
        return template.render(context, titel, concept=self.options.concept, logo=self.logo)


def _make(documents: Sequence[Document], work: _Work, helpers: Crew | None) -> tuple[Made, ...]:
    words: list[Rendered] = []

    def sheets() -> Iterator[Sheet]:
        for document in documents:
            titel = document.titel
            words.append(work.fill(document.form.key, work.contexts.of(document), titel))
            info = PdfInfo(title=titel, creator=CREATOR)
            yield Sheet(words[-1].docx, _expected(titel, words[-1]), info)

    pressed = press(sheets(), work.options.engine, helpers)
    return tuple(
        Made(document, word, item.pdf, item.pages)
        for document, word, item in zip(documents, words, pressed, strict=True)
    )


def _expected(name: str, word: Rendered) -> Expected:
    return Expected(name, word.printed, word.text.count(BOX_ON), word.text.count(BOX_OFF))


FRONT = "_bundel"
"""Stem of the template with the front page and the contents."""

LINK_PREFIX = "https://wvp-docs.invalid/deel/"
"""Start of the addresses by which the contents name a part; `.invalid` leads nowhere by law."""

LINES_ON_A_PAGE = 34
"""About as many lines as the contents show on one page."""


def _bundle(made: Sequence[Made], attachments: Sequence[Attachment], work: _Work) -> Bundle:
    pdfs = {item.document.base: item.pdf for item in made}
    timeline = timeline_of(work.dossier, work.options.today)
    entries = contents(work.dossier, pdfs, attachments, timeline)
    parts = [
        Part(title=entry.titel, pdf=entry.pdf, number=entry.nummer)
        for entry in entries
        if entry.pdf is not None
    ]
    front = _front(entries, parts, work)
    info = PdfInfo(title=TITLE, creator=CREATOR)
    return assemble(front, parts, info=info, link_prefix=LINK_PREFIX)


def _front(entries: Sequence[Entry], parts: Sequence[Part], work: _Work) -> bytes:
    """Return the front page with the contents, every page number in it right.

    The numbers depend on how many pages the contents take, and that is known only when they are
    set: a second round is needed only when the first guess was wrong.
    """
    lines = sum(1 + entry.ondertekenaars.count("\n") for entry in entries)
    length = 1 + lines // LINES_ON_A_PAGE
    for _ in range(3):
        context = contents_context(work.contexts, entries, first_pages(length, parts))
        word = work.fill(FRONT, context, TITLE)
        (front,) = work.options.engine.convert([word.docx])
        if page_count(front) == length:
            break
        length = page_count(front)
    prove(front, _expected("De inhoudsopgave", word))
    return front


def _files(made: Sequence[Made], bundle: Bundle) -> dict[str, bytes]:
    files = {f"word/{item.document.stem}.docx": item.rendered.docx for item in made}
    files |= {f"pdf/{item.document.stem}.pdf": item.pdf for item in made}
    return {**files, "wia-bundel.pdf": bundle.pdf}


def _inputs(case: Case, examination: Examination) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of everything of the user's that went into the result."""
    yield Path(case.file).name, case.source
    for item in examination.attachments:
        yield item.name, item.pdf
    if examination.logo:
        yield str(case.get(LOGO)), examination.logo.content
    words = read_beside(case.folder, OWN_WORDS_FILE)
    if isinstance(words, bytes):
        yield OWN_WORDS_FILE, words


def _manifest(
    case: Case,
    definitions: Definitions,
    options: Options,
    examination: Examination,
    files: Mapping[str, bytes],
) -> bytes:
    """Return the account of the run: nothing in it tells when or where it ran."""
    templates = definitions.opened()
    return (
        json.dumps(
            {
                "tool": {"name": "wvp-docs", "version": __version__},
                "engine": {"name": options.engine.name, "version": version_of(options.engine)},
                "definitions": {"sha256": definitions.library.digest},
                "templates": [{"file": f"{stem}.docx", "sha256": sha} for stem, sha in templates],
                "concept": options.concept,
                "inputs": [
                    {"file": name, "sha256": digest(content)}
                    for name, content in _inputs(case, examination)
                ],
                "outputs": [
                    {"file": name, "bytes": len(content), "sha256": digest(content)}
                    for name, content in sorted(files.items())
                ],
                "findings": [
                    {**finding.as_dict(), "file": Path(finding.place.file).name}
                    for finding in examination.findings
                ],
                "exceptions": [item.as_dict() for item in examination.set_aside],
            },
            ensure_ascii=False,
            indent=2,
        ).encode()
        + b"\n"
    )
