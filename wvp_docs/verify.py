"""A finished dossier looked at again: is every file, every page and every value still there?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from wvp_docs.errors import WvpError, reason
from wvp_docs.kinds import BOX_OFF, BOX_ON
from wvp_docs.manifest import is_untouched, read_manifest
from wvp_docs.output import MANIFEST, digest_of_file
from wvp_docs.pdf.pages import labels_in
from wvp_docs.pdf.paper import Paper, compact
from wvp_docs.pdf.proof import Expected, ProofError, prove
from wvp_docs.printed import Printed
from wvp_docs.word import body_text

FOLDERS = ("word", "pdf", "bijlagen", "uwv", "werknemer", "medisch")
"""Where only files of ours belong; what stands beside them is the user's own business."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was made.

    Attributes:
        file: its path below the folder, with forward slashes.
        kind: `veranderd`, `weg`, `onbekend`, `bladzijden` or `inhoud`; public.
    """

    file: str
    kind: str
    message: str
    hint: str

    def as_dict(self) -> dict[str, str]:
        """Return the public JSON shape."""
        return {
            "file": self.file,
            "kind": self.kind,
            "message": self.message,
            "hint": self.hint,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out of looking again.

    Attributes:
        differences: what is not as it was made; none: nothing changed.
        files: how many files the account names.
        pages: how many pages of bound PDFs were compared.
        unread: the files that could be compared only as bytes, because they have a password.
        day: the day as of which it was made, by the account; None: it does not say. The clock of
            a file says nothing: to copy it is to set it.
    """

    differences: tuple[Difference, ...]
    files: int
    pages: int
    unread: tuple[str, ...]
    day: date | None


def verify(out: Path) -> Verdict:
    """Compare a folder that this tool made with its account, and its papers with one another.

    Raises:
        OutputError: there is no account, or it cannot be read.
    """
    account = read_manifest(out)
    look = _Look(out, account)
    differences = [*look.account_itself(), *look.files(), *look.strangers()]
    sound = look.outputs.keys() - {item.file for item in differences}
    differences += [*look.bundles(sound), *look.values(sound)]
    return Verdict(
        tuple(differences),
        len(look.outputs),
        sum(len(row["pages"]) for rows in look.ledgers.values() for row in rows),
        tuple(sorted(look.locked)),
        _day_in(account),
    )


def _day_in(account: Mapping[str, object]) -> date | None:
    options = account.get("options")
    try:
        return date.fromisoformat(str(options["peildatum"])) if isinstance(options, dict) else None
    except (KeyError, ValueError):
        return None


class _Look:
    """One folder and its account."""

    def __init__(self, out: Path, account: Mapping[str, object]) -> None:
        self.out = out
        self.account = account
        rows = cast("Sequence[Mapping[str, object]]", account["outputs"])
        self.outputs = {str(row["file"]): str(row["sha256"]) for row in rows}
        self.locked = {str(row["file"]) for row in rows if row.get("password")}
        self.copies = {str(row["file"]) for row in rows if row.get("copy")}
        self.ledgers = cast(
            "Mapping[str, Sequence[Mapping[str, Sequence[str]]]]", account.get("bundles", {})
        )

    def account_itself(self) -> Iterator[Difference]:
        if not is_untouched(self.out, self.account):
            yield Difference(
                MANIFEST,
                "veranderd",
                f"{MANIFEST} zelf is veranderd.",
                "Wat hieronder staat, is daardoor niet zeker. Maak het dossier opnieuw.",
            )

    def files(self) -> Iterator[Difference]:
        for name, sha in self.outputs.items():
            path = self.out / name
            try:
                same = path.resolve().is_relative_to(self.out.resolve()) and (
                    digest_of_file(path) == sha
                )
            except FileNotFoundError:
                yield Difference(name, "weg", f"{name} is weg.", "Maak het dossier opnieuw.")
                continue
            except OSError as error:
                said = f"{name} is niet te lezen ({reason(error)})."
                yield Difference(name, "weg", said, "Kijk of u het bestand mag openen.")
                continue
            if not same:
                yield Difference(
                    name,
                    "veranderd",
                    f"{name} is veranderd nadat het is gemaakt.",
                    "Bewaar uw eigen versie onder een andere naam, en maak het dossier opnieuw.",
                )

    def strangers(self) -> Iterator[Difference]:
        """Yield files that this tool did not make, in the folders that go to somebody else."""
        for folder in FOLDERS:
            for path in sorted((self.out / folder).rglob("*")):
                name = path.relative_to(self.out).as_posix()
                # A link may lead to anything, or to nothing; who gets the folder may get that too.
                if (path.is_file() or path.is_symlink()) and name not in self.outputs:
                    yield Difference(
                        name,
                        "onbekend",
                        f"{name} is niet door wvp-docs gemaakt.",
                        "Haal het bestand uit deze map: anders gaat het mee naar wie haar krijgt.",
                    )

    def bundles(self, sound: set[str]) -> Iterator[Difference]:
        """Yield what is wrong with the pages of the bound PDFs."""
        papers: dict[str, list[str]] = {}
        for name, rows in self.ledgers.items():
            if name not in sound or name in self.locked:
                continue
            content = (self.out / name).read_bytes()
            labels = [label for row in rows for label in row["pages"]]
            if list(labels_in(content)) != labels:
                yield _pages_differ(name, "de paginanummers zijn niet die van het manifest")
            pages = [compact(page) for page in Paper(content).pages]
            if len(pages) != len(labels):
                yield _pages_differ(name, f"{len(pages)} bladzijden in plaats van {len(labels)}")
                continue
            at = 0
            for row in rows:
                own, at = pages[at : at + len(row["pages"])], at + len(row["pages"])
                source = str(row.get("file", ""))
                if source in sound and not self._is_in(source, own, papers):
                    yield _pages_differ(name, f"de bladzijden van {source} staan er niet heel in")

    def _is_in(self, source: str, pages: Sequence[str], papers: dict[str, list[str]]) -> bool:
        """Return whether every page of a PDF is the page of the bundle at the same place."""
        if source not in papers:
            content = (self.out / source).read_bytes()
            papers[source] = [compact(page) for page in Paper(content).pages]
        own = papers[source]
        return len(own) <= len(pages) and all(
            text in page for text, page in zip(own, pages, strict=False)
        )

    def values(self, sound: set[str]) -> Iterator[Difference]:
        """Yield the papers on which something of their Word file is missing."""
        for name in sorted(sound):
            pdf = name.replace("word/", "pdf/").replace(".docx", ".pdf")
            if not name.startswith("word/") or pdf not in sound - self.copies:
                continue
            try:
                text = body_text((self.out / name).read_bytes())
                lines = tuple(
                    Printed(f"regel {number}", line.strip())
                    for number, line in enumerate(text.split("\n"), 1)
                    if line.strip()
                )
                boxes = text.count(BOX_ON), text.count(BOX_OFF)
                prove((self.out / pdf).read_bytes(), Expected(pdf, lines, *boxes))
            except (ProofError, WvpError) as error:
                yield Difference(pdf, "inhoud", str(error), "Maak het dossier opnieuw.")


def _pages_differ(name: str, what: str) -> Difference:
    return Difference(name, "bladzijden", f"{name}: {what}.", "Maak het dossier opnieuw.")
