"""`wvp-docs template test`: do templates still print the words they printed before?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import format_option
from wvp_docs.cli.template import template
from wvp_docs.errors import ExitCode, TemplateError

if TYPE_CHECKING:
    from wvp_docs.preview import Outcome
    from wvp_docs.preview.goldens import Printing


@template.command(name="test", options_metavar="[OPTIES]")
@click.argument(
    "folder", metavar="MAP", type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option(
    "--case",
    "cases",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    metavar="CASUS",
    help="Vul de sjablonen ook in met deze casus; mag vaker. Neem een verzonnen casus.",
)
@click.option("--update", is_flag=True, help="Bewaar de tekst van nu als de goede.")
@format_option
def test_templates(folder: Path, cases: tuple[Path, ...], update: bool, style: str) -> int:
    """Kijk of sjablonen nog dezelfde tekst geven.

    Dezelfde als toen u die het laatst goedkeurde. Elk sjabloon in de map wordt ingevuld met
    korte, gewone en lange voorbeeldgegevens. De goede tekst staat in de map goldens ernaast;
    met --update maakt u die. Code 3: er is verschil.
    """
    from wvp_docs.preview import FOLDER, Verdict, compare_words, keep

    outcomes = tuple(compare_words(_printings(folder, cases), folder / FOLDER))
    if update:
        keep(outcomes, folder / FOLDER)
    if style == "json":
        click.echo(json.dumps([it.as_dict() for it in outcomes], ensure_ascii=False, indent=2))
    else:
        _show(outcomes, updated=update)
    if any(it.verdict is Verdict.BROKEN for it in outcomes):
        return ExitCode.DEFINITION
    is_same = update or all(it.verdict is Verdict.SAME for it in outcomes)
    return ExitCode.OK if is_same else ExitCode.FINDINGS


def _printings(folder: Path, cases: Sequence[Path]) -> Iterator[Printing]:
    from wvp_docs.beside import OnDisk
    from wvp_docs.case import load_case
    from wvp_docs.housestyle import templates_in
    from wvp_docs.library import load_library
    from wvp_docs.preview import of_case, of_samples, sample_scene, scene_of
    from wvp_docs.resources import forms_folder
    from wvp_docs.samples import Length
    from wvp_docs.vocabulary import OTHERS

    library = load_library(forms_folder())
    found = templates_in(OnDisk(folder), ".")
    templates = {stem: found[stem] for stem in (*library.forms, *OTHERS) if stem in found}
    if not templates:
        raise TemplateError(
            f"In {folder} staat geen sjabloon van een formulier.",
            hint="Kopieer de sjablonen eerst met: wvp-docs template export MAP.",
        )
    samples = {length: sample_scene(library, length) for length in Length}
    yield from of_samples(templates, samples)
    # A fixed day: the same case gives the same text.
    day = samples[Length.USUAL].today
    for path in cases:
        name = path.parent.resolve().name if path.stem == "case" else path.stem
        yield from of_case(templates, name, scene_of(load_case(path), library, day))


def _show(outcomes: Sequence[Outcome], *, updated: bool) -> None:
    from wvp_docs.preview import Verdict

    sentences = {
        Verdict.OTHER: "de tekst is anders",
        Verdict.ORPHAN: "hoort bij geen sjabloon in deze map",
        Verdict.BROKEN: "het sjabloon is niet in te vullen",
    }
    for it in outcomes:
        if it.verdict in sentences:
            click.echo(f"{it.file}: {sentences[it.verdict]}.")
        for line in filter(None, it.lines):
            click.secho(f"  {line}", fg={"-": "red", "+": "green"}.get(line[0]))
    if updated:
        made = sum(bool(it.text) for it in outcomes)
        click.echo(f"{made} goede teksten bewaard. Lees ze na voordat u ze vertrouwt.")
        return
    counts = Counter(it.verdict for it in outcomes)
    if counts[Verdict.NEW]:
        click.echo(f"{counts[Verdict.NEW]} teksten zijn nog niet eerder bewaard.")
    click.echo(f"{counts[Verdict.SAME]} van de {len(outcomes)} teksten zijn gelijk.")
    if counts[Verdict.SAME] < len(outcomes):
        click.echo("Klopt de nieuwe tekst? Bewaar hem met --update.", err=True)
