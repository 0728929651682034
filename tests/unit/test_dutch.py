"""Every word that click says is Dutch, on any machine."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from wvp_docs.cli import dutch

PO = Path(dutch.__file__).parent / "locale" / "nl" / "LC_MESSAGES" / "messages.po"


@pytest.fixture(autouse=True)
def _dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    monkeypatch.setattr(gettext, "dgettext", gettext.dgettext)
    monkeypatch.setattr(gettext, "dngettext", gettext.dngettext)
    dutch.speak_dutch()


@pytest.fixture
def say() -> Callable[..., str]:
    """Return what an app says on stdout and stderr together."""

    @click.group()
    @click.version_option("1.0", prog_name="app")
    def app() -> None:
        pass

    @app.command()
    @click.argument("case", type=click.Path(exists=True, dir_okay=False))
    @click.option("--format", type=click.Choice(["text", "json"]))
    @click.option("--number", type=int, required=True)
    def build(**_answers: object) -> None:
        pass

    return lambda *args: CliRunner().invoke(app, args).output


@pytest.mark.parametrize(
    ("args", "sentences"),
    [
        pytest.param(("--help",), ("Gebruik: app", "Opties:", "Opdrachten:", "Toon"), id="help"),
        pytest.param(("--version",), ("app, versie 1.0",), id="version"),
        pytest.param((), ("Gebruik: app",), id="no command"),
        pytest.param(("build",), ("Fout: Er ontbreekt", "Uitleg krijgt u met: app"), id="nothing"),
        pytest.param(
            ("build", "--numbr", "1"), ("'--numbr' bestaat niet", "Bedoelde u"), id="option"
        ),
        pytest.param(("bild",), ("De opdracht 'bild' bestaat niet. ", "Bedoelde u"), id="command"),
        pytest.param(("build", "--format", "xml", "."), ("kies uit 'text', 'json'",), id="choice"),
        pytest.param(("build", "--number", "1", "x"), ("Bestand 'x' bestaat niet",), id="path"),
        pytest.param(("build", "--number", "1", "."), ("Bestand '.' is een map",), id="folder"),
        pytest.param(("build", "--number", "a"), ("'a' is geen goed getal.",), id="integer"),
        pytest.param(("build", "--number"), ("'--number' hoort een waarde",), id="no value"),
        pytest.param(("build", "--help"), ("[verplicht]",), id="required"),
        pytest.param(
            ("build", "--number", "1", __file__, "x"), ("hoort er niet bij: x",), id="extra"
        ),
    ],
)
def test_click_says_it_in_dutch(
    say: Callable[..., str], args: tuple[str, ...], sentences: tuple[str, ...]
):
    said = say(*args)

    assert all(sentence in said for sentence in sentences), said
    assert not re.search(r"Usage|Error|Try|Missing|No such|Show|Invalid|Did you", said)


def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="nl")


def placeholders(text: str) -> set[tuple[str, str]]:
    return set(re.findall(r"\{(\w*)|(%\(\w+\)s)", text))


def in_click() -> set[str | tuple[str, ...]]:
    folder = Path(click.__file__).parent
    return {message for _, _, message, _, _ in extract_from_dir(folder)}


def both(text: str | Sequence[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_every_word_of_the_installed_click_has_a_translation():
    translated = {message.id for message in catalogue() if message.id and all(both(message.string))}

    assert in_click() <= translated


def test_a_translation_fills_in_what_click_fills_in():
    for message in catalogue():
        wanted = {name for text in both(message.id) for name in placeholders(text)}
        assert {name for text in both(message.string) for name in placeholders(text)} == wanted


def spoken(translation: Catalog) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return sorted((both(it.id), both(it.string)) for it in translation if it.id)


def test_what_runs_is_what_the_translation_file_says():
    with PO.with_suffix(".mo").open("rb") as file:
        assert spoken(read_mo(file)) == spoken(catalogue())
