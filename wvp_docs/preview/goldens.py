"""The words that templates print, against the words they printed when somebody last read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path

from wvp_docs.errors import DefinitionError, OutputError, TemplateError, reason
from wvp_docs.inspection import explained, opened
from wvp_docs.output import write_files
from wvp_docs.preview.rendering import in_words
from wvp_docs.preview.scene import Scene
from wvp_docs.samples import Length
from wvp_docs.word import Template

FOLDER = "goldens"
_AROUND = 1
"""Lines that are shown before and after a difference."""


class Verdict(StrEnum):
    """How the words of a template stand; the words are public."""

    SAME = "gelijk"
    OTHER = "anders"
    NEW = "nieuw"
    ORPHAN = "overbodig"
    BROKEN = "kapot"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one text.

    Attributes:
        file: its name below the folder with goldens.
        lines: what differs, each line after `-` (was), `+` (is now) or a blank; of a broken
            template, what is wrong with it.
        text: what is printed now; empty when nothing is.
    """

    file: str
    verdict: Verdict
    lines: tuple[str, ...] = ()
    text: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the public JSON shape."""
        return {"file": self.file, "verdict": self.verdict.value, "lines": list(self.lines)}


@dataclass(frozen=True, slots=True)
class Printing:
    """One text to make.

    Attributes:
        file: the name of its golden.
        template: the content of the Word file.
        number: which document it is, of a form that the case holds more than once.
    """

    file: str
    template: bytes
    stem: str
    scene: Scene
    number: int = 1


def of_samples(
    templates: Mapping[str, bytes], scenes: Mapping[Length, Scene]
) -> Iterator[Printing]:
    """Yield a text for each template and each length: `plan_van_aanpak-kort.txt`."""
    for stem, template in templates.items():
        for length, scene in scenes.items():
            yield Printing(f"{stem}-{length}.txt", template, stem, scene)


def of_case(templates: Mapping[str, bytes], name: str, scene: Scene) -> Iterator[Printing]:
    """Yield a text for each document of a case: `plan_van_aanpak--compleet.txt`."""
    for stem, template in templates.items():
        for number, document in enumerate(scene.documents(stem), 1):
            which = f"-{number}" if document.volgnummer else ""
            yield Printing(f"{stem}--{name}{which}.txt", template, stem, scene, number)


def compare_words(printings: Iterable[Printing], folder: Path) -> Iterator[Outcome]:
    """Yield how each text compares with its golden, and then the goldens of no template.

    Raises:
        DefinitionError: a golden cannot be read.
    """
    ready: dict[str, Template] = {}
    seen = set()
    for item in printings:
        seen.add(item.file)
        library, name = item.scene.contexts.dossier.library, f"{item.stem}.docx"
        try:
            if item.stem not in ready:
                ready[item.stem] = opened(item.template, name, item.stem, library)
            text = in_words(ready[item.stem], item.scene.subject(item.stem, item.number))
        except TemplateError as error:
            said = explained(error, item.template, name, item.stem, library)
            yield Outcome(item.file, Verdict.BROKEN, (str(said), said.hint))
            continue
        yield _compared(item.file, text, _golden(folder / item.file))
    for golden in sorted(folder.glob("*.txt")):
        # Which cases were given last time is not known: their goldens are left alone.
        of_a_sample = "--" not in golden.name and golden.stem.rpartition("-")[2] in set(Length)
        if of_a_sample and golden.name not in seen:
            yield Outcome(golden.name, Verdict.ORPHAN)


def keep(outcomes: Iterable[Outcome], folder: Path) -> None:
    """Write every text as the new golden, and remove the goldens of no template.

    Raises:
        OutputError: one cannot be written or removed.
    """
    found = tuple(outcomes)
    write_files(folder, {it.file: it.text.encode() for it in found if it.text}, force=True)
    for it in found:
        if it.verdict is Verdict.ORPHAN:
            try:
                (folder / it.file).unlink()
            except OSError as error:
                raise OutputError(f"{it.file} is niet te verwijderen: {reason(error)}.") from error


def _golden(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "het is geen tekst in UTF-8"
        raise DefinitionError(
            f"{file} is niet te lezen: {why}.", hint="Verwijder het en maak het met --update."
        ) from error


def _compared(file: str, text: str, golden: str | None) -> Outcome:
    if golden is None:
        return Outcome(file, Verdict.NEW, text=text)
    if golden == text:
        return Outcome(file, Verdict.SAME, text=text)
    _, _, _, *lines = unified_diff(golden.splitlines(), text.splitlines(), lineterm="", n=_AROUND)
    shown = tuple("…" if line.startswith("@@") else f"{line[0]} {line[1:]}" for line in lines)
    return Outcome(file, Verdict.OTHER, shown, text)
