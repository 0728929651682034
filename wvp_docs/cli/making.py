"""The options that say what a build or a batch makes: the same words, with the same meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import click

from wvp_docs.cli.given import UsageError, house_folder, own_templates, passwords_in

if TYPE_CHECKING:
    from wvp_docs.options import Extras

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Making:
    """What was asked, one field for each of the options."""

    profile: str | None
    engine: str
    concept: bool
    packages: bool
    limit: int | None
    double_sided: bool
    keeps_numbers: bool
    archive: bool
    folders: tuple[Path, ...]
    house: Path | None
    templates: Path | None
    passwords_file: Path | None

    def also(self) -> tuple[Path, ...]:
        """Return the folders where files may stand besides that of a case.

        Raises:
            UsageError: the house style is not there.
        """
        return (*self.folders, *house_folder(self.house))

    def extras(self, password: str = "") -> Extras:
        """Return what is made only when it is asked.

        Args:
            password: for the files of the employee; empty: they stay open.

        Raises:
            UsageError: the options do not go together, or a file that they name is of no use.
        """
        from wvp_docs.options import Extras
        from wvp_docs.sets.packages import Wishes

        if self.limit and not self.packages:
            raise UsageError("--grens gaat over de pakketten.", hint=WITH_PACKAGES)
        return Extras(
            Wishes(self.limit or 0, password) if self.packages else None,
            self.double_sided,
            self.keeps_numbers,
            self.archive,
            passwords_in(self.passwords_file),
            own_templates(self.templates) if self.templates else {},
            self.profile,
        )


WITH_PACKAGES = "Voeg --dossier toe, of gebruik wvp-docs dossier."

profile_option = click.option(
    "--profiel", "profile", metavar="NAAM", help="wia, zw, verkort, geen of iva."
)
folders_option = click.option(
    "--bijlagen-map",
    "folders",
    type=click.Path(exists=True, path_type=Path, file_okay=False),
    multiple=True,
    metavar="MAP",
    help="Een map buiten de casus waar bijlagen mogen staan; mag vaker.",
)
passwords_option = click.option(
    "--wachtwoord-bestand",
    "passwords_file",
    type=FILE,
    metavar="BESTAND",
    help="De wachtwoorden van bijlagen, een per regel.",
)

_OPTIONS = (
    profile_option,
    click.option(
        "--engine",
        default="rdocx",
        metavar="NAAM",
        help="Waarmee Word naar PDF gaat: rdocx (ingebouwd), libreoffice of word.",
    ),
    click.option(
        "--concept",
        is_flag=True,
        help="Maak ook wat nog niet af is, met CONCEPT en elk gat gemarkeerd.",
    ),
    click.option(
        "--dossier",
        "packages",
        is_flag=True,
        help="Maak ook de pakketten voor UWV, de werknemer en de gesloten envelop.",
    ),
    click.option(
        "--grens",
        "limit",
        type=click.IntRange(min=50_000),
        metavar="BYTES",
        help="Hoe groot een bestand voor UWV mag zijn (anders: 10000000).",
    ),
    click.option(
        "--dubbelzijdig",
        "double_sided",
        is_flag=True,
        help="Laat in de bundel elk stuk op een rechterbladzijde beginnen.",
    ),
    click.option(
        "--vaste-nummers",
        "keeps_numbers",
        is_flag=True,
        help="Houd de paginanummers van de vorige bundel in de map; wat nieuw is, wordt 12A.",
    ),
    click.option("--archief", "archive", is_flag=True, help="Maak van de bundel een PDF/A-2b."),
    folders_option,
    click.option(
        "--huisstijl",
        "house",
        type=FILE,
        metavar="BESTAND",
        help="De huisstijl.toml van de arbodienst, voor wie er zelf geen heeft.",
    ),
    click.option(
        "--templates",
        type=FOLDER,
        metavar="MAP",
        help="Een map met eigen Word-sjablonen; wat daar niet in staat, komt van wvp-docs.",
    ),
    passwords_option,
)


def making_options(command: Callable[Concatenate[Making, P], R]) -> Callable[..., R]:
    """Give a command these options; they come to it as one, before the others."""

    @wraps(command)
    def called(*args: P.args, **named: P.kwargs) -> R:
        own = {field.name: named.pop(field.name) for field in fields(Making)}
        return command(Making(**own), *args, **named)  # type: ignore[arg-type]

    with_options: Callable[..., R] = called
    for option in reversed(_OPTIONS):
        with_options = option(with_options)
    return with_options
