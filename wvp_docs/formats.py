"""Numbers, names and identifiers as Dutch people write them.

Each `show_` function takes a value that is known to be sound; the checks are in `kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from babel.numbers import format_decimal

Number = int | float | Decimal


def _decimal(value: Number) -> Decimal:
    # By way of the text: 0.1 is meant, not the nearest binary fraction. Adding 0 takes the sign
    # off -0.
    return Decimal(str(value)) + 0


def show_number(value: Number) -> str:
    """Return a number with decimal comma and thousands points, without needless zeros."""
    return format_decimal(_decimal(value), "#,##0.####", locale="nl")


def show_hours(value: Number) -> str:
    """Return hours with their unit: `32 uur`, `7,5 uur`."""
    return f"{show_number(value)} uur"


def show_percentage(value: Number) -> str:
    """Return a percentage without a space, as Dutch style has it: `70%`."""
    return f"{show_number(value)}%"


def show_money(value: Number) -> str:
    """Return euros: `€ 1.040,25`, whole ones without cents: `€ 1.040`."""
    amount = _decimal(value)
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return f"€ {format_decimal(amount, pattern, locale='nl')}"


def show_digits(value: str) -> str:
    """Return an identifier without the spaces, points and hyphens people type in it."""
    return "".join(char for char in value if not char.isspace() and char not in ".-").upper()


def show_bsn(value: str) -> str:
    """Return a BSN as nine digits; one of eight gets the leading zero back."""
    return show_digits(value).zfill(9)


def mask_bsn(value: str) -> str:
    """Return a BSN of which only the last four digits can be read, for messages and logs."""
    return f"*****{show_digits(value)[-4:]}"


def show_postcode(value: str) -> str:
    """Return a postcode with one space: `1234 AB`."""
    digits = show_digits(value)
    return f"{digits[:4]} {digits[4:]}"


def show_telephone(value: str) -> str:
    """Return a telephone number as people dial it in the Netherlands: `030 123 4567`."""
    import phonenumbers  # noqa: PLC0415  its tables take 40 ms, and many commands show no number

    number = phonenumbers.parse(value, "NL")
    dutch = number.country_code == phonenumbers.country_code_for_region("NL")
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if dutch
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, style)


def enumerate_nl(parts: Sequence[str]) -> str:
    """Return `a, b en c`."""
    if len(parts) < 2:  # noqa: PLR2004  one or none needs no "en"
        return "".join(parts)
    return f"{', '.join(parts[:-1])} en {parts[-1]}"


def show_initials(value: str) -> str:
    """Return initials with a point each and no spaces: `ja` and `J. A.` give `J.A.`.

    Initials of more letters keep them together when they were typed with points: `Chr.J.`. A
    hyphen stays: `j-p` gives `J.-P.`.
    """
    typed = "".join(value.split())
    initials = typed.split(".") if "." in typed else re.findall(r"-?[^-]", typed)
    return "".join(f"{_capital(initial)}." for initial in initials if initial.strip("-"))


def _capital(word: str) -> str:
    if word[:2].lower() == "ij":
        return f"IJ{word[2:]}"  # one letter in Dutch
    at = 1 if word.startswith("-") else 0
    return f"{word[:at]}{word[at : at + 1].upper()}{word[at + 1 :]}"


NAME_PARTS = (
    "aanhef",
    "voorletters",
    "tussenvoegsel",
    "achternaam",
    "geboortenaam",
    "partner_tussenvoegsel",
    "partner_achternaam",
    "naamgebruik",
)
"""The answers of which a name is made."""


def _surname(prefix: str, name: str) -> str:
    return f"{prefix} {name}" if prefix else name


def _surname_in_use(parts: Mapping[str, str]) -> str:
    own = _surname(parts.get("tussenvoegsel", ""), parts.get("achternaam", ""))
    partner = _surname(parts.get("partner_tussenvoegsel", ""), parts.get("partner_achternaam", ""))
    used = {
        "partner": (partner,),
        "partner_eigen": (partner, own),
        "eigen_partner": (own, partner),
    }.get(parts.get("naamgebruik", ""), ())
    return "-".join(filter(None, used)) or own


def show_person(parts: Mapping[str, str], *, with_birth_name: bool = True) -> str:
    """Return initials and surname as the person uses it: `J.A. de Vries`.

    A partner's name follows `naamgebruik`; then, and when `geboortenaam` is given and differs,
    the birth name follows in brackets, as the form asks, unless the caller wants it short.
    """
    surname = _surname_in_use(parts)
    birth = parts.get("geboortenaam", "")
    if birth in ("", parts.get("achternaam", "")):
        birth = _surname(parts.get("tussenvoegsel", ""), parts.get("achternaam", ""))
    name = _with_initials(parts, surname)
    is_other = with_birth_name and birth and birth != surname
    return f"{name} (geboortenaam: {birth})" if is_other else name


def _with_initials(parts: Mapping[str, str], surname: str) -> str:
    initials = show_initials(parts.get("voorletters", ""))
    return f"{initials} {surname}".strip() if initials else _capital(surname)


def address_person(parts: Mapping[str, str]) -> str:
    """Return how to address someone: `mevrouw De Vries` if a form of address is given.

    Without one the initials stand in its place. A capital opens a surname only when no initials
    stand before it.
    """
    surname = _surname_in_use(parts)
    title = parts.get("aanhef", "").replace("_", " ")
    return f"{title} {_capital(surname)}" if title else _with_initials(parts, surname)
