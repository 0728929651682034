"""What must be made and what is still as it was, by the account that each result carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from wvp_docs.batch.orders import How
from wvp_docs.beside import OnDisk
from wvp_docs.case import read_source
from wvp_docs.casefiles import Found
from wvp_docs.engines import pick, version_of
from wvp_docs.errors import CaseError, OutputError
from wvp_docs.filling import Definitions
from wvp_docs.findings import Severity
from wvp_docs.manifest import read_manifest
from wvp_docs.output import MANIFEST, digest, digest_of_file
from wvp_docs.pipeline import Options

NEW = "nieuw"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands before a run.

    Attributes:
        reason: why it must be made, in Dutch; empty: everything is as it was.
        errors: how many errors the last run found.
        warnings: how many warnings.
        pages: of its bundle.
        documents: how many documents it has.
    """

    reason: str
    errors: int = 0
    warnings: int = 0
    pages: int = 0
    documents: int = 0


class Plan:
    """Compares results with what would go into them now."""

    def __init__(
        self, out: Path, how: How, definitions: Definitions, also: tuple[Path, ...]
    ) -> None:
        engine = pick(how.engine)
        self._out = out
        self._also = also
        self._now: Mapping[str, object] = {
            "tool": {"name": "wvp-docs", "version": how.version},
            "engine": {"name": engine.name, "version": version_of(engine)},
            "definitions": {"sha256": definitions.library.digest},
            "options": Options(out, how.today, engine, how.concept, extras=how.extras).asked(),
        }
        self._definitions = definitions
        self._templates: dict[str, str] = {}

    def standing(self, found: Found) -> Standing:
        """Return whether the case must be made, and why."""
        folder = self._out / found.name
        if not (folder / MANIFEST).exists():
            return Standing(NEW)
        try:
            account = read_manifest(folder)
        except OutputError:
            return Standing("het manifest is niet te lezen")
        reason = next(self._reasons(found, folder, account), "")
        findings = cast("Sequence[Mapping[str, str]]", account.get("findings", ()))
        weights = [finding["severity"] for finding in findings]
        bundles = cast("Mapping[str, Sequence[Mapping[str, Sequence[str]]]]", account["bundles"])
        outputs = cast("Sequence[Mapping[str, str]]", account["outputs"])
        return Standing(
            reason,
            weights.count(Severity.ERROR.value),
            weights.count(Severity.WARNING.value),
            sum(len(row["pages"]) for row in bundles.get("wia-bundel.pdf", ())),
            sum(row["file"].startswith("word/") for row in outputs),
        )

    def _reasons(self, found: Found, folder: Path, account: Mapping[str, object]) -> Iterator[str]:
        for key, said in (
            ("tool", "andere versie van wvp-docs"),
            ("engine", "andere omzetter"),
            ("definitions", "definities veranderd"),
            ("options", "andere opties"),
        ):
            if account.get(key) != self._now[key]:
                yield said
        templates = cast("Sequence[Mapping[str, str]]", account.get("templates", ()))
        if any(self._template(row["file"]) != row["sha256"] for row in templates):
            yield "sjabloon veranderd"
        inputs = cast("Sequence[Mapping[str, str]]", account.get("inputs", ()))
        yield from self._changed_inputs(found.path, inputs)
        outputs = cast("Sequence[Mapping[str, str]]", account["outputs"])
        if not all(_is_there(folder / row["file"], row["sha256"]) for row in outputs):
            yield "resultaat veranderd of weg"

    def _changed_inputs(self, path: Path, inputs: Sequence[Mapping[str, str]]) -> Iterator[str]:
        beside = OnDisk(path.parent, self._also)
        for at, row in enumerate(inputs):
            try:
                now = beside.digest(row["file"]) if at else digest(read_source(path))
            except CaseError:
                now = ""
            if now != row["sha256"]:
                yield "bestand erbij veranderd" if at else "casus veranderd"

    def _template(self, file: str) -> str:
        if file not in self._templates:
            path = self._definitions.templates / file
            self._templates[file] = digest_of_file(path) if path.exists() else ""
        return self._templates[file]


def _is_there(path: Path, sha: str) -> bool:
    try:
        return digest_of_file(path) == sha
    except OSError:
        return False
