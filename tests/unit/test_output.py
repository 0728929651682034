"""Writing a folder of results: all or nothing, and never over what a person made."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from conftest import as_a_plain_user
from wvp_docs import output
from wvp_docs.errors import ExitCode, OutputError
from wvp_docs.output import MANIFEST, digest, write_file, write_tree

STAGE = ".wvp-docs-in-aanbouw"
OLD = {"word/a.docx": b"old a", "word/b.docx": b"old b", "bundel.pdf": b"old"}
NEW = {"word/a.docx": b"new a", "word/c.docx": b"new c", "bundel.pdf": b"new"}

Fail = Callable[[int, Exception], None]


def with_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    outputs = [{"file": name, "sha256": digest(content)} for name, content in files.items()]
    return {**files, MANIFEST: json.dumps({"outputs": outputs}).encode()}


def write(out: Path, files: dict[str, bytes], *, force: bool = False) -> None:
    write_tree(out, with_manifest(files), force=force)


def there(out: Path) -> dict[str, bytes]:
    """Return every file in the folder except the manifest."""
    found = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name != MANIFEST}


def refusal(out: Path, files: dict[str, bytes], *, force: bool = False) -> str:
    with pytest.raises(OutputError) as caught:
        write(out, files, force=force)
    assert caught.value.exit_code is ExitCode.OUTPUT
    assert caught.value.hint
    return f"{caught.value} {caught.value.hint}"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder that holds the results of an earlier run."""
    write(tmp_path / "uit", OLD)
    return tmp_path / "uit"


@pytest.fixture
def fail_at_move(monkeypatch: pytest.MonkeyPatch) -> Fail:
    """Return how to let the n-th move fail (the note of what is coming is move 0)."""
    real = Path.replace

    def fail(number: int, error: Exception) -> None:
        moves: Iterator[int] = iter(range(100))

        def replace(source: Path, target: Path) -> Path:
            if next(moves) == number:
                raise error
            return real(source, target)

        monkeypatch.setattr(Path, "replace", replace)

    return fail


def test_a_new_folder_holds_the_results_and_nothing_else(tmp_path: Path):
    write(tmp_path / "a" / "b", NEW)

    assert there(tmp_path / "a" / "b") == NEW
    assert not (tmp_path / "a" / "b" / STAGE).exists()


def test_a_second_run_replaces_its_own_and_removes_what_is_no_longer_made(out: Path):
    write(out, NEW)

    assert there(out) == NEW


def test_the_same_results_can_be_written_twice(out: Path):
    write(out, OLD)

    assert there(out) == OLD


def test_a_run_that_made_nothing_is_followed_by_one_that_does(tmp_path: Path):
    write(tmp_path, {})
    write(tmp_path, NEW)

    assert there(tmp_path) == NEW


def test_other_files_in_the_folder_are_left_alone(out: Path):
    (out / "notitie.txt").write_bytes(b"mine")
    (out / "word" / "brief.docx").write_bytes(b"mine too")
    write(out, NEW)

    assert there(out) == {**NEW, "notitie.txt": b"mine", "word/brief.docx": b"mine too"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("word/c.docx", id="made by a person"),
        pytest.param("word/a.docx", id="made by us, then edited"),
    ],
)
def test_what_is_not_ours_is_kept_unless_forced(out: Path, name: str):
    (out / name).write_bytes(b"by hand")
    before = there(out)

    assert name in refusal(out, NEW)
    assert there(out) == before
    write(out, NEW, force=True)
    assert there(out) == NEW


def test_a_folder_of_which_nothing_is_made_any_more_goes(out: Path) -> None:
    write(out, {"uwv/a.pdf": b"1", "uwv/b.pdf": b"2", "word/a.docx": b"3"})
    (out / "word/van mij.txt").touch()
    write(out, {"c.pdf": b"4"})

    assert not (out / "uwv").exists()
    assert [path.name for path in (out / "word").iterdir()] == ["van mij.txt"]


def test_an_edited_file_that_is_no_longer_made_is_kept(out: Path):
    (out / "word/b.docx").write_bytes(b"by hand")
    write(out, NEW)

    assert there(out) == {**NEW, "word/b.docx": b"by hand"}


@pytest.mark.parametrize(
    "content", [b"{}", b"geen json", b"[" * 5000, b'{"outputs": [1]}', b"\xff"]
)
def test_a_manifest_of_another_program_is_kept_unless_forced(tmp_path: Path, content: bytes):
    (tmp_path / MANIFEST).write_bytes(content)

    assert MANIFEST in refusal(tmp_path, NEW)
    assert (tmp_path / MANIFEST).read_bytes() == content
    write(tmp_path, NEW, force=True)
    assert there(tmp_path) == NEW


def test_the_same_file_without_a_manifest_is_no_stranger(tmp_path: Path):
    (tmp_path / "bundel.pdf").write_bytes(NEW["bundel.pdf"])
    write(tmp_path, NEW)

    assert there(tmp_path) == NEW


@pytest.mark.parametrize("force", [False, True], ids=["asked", "forced"])
@pytest.mark.parametrize(
    ("in_the_way", "said"),
    [
        pytest.param("word/c.docx/x", "het is een map", id="folder where a file comes"),
        pytest.param("manifest.json/x", "het is een map", id="folder for the manifest"),
        pytest.param("word", "geen map", id="file where a folder comes"),
    ],
)
def test_what_no_move_can_replace_is_refused_before_anything_moves(
    tmp_path: Path, in_the_way: str, said: str, *, force: bool
):
    (tmp_path / in_the_way).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / in_the_way).write_bytes(b"mine")

    assert said in refusal(tmp_path, NEW, force=force)
    assert there(tmp_path) in ({in_the_way: b"mine"}, {})
    assert not (tmp_path / STAGE).exists()


def test_a_file_instead_of_the_folder_is_refused(tmp_path: Path):
    (tmp_path / "uit").write_bytes(b"mine")

    assert "geen map" in refusal(tmp_path / "uit", NEW)
    assert (tmp_path / "uit").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["../x", "word/../../x", "{}/x"], ids=["up", "sideways", "root"])
def test_a_manifest_cannot_make_us_remove_what_lies_elsewhere(out: Path, name: str):
    elsewhere = out.parent / "x"
    elsewhere.write_bytes(b"mine")
    outputs = [{"file": name.format(out.parent), "sha256": digest(b"mine")}]
    (out / MANIFEST).write_text(json.dumps({"outputs": outputs}))
    write(out, NEW, force=True)

    assert elsewhere.read_bytes() == b"mine"


def test_a_link_to_elsewhere_is_not_followed_to_remove(out: Path):
    (out.parent / "x").write_bytes(OLD["word/b.docx"])
    (out / "word/b.docx").unlink()
    (out / "word/b.docx").symlink_to(out.parent / "x")
    write(out, NEW)

    assert (out.parent / "x").exists()


def test_a_full_disk_leaves_the_old_results_and_no_rubbish(
    out: Path, monkeypatch: pytest.MonkeyPatch
):
    real = output._write
    full = OSError(errno.ENOSPC, "No space left on device")

    def write_part(path: Path, chunks: Iterable[bytes]) -> None:
        if path.name == "c.docx":
            real(path, [b"".join(chunks)[:2]])
            raise full
        real(path, chunks)

    monkeypatch.setattr(output, "_write", write_part)

    said = refusal(out, NEW)
    assert "de schijf is vol" in said
    assert "niet veranderd" in said
    assert there(out) == OLD
    assert not (out / STAGE).exists()


def test_a_full_disk_at_the_note_changes_nothing(out: Path, fail_at_move: Fail):
    fail_at_move(0, OSError(errno.ENOSPC, "No space left on device"))

    assert "niet veranderd" in refusal(out, NEW)
    assert there(out) == OLD


def test_a_full_disk_leaves_no_new_folder_behind(tmp_path: Path, fail_at_move: Fail):
    fail_at_move(0, OSError(errno.ENOSPC, "No space left on device"))

    refusal(tmp_path / "nieuw", NEW)
    assert not (tmp_path / "nieuw").exists()


@pytest.mark.parametrize("move", [1, 2, 3, 4])
def test_a_document_that_is_open_elsewhere_is_named_and_a_later_run_repairs(
    out: Path, fail_at_move: Fail, move: int
):
    fail_at_move(move, PermissionError(errno.EACCES, "Permission denied", "stage", None, "a.docx"))

    said = refusal(out, NEW)
    assert "a.docx kan niet worden geschreven: geen toegang" in said
    assert "opnieuw" in said
    write(out, NEW)
    assert there(out) == NEW


@pytest.mark.parametrize("move", [0, 1, 2, 3, 4])
def test_a_run_that_was_killed_between_two_moves_can_be_done_again(
    out: Path, fail_at_move: Fail, move: int
):
    fail_at_move(move, KeyboardInterrupt())  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        write(out, NEW)
    write(out, {**NEW, "word/a.docx": b"newer"})

    assert there(out) == {**NEW, "word/a.docx": b"newer"}


def test_a_run_killed_before_it_removed_the_old_leaves_them_ours(
    out: Path, monkeypatch: pytest.MonkeyPatch
):
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            write(out, NEW)
    write(out, NEW)

    assert there(out) == NEW


def test_a_failure_after_a_killed_run_forgets_nothing(out: Path, fail_at_move: Fail):
    fail_at_move(2, KeyboardInterrupt())  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        write(out, NEW)
    fail_at_move(0, OSError(errno.ENOSPC, "No space left on device"))
    refusal(out, {**NEW, "bundel.pdf": b"newest"})
    write(out, OLD)

    assert there(out) == OLD


def test_a_folder_without_write_access_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def closed(path: Path, *_args: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", closed)

    assert "geen toegang" in refusal(tmp_path / "uit", NEW)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights of another kind")
def test_a_read_only_folder_is_refused(tmp_path: Path):
    tmp_path.chmod(0o500)

    with as_a_plain_user(tmp_path):
        assert "geen toegang" in refusal(tmp_path / "uit", NEW)


def test_one_file_is_written_and_not_overwritten_unless_forced(tmp_path: Path):
    write_file(tmp_path / "case.toml", b"one")
    with pytest.raises(OutputError, match="bestaat al"):
        write_file(tmp_path / "case.toml", b"two")

    assert there(tmp_path) == {"case.toml": b"one"}
    write_file(tmp_path / "case.toml", b"two", force=True)
    assert there(tmp_path) == {"case.toml": b"two"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("map", "het is een map", id="a folder"),
        pytest.param("nergens/case.toml", "bestaat niet", id="no folder"),
    ],
)
def test_one_file_that_cannot_be_written_is_named(tmp_path: Path, name: str, said: str):
    (tmp_path / "map").mkdir()

    with pytest.raises(OutputError, match=said) as caught:
        write_file(tmp_path / name, b"one", force=True)

    assert str(caught.value).startswith(str(tmp_path / name))


def test_a_full_disk_keeps_the_file_that_was_there(tmp_path: Path, fail_at_move: Fail):
    write_file(tmp_path / "case.toml", b"one")
    fail_at_move(0, OSError(errno.ENOSPC, "No space left on device"))

    with pytest.raises(OutputError, match="de schijf is vol"):
        write_file(tmp_path / "case.toml", b"two", force=True)
    assert there(tmp_path) == {"case.toml": b"one"}


@pytest.mark.skipif(os.name == "nt", reason="Windows goes by the rights of the folder")
def test_only_the_owner_can_read_what_is_made(tmp_path: Path):
    write(tmp_path / "uit", NEW)
    write_file(tmp_path / "los.ics", b"x")

    made = [tmp_path / "los.ics", *(tmp_path / "uit").rglob("*"), tmp_path / "uit"]
    assert {path.stat().st_mode & 0o077 for path in made} == {0}


class Kept:
    """Content that comes in pieces."""

    size, sha256 = 6, digest(b"abcdef")

    def chunks(self) -> Iterator[bytes]:
        yield from (b"abc", b"def")


def test_content_that_is_kept_elsewhere_is_written_piece_by_piece(tmp_path: Path):
    manifest = json.dumps({"outputs": [{"file": "a.pdf", "sha256": Kept.sha256}]}).encode()
    write_tree(tmp_path / "uit", {"a.pdf": Kept(), MANIFEST: manifest})
    write_tree(tmp_path / "uit", {"a.pdf": Kept(), MANIFEST: manifest})

    assert (tmp_path / "uit/a.pdf").read_bytes() == b"abcdef"
