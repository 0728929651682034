"""Files that a case names: they stand in its folder, or below it, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wvp_docs.errors import reason


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file cannot be used: a clause that follows "het bestand", and what to do."""

    message: str
    hint: str


def read_beside(folder: Path, name: str) -> bytes | Trouble:
    """Return the bytes of the file that the case names, or why they cannot be had.

    A path or a link that leaves the folder is not followed.
    """
    if "\0" in name:
        return Trouble("heeft een naam die niet klopt.", "Typ de naam opnieuw.")
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        return Trouble("ligt buiten de map van de casus.", "Zet het bestand bij de casus.")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        why = "bestaat niet."
    except OSError as error:
        why = f"is niet te lezen ({reason(error)})."
    return Trouble(why, "Kijk de naam na; die geldt vanaf de map van de casus.")
