"""What a cell answers: its value as the case writes it, by the kind of the field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wvp_docs import formats
from wvp_docs.dates import show_date
from wvp_docs.exchange.tables import Absent, text_of
from wvp_docs.exchange.written_dates import read_date
from wvp_docs.fields import Field
from wvp_docs.kinds import MAX_NUMBER, Problem

Answer = str | int | float | bool | date | list[str]
"""What TOML can hold of an answer."""

_ERROR = re.compile(r"#(?:N/[AB]|[A-ZÉ0-9/]+[!?])")
"""What a spreadsheet program shows in place of an outcome: #N/B, #VERW!, #NAAM?."""

NO_OUTCOME = Problem(
    "komt uit een formule zonder uitkomst, of met een fout",
    "Herstel de formule, open het bestand in Excel en bewaar het.",
)
OTHER_LETTERS = Problem(
    "heeft andere lettertekens (UTF-8) dan de rest van het bestand (Windows-1252)",
    "Open het bestand in Excel, herstel de letters in deze cel en bewaar het als CSV UTF-8.",
)
ROUNDED = Problem(
    "is door Excel ingekort, zoals 1,23E+08: de laatste cijfers zijn weg",
    "Geef de kolom in Excel de opmaak Getal zonder decimalen, en bewaar het bestand opnieuw.",
)
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_YES = frozenset({"ja", "j", "x", "yes", "y", "true", "waar", "1", "v"})
_NO = frozenset({"nee", "n", "no", "false", "onwaar", "0"})
_DIGITS = {"bsn": 9, "kvk_nummer": 8, "big_nummer": 11, "telefoon": 10}
"""Numbers of a fixed length, of which a spreadsheet drops the first zero."""

_UNITS = re.compile(r"(?:€|\beur(?:o)?\b|%|\bprocent\b|\buur\b|\buren\b|\bu\b)\s*", re.IGNORECASE)
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+")
_TWO_WAYS = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+")
_NUMBERS = "Schrijf het getal met een komma en zonder punten: 1040,25."


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a cell.

    Attributes:
        answer: None when nothing stands there.
        repaired: what was put right on the way, as a clause; empty when nothing was.
    """

    answer: Answer | None
    repaired: str = ""


def read_cell(cell: object, item: Field) -> Reading | Problem:
    """Return the answer to a field that a cell holds, or why it holds none.

    What is returned is sound by the kind of the field.
    """
    text = text_of(cell)
    if not text:
        return Reading(None)
    if error := error_of(cell):
        return error
    found = _READERS.get(item.soort, _text)(cell, item)
    if isinstance(found, Problem):
        return found
    why = item.kind.problem(found.answer, item.opties)
    return _without_values(why, item) if why else found


def error_of(cell: object) -> Problem | None:
    """Return why nobody can say what a cell holds, None when it can be read."""
    if cell is Absent.LETTERS:
        return OTHER_LETTERS
    return NO_OUTCOME if cell is Absent.FORMULA or _ERROR.fullmatch(text_of(cell)) else None


def number_error_of(cell: object) -> Problem | None:
    """Return why a cell cannot be the number that somebody or something goes by."""
    rounded = isinstance(cell, str) and _ROUNDED.fullmatch(cell)
    return ROUNDED if rounded else error_of(cell)


def _without_values(why: Problem, item: Field) -> Problem:
    labels = ", ".join(item.opties.values())
    return Problem(why.message, f"Kies uit: {labels}.") if labels else why


def folded(text: str) -> str:
    """Return a text without capitals, accents and punctuation: how two names are compared."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def _text(cell: object, _item: Field) -> Reading | Problem:
    if isinstance(cell, datetime):
        return Reading(show_date(cell.date()))
    if isinstance(cell, date):
        return Reading(show_date(cell))
    if isinstance(cell, bool):
        return Reading("ja" if cell else "nee")
    if isinstance(cell, time | timedelta):
        return Problem("is een tijd", "Geef de cel de opmaak Tekst.")
    return Reading(text_of(cell).replace("\r\n", "\n").replace("\r", "\n"))


def _date(cell: object, _item: Field) -> Reading | Problem:
    if isinstance(cell, datetime):
        return Reading(cell.date())
    if isinstance(cell, date):
        return Reading(cell)
    found = read_date(text_of(cell))
    if isinstance(found, Problem) and not isinstance(cell, str):
        return Problem("is een getal en geen datum", "Geef de cel in Excel de opmaak Datum.")
    return found if isinstance(found, Problem) else Reading(found)


def _number(cell: object, item: Field) -> Reading | Problem:
    if isinstance(cell, timedelta) and item.soort == "uren":
        return _plain_number(cell.total_seconds() / 3600)
    if isinstance(cell, str):
        return _typed_number("".join(_UNITS.sub("", cell).split()))
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return Problem("is geen getal", _NUMBERS)
    if item.soort == "procent" and 0 < cell < 1:
        return Problem("is minder dan 1 procent", "Schrijf 70 voor 70 procent, niet 0,7.")
    return _plain_number(cell)


def _typed_number(text: str) -> Reading | Problem:
    if _TWO_WAYS.fullmatch(text):
        return Problem("kan op twee manieren worden gelezen", _NUMBERS)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    if not _PLAIN.fullmatch(text):
        return Problem("is geen getal", _NUMBERS)
    return _plain_number(float(text.replace(",", ".")))


def _plain_number(value: float) -> Reading:
    # A spreadsheet stores 0.1 + 0.2 with seventeen digits; a person typed one.
    if abs(value) < MAX_NUMBER:
        value = round(value, 6)
        value = int(value) if value == int(value) else value
    return Reading(value)


def _yes_no(cell: object, _item: Field) -> Reading | Problem:
    word = folded(text_of(cell)) if not isinstance(cell, bool) else str(cell).lower()
    if word in _YES:
        return Reading(answer=True)
    if word in _NO:
        return Reading(answer=False)
    return Problem("moet ja of nee zijn", "Schrijf ja, nee of x (ja), of laat de cel leeg.")


def _option(text: str, options: Mapping[str, str]) -> str:
    """Return the key of the choice that is meant by its key or its label, or an empty text."""
    if text in options:
        return text
    wanted = folded(text)
    fits = [key for key, label in options.items() if wanted in (folded(key), folded(label))]
    return fits[0] if len(fits) == 1 else ""


def _choice(cell: object, item: Field) -> Reading | Problem:
    text = text_of("ja" if cell is True else "nee" if cell is False else cell)
    if refused := _option(text, {key: key for key in item.geweigerd}):
        return Problem("mag niet", item.geweigerd[refused])
    return Reading(_option(text, item.opties))


def _choices(cell: object, item: Field) -> Reading | Problem:
    text = text_of(cell)
    if whole := _option(text, item.opties):
        return Reading([whole])
    parts = re.split(r"[;|\n]", text)
    if not all(_option(part.strip(), item.opties) for part in parts if part.strip()):
        parts = text.split(",")
    keys = [_option(part.strip(), item.opties) for part in parts if part.strip()]
    return Reading(list(dict.fromkeys(keys)))


def _digits(cell: object, item: Field) -> Reading | Problem:
    if isinstance(cell, bool | date | time | timedelta):
        return Problem("is geen nummer", "Geef de cel de opmaak Tekst en typ het nummer opnieuw.")
    if error := number_error_of(cell):
        return error
    text = text_of(cell)
    plain = formats.show_digits(text)
    is_short = plain.isdecimal() and len(plain) == _DIGITS[item.soort] - 1
    # As text a shorter number is a slip of the pen; of a BSN eight digits are a way to write it.
    if is_short and (not isinstance(cell, str) or item.soort == "bsn"):
        return Reading(f"0{plain}", "de 0 vooraan is teruggezet")
    return Reading(plain if item.soort == "bsn" else text)


def _telephone(cell: object, item: Field) -> Reading | Problem:
    text = text_of(cell)
    if re.fullmatch(r"0031[1-9]\d{8}|31[1-9]\d{8}", formats.show_digits(text)):
        return Reading(f"+{formats.show_digits(text).removeprefix('00')}")
    return _digits(cell, item)


def _postcode(cell: object, _item: Field) -> Reading | Problem:
    return Reading(formats.show_postcode(formats.show_digits(text_of(cell))))


_READERS: Mapping[str, Callable[[object, Field], Reading | Problem]] = {
    "datum": _date,
    "getal": _number,
    "uren": _number,
    "procent": _number,
    "bedrag": _number,
    "ja_nee": _yes_no,
    "keuze": _choice,
    "meerkeuze": _choices,
    "bsn": _digits,
    "kvk_nummer": _digits,
    "big_nummer": _digits,
    "telefoon": _telephone,
    "postcode": _postcode,
}
"""How each kind is read; what is not here is text."""
