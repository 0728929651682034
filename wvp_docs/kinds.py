"""The closed table of answer kinds: what an answer may be, and how it is printed.

A new kind of answer is one entry in `KINDS`; a form needs none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from wvp_docs import dates, formats

BOX_ON = "☒"
BOX_OFF = "☐"

NOT_PRINTABLE = re.compile(
    r"[^\t\n\u0020-\u007e\u00a0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    r"\U00010000-\U0010fffd]|["
    + "".join(f"{chr(at)}-{chr(at + 1)}" for at in range(0x1FFFE, 0x110000, 0x10000))
    + "]"
)
"""What cannot stand in a Word file or changes it unseen.

Control characters, line separators, marks that turn the reading direction, and noncharacters.
"""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
"""A date outside these is a slip of the pen, and sums with it may leave the calendar."""

MAX_NUMBER = 1_000_000_000
"""More stands in no form; it also keeps out `inf`."""

Options = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is not of its kind: a Dutch clause that follows "is" or "heeft", and a hint."""

    message: str
    hint: str = ""


def _no_problem(_value: object, _options: Options) -> Problem | None:
    return None


def _show_text(value: object, _options: Options) -> str:
    return str(value)


def _no_faces(_value: object, _options: Options) -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of answer.

    Attributes:
        name: as `soort` names it.
        means: what to type, for the skeleton and the hints.
        problem: why a TOML value is not of this kind, or None.
        show: the printed text of a sound value.
        faces: other printed forms, as the template names them: `voluit`, or a box per option.
        derived: made by the machine, never typed in a case.
        composite: holds fields of its own (`kolommen`).
        lenient: a text of the wrong shape can be printed as it was typed.
    """

    name: str
    means: str
    problem: Callable[[object, Options], Problem | None] = _no_problem
    show: Callable[[object, Options], str] = _show_text
    faces: Callable[[object, Options], dict[str, str]] = _no_faces
    derived: bool = False
    composite: bool = False
    lenient: bool = False

    def may_print_as_typed(self, value: object) -> bool:
        """Return whether a value with a problem is still a line that paper can hold."""
        return self.lenient and _line_problem(value, {}) is None


def _text_problem(value: object, _options: Options) -> Problem | None:
    if not isinstance(value, str):
        return Problem("moet tekst zijn", 'Zet de tekst tussen aanhalingstekens: "…".')
    if bad := NOT_PRINTABLE.search(value):
        return Problem(
            f"bevat een onzichtbaar teken (U+{ord(bad.group()):04X}) dat niet in een document kan",
            "Verwijder het teken, of typ de tekst opnieuw.",
        )
    return None


def _line_problem(value: object, options: Options) -> Problem | None:
    problem = _text_problem(value, options)
    if problem is None and "\n" in cast("str", value):
        return Problem("mag maar één regel zijn", "Haal de regeleinden weg.")
    return problem


def _date_problem(value: object, _options: Options) -> Problem | None:
    day = dates.day_in(value)
    if day is None:
        example = "Schrijf een datum zonder aanhalingstekens als jjjj-mm-dd: 2024-02-20."
        return Problem("moet een datum zijn", example)
    if not FIRST_DAY <= day <= LAST_DAY:
        span = f"van {FIRST_DAY.year} tot en met {LAST_DAY.year}"
        return Problem(f"moet een datum {span} zijn", "Kijk het jaar na.")
    return None


def _number_problem(low: int, high: int) -> Callable[[object, Options], Problem | None]:
    def problem(value: object, _options: Options) -> Problem | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            hint = "Schrijf alleen het getal, zonder aanhalingstekens en met een punt: 32.5."
            return Problem("moet een getal zijn", hint)
        if not low <= value <= high:  # nan is not between them either
            span = f"van {low} tot en met {formats.show_number(high)}"
            return Problem(f"moet een getal {span} zijn", "Kijk het getal na.")
        return None

    return problem


def _yes_no_problem(value: object, _options: Options) -> Problem | None:
    if isinstance(value, bool):
        return None
    return Problem(
        "moet ja of nee zijn", "Schrijf true (ja) of false (nee), zonder aanhalingstekens."
    )


def _choice_problem(value: object, options: Options) -> Problem | None:
    if isinstance(value, str) and value in options:
        return None
    return Problem("is geen keuze van dit veld", f"Kies uit: {', '.join(options)}.")


def _choices_problem(value: object, options: Options) -> Problem | None:
    if not isinstance(value, list | tuple):
        return Problem(
            "moet een lijst zijn", f'Schrijf ["…", "…"]; kies uit: {", ".join(options)}.'
        )
    problems = (_choice_problem(item, options) for item in value)
    return next((problem for problem in problems if problem), None)


def _identifier_problem(
    hint: str, is_valid: Callable[[str], bool]
) -> Callable[[object, Options], Problem | None]:
    def problem(value: object, options: Options) -> Problem | None:
        found = _line_problem(value, options)
        if found or is_valid(cast("str", value)):
            return found
        return Problem("is niet geldig", hint)

    return problem


def _is_bsn(value: str) -> bool:
    from stdnum.nl import bsn  # noqa: PLC0415  only the commands that read a case need it

    digits = formats.show_digits(value)
    return bool(re.fullmatch("[0-9]{8,9}", digits)) and bool(bsn.is_valid(digits.zfill(9)))


def _is_postcode(value: str) -> bool:
    from stdnum.nl import postcode  # noqa: PLC0415

    digits = formats.show_digits(value)
    return len(digits) == 6 and bool(postcode.is_valid(digits))  # noqa: PLR2004  no "NL" in front


def _is_telephone(value: str) -> bool:
    import phonenumbers  # noqa: PLC0415  its tables take 40 ms

    # Words after the number would be dropped without a sound when it is printed.
    if not re.fullmatch(r"[0-9 +().-]+", value):
        return False
    try:
        number = phonenumbers.parse(value, "NL")
    except phonenumbers.NumberParseException:
        return False
    if number.country_code != phonenumbers.country_code_for_region("NL"):
        return phonenumbers.is_possible_number(number)
    # Nine digits after the 0; the few shorter and longer ones (0800, 14 030) are in the tables.
    return len(str(number.national_number)) == 9 or phonenumbers.is_valid_number(number)  # noqa: PLR2004


def _has_shape(pattern: str) -> Callable[[str], bool]:
    shape = re.compile(pattern, re.ASCII)
    return lambda value: shape.fullmatch(formats.show_digits(value)) is not None


def _is_email(value: str) -> bool:
    return bool(re.fullmatch(r"[^\s@<>,;:]+@[^\s@<>,;:.]+(\.[^\s@<>,;:.]+)+", value))


def _date_faces(value: object, _options: Options) -> dict[str, str]:
    return {"voluit": dates.spell_date(cast("date", value))}


def _box_faces(chosen: frozenset[str], keys: Mapping[str, str]) -> dict[str, str]:
    return {key: BOX_ON if key in chosen else BOX_OFF for key in keys}


def _yes_no_faces(value: object, _options: Options) -> dict[str, str]:
    chosen = {True: frozenset({"ja"}), False: frozenset({"nee"})}.get(
        cast("bool", value), frozenset()
    )
    return _box_faces(chosen, YES_NO)


def _choice_faces(value: object, options: Options) -> dict[str, str]:
    chosen = frozenset([value] if isinstance(value, str) else cast("list[str]", value or ()))
    return _box_faces(chosen, options)


YES_NO: Options = {"ja": "ja", "nee": "nee"}


def _number(show: Callable[[formats.Number], str]) -> Callable[[object, Options], str]:
    return lambda value, _options: show(cast("int | float | Decimal", value))


def _typed(show: Callable[[str], str]) -> Callable[[object, Options], str]:
    return lambda value, _options: show(cast("str", value))


_TABLE = (
    Kind("tekst", "een regel tekst", _line_problem),
    Kind("alinea", "tekst van een of meer regels", _text_problem),
    Kind(
        "datum",
        "een datum: jjjj-mm-dd",
        _date_problem,
        lambda value, _options: dates.show_date(cast("date", value)),
        _date_faces,
    ),
    Kind("getal", "een getal", _number_problem(0, MAX_NUMBER), _number(formats.show_number)),
    Kind("uren", "een aantal uren", _number_problem(0, 168), _number(formats.show_hours)),
    Kind("procent", "een percentage", _number_problem(0, 100), _number(formats.show_percentage)),
    Kind(
        "bedrag", "een bedrag in euro", _number_problem(0, MAX_NUMBER), _number(formats.show_money)
    ),
    Kind(
        "ja_nee",
        "true (ja) of false (nee)",
        _yes_no_problem,
        lambda value, _options: "ja" if value else "nee",
        _yes_no_faces,
    ),
    Kind(
        "keuze",
        "een van de keuzes",
        _choice_problem,
        lambda value, options: options[cast("str", value)],
        _choice_faces,
    ),
    Kind(
        "meerkeuze",
        "een lijst van keuzes",
        _choices_problem,
        lambda value, options: "; ".join(options[key] for key in cast("list[str]", value)),
        _choice_faces,
    ),
    Kind(
        "bsn",
        "een burgerservicenummer",
        _identifier_problem("Kijk het nummer na: het voldoet niet aan de 11-proef.", _is_bsn),
        _typed(formats.show_bsn),
    ),
    Kind(
        "loonheffingennummer",
        "negen cijfers, L en twee cijfers: 123456782L01",
        _identifier_problem(
            "Schrijf negen cijfers, de letter L en twee cijfers: 123456782L01.",
            _has_shape(r"\d{9}L(?!00)\d{2}"),
        ),
        _typed(formats.show_digits),
        lenient=True,
    ),
    Kind(
        "kvk_nummer",
        "acht cijfers",
        _identifier_problem("Een KVK-nummer heeft acht cijfers.", _has_shape(r"\d{8}")),
        _typed(formats.show_digits),
        lenient=True,
    ),
    Kind(
        "big_nummer",
        "elf cijfers",
        _identifier_problem("Een BIG-nummer heeft elf cijfers.", _has_shape(r"\d{11}")),
        _typed(formats.show_digits),
        lenient=True,
    ),
    Kind(
        "postcode",
        "1234 AB",
        _identifier_problem("Schrijf vier cijfers en twee letters: 1234 AB.", _is_postcode),
        _typed(formats.show_postcode),
    ),
    Kind(
        "telefoon",
        "een telefoonnummer",
        _identifier_problem("Schrijf tien cijfers die met 0 beginnen, of +31 …", _is_telephone),
        _typed(formats.show_telephone),
    ),
    Kind(
        "email",
        "naam@voorbeeld.nl",
        _identifier_problem("Kijk het adres na.", _is_email),
    ),
    Kind("bestand", "een bestandsnaam", _line_problem),
    Kind("tabel", "rijen", composite=True),
    Kind("ondertekening", "een ondertekening", composite=True),
    Kind("persoonsnaam", "afgeleid", derived=True),
    Kind("ziekteweek", "afgeleid", derived=True),
    Kind("kenmerk", "afgeleid", derived=True),
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _TABLE}
"""Every kind that `soort` may name."""
