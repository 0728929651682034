"""Files that a case names: they stand in its folder, or below it, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wvp_docs.errors import reason

LARGEST = 300_000_000
"""Bytes: more is no paper of a dossier, and would fill the memory."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file cannot be used: a clause that follows "het bestand", and what to do."""

    message: str
    hint: str


def read_beside(folder: Path, name: str, also: Sequence[Path] = ()) -> bytes | Trouble:
    """Return the bytes of the file that the case names, or why they cannot be had.

    A path or a link that leaves the folders is not followed.

    Args:
        folder: of the case.
        name: as the case writes it.
        also: other folders that a person allowed; tried in order when the first has no such file.
    """
    if "\0" in name:
        return Trouble("heeft een naam die niet klopt.", "Typ de naam opnieuw.")
    roots = (folder, *also)
    paths = [root / name.replace("\\", "/") for root in roots]
    inside = [path for path in paths if _is_in_one_of(roots, path)]
    if not inside:
        return Trouble(
            "ligt buiten de map van de casus.",
            "Zet het bestand bij de casus, of noem de map met --bijlagen-map.",
        )
    path = next((path for path in inside if path.exists()), inside[0])
    try:
        if path.exists() and not path.is_file():
            return Trouble("is geen gewoon bestand.", "Noem een bestand, geen map of apparaat.")
        if path.exists() and path.stat().st_size > LARGEST:
            return Trouble("is groter dan 300 MB.", "Verdeel het over een paar bestanden.")
        return path.read_bytes()
    except FileNotFoundError:
        why = "bestaat niet."
    except OSError as error:
        why = f"is niet te lezen ({reason(error)})."
    return Trouble(why, "Kijk de naam na; die geldt vanaf de map van de casus.")


def _is_in_one_of(roots: Sequence[Path], path: Path) -> bool:
    real = path.resolve()
    return any(real.is_relative_to(root.resolve()) for root in roots)
