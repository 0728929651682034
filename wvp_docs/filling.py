"""The Word templates of one dossier at work: what is filled, and what becomes paper at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from wvp_docs import __version__
from wvp_docs.context import Contexts
from wvp_docs.engines import Engine
from wvp_docs.errors import TemplateError
from wvp_docs.findings import Finding
from wvp_docs.forms import Library
from wvp_docs.housestyle import HouseStyle
from wvp_docs.kinds import BOX_OFF, BOX_ON
from wvp_docs.pdf.document import PdfInfo, finish
from wvp_docs.pdf.proof import Expected, prove
from wvp_docs.word import Rendered, Template, open_template

CREATOR = f"wvp-docs {__version__}"


MOST_KEPT = 100
"""Templates that stay open between dossiers: more than one house has, less than a memory full."""


@dataclass(frozen=True)
class Definitions:
    """What the law asks and how the paper looks: the definitions and the Word templates.

    Attributes:
        templates: the folder with ours.
        own: those of a house by stem, which come before ours.
        judged: the errors in templates, by stem and SHA-256; found once for many dossiers.
    """

    library: Library
    templates: Path
    own: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    judged: dict[tuple[str, str], tuple[Finding, ...]] = field(default_factory=dict, repr=False)
    _used: dict[str, Template] = field(default_factory=dict, repr=False)
    _kept: dict[tuple[str, str], Template] = field(default_factory=dict, repr=False)

    def of_house(self, own: Mapping[str, bytes]) -> Definitions:
        """Return the definitions for one dossier: with these templates, and none of them used."""
        return Definitions(self.library, self.templates, own, self.judged, _kept=self._kept)

    def template(self, stem: str) -> Template:
        """Return the template with this stem, opened once.

        Raises:
            TemplateError: it is missing or broken.
        """
        source = self.own.get(stem)
        key = stem, sha256(source).hexdigest() if source is not None else ""
        if key not in self._kept:
            while len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            file = f"{stem}.docx"
            path = self.templates / file
            self._kept[key] = Template(source, file) if source is not None else open_template(path)
        self._used[stem] = self._kept[key]
        return self._used[stem]

    def opened(self) -> list[tuple[str, str]]:
        """Return stem and SHA-256 of every template used so far, in order of name."""
        return sorted((stem, template.digest) for stem, template in self._used.items())


class UnfilledError(TemplateError):
    """A template cannot be read or filled.

    Attributes:
        stem: of which it is.
        source: the Word file, when it is one of a house.
    """

    def __init__(
        self, message: str, *, hint: str = "", stem: str = "", source: bytes = b""
    ) -> None:
        super().__init__(message, hint=hint)
        self.stem, self.source = stem, source


@dataclass(frozen=True, slots=True)
class Filling:
    """The templates of one dossier, with what they can name and how they become paper.

    Attributes:
        contexts: what the templates can name.
        concept: draw CONCEPT behind every page.
        style: of the house; None: as the templates are.
    """

    definitions: Definitions
    contexts: Contexts
    engine: Engine
    concept: bool = False
    style: HouseStyle | None = None

    def word(self, stem: str, context: Mapping[str, object], titel: str) -> Rendered:
        """Return the template with this stem, filled.

        Raises:
            UnfilledError: it is missing or broken, or names what is not there.
        """
        try:
            template = self.definitions.template(stem)
            return template.render(context, titel, concept=self.concept, style=self.style)
        except TemplateError as fault:
            own = self.definitions.own.get(stem, b"")
            raise UnfilledError(str(fault), hint=fault.hint, stem=stem, source=own) from fault

    def paper(self, stem: str, context: Mapping[str, object], titel: str) -> bytes:
        """Return the filled template as a proven, finished PDF.

        Raises:
            UnfilledError: as `word` does.
            EngineError: it became no PDF, or the PDF lacks something.
        """
        word = self.word(stem, context, titel)
        (pdf,) = self.engine.convert([word.docx])
        prove(pdf, expected(titel, word))
        return finish(pdf, PdfInfo(title=titel, creator=CREATOR))


def expected(name: str, word: Rendered) -> Expected:
    """Return what must be found on the paper of a filled template."""
    return Expected(name, word.printed, word.text.count(BOX_ON), word.text.count(BOX_OFF))
