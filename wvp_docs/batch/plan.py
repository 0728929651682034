"""What must be made and what is still as it was, by the account that each result carries."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from wvp_docs.attachments import REFUSED as MEDICAL
from wvp_docs.attachments import UNUSABLE
from wvp_docs.batch.orders import Fault, How, Noted, fault_of, noted, source_of
from wvp_docs.beside import OnDisk
from wvp_docs.case import parse_case
from wvp_docs.casefiles import Found
from wvp_docs.engines import pick, version_of
from wvp_docs.errors import CaseError, OutputError
from wvp_docs.filling import Definitions
from wvp_docs.findings import Severity
from wvp_docs.housestyle import house_files
from wvp_docs.housestyle.sources import EMPLOYERS, FILE
from wvp_docs.lexicon import OWN_WORDS_FILE
from wvp_docs.manifest import own_sum, read_manifest
from wvp_docs.options import Options
from wvp_docs.output import MANIFEST, STAGE, digest, digest_of_file, strangers_in
from wvp_docs.pipeline import BUNDLE
from wvp_docs.sets.packages import PACKAGES

NEW, DAY = "nieuw", "andere peildatum"
TAKEN, UNKNOWN = "de map is van een andere casus", "van welke casus de map is, is niet bekend"
NOT_OURS = frozenset({TAKEN, UNKNOWN})
"""Reasons for which nothing is made, whatever the options."""
_DAY = "peildatum"

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands before a run.

    Attributes:
        reason: why it must be made, in Dutch; empty: everything is as it was.
        since: the day of the results when nothing else differs, and whether that makes a
            difference must still be seen; None: it is known.
        findings: the errors and warnings of the last run.
        pages: of its bundle.
        documents: how many documents it has.
        fault: why the folder cannot be used, or may not stay as it is.
    """

    reason: str
    since: date | None = None
    findings: tuple[Noted, ...] = ()
    pages: int = 0
    documents: int = 0
    fault: Fault | None = None


class Plan:
    """Compares results with what would go into them now.

    Args:
        owners: the whole path of the case file that each folder with results is of; empty: of one
            that is not known.
    """

    def __init__(
        self,
        out: Path,
        how: How,
        definitions: Definitions,
        also: tuple[Path, ...],
        owners: Mapping[str, str],
    ) -> None:
        engine, self._owners = pick(how.engine), owners
        self._out, self._how, self._also = out, how, also
        self._options = Options(out, how.today, engine, how.concept, extras=how.extras).asked()
        self._now: Mapping[str, object] = {
            "tool": {"name": "wvp-docs", "version": how.version},
            "engine": {"name": engine.name, "version": version_of(engine)},
            "definitions": {"sha256": definitions.library.digest},
        }
        own = {f"{stem}.docx": digest(source) for stem, source in how.extras.templates.items()}
        self._folder, self._own, self._templates = definitions.templates, own.keys(), {**own}

    def standing(self, found: Found) -> Standing:
        """Return whether the case must be made, and why."""
        folder = self._out / found.name
        account = _account_in(folder)
        if account is None:
            return Standing(NEW)
        if refused := self._refused(found, account):
            return refused
        if spoiled := _spoiled(folder, account):
            return Standing(spoiled)
        left = left_in(folder, {row["file"] for row in account["outputs"]})
        if reason := next(self._reasons(found, folder, account), ""):
            return Standing(reason, fault=left)
        day = date.fromisoformat(account["options"][_DAY])
        return Standing(
            "" if day == self._how.today else DAY,
            None if day == self._how.today or self._how.extras.packages else day,
            noted(account["findings"]),
            sum(len(row["pages"]) for row in account["bundles"][BUNDLE]),
            sum(row["file"].startswith("word/") for row in account["outputs"]),
            left,
        )

    def _refused(self, found: Found, account: Mapping[str, Any]) -> Standing | None:
        """Return how the case stands when its folder may be of another one."""
        here = os.path.abspath(found.path)  # noqa: PTH100  a link keeps its name
        owner = self._owners.get(found.name, here)
        inputs = account.get("inputs") or [{}]
        # One that moved is to the byte what it was.
        if _is_one(owner, here) or digest(_source(found.path)) == inputs[0].get("sha256"):
            return None
        whose = f"van een andere casus: {owner}" if owner else "van een casus die niet bekend is"
        error = OutputError(
            f"De map {found.name} is {whose}.",
            hint="Noem beide in een opdracht, dan krijgt elk een eigen naam. Of kies een andere "
            "map met -o. Is het dezelfde casus, geef dan --only-failed --force.",
        )
        return Standing(TAKEN if owner else UNKNOWN, fault=fault_of(error))

    def _reasons(self, found: Found, folder: Path, account: Mapping[str, Any]) -> Iterator[str]:
        """Yield why the case must be made, but for another day."""
        for key, said in (
            ("tool", "andere versie van wvp-docs"),
            ("engine", "andere omzetter"),
            ("definitions", "definities veranderd"),
        ):
            if account.get(key) != self._now[key]:
                yield said
        if {**account["options"], _DAY: ""} != {**self._options, _DAY: ""}:
            yield "andere opties"
        if self._has_other_templates(account["templates"], account["inputs"]):
            yield "sjabloon veranderd"
        yield from self._changed_inputs(found.path, account["inputs"])
        # Which ones they are, no manifest tells: they may open what stayed closed.
        if self._how.extras.passwords and any(_is_closed(it) for it in account["findings"]):
            yield "wachtwoorden gegeven"
        if not all(_is_there(folder / row["file"], row["sha256"]) for row in account["outputs"]):
            yield "resultaat veranderd of weg"

    def _changed_inputs(self, path: Path, inputs: Rows) -> Iterator[str]:
        """Yield what there is to say about the case file and the files that it names."""
        source = _source(path)
        if digest(source) != inputs[0]["sha256"]:
            yield "casus veranderd"
        beside = OnDisk(path.parent, self._also)
        # Of one that could not be had nobody knows; a medical paper outside the folder is so too.
        read = [(beside.digest(row["file"]), row["sha256"]) for row in inputs[1:]]
        if any(not before or now != before for now, before in read):
            yield "bestand erbij veranderd"
        known = {row["file"] for row in inputs[1:]}
        if any(name not in known for name in self._found_unasked(path, source, beside)):
            yield "bestand erbij gekomen"

    def _found_unasked(self, path: Path, source: bytes, beside: OnDisk) -> Iterator[str]:
        """Yield the files that count as soon as they are there, without the case naming them."""
        if beside.size(OWN_WORDS_FILE):
            yield OWN_WORDS_FILE
        # To see which are of this employer the case must be read, and few houses have a style.
        if b"sjablonen" in source or beside.size(FILE) or beside.names(EMPLOYERS):
            case = parse_case(source, path, beside)
            yield from (name for name in house_files(case) if beside.size(name))

    def _has_other_templates(self, templates: Rows, inputs: Rows) -> bool:
        if any(self._template(row["file"]) != row["sha256"] for row in templates):
            return True
        # One of the house stands among the inputs, until one of the command line comes before it.
        listed = {row["file"] for row in templates}
        beside = {PurePosixPath(row["file"]).name.casefold() for row in inputs}
        beside = {name.replace("-", "_").replace(" ", "_") for name in beside}
        return any(file in beside and file not in listed for file in self._own)

    def _template(self, file: str) -> str:
        if file not in self._templates:
            path = self._folder / file
            self._templates[file] = digest_of_file(path) if path.exists() else ""
        return self._templates[file]


def _is_closed(finding: Mapping[str, Any]) -> bool:
    return finding["code"] in {UNUSABLE, MEDICAL} and finding["severity"] == Severity.ERROR


def _source(path: Path) -> bytes:
    """Return the bytes of a case file; none when they cannot be had, which is said later."""
    try:
        return source_of(path)
    except CaseError:
        return b""


def left_in(folder: Path, files: Container[str]) -> Fault | None:
    """Return the fault of results with something else in a package than these files."""
    if found := strangers_in(folder, PACKAGES, files):
        error = OutputError(
            f"{folder}: {', '.join(found)} is niet van deze keer, of sindsdien veranderd. De rest "
            "is gemaakt.",
            hint="Haal het bestand uit deze map: anders gaat het mee naar wie haar krijgt.",
        )
        return fault_of(error)
    return None


def _is_one(path: str, other: str) -> bool:
    """Whether two paths lead to the same file."""
    try:
        return path == other or Path(path).samefile(other)
    except (OSError, ValueError):
        return False


def _account_in(folder: Path) -> Mapping[str, Any] | None:
    """Return the manifest of a folder; empty: it cannot be read; None: it holds no results."""
    try:
        if (folder / MANIFEST).exists():
            return read_manifest(folder)
        return {} if (folder / STAGE).exists() else None
    except (OSError, OutputError):
        return {}


def _spoiled(folder: Path, account: Mapping[str, Any]) -> str:
    """Return why nothing can be told by a manifest, if so."""
    with suppress(OSError):  # the folder is closed, and so is the manifest
        if (folder / STAGE).exists():
            return "de vorige keer afgebroken"
    if not account:
        return "het manifest is niet te lezen"
    # Of another version it may have another shape; one that was changed may have any.
    return "" if account.get("sha256") == own_sum(account) else "het manifest is veranderd"


def _is_there(path: Path, sha: str) -> bool:
    try:
        return digest_of_file(path) == sha
    except OSError:
        return False
