"""What differs between two versions of templates, as one web page that needs nothing else."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from html import escape

from wvp_docs.preview.comparing import Compared
from wvp_docs.preview.pictures import as_png

TITLE = "Wat er in de sjablonen is veranderd"
_LEGEND = (
    "Een gevuld vlak: deze woorden staan alleen in de oude (rood) of alleen in de nieuwe (groen) "
    "versie, of zijn een eind verplaatst. Een blauwe lijn: dezelfde woorden, op een andere plaats "
    "of anders opgemaakt. Beide versies zijn ingevuld met dezelfde voorbeeldgegevens."
)
_STYLE = """
body { font: 16px/1.5 Calibri, Carlito, sans-serif; color: #22292e; margin: 2rem auto;
  max-width: 100rem; padding: 0 1rem; }
h1, h2 { color: #1b4b5e; line-height: 1.2; }
h2 { margin-top: 2.5rem; border-top: 1px solid #d3dade; padding-top: 1.5rem; }
img { max-width: 100%; height: auto; display: block; margin: 1rem 0; }
code { font: .9em/1.5 Consolas, monospace; background: #eef3f5; padding: .1rem .3rem; }
"""


def as_html(compared: Sequence[Compared]) -> str:
    """Return the differences with their pictures; the same templates give the same text."""
    return "".join(
        (
            '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{TITLE}</title><style>{_STYLE}</style></head><body>\n<h1>{TITLE}</h1>\n",
            f"<p>{_LEGEND}</p>\n",
            *(line for item in compared if not item.is_same for line in _section(item)),
            *_same([item.name for item in compared if item.is_same]),
            "</body></html>\n",
        )
    )


def _same(names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"<h2>Geen verschil</h2>\n<p>{escape(', '.join(names))}</p>\n"


def _section(item: Compared) -> Iterator[str]:
    yield f"<h2>{escape(item.name)}</h2>\n"
    if item.trouble:
        yield f"<p>{escape(item.trouble)}</p>\n"
    for heading, tags in (("Nieuwe velden", item.came), ("Weg", item.went)):
        if tags:
            listed = ", ".join(f"<code>{escape(tag)}</code>" for tag in tags)
            yield f"<p>{heading}: {listed}</p>\n"
    for number, picture in item.pictures.items():
        data = base64.b64encode(as_png(picture)).decode()
        said = f"Bladzijde {number}: links oud, rechts nieuw"
        yield f'<img alt="{said}" src="data:image/png;base64,{data}">\n'
