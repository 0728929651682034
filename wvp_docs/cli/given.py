"""What options name, a file or a folder: read, or refused with a way out."""

from __future__ import annotations

import warnings
from getpass import GetPassWarning
from pathlib import Path

import click

from wvp_docs.casefiles import is_ordinary
from wvp_docs.errors import ExitCode, WvpError, reason

SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 127
"""Signs, and bytes: the standard of PDF cuts off what is longer, in silence."""


class UsageError(WvpError):
    """Options that do not go together, or that name a file that cannot be used."""

    exit_code = ExitCode.USAGE


def password_of(file: Path | None) -> str:
    """Return the password from the first line of a file, or ask for it without showing it.

    Raises:
        UsageError: it is no use, or cannot be read or asked.
    """
    password = _typed() if file is None else next(iter(lines_of(file)), "")
    if not password:
        raise _none_in(file)
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(
            "Het wachtwoord is te kort.",
            hint=f"Neem er een van minstens {SHORTEST_PASSWORD} tekens.",
        )
    if len(password.encode()) > LONGEST_PASSWORD:
        raise UsageError(
            "Het wachtwoord is te lang.", hint=f"Neem er een van hooguit {LONGEST_PASSWORD} tekens."
        )
    return password


def passwords_in(file: Path | None) -> tuple[str, ...]:
    """Return the passwords in a file, one a line; none when there is no file.

    Of one with spaces around it also what is between them: they are seldom meant.

    Raises:
        UsageError: none is in it, or it cannot be read.
    """
    if file is None:
        return ()
    if not is_ordinary(file):
        raise UsageError(f"{file} is geen gewoon bestand.", hint="Geef een bestand met tekst.")
    given = [line for line in lines_of(file) if line.strip()]
    if not given:
        raise _none_in(file)
    return tuple(dict.fromkeys(it for line in given for it in (line, line.strip())))


def _none_in(file: Path | None) -> UsageError:
    return UsageError(f"In {file} staat geen wachtwoord.", hint="Zet het op de eerste regel.")


def _typed() -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)
        try:
            return str(click.prompt("Wachtwoord", hide_input=True, confirmation_prompt="Nog eens"))
        except GetPassWarning as error:
            raise UsageError(
                "Hier kunt u geen wachtwoord typen zonder dat het te lezen is.",
                hint="Zet het in een bestand, en gebruik --versleutel-met.",
            ) from error


def house_folder(file: Path | None) -> tuple[Path, ...]:
    """Return the folder where a house style may be found besides that of the case.

    Raises:
        UsageError: the file is not there, or has another name.
    """
    from wvp_docs.housestyle.sources import FILE as NAME

    if file is None:
        return ()
    if file.name != NAME or not file.is_file():
        raise UsageError(
            f"{file} is er niet, of heet niet {NAME}.",
            hint=f"Noem het bestand {NAME}, en zet het logo ernaast.",
        )
    return (file.parent,)


def own_templates(folder: Path) -> dict[str, bytes]:
    """Return the templates in a folder by the names that they have to have.

    Raises:
        UsageError: there is none.
    """
    from wvp_docs.beside import OnDisk
    from wvp_docs.housestyle import templates_in

    found = templates_in(OnDisk(folder), ".")
    if not found:
        raise UsageError(
            f"In {folder} staat geen Word-sjabloon.",
            hint="Maak zo'n map met: wvp-docs template export.",
        )
    return found


def templates_in_use() -> Path | None:
    """Return the folder with templates that the house style in this folder names; None: none.

    Raises:
        UsageError: the house style cannot be read, or there is nothing in that folder.
    """
    from wvp_docs.beside import OnDisk
    from wvp_docs.case import Case
    from wvp_docs.housestyle.sources import FILE as NAME
    from wvp_docs.housestyle.sources import sources_of

    beside = OnDisk(Path())
    for source in sources_of(Case(b"", {}, Path("case.toml"), beside)):
        for fault in source.faults:
            if not fault.key:
                raise UsageError(f"{NAME} {fault.message}", hint=fault.hint)
        if source.templates:
            if beside.names(source.templates):
                return Path(source.templates)
            raise UsageError(
                f"{NAME} noemt de map {source.templates}, en die is hier niet of is leeg.",
                hint="Maak haar met: wvp-docs template export. Of noem een andere map.",
            )
    return None


def lines_of(file: Path) -> list[str]:
    """Return the lines of a file that are not empty.

    Raises:
        UsageError: it is no text that can be read.
    """
    try:
        return [line for line in file.read_text(encoding="utf-8-sig").splitlines() if line]
    except OSError as error:
        raise UsageError(
            f"{file} is niet te lezen: {reason(error)}.", hint="Kijk de naam en de rechten na."
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{file} is niet te lezen: het is geen tekst in UTF-8.",
            hint="Bewaar het opnieuw met de codering UTF-8.",
        ) from error
