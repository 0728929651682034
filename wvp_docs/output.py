"""Writing results: all or nothing, and never over what a person made.

Files are written beside their place and moved there when every one of them is on the disk. A
note of what is ours and of what is about to be moved stays until that is done, so that a run that
was killed between two moves leaves files that the next run knows as its own. A dossier is nobody
else's business: what is made here only its owner can read.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Protocol

from wvp_docs.errors import OutputError, reason

MANIFEST = "manifest.json"
STAGE = ".wvp-docs-in-aanbouw"
"""Of a folder with results; when it is there, they are being written, or that was broken off."""
_FILES = "bestanden"
_PENDING = "manifest.json"

Digests = Mapping[str, set[str]]


class Stored(Protocol):
    """Content that is kept off the memory; its size in bytes and its SHA-256 are known."""

    @property
    def size(self) -> int:
        """In bytes."""
        ...

    @property
    def sha256(self) -> str:
        """In hexadecimal."""
        ...

    def chunks(self) -> Iterator[bytes]:
        """Yield the content piece by piece."""
        ...


Content = bytes | Stored


def digest(content: Content) -> str:
    """Return the SHA-256 of the content in hexadecimal."""
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else content.sha256


def size_of(content: Content) -> int:
    """Return the size of the content in bytes."""
    return len(content) if isinstance(content, bytes) else content.size


def write_tree(out: Path, files: Mapping[str, Content], *, force: bool = False) -> None:
    """Make the folder hold exactly these results; paths are relative, with forward slashes.

    Files that an earlier run made and this one does not are removed; everything else in the
    folder is left alone. `files` must hold the manifest, which is moved last.

    Raises:
        OutputError: the folder cannot be written, the disk is full, or a file in the way was not
            made by this tool (or was changed since) and `force` is not set.
    """
    stage = out / STAGE
    is_new = not out.exists()
    try:
        ours = _made_before(out)
        _refuse_what_is_in_the_way(out, files)
        if not force:
            _refuse_to_overwrite(out, files, ours)
        _stage(stage, files, ours)
    except OSError as error:
        _clear(stage)
        if is_new:
            with suppress(OSError):
                out.rmdir()
        raise _as_output_error(out, error, "Wat er al stond, is niet veranderd.") from error
    try:
        _move(out, stage, files)
        _remove_stale(out, files, ours)
    except OSError as error:
        state = "Geef de opdracht daarna opnieuw: een deel van de documenten is al vervangen."
        raise _as_output_error(out, error, state) from error
    shutil.rmtree(stage, ignore_errors=True)  # what stays of it does no harm


def strangers_in(out: Path, folders: Iterable[str], files: Container[str]) -> tuple[str, ...]:
    """Return what stands in these folders of the results and is none of the files of this run.

    An older file that a person changed is among them: it is left alone, and may go to somebody.
    """
    there = (path for folder in folders for path in sorted((out / folder).rglob("*")))
    names = (path.relative_to(out).as_posix() for path in there if path.is_file())
    return tuple(name for name in names if name not in files)


def write_file(
    path: Path, content: bytes, *, force: bool = False, like: os.stat_result | None = None
) -> None:
    """Write one file whole or not at all; over an existing one only when forced.

    Args:
        path: where.
        content: what.
        force: replace a file that is there.
        like: of a file that is somebody's own, whose rights stay as they are.

    Raises:
        OutputError: it exists and `force` is not set, or it cannot be written.
    """
    draft = path.with_name(f".{path.name}.wvp-docs")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(path))
        if path.exists() and not force:
            raise OutputError(
                f"{path} bestaat al.", hint="Kies een andere naam; --force overschrijft het."
            )
        _write(draft, [content])
        if like:
            _give_rights(draft, like)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        error.filename, error.filename2 = str(path), None
        raise _as_output_error(path, error, "Wat er al stond, is niet veranderd.") from error


def write_files(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Put files into a folder, which is made when needed; one that differs only when forced.

    Raises:
        OutputError: a file is there that is not the same and `force` is not set, or one cannot
            be written.
    """
    try:
        changed = [
            name
            for name, content in files.items()
            if (folder / name).exists() and digest_of_file(folder / name) != digest(content)
        ]
        if changed and not force:
            raise OutputError(
                f"In {folder} staat al een andere {', '.join(changed)}.",
                hint="Kies een andere map; --force overschrijft wat er staat.",
            )
        _make_folder(folder)
    except OSError as error:
        raise _as_output_error(folder, error, "Wat er al stond, is niet veranderd.") from error
    for name, content in files.items():
        write_file(folder / name, content, force=True)


def _made_before(out: Path) -> dict[str, set[str]]:
    """Return path to digests of what earlier runs made, one that was killed midway included."""
    made: dict[str, set[str]] = {}
    for note in (out / MANIFEST, out / STAGE / _PENDING):
        for name, sha in _outputs(note) or ():
            made.setdefault(name, set()).add(sha)
    return made


def _outputs(note: Path) -> list[tuple[str, str]] | None:
    """Return path and digest of the files that a manifest names; None when it is not ours."""
    try:
        outputs = json.loads(note.read_bytes())["outputs"]
        return [(str(item["file"]), str(item["sha256"])) for item in outputs]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _refuse_what_is_in_the_way(out: Path, files: Mapping[str, Content]) -> None:
    """Refuse what no move can replace, before anything is moved."""
    for name in files:
        path = out / name
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(path))
        for folder in path.parents:
            if folder.exists():
                if not folder.is_dir():
                    raise NotADirectoryError(errno.ENOTDIR, "", str(folder))
                break


def _refuse_to_overwrite(out: Path, files: Mapping[str, Content], ours: Digests) -> None:
    strangers = []
    for name, content in files.items():
        path = out / name
        if not path.exists():
            continue
        if name == MANIFEST:
            known = _outputs(path) is not None
        else:
            known = digest_of_file(path) in ours.get(name, set()) | {digest(content)}
        if not known:
            strangers.append(name)
    if strangers:
        raise OutputError(
            f"{out}: {', '.join(strangers)} is niet door wvp-docs gemaakt, of sindsdien veranderd.",
            hint="Bewaar dat bestand elders of kies een andere map; --force overschrijft het.",
        )


def _stage(stage: Path, files: Mapping[str, Content], ours: Digests) -> None:
    """Write everything beside its place, and last the note: what was ours, and what will be."""
    if (stage / _FILES).exists():
        shutil.rmtree(stage / _FILES)
    for name, content in files.items():
        path = stage / _FILES / PurePosixPath(name)
        _make_folder(path.parent)
        _write(path, [content] if isinstance(content, bytes) else content.chunks())
    known = {(name, sha) for name, digests in ours.items() for sha in digests}
    known |= {(name, digest(content)) for name, content in files.items() if name != MANIFEST}
    note = {"outputs": [{"file": name, "sha256": sha} for name, sha in sorted(known)]}
    # The note of a run that was killed is replaced in one go: without it files lose their owner.
    draft = stage / _FILES / f"{_PENDING}.{_FILES}"
    _write(draft, [json.dumps(note).encode()])
    draft.replace(stage / _PENDING)


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal, without taking it into memory.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file that only its owner can read; Windows goes by the rights of the folder."""
    with open(path, "wb", opener=_for_its_owner) as stream:
        stream.writelines(chunks)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _give_rights(path: Path, like: os.stat_result) -> None:
    """Let the same people read and write a file as another one, or fewer of them."""
    rights = stat.S_IMODE(like.st_mode)
    if os.name == "posix" and path.stat().st_gid != like.st_gid:
        try:
            os.chown(path, -1, like.st_gid)
        except OSError:
            rights &= ~stat.S_IRWXG
    path.chmod(rights)


def _make_folder(folder: Path) -> None:
    """Make the folder and those above it that are not there, for their owner only."""
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _clear(stage: Path) -> None:
    """Remove what was staged; a note of an earlier run stays."""
    shutil.rmtree(stage / _FILES, ignore_errors=True)
    with suppress(OSError):
        stage.rmdir()


def _move(out: Path, stage: Path, files: Mapping[str, Content]) -> None:
    for name in sorted(files, key=lambda name: (name == MANIFEST, name)):
        target = out / name
        _make_folder(target.parent)
        (stage / _FILES / name).replace(target)


def _remove_stale(out: Path, files: Mapping[str, Content], ours: Digests) -> None:
    for name in ours.keys() - files.keys():
        path = out / name
        if not _is_inside(out, path):
            continue
        if path.is_file() and digest_of_file(path) in ours[name]:
            path.unlink()
            if path.parent != out:
                with suppress(OSError):  # something else is in it
                    path.parent.rmdir()


def _is_inside(out: Path, path: Path) -> bool:
    # A manifest is a file that anyone can edit: it may not make us remove what lies elsewhere.
    return path.resolve().is_relative_to(out.resolve())


def _as_output_error(out: Path, error: OSError, state: str) -> OutputError:
    remedy = {
        errno.ENOSPC: "Maak ruimte op de schijf.",
        errno.EACCES: "Kies een map waarin u mag schrijven, en sluit het document als het open is.",
        errno.EISDIR: "Kies een andere naam of een andere map.",
        errno.ENOTDIR: "Kies een andere map.",
    }.get(error.errno or 0, "Kies een andere map.")
    what = error.filename2 or error.filename or out
    return OutputError(
        f"{what} kan niet worden geschreven: {reason(error)}.", hint=f"{remedy} {state}"
    )
