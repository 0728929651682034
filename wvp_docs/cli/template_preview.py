"""`wvp-docs template preview`: how a template looks filled in, again at each save if asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import today_option
from wvp_docs.cli.given import house_folder, templates_in_use
from wvp_docs.cli.template import template
from wvp_docs.errors import ExitCode, TemplateError, WvpError
from wvp_docs.findings import Finding

if TYPE_CHECKING:
    from wvp_docs.forms import Library
    from wvp_docs.preview import Scene, Tried

LENGTHS = ("kort", "gewoon", "lang")
LOOK = 0.05
"""Seconds between two looks at the file: a save is on paper well within half a second."""


@template.command(name="preview", options_metavar="[OPTIES]")
@click.argument("stem", metavar="FORMULIER|BESTAND")
@click.option(
    "--case",
    "case_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CASUS",
    help="Vul in met een echte casus (anders: met voorbeeldgegevens).",
)
@click.option(
    "--nummer",
    "number",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Welk stuk uit de casus, als dit formulier er vaker in staat.",
)
@click.option(
    "--lengte",
    "length",
    type=click.Choice(LENGTHS),
    metavar="|".join(LENGTHS),
    help="Hoe lang de voorbeeldantwoorden zijn (anders: gewoon).",
)
@click.option(
    "--templates",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="MAP",
    help="Uw map met sjablonen; wat daar niet staat, komt van wvp-docs.",
)
@click.option(
    "--huisstijl",
    "house",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND",
    help="De huisstijl.toml waarin u de bladzijden wilt zien.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND",
    help="De PDF (anders: hier, met de naam van het formulier en -voorbeeld).",
)
@click.option("--png", "pictures", is_flag=True, help="Maak ook een afbeelding van elke bladzijde.")
@click.option("--watch", "again", is_flag=True, help="Maak alles opnieuw na elke keer bewaren.")
@click.option("--force", is_flag=True, help="Overschrijf een bestand dat er al is.")
@today_option
def preview_template(
    stem: str,
    case_file: Path | None,
    number: int,
    length: str | None,
    folder: Path | None,
    house: Path | None,
    out: Path | None,
    pictures: bool,
    again: bool,
    force: bool,
    today: date,
) -> int:
    """Maak een PDF van een sjabloon, ingevuld met voorbeeldgegevens of met een casus.

    Met --watch ziet u na elke keer bewaren in Word het nieuwe resultaat. Stoppen: Ctrl-C.
    """
    from wvp_docs.engines import pick
    from wvp_docs.inspection import opened
    from wvp_docs.library import load_library
    from wvp_docs.preview import CaseOnDisk, file_of, on_paper, plain
    from wvp_docs.resources import forms_folder, templates_folder
    from wvp_docs.vocabulary import OTHERS
    from wvp_docs.word import source_of

    library, engine = load_library(forms_folder()), pick("rdocx")
    stems = (*library.forms, *OTHERS)
    if (named := Path(stem)).is_file():
        folder, stem = folder or named.parent, plain(named.stem)
    _require_known(stem, stems)
    if case_file and length:
        raise click.UsageError("--lengte gaat over voorbeeldgegevens en --case niet. Kies er een.")
    if out and out.suffix.lower() != ".pdf":
        raise click.UsageError("Het bestand bij -o eindigt op .pdf.")
    told = CaseOnDisk(case_file, library, today, house_folder(house)).scene if case_file else None
    scene = Told(told or _sample(library, length, house)).scene
    if again and not folder and stem in scene().templates:
        raise click.UsageError("Dit sjabloon is van de huisstijl. Noem zijn map met --templates.")
    is_named = bool(folder)
    folder = folder or (None if house or case_file else templates_in_use())
    file = file_of(stem, [*([folder] if folder else []), templates_folder()])
    target = Target(out or Path(f"{stem}-voorbeeld.pdf"), pictures, force or out is None)

    def make() -> None:
        start, now = time.perf_counter(), scene()
        own = None if folder else now.templates.get(stem)
        try:
            ready = opened(own or source_of(file), file.name, stem, library)
            tried = on_paper(ready, now.subject(stem, number), engine)
        except TemplateError as fault:
            raise _explained(fault, file, own, library) from fault.__cause__
        target.write(tried)
        _say(target.path, tried, time.perf_counter() - start if again else 0)
        if not (is_named or own):
            _say_whose(file)

    if again:
        _keep_watching([file, *([case_file] if case_file else [])], make)
    else:
        make()
    return ExitCode.OK


def _require_known(stem: str, stems: Sequence[str]) -> None:
    from wvp_docs.grammar import closest

    if stem not in stems:
        hint = closest(stem, stems) or "Welke er zijn: wvp-docs forms."
        raise click.UsageError(f"Er is geen formulier {stem}. {hint}")


def _explained(
    fault: TemplateError, file: Path, own: bytes | None, library: Library
) -> TemplateError:
    """Return the fault as a check would say it, with the place; as it was if a check finds none."""
    from wvp_docs.inspection import explained
    from wvp_docs.preview import plain
    from wvp_docs.resources import templates_folder

    try:
        source = own or file.read_bytes()
    except OSError:
        if file.parent == templates_folder():
            return fault
        return TemplateError(str(fault), hint=f"Zet {file.name} terug in {file.parent}.")
    said = explained(fault, source, file.name, plain(file.stem), library)
    if said is fault:
        return fault
    more = f"Alles wat er mis is: wvp-docs template check {file}"
    return TemplateError(str(said), hint=f"{said.hint} {more}")


def _keep_watching(files: Sequence[Path], make: Callable[[], None]) -> None:
    """Make the paper at each save, until Ctrl-C: that is how this is meant to end."""
    from wvp_docs.preview import watch

    click.echo(f"Ik kijk naar {' en '.join(map(str, files))}. Stoppen: Ctrl-C.", err=True)
    try:
        watch(files, Attempts(make).once_more, lambda: time.sleep(LOOK))
    except KeyboardInterrupt:
        click.echo("Gestopt.", err=True)


def _sample(library: Library, length: str | None, house: Path | None) -> Callable[[], Scene]:
    from wvp_docs.preview import sample_scene
    from wvp_docs.samples import Length

    folder = next(iter(house_folder(house)), None)
    sample = sample_scene(library, Length(length or Length.USUAL), folder)
    return lambda: sample


def _say_whose(file: Path) -> None:
    from wvp_docs.resources import templates_folder

    is_ours = file.parent == templates_folder()
    said = "ons sjabloon. Het uwe: --templates MAP" if is_ours else f"{file}, van uw huisstijl.toml"
    click.echo(f"Dit is {said}.", err=True)


class Told:
    """The scene of each attempt, of which is said once what is wrong with its house style."""

    def __init__(self, scene: Callable[[], Scene]) -> None:
        self._scene, self._said = scene, tuple[Finding, ...]()

    def scene(self) -> Scene:
        """Return the scene as it is now, and say what is new about it."""
        from wvp_docs.cli.show import show_findings

        now = self._scene()
        if now.findings != self._said:
            show_findings(now.findings)
        self._said = now.findings
        return now


class Target:
    """Where the paper goes; over what a person made only when that is allowed."""

    def __init__(self, path: Path, pictures: bool, force: bool) -> None:
        self.path, self._pictures, self._force = path, pictures, force

    def write(self, tried: Tried) -> None:
        """Write the PDF and its pictures; pages that are no more leave no picture behind."""
        from wvp_docs.output import write_files
        from wvp_docs.preview import SHARP, as_png, pictures_of

        folder = self.path.parent
        # The PDF first: whoever looks at it need not wait for the pictures.
        write_files(folder, {self.path.name: tried.pdf}, force=self._force)
        pages = pictures_of(tried.pdf, SHARP) if self._pictures else []
        pictures = {self._picture(at).name: as_png(page) for at, page in enumerate(pages, 1)}
        write_files(folder, pictures, force=self._force)
        number = tried.pages + 1
        while self._pictures and self._force and self._picture(number).exists():
            self._picture(number).unlink()
            number += 1
        self._force = True  # from now on it is ours

    def _picture(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.stem}-{number}.png")


class Attempts:
    """One attempt after the other, of which a fault keeps the last good result."""

    def __init__(self, make: Callable[[], None]) -> None:
        self._make, self._said = make, ""

    def once_more(self) -> bool:
        """Try, and say why it failed; return False when a file could not be read."""
        from rich.text import Text

        from wvp_docs.cli.show import console

        try:
            self._make()
        except WvpError as fault:
            sentence = f"{fault} {fault.hint}".strip()
            # In use by Word, or just being replaced: nobody saves it again for us.
            is_read = not isinstance(fault.__cause__, OSError)
            if is_read or sentence != self._said:
                screen = console(to_stdout=False)
                screen.print(Text(f"Fout: {sentence}"))
                screen.print("      Het vorige resultaat blijft staan.")
            self._said = sentence
            return is_read
        self._said = ""
        return True


def _say(path: Path, tried: Tried, seconds: float) -> None:
    pages = "1 bladzijde" if tried.pages == 1 else f"{tried.pages} bladzijden"
    took = f" ({seconds:.2f} s)".replace(".", ",") if seconds else ""
    click.echo(f"{path}: {pages}{took}.")
    if tried.doubt:
        click.echo(f"Let op: een dossier wordt hiermee niet gemaakt. {tried.doubt}", err=True)
        if tried.doubt.hint:
            click.echo(f"      {tried.doubt.hint}", err=True)
        click.echo("      Of ligt het aan het sjabloon? wvp-docs template check", err=True)
