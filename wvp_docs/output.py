"""Writing results: all or nothing, and never over what a person made.

Files are written beside their place and moved there when every one of them is on the disk. A
note of what is about to be moved stays until that is done, so that a run that was killed between
two moves leaves files that the next run knows as its own.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from wvp_docs.errors import OutputError

MANIFEST = "manifest.json"
_STAGE = ".wvp-docs-in-aanbouw"
_PENDING = "manifest.json"


def digest(content: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_tree(out: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Make the folder hold exactly these results; paths are relative, with forward slashes.

    Files that an earlier run made and this one does not are removed; everything else in the
    folder is left alone. `files` must hold the manifest, which is moved last.

    Raises:
        OutputError: the folder cannot be written, the disk is full, or a file in the way was not
            made by this tool (or was changed since) and `force` is not set.
    """
    stage = out / _STAGE
    try:
        # Read before the stage is made anew: it may hold the note of a run that was killed.
        ours = _made_before(out)
        if not force:
            _refuse_to_overwrite(out, files, ours)
        _stage(stage, files)
        _move(out, stage, files)
        _remove_stale(out, files, ours)
        shutil.rmtree(stage)
    except OSError as error:
        raise _as_output_error(out, error) from error


def _made_before(out: Path) -> dict[str, set[str]]:
    """Return path to digests of what earlier runs made, one that was killed midway included."""
    made: dict[str, set[str]] = {}
    for note in (out / MANIFEST, out / _STAGE / _PENDING):
        try:
            outputs = json.loads(note.read_bytes())["outputs"]
            for item in outputs:
                made.setdefault(str(item["file"]), set()).add(str(item["sha256"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return made


def _refuse_to_overwrite(
    out: Path, files: Mapping[str, bytes], ours: Mapping[str, set[str]]
) -> None:
    strangers = []
    for name, content in files.items():
        path = out / name
        if name == MANIFEST or not path.exists():
            continue
        if digest(path.read_bytes()) not in ours.get(name, set()) | {digest(content)}:
            strangers.append(name)
    if (out / MANIFEST).exists() and not ours:
        strangers.append(MANIFEST)
    if strangers:
        raise OutputError(
            f"{out}: {', '.join(strangers)} is niet door wvp-docs gemaakt, of sindsdien veranderd.",
            hint="Bewaar dat bestand elders of kies een andere map; --force overschrijft het.",
        )


def _stage(stage: Path, files: Mapping[str, bytes]) -> None:
    if stage.exists():
        shutil.rmtree(stage)
    for name, content in files.items():
        path = stage / "bestanden" / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
    (stage / _PENDING).write_bytes(files[MANIFEST])


def _move(out: Path, stage: Path, files: Mapping[str, bytes]) -> None:
    for name in sorted(files, key=lambda name: (name == MANIFEST, name)):
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (stage / "bestanden" / name).replace(target)


def _remove_stale(out: Path, files: Mapping[str, bytes], ours: Mapping[str, set[str]]) -> None:
    for name in ours.keys() - files.keys():
        path = out / name
        if not _is_inside(out, path):
            continue
        if path.is_file() and digest(path.read_bytes()) in ours[name]:
            path.unlink()


def _is_inside(out: Path, path: Path) -> bool:
    # A manifest is a file that anyone can edit: it may not make us remove what lies elsewhere.
    return path.resolve().is_relative_to(out.resolve())


def _as_output_error(out: Path, error: OSError) -> OutputError:
    what = error.filename or out
    if isinstance(error, PermissionError):
        return OutputError(
            f"{what} kan niet worden geschreven: geen toegang.",
            hint="Kies een map waarin u mag schrijven, en sluit het document als het open staat.",
        )
    return OutputError(
        f"{what} kan niet worden geschreven: {error.strerror}.",
        hint="Kijk of de schijf vol is en of de map bestaat. Wat er al stond, is niet veranderd.",
    )
