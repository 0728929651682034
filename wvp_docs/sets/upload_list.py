"""The list beside the files for UWV: what to tick and what to type in, file by file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from wvp_docs.contents import Entry
from wvp_docs.dates import show_date
from wvp_docs.sets.uwv import Upload

UNKNOWN_KIND = "kies de soort die het portaal hiervoor heeft"
_NO_DAY = "–"
_MB = 1_000_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "nummer",
    "bestand",
    "titel",
    "soort_in_portaal",
    "datum_stuk",
    "datum_ondertekening",
    "ondertekenaars",
    "bladzijden",
    "bytes",
    "sha256",
    "nog_nodig",
    "opmerking",
)


@dataclass(frozen=True, slots=True)
class UploadList:
    """What the list says.

    Attributes:
        kenmerk: names the dossier; no person.
        bsn: of the employee, masked.
        uploads: in the order of uploading.
        missing: the documents that should be there and are not.
        elsewhere: title and reason of what the employer does not upload.
        limit: the most bytes for one file.
        soort: what the portal calls the whole of it; empty where that is not known for sure.
    """

    kenmerk: str
    bsn: str
    uploads: Sequence[Upload]
    missing: Sequence[Entry]
    elsewhere: Sequence[tuple[str, str]]
    limit: int
    soort: str

    def csv(self) -> bytes:
        """Return the files as a table that a Dutch Excel opens as it is: semicolons, UTF-8."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for number, upload in enumerate(self.uploads, 1):
            writer.writerow(_harmless(cell) for cell in _cells(number, upload))
        return text.getvalue().encode("utf-8-sig")

    def html(self) -> bytes:
        """Return the list as one page that needs nothing but a browser, and that prints well."""
        rows = "".join(_row(number, item) for number, item in enumerate(self.uploads, 1))
        missing = "".join(f"<li>{_text(item.titel)}</li>" for item in self.missing)
        other = "".join(
            f"<li><b>{_text(titel)}</b><br>{_text(why)}</li>" for titel, why in self.elsewhere
        )
        page = _PAGE.replace("@STIJL@", _STYLE)
        for key, value in (
            ("@KENMERK@", _text(self.kenmerk)),
            ("@BSN@", _text(self.bsn)),
            ("@GRENS@", _text(_size(self.limit))),
            ("@SOORT@", f", en dan <b>{_text(self.soort)}</b>" if self.soort else ""),
            ("@STUKKEN@", rows or _NOTHING),
            ("@ONTBREEKT@", _section("Dit ontbreekt nog", missing)),
            ("@ELDERS@", _section("Dit uploadt u niet", other)),
        ):
            page = page.replace(key, value)
        return page.encode()


def _cells(number: int, item: Upload) -> tuple[str, ...]:
    datum, signed = item.entry.datum, item.ondertekend_op
    return (
        str(number),
        item.file,
        item.entry.titel,
        item.soort or UNKNOWN_KIND,
        datum.isoformat() if datum else "",
        signed.isoformat() if signed else "",
        item.ondertekenaars.replace("\n", " / "),
        str(item.pdf.pages),
        str(item.pdf.size),
        item.pdf.sha256,
        ", ".join(item.ontbreekt),
        " ".join(_remarks(item)),
    )


def _harmless(cell: str) -> str:
    """Return the cell so that a spreadsheet takes it for text and never for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _remarks(item: Upload) -> Iterator[str]:
    if not item.file:
        yield "Te groot voor het portaal."
    if item.dpi:
        yield f"De scans zijn verkleind tot {item.dpi} punten per inch."
    if item.entry.loose:
        yield "Digitaal ondertekend: dit is het bestand zelf, onveranderd."
    if not item.entry.document:
        yield "Niet door wvp-docs gemaakt: kijk of het BSN op dit stuk staat."


def _row(number: int, item: Upload) -> str:
    """Return the row of a file: its kind and its day stand out, because a person types those in."""
    day = show_date(item.ondertekend_op) if item.ondertekend_op else _NO_DAY
    kind = _text(item.soort) if item.soort else f"<i>{UNKNOWN_KIND}</i>"
    todo = "".join(f'<div class="nodig">Nog nodig: {_text(text)}</div>' for text in item.ontbreekt)
    notes = "".join(f'<div class="klein">{_text(text)}</div>' for text in _remarks(item))
    name = _text(item.file) if item.file else '<span class="nodig">niet klaargezet</span>'
    signers = "<br>".join(_text(line) for line in item.ondertekenaars.splitlines())
    return (
        f'<tbody><tr><td class="getal">{number}</td>'
        f"<td><b>{_text(item.entry.titel)}</b><div class='naam'>{name}</div>{todo}{notes}</td>"
        f"<td data-kop='Soort: '>{kind}</td>"
        f"<td class='datum' data-kop='Ondertekend op: '>{day}</td>"
        f"<td data-kop='Door: '>{signers}</td>"
        f"<td class='getal'>{item.pdf.pages} blz.<br>{_size(item.pdf.size)}</td></tr>"
        f'<tr class="som"><td></td><td colspan="5">SHA-256 {item.pdf.sha256}</td></tr>'
        "</tbody>"
    )


def _section(title: str, items: str) -> str:
    return f"<h2>{title}</h2><ul>{items}</ul>" if items else ""


def _size(size: int) -> str:
    """Return a number of bytes as the portal counts: a MB is a million."""
    if size < _MB:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / _MB:.1f} MB".replace(".", ",").replace(",0 ", " ")


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


_NOTHING = '<tbody><tr><td colspan="6">Er is niets om te uploaden.</td></tr></tbody>'

_STYLE = """
@page { size: A4 landscape; margin: 14mm; }
body { font: 14px/1.45 Calibri, Carlito, "Segoe UI", sans-serif; color: #22292e; margin: 32px auto;
  max-width: 1080px; padding: 0 24px; }
h1 { font-size: 26px; margin: 0 0 4px; color: #1b4b5e; }
h2 { font-size: 17px; margin: 28px 0 6px; color: #1b4b5e; }
.stil, .klein, .som td { color: #5b6770; }
ol.stappen { padding-left: 20px; margin: 16px 0 20px; max-width: 720px; }
table { border-collapse: collapse; width: 100%; border-top: 2px solid #1b4b5e; }
th { text-align: left; font-size: 12.5px; color: #1b4b5e; padding: 6px 14px 6px 0; }
td { vertical-align: top; padding: 8px 14px 2px 0; }
tr.som td { font: 10.5px/1.3 Consolas, "DejaVu Sans Mono", monospace; padding: 0 14px 7px 0;
  border-bottom: 1px solid #d3dade; overflow-wrap: anywhere; }
.naam { font-size: 12.5px; overflow-wrap: anywhere; }
.klein { font-size: 12.5px; }
.nodig { color: #9a3412; font-weight: 600; font-size: 12.5px; }
.stappen b { white-space: nowrap; }
.datum { white-space: nowrap; font-weight: 600; }
.getal { white-space: nowrap; text-align: right; padding-right: 16px; }
ul { padding-left: 20px; max-width: 720px; } li { margin: 4px 0; }
tbody { break-inside: avoid; } thead { display: table-header-group; }
@media screen and (max-width: 760px) {
  thead { display: none; } table, tbody, tr, td { display: block; }
  td, tr.som td { padding: 2px 0; } td:empty { display: none; } .getal { text-align: left; }
  td[data-kop]::before { content: attr(data-kop); color: #5b6770; font-weight: 400; }
  tbody { border-bottom: 1px solid #d3dade; padding: 8px 0; } tr.som td { border: 0; }
}
"""

_PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>Uploadlijst @KENMERK@</title>
<meta name="viewport" content="width=device-width"><style>@STIJL@</style></head><body>
<h1>Uploadlijst</h1>
<div class="stil">Dossier @KENMERK@ &nbsp;·&nbsp; BSN @BSN@ &nbsp;·&nbsp; hooguit @GRENS@ per
bestand</div>
<ol class="stappen">
<li>Log in op het werkgeversportaal van UWV met eHerkenning en kies Re-integratie, Uploaden RIV
documenten@SOORT@.</li>
<li>Kies per bestand de soort en typ de datum van ondertekening over uit deze lijst.</li>
<li>Kijk of het BSN op elk stuk staat en klopt, en of elk stuk is ondertekend.</li>
</ol>
<table><thead><tr><th class="getal">Nr.</th><th>Stuk en bestand</th><th>Soort in het portaal</th>
<th>Datum van ondertekening</th><th>Ondertekend door</th><th class="getal">Omvang</th></tr></thead>
@STUKKEN@</table>
@ONTBREEKT@@ELDERS@
</body></html>
"""
