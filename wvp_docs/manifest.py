"""The account of a run: what went in, what came out, and every page of the bundles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from wvp_docs import __version__
from wvp_docs.case import Case
from wvp_docs.engines import Engine, version_of
from wvp_docs.errors import OutputError
from wvp_docs.examine import Examination
from wvp_docs.filling import Definitions
from wvp_docs.output import MANIFEST, Content, digest, size_of
from wvp_docs.pdf.bundle import Bound, Bundle

T = TypeVar("T")

_OWN_SUM = "sha256"


@dataclass(frozen=True, slots=True)
class Run:
    """What a run worked with, and what it made besides the files.

    Attributes:
        asked: the options that change the result.
        bundles: each bound PDF by its file name.
        sources: the file that holds the pages of a part by itself, by the key of the part.
        copies: the files that are signed copies, and so not made from Word.
        scaled: the files that were scaled down, with to how many dots an inch.
        locked: the files that have a password.
    """

    case: Case
    definitions: Definitions
    engine: Engine
    examination: Examination
    asked: Mapping[str, object]
    bundles: Mapping[str, Bundle]
    sources: Mapping[str, str]
    copies: Collection[str]
    scaled: Mapping[str, int]
    locked: Collection[str]


def manifest_of(run: Run, files: Mapping[str, Content]) -> bytes:
    """Return the account as JSON: nothing in it tells when or where it ran, or about whom.

    Its last key is the SHA-256 of all before it, so that a change to the account itself shows.
    """
    account = {
        "tool": {"name": "wvp-docs", "version": __version__},
        "engine": {"name": run.engine.name, "version": version_of(run.engine)},
        "definitions": {"sha256": run.definitions.library.digest},
        "templates": [
            {"file": f"{stem}.docx", "sha256": sha}
            for stem, sha in run.definitions.opened()
            # Those that stand beside the case are inputs.
            if sha not in run.examination.inputs.values()
        ],
        "options": run.asked,
        "inputs": [{"file": name, "sha256": sha} for name, sha in _inputs(run)],
        "outputs": [_output(name, content, run) for name, content in sorted(files.items())],
        "bundles": {
            name: [_bound(bound, run) for bound in bundle.ledger]
            for name, bundle in sorted(run.bundles.items())
        },
        "findings": [
            {**finding.as_dict(), "file": Path(finding.place.file).name}
            for finding in run.examination.findings
        ],
        "exceptions": [item.as_dict() for item in run.examination.set_aside],
    }
    return _written({**account, _OWN_SUM: own_sum(account)})


def _written(account: Mapping[str, object]) -> bytes:
    return json.dumps(account, ensure_ascii=False, indent=2).encode() + b"\n"


def own_sum(account: Mapping[str, object]) -> str:
    """Return the SHA-256 over an account without its own sum."""
    rest = {key: value for key, value in account.items() if key != _OWN_SUM}
    return hashlib.sha256(_written(rest)).hexdigest()


def is_untouched(out: Path, account: Mapping[str, object]) -> bool:
    """Return whether the file with this account is, to the byte, what was written."""
    content = (out / MANIFEST).read_bytes()
    return account.get(_OWN_SUM) == own_sum(account) and content == _written(account)


def _output(name: str, content: Content, run: Run) -> dict[str, object]:
    said: dict[str, object] = {"file": name, "bytes": size_of(content), "sha256": digest(content)}
    if name in run.copies:
        said["copy"] = True
    if name in run.scaled:
        said["dpi"] = run.scaled[name]
    if name in run.locked:
        said["password"] = True
    return said


def _bound(bound: Bound, run: Run) -> dict[str, object]:
    said: dict[str, object] = {"key": bound.key, "number": bound.number, "title": bound.title}
    if bound.key in run.sources:
        said["file"] = run.sources[bound.key]
    return {**said, "pages": list(bound.labels)}


def _inputs(run: Run) -> Iterator[tuple[str, str]]:
    """Yield name and SHA-256 of everything of the user's that was read, first the case.

    A file that the case names and that could not be read has an empty one.
    """
    yield Path(run.case.file).name, digest(run.case.source)
    yield from sorted(run.examination.inputs.items())


def read_manifest(out: Path) -> dict[str, object]:
    """Return the account of the run that made this folder.

    Raises:
        OutputError: there is none, or it is no account of this tool.
    """
    path = out / MANIFEST
    try:
        return _account_in(path.read_bytes())
    except OSError as error:
        raise OutputError(
            f"In {out} staat geen {MANIFEST}.",
            hint="Noem de map die `wvp-docs build` of `wvp-docs dossier` maakte.",
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise OutputError(
            f"{path} is beschadigd of niet door wvp-docs gemaakt.",
            hint="Maak het dossier opnieuw.",
        ) from error


def _account_in(content: bytes) -> dict[str, object]:
    """Return an account in which all that we read again is of its kind.

    Raises:
        KeyError: something is not there.
        TypeError: something is of another kind.
        ValueError: it is no JSON.
    """
    account = _of(dict, json.loads(content))
    _written(account)
    for row in (*_of(list, account["outputs"]), *_of(list, account.get("inputs", []))):
        _of(str, _of(dict, row)["file"]), _of(str, row["sha256"])
    for rows in _of(dict, account.get("bundles", {})).values():
        for row in _of(list, rows):
            labels = _of(list, _of(dict, row)["pages"])
            for text in (row["key"], row.get("number", ""), row.get("file", ""), *labels):
                _of(str, text)
    return account


def _of(kind: type[T], value: object) -> T:
    if not isinstance(value, kind):
        raise TypeError(type(value))
    return value


def pieces_in(account: Mapping[str, object], bundle: str) -> dict[str, str]:
    """Return the numbers that the pieces of an earlier bundle had, by the key of each part."""
    return {str(row["key"]): str(row.get("number", "")) for row in _rows(account, bundle)}


def labels_in(account: Mapping[str, object], bundle: str) -> dict[str, tuple[str, ...]]:
    """Return the page labels of an earlier bundle by the key of each part; empty when unknown."""
    return {str(row["key"]): tuple(map(str, row["pages"])) for row in _rows(account, bundle)}


def _rows(account: Mapping[str, object], bundle: str) -> Sequence[Mapping[str, Sequence[str]]]:
    bundles = cast(
        "Mapping[str, Sequence[Mapping[str, Sequence[str]]]]", account.get("bundles", {})
    )
    return bundles.get(bundle, ())
