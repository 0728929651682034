"""One case, from answers to dossier: check, fill, convert, prove, bind, write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from wvp_docs.attachments import Access
from wvp_docs.barrier import Barrier
from wvp_docs.binding import TITLE, bind
from wvp_docs.case import Case
from wvp_docs.contents import Entry, Papers, contents
from wvp_docs.context import Contexts
from wvp_docs.dossier import Document, Dossier
from wvp_docs.errors import OutputError
from wvp_docs.examine import Examination, examine
from wvp_docs.filling import CREATOR, Definitions, Filling, UnfilledError, expected
from wvp_docs.findings import Finding, in_file_order
from wvp_docs.losses import losses
from wvp_docs.makeable import makeable
from wvp_docs.manifest import Run, labels_in, manifest_of, pieces_in, read_manifest
from wvp_docs.options import Extras, Numbers, Options
from wvp_docs.output import MANIFEST, Content, strangers_in, write_tree
from wvp_docs.pdf.bundle import Bundle
from wvp_docs.pdf.document import PdfInfo
from wvp_docs.pdf.labels import Layout
from wvp_docs.pdf.proof import ProofError
from wvp_docs.pdf.spool import Spool
from wvp_docs.press import Crew, Sheet, crew, press
from wvp_docs.report import Report
from wvp_docs.sets.employee import Mailing
from wvp_docs.sets.packages import PACKAGES, Packages, loose_files, packages_of
from wvp_docs.timeline.steps import timeline_of
from wvp_docs.word import Rendered

BUNDLE = "wia-bundel.pdf"

_RENUMBERED = (
    "De bladzijden zijn opnieuw genummerd. Met --vaste-nummers houden ze het nummer dat ze hadden."
)

WORTH_A_SECOND_CORE = 6
"""A helper process costs as much as four documents."""


@dataclass(frozen=True, slots=True)
class Made:
    """One document that was made."""

    document: Document
    rendered: Rendered
    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a build gave.

    Attributes:
        not_made: titles of the documents that were left out because of an error.
        pages: of the bundle.
        files: the paths of all results, below `out`.
        notes: Dutch sentences on what was asked and not made.
        strangers: what stands in a package, below `out`, and is not of this run.
        medical: those of them with a page that may go nowhere.
    """

    findings: tuple[Finding, ...]
    made: tuple[Made, ...]
    not_made: tuple[str, ...]
    pages: int
    out: Path
    files: tuple[str, ...]
    notes: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    medical: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """Everything that one run made, before it is written.

    Attributes:
        files: by their path below the folder, the manifest among them.
        barrier: by what is known what may go nowhere.
    """

    result: Result
    files: Mapping[str, Content]
    barrier: Barrier


def build(case: Case, definitions: Definitions, options: Options) -> Result:
    """Make every document of the case, the bundle and the manifest, and write them.

    Raises:
        WvpError: a template is broken, the engine failed or lost something, or the folder cannot
            be written. Nothing is written then.
    """
    product = produce(case, definitions, options, numbers_in(options.out, options.extras))
    renumbers = not options.extras.keeps_numbers and _has_late_pages(options.out)
    write_tree(options.out, product.files, force=options.force)
    strangers = strangers_in(options.out, PACKAGES, product.files)
    notes = (*product.result.notes, _RENUMBERED) if renumbers else product.result.notes
    held = tuple(name for name in strangers if _is_held(options.out / name, product.barrier))
    return replace(product.result, notes=notes, strangers=strangers, medical=held)


def _is_held(path: Path, barrier: Barrier) -> bool:
    with suppress(OSError):
        return barrier.holds(path.read_bytes())
    return False


def numbers_in(out: Path, extras: Extras) -> Numbers:
    """Return the numbers of the bundle that is in the folder, if they are to stay.

    Raises:
        OutputError: there is an account of them which cannot be read.
    """
    if not extras.keeps_numbers or not (out / MANIFEST).exists():
        return Numbers()
    try:
        account = read_manifest(out)
    except OutputError as error:
        hint = "Kies een andere map, of gebruik --force zonder --vaste-nummers: alles krijgt dan "
        raise OutputError(str(error), hint=f"{hint}een nieuw nummer.") from error
    return Numbers(labels_in(account, BUNDLE), pieces_in(account, BUNDLE))


def _has_late_pages(out: Path) -> bool:
    """Return whether the bundle in the folder has pages that came late and are numbered so."""
    with suppress(OutputError):
        parts = labels_in(read_manifest(out), BUNDLE).values()
        return not all(label.isdigit() for labels in parts for label in labels)
    return False


def produce(case: Case, definitions: Definitions, options: Options, numbers: Numbers) -> Product:
    """Make every document of the case, the bundle and the manifest, and write nothing.

    A document whose own answers hold an error is left out, unless a concept is asked for or its
    signed copy is there.

    Args:
        case: with the files beside it.
        definitions: what the law asks and how the paper looks.
        options: of these `out` is only named in the result.
        numbers: those to keep.

    Raises:
        WvpError: a template is broken, or the engine failed or lost something.
    """
    try:
        return _produced(case, definitions, options, numbers)
    except ProofError as error:
        raise _with_places(error, case) from error
    except UnfilledError as error:
        if not error.source:
            raise
        from wvp_docs.inspection import explained  # noqa: PLC0415  it takes long to load, few ask

        file = f"{error.stem}.docx"
        raise explained(error, error.source, file, error.stem, definitions.library) from error


def _produced(case: Case, definitions: Definitions, options: Options, numbers: Numbers) -> Product:
    dossier, spool = Dossier(case, definitions.library), Spool()
    helped = len(dossier.documents) >= WORTH_A_SECOND_CORE
    with crew(options.engine, options.processes if helped else 1) as helpers:
        examination = examine(
            dossier, options.today, options.extras.profile, _access(options, spool)
        )
        contexts = Contexts(dossier, concept=options.concept)
        definitions = definitions.of_house({**examination.templates, **options.extras.templates})
        filling = Filling(definitions, contexts, options.engine, options.concept, examination.style)
        # A concept shows all of them, with their gaps.
        sound = makeable(dossier, examination.findings)
        wanted = dossier.documents if options.concept else sound
        _require_fit(definitions, wanted)
        made = _make(wanted, filling, helpers)
    mailing = _mailing(dossier, made, examination, filling, options, numbers, spool)
    layout = Layout(options.extras.double_sided, numbers.pages)
    bundle = bind(mailing.entries, filling, layout, TITLE)
    found: list[Finding] = []
    if options.extras.archive:
        from wvp_docs.archiving import archived  # noqa: PLC0415  it takes long to load, few ask

        bundle, obstacles = archived(bundle, mailing.entries, TITLE, Report(dossier))
        found += obstacles
    packages = _packages(mailing, options, layout, spool)
    # The packages have templates of their own.
    found += [*_losses(made, definitions), *_faults_in_use(definitions), *packages.findings]
    files = {**_files(made, mailing.entries, bundle), **packages.files}
    examination = _with_findings(examination, found)
    manifest = manifest_of(
        Run(
            case,
            definitions,
            options.engine,
            examination,
            options.asked(),
            {BUNDLE: bundle, **packages.bundles},
            {item.key: _paper_of(item) for item in mailing.entries if item.document and item.pdf},
            {_paper_of(item) for item in mailing.entries if item.document and item.attachment},
            packages.scaled,
            packages.locked,
        ),
        files,
    )
    there = {item.document.base for item in made} | examination.signed.keys()
    result = Result(
        examination.findings,
        made,
        tuple(doc.titel for doc in dossier.documents if doc.base not in there),
        bundle.pages,
        options.out,
        tuple(sorted(files)),
        packages.notes,
    )
    return Product(result, {**files, MANIFEST: manifest}, examination.barrier)


def _losses(made: Iterable[Made], definitions: Definitions) -> Iterator[Finding]:
    """Yield what is answered and not on the paper; a signed copy stands in the place of ours."""
    for item in made:
        if not item.document.has_copy:
            template = definitions.template(item.document.form.key)
            yield from losses(item.document, item.rendered.answered, template.tags)


def _faults_in_use(definitions: Definitions) -> Iterable[Finding]:
    """Return what is wrong with the templates of one's own that were used."""
    if not definitions.own:
        return ()
    from wvp_docs.inspection import faults_in_use  # noqa: PLC0415  the same

    return faults_in_use(definitions)


def _require_fit(definitions: Definitions, documents: Iterable[Document]) -> None:
    """Refuse templates that name medical information before any is filled."""
    if not (definitions.own or definitions.library.has_medical):
        return
    from wvp_docs.inspection import require_not_medical  # noqa: PLC0415  the same
    from wvp_docs.vocabulary import OTHERS  # noqa: PLC0415

    require_not_medical(definitions, {*(document.form.key for document in documents), *OTHERS})


def _access(options: Options, spool: Spool) -> Access:
    def convert(docx: bytes) -> bytes:
        (pdf,) = options.engine.convert([docx])
        return pdf

    return Access(options.extras.passwords, convert, spool)


def _mailing(
    dossier: Dossier,
    made: Iterable[Made],
    examination: Examination,
    filling: Filling,
    options: Options,
    numbers: Numbers,
    spool: Spool,
) -> Mailing:
    timeline = timeline_of(dossier, options.today, options.extras.profile)
    pdfs = {item.document.base: spool.keep(item.pdf, item.pages) for item in made}
    papers = Papers(pdfs, examination.signed, examination.attachments, numbers.pieces)
    wishes = options.extras.packages
    is_locked = wishes is not None and bool(wishes.password)
    return Mailing(dossier, contents(dossier, papers, timeline), timeline, filling, is_locked)


def _packages(mailing: Mailing, options: Options, layout: Layout, spool: Spool) -> Packages:
    if options.extras.packages is None:
        return Packages({}, {}, {}, (), (), ())
    return packages_of(mailing, layout, options.extras.packages, spool)


def _with_findings(examination: Examination, findings: Iterable[Finding]) -> Examination:
    return replace(examination, findings=in_file_order((*examination.findings, *findings)))


def _with_places(error: ProofError, case: Case) -> ProofError:
    """Return the error with the lines of the answers that did not reach the paper."""
    places = (case.place(path) for path in error.paths)
    lines = ", ".join(f"{place.file}:{place.line}" for place in places)
    return ProofError(f"{error} Zie {lines}." if lines else str(error), hint=error.hint)


def _make(
    documents: Sequence[Document], filling: Filling, helpers: Crew | None
) -> tuple[Made, ...]:
    words: list[Rendered] = []

    def sheets() -> Iterator[Sheet]:
        for document in documents:
            titel = document.titel
            words.append(filling.word(document.form.key, filling.contexts.of(document), titel))
            info = PdfInfo(title=titel, creator=CREATOR)
            yield Sheet(words[-1].docx, expected(titel, words[-1]), info)

    pressed = press(sheets(), filling.engine, helpers)
    return tuple(
        Made(document, word, item.pdf, item.pages)
        for document, word, item in zip(documents, words, pressed, strict=True)
    )


def _files(made: Iterable[Made], entries: Sequence[Entry], bundle: Bundle) -> Mapping[str, Content]:
    """Return the files of the dossier itself; a signed copy stands in the place of our own PDF."""
    files: dict[str, Content] = {
        f"word/{item.document.stem}.docx": item.rendered.docx for item in made
    }
    for entry in entries:
        paper = entry.attachment.pdf if entry.attachment else entry.pdf
        if entry.document and paper:
            files[_paper_of(entry)] = paper
    files |= {f"bijlagen/{name}": pdf for name, pdf in loose_files(entries)}
    return {**files, BUNDLE: bundle.pdf}


def _paper_of(entry: Entry) -> str:
    return f"pdf/{entry.stem}.pdf"
