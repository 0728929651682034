"""A finished dossier looked at again: what changed since it was made is found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pikepdf
import pytest

import hostile_paper as paper
from wvp_docs.errors import OutputError
from wvp_docs.pipeline import Result
from wvp_docs.verify import verify


@pytest.fixture
def made(packaged: Result, tmp_path: Path) -> Path:
    """A finished dossier to spoil."""
    return Path(shutil.copytree(packaged.out, tmp_path / "uit"))


def kinds(out: Path) -> set[tuple[str, str]]:
    return {(item.file, item.kind) for item in verify(out).differences}


def test_what_was_made_is_unchanged(made: Path) -> None:
    verdict = verify(made)

    assert not verdict.differences
    assert verdict.pages > 100


@pytest.mark.parametrize("at", [0, 500, -1])
def test_one_other_byte_is_found(made: Path, at: int) -> None:
    for name in ("wia-bundel.pdf", "uwv/uploadlijst.csv", "werknemer/brief.pdf"):
        content = bytearray((made / name).read_bytes())
        content[at] ^= 1
        (made / name).write_bytes(content)

        assert (name, "veranderd") in kinds(made)


def test_a_file_that_went_or_came_is_found(made: Path) -> None:
    (gone,) = (made / "word").glob("01-*")
    gone.unlink()
    (made / "uwv/brief-specialist.pdf").write_bytes(b"x")
    (made / "notities.txt").write_bytes(b"mine")

    assert kinds(made) == {
        (f"word/{gone.name}", "weg"),
        ("uwv/brief-specialist.pdf", "onbekend"),
    }


def test_a_link_in_a_folder_that_goes_to_somebody_is_found(made: Path) -> None:
    (made / "uwv/map").symlink_to(made.parent, target_is_directory=True)
    (made / "uwv/weg.pdf").symlink_to(made / "niets")

    assert kinds(made) == {("uwv/map", "onbekend"), ("uwv/weg.pdf", "onbekend")}


@pytest.mark.parametrize("bundles", [5, [5], {"wia-bundel.pdf": [{}]}, {"wia-bundel.pdf": 5}])
def test_an_account_that_is_none_of_ours_is_said_to_be_so(made: Path, bundles: object) -> None:
    account = json.loads((made / "manifest.json").read_bytes())
    (made / "manifest.json").write_text(json.dumps({**account, "bundles": bundles}))

    with pytest.raises(OutputError, match="beschadigd of niet door wvp-docs"):
        verify(made)


@pytest.mark.parametrize("change", ['"concept": true', '"concept":false', '"concept": false '])
def test_a_manifest_that_was_changed_is_found(made: Path, change: str) -> None:
    path = made / "manifest.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"concept": false', change), encoding="utf-8")

    assert text != path.read_text(encoding="utf-8")
    assert kinds(made) == {("manifest.json", "veranderd")}


def rewrite(made: Path, name: str, content: bytes) -> None:
    """Put something else in the folder, and an account that agrees with it."""
    from wvp_docs.manifest import _written, own_sum  # noqa: PLC0415
    from wvp_docs.output import digest  # noqa: PLC0415

    (made / name).write_bytes(content)
    account = json.loads((made / "manifest.json").read_bytes())
    for row in account["outputs"]:
        if row["file"] == name:
            row["sha256"] = digest(content)
    account["sha256"] = own_sum(account)
    (made / "manifest.json").write_bytes(_written(account))


def test_a_page_less_is_found_though_the_account_agrees(made: Path) -> None:
    with pikepdf.open(made / "wia-bundel.pdf") as bundle:
        del bundle.pages[30]
        rewrite(made, "wia-bundel.pdf", paper.written(bundle))

    assert ("wia-bundel.pdf", "bladzijden") in kinds(made)


def test_a_value_less_is_found_though_the_account_agrees(made: Path) -> None:
    (name,) = (path.name for path in (made / "pdf").glob("*actueel-oordeel*"))
    (other,) = (made / "pdf").glob("*eindevaluatie*")
    rewrite(made, f"pdf/{name}", other.read_bytes())

    assert (f"pdf/{name}", "inhoud") in kinds(made)


def test_a_folder_without_account_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"manifest\.json"):
        verify(tmp_path)
