"""Which column goes where: proposed, written down for a person to correct, and read again."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomlkit

from wvp_docs.errors import DefinitionError, reason
from wvp_docs.exchange.columns import STAFF_NUMBER, Fit, Names, Proposal
from wvp_docs.exchange.headers import Header
from wvp_docs.exchange.notes import Code
from wvp_docs.exchange.own_overview import NO_ANSWER
from wvp_docs.exchange.tables import letter
from wvp_docs.exchange.targets import Target
from wvp_docs.findings import Finding, Place, Severity
from wvp_docs.grammar import closest
from wvp_docs.toml_faults import fault_of

CASE_NUMBER, BSN = "verzuim.dossiernummer", "werknemer.bsn"
KEYS = (CASE_NUMBER, STAFF_NUMBER, BSN)
"""What can say which rows belong together, the best in front."""

_INTRO = """\
Welke kolom van de spreadsheet waar in de casus komt. Voorgesteld door wvp-docs import.
Kijk elke regel na en bewaar dit bestand bij de spreadsheet: de volgende keer geldt het weer.
Links staat de kolom, rechts het veld. Welke velden er zijn: wvp-docs forms.
Achter [] staat een veld van een lijst: elke rij wordt daar een stuk van, zoals bijlage[].titel.
Een lege tekst ("") betekent: deze kolom niet overnemen."""


@dataclass(frozen=True, slots=True)
class Links:
    """Which column goes where.

    Attributes:
        key: path, or `STAFF_NUMBER`, of what says which rows belong together; may be empty.
        sheets: by name of the sheet: title of a column to the path of its target, or "".
    """

    key: str
    sheets: Mapping[str, Mapping[str, str]]

    def of(self, sheet: str, *, alone: bool) -> Mapping[str, str] | None:
        """Return the columns of a sheet; of one sheet alone the name does not matter."""
        if alone and len(self.sheets) == 1:
            return next(iter(self.sheets.values()))
        return self.sheets.get(sheet)


Proposals = Mapping[str, Mapping[int, Proposal]]
"""By sheet and column."""


def propose(names: Names, headers: Mapping[str, Header]) -> Proposals:
    """Return what each column seems to be; of two that fit the same field none is sure."""
    found: dict[str, dict[int, Proposal]] = {}
    for sheet, header in headers.items():
        one = proposals_for(names, header, sheet)
        taken = [it.path for it in one.values() if it.fit is Fit.SURE]
        for at, it in one.items():
            if it.path and it.path in taken and (it.fit is Fit.UNSURE or taken.count(it.path) > 1):
                one[at] = Proposal(Fit.UNSURE, it.path, it.others, "Een andere kolom heet ook zo.")
        found[sheet] = one
    return found


def proposals_for(names: Names, header: Header, sheet: str) -> dict[int, Proposal]:
    """Return what each column of one sheet seems to be, by itself."""
    is_own = names.own.are(header.titles.values())
    found = {}
    for at, title in header.titles.items():
        if is_own and (path := names.own.path(title)) is not None:
            found[at] = Proposal(Fit.SURE, path) if path else Proposal(Fit.NONE, why=NO_ANSWER)
            continue
        found[at] = names.propose(title, sheet)
        if found[at].fit is Fit.NONE and at in header.bare:
            found[at] = _below_another(names.propose(header.bare[at], sheet))
    return found


def _below_another(it: Proposal) -> Proposal:
    """Return what is left of a proposal when a cell above may say of whom it is: a partner."""
    why = "De cel erboven hoort niet bij dit veld."
    return replace(it, fit=Fit.UNSURE, why=why) if it.fit is Fit.SURE else it


def links_of(proposals: Proposals, headers: Mapping[str, Header]) -> Links:
    """Return the links that need no person: only the sure ones."""
    sheets = {
        sheet: {headers[sheet].titles[at]: it.path if it.fit is Fit.SURE else ""
                for at, it in columns.items()}
        for sheet, columns in proposals.items()
    }  # fmt: skip
    counts = {key: sum(key in it.values() for it in sheets.values()) for key in KEYS}
    best = max(KEYS, key=lambda key: (counts[key], -KEYS.index(key)))
    return Links(best if counts[best] else "", sheets)


def written(proposals: Proposals, headers: Mapping[str, Header], links: Links) -> str:
    """Return the mapping file: what is unsure is marked, what fits nothing is listed."""
    document = tomlkit.document()
    for line in _INTRO.splitlines():
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    document.add("sleutel", tomlkit.item(links.key))
    document["sleutel"].comment(f"wat zegt welke rijen bij elkaar horen: {', '.join(KEYS)}")
    sheets = tomlkit.aot()
    for sheet, columns in proposals.items():
        table = tomlkit.table()
        table.add("naam", sheet)
        linked = tomlkit.table()
        for at, it in columns.items():
            title = headers[sheet].titles[at]
            linked.add(title, tomlkit.string("" if it.fit is Fit.UNSURE else it.path))
            if comment := _comment(it):
                linked[title].comment(f"kolom {letter(at)}: {comment}")
        table.add("kolommen", linked)
        sheets.append(table)
    document.add("blad", sheets)
    return document.as_string()


def _comment(it: Proposal) -> str:
    if it.fit is Fit.MEDICAL:
        return "GEWEIGERD, lijkt medisch en wordt nooit overgenomen"
    if it.fit is Fit.UNSURE:
        choices = " of ".join(f'"{path}"' for path in (it.path, *it.others))
        return f"ONZEKER, kies {choices}. {it.why}".rstrip(" .")
    if it.fit is Fit.NONE:
        return f"geen veld gevonden. {it.why}".rstrip(" .")
    return ""


def read_links(path: Path) -> tuple[Links, bytes]:
    """Return the links that a person wrote down, and the file as it was read.

    Raises:
        DefinitionError: it cannot be read, or is no mapping file.
    """
    try:
        source = path.read_bytes()
        data = tomllib.loads(source.decode("utf-8-sig"))
        sheets = {it["naam"]: dict(it["kolommen"]) for it in data["blad"]}
        key = data["sleutel"]
    except OSError as error:
        raise DefinitionError(
            f"{path} is niet te lezen: {reason(error)}.",
            hint="Laat --mapping weg: dan maakt wvp-docs een voorstel naast de spreadsheet.",
        ) from error
    except tomllib.TOMLDecodeError as error:
        fault = fault_of(source.decode("utf-8-sig"), str(error))
        raise DefinitionError(f"{path}:{fault.place}: {fault.cause}.", hint=fault.hint) from error
    except (KeyError, TypeError, ValueError) as error:
        raise _no_mapping(path) from error
    texts: list[Any] = [key, *sheets, *(it for one in sheets.values() for it in one.values())]
    if not all(isinstance(text, str) for text in texts):
        raise _no_mapping(path)
    return Links(key, sheets), source


def _no_mapping(path: Path) -> DefinitionError:
    return DefinitionError(
        f"{path} is geen koppeling: sleutel en [[blad]] met naam en kolommen horen erin te staan.",
        hint="Laat --mapping weg: dan maakt wvp-docs een voorstel naast de spreadsheet.",
    )


def wrong_links(
    links: Links, path: Path, source: bytes, targets: Mapping[str, Target]
) -> tuple[Finding, ...]:
    """Return what a mapping file names that does not exist, each with its place in the file."""
    from wvp_docs.toml_places import places  # noqa: PLC0415  only when something is wrong

    bad: list[tuple[tuple[str | int, ...], str, str]] = []
    if links.key not in KEYS:
        bad.append((("sleutel",), "dit is geen sleutel.", f"Kies uit: {', '.join(KEYS)}."))
    for at, columns in enumerate(links.sheets.values()):
        used: dict[str, str] = {}
        for title, target in columns.items():
            place = ("blad", at, "kolommen", title)
            if target and target not in targets and target != STAFF_NUMBER:
                hint = closest(target, targets) or "Welke velden er zijn: wvp-docs forms."
                bad.append((place, f"{target} is geen veld dat een kolom kan vullen.", hint))
            elif target and target in used:
                said = f"{target} is al het veld van een andere kolom."
                bad.append((place, said, "Laat een van de twee leeg."))
            used[target] = title
    where = places(source.removeprefix(b"\xef\xbb\xbf")) if bad else {}
    return tuple(
        Finding(
            Code.MAPPING.value,
            Severity.ERROR,
            "",
            "",
            Place(str(path), *where.get(key, (1, 1))),
            said,
            hint,
        )
        for key, said, hint in bad
    )
