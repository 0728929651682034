"""Cases to measure and to test with: any number of them, and always the same.

    python benchmarks/cases.py FOLDER COUNT

Made from the examples in `examples/`, so that their length is that of real ones: each with other
persons, another BSN of the test series, other dates and somewhat other texts. All are without a
finding on `DAY`. One folder per case, with the papers that it names.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
DAY = date(2026, 11, 20)
SEED = 2026

MIX = {
    "week-9": 8,
    "compleet": 4,
    "ziek-uit-dienst": 2,
    "verkort": 2,
    "geen-mogelijkheden": 2,
    "iva": 1,
    "geen": 1,
}
"""How many of each twenty cases are like which example: most illness is short."""

_SURNAMES = (
    "Abels", "Bakhuizen", "Cornelissen", "Dijkgraaf", "El Khatib", "Fokkema", "Groeneveld",
    "Hoogstraten", "IJzerman", "Jonkers", "Kılıç", "Lindeboom", "Muñoz", "Nijboer", "Oosterling",
    "Pietersz", "Quaedvlieg", "Ruijgrok", "Sørensen", "Terpstra", "Uyttenbroek", "Verhoef",
    "Wijnands", "Yıldırım", "Zandbergen",
)  # fmt: skip
_EMPLOYERS = (
    "Bakkerij Het Molenrad B.V.", "Transportbedrijf Rietveld & Zonen", "Stichting Zorgkring Oever",
    "Metaalwerken Noorderpoort B.V.", "Kinderopvang De Kiekendief", "Installatiebureau Van Loon",
)  # fmt: skip
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_SURNAME = re.compile(r'^achternaam = ".*"$', re.MULTILINE)
_INITIALS = re.compile(r'^voorletters = ".*"$', re.MULTILINE)
_BSN = re.compile(r'^bsn = "\d{9}"$', re.MULTILINE)
_EMPLOYER = re.compile(r'(\[werkgever\]\nnaam = )".*"')
_LONG = re.compile(r'("""\\\n)(.*?)(""")', re.DOTALL)
_SENTENCE = re.compile(r"(?<=[a-z]{3}\.) (?=[A-Z])")


def test_bsns() -> list[str]:
    """Return the BSNs of the test series, which pass the 11-proef and belong to nobody."""
    found = []
    for number in range(999990000, 1000000000):
        digits = [int(digit) for digit in str(number)]
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        if sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11 == 0:
            found.append(str(number))
    return found


def write_cases(folder: Path, count: int, seed: int = SEED) -> list[Path]:
    """Write so many cases, and return their files; the first ones are the same for any count."""
    bsns, days = test_bsns(), {name: _day_of(name) for name in MIX}
    made = []
    for at, name in zip(range(count), _mix(seed), strict=False):
        chance = random.Random(seed * 1_000_003 + at)  # noqa: S311  nothing is kept secret with it
        source = EXAMPLES / name
        home = folder / f"dossier-{at:06d}"
        home.mkdir(parents=True)
        text = (source / "case.toml").read_text(encoding="utf-8")
        moved = _moved(text, DAY - days[name])
        made.append(home / "case.toml")
        made[-1].write_text(_changed(moved, bsns[at % len(bsns)], chance), encoding="utf-8")
        for paper in sorted(source.glob("*.pdf")):
            _put(paper, home / paper.name)
    return made


def _mix(seed: int) -> Iterator[str]:
    """Yield the names of examples without end: every twenty hold the whole mix."""
    chance = random.Random(seed)  # noqa: S311  the same
    while True:
        names = [name for name, times in MIX.items() for _ in range(times)]
        chance.shuffle(names)
        yield from names


def _day_of(name: str) -> date:
    said = (EXAMPLES / name / "verwacht.txt").read_text(encoding="utf-8")
    return date.fromisoformat(said.split()[2])


def _moved(text: str, distance: timedelta) -> str:
    """Return the case with every date moved by whole weeks, so that no working day is lost."""
    weeks = timedelta(weeks=distance.days // 7)
    return _DATE.sub(lambda found: str(date.fromisoformat(found[0]) + weeks), text)


def _changed(text: str, bsn: str, chance: random.Random) -> str:
    """Return the case with other persons, and with a sentence less in some long answers."""
    initials = ".".join(chance.sample("ABCDEFGHIJKLMNOPRSTVW", chance.randint(1, 3)))
    text = _SURNAME.sub(f'achternaam = "{chance.choice(_SURNAMES)}"', text, count=1)
    text = _INITIALS.sub(f'voorletters = "{initials}."', text, count=1)
    text = _BSN.sub(f'bsn = "{bsn}"', text, count=1)
    text = _EMPLOYER.sub(rf'\1"{chance.choice(_EMPLOYERS)}"', text, count=1)
    return _LONG.sub(lambda found: found[1] + _shorter(found[2], chance) + found[3], text)


def _shorter(text: str, chance: random.Random) -> str:
    sentences = _SENTENCE.split(text)
    if len(sentences) > 2 and chance.random() < 0.3:  # noqa: PLR2004
        del sentences[chance.randrange(1, len(sentences))]
    return " ".join(sentences)


def _put(paper: Path, place: Path) -> None:
    """Put a paper there without taking up its room again, where the disk can do that."""
    try:
        os.link(paper, place)
    except OSError:
        shutil.copy(paper, place)


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    print(f"{len(write_cases(folder, count))} cases in {folder}")


if __name__ == "__main__":
    main()
