"""Numbers, names and identifiers as Dutch people write them.

Each `show_` function takes a value that is known to be sound; the checks are in `kinds`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from babel.numbers import format_decimal

Number = int | float | Decimal


def show_number(value: Number) -> str:
    """Return a number with decimal comma and thousands points, without needless zeros."""
    return format_decimal(Decimal(str(value)), "#,##0.####", locale="nl")


def show_hours(value: Number) -> str:
    """Return hours with their unit: `32 uur`, `7,5 uur`."""
    return f"{show_number(value)} uur"


def show_percentage(value: Number) -> str:
    """Return a percentage without a space, as Dutch style has it: `70%`."""
    return f"{show_number(value)}%"


def show_money(value: Number) -> str:
    """Return euros: `€ 1.040,25`, whole ones without cents: `€ 1.040`."""
    amount = Decimal(str(value))
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return f"€ {format_decimal(amount, pattern, locale='nl')}"


def show_digits(value: str) -> str:
    """Return an identifier without the spaces, points and hyphens people type in it."""
    return "".join(char for char in value if char not in " .-").upper()


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

    Initials of more letters keep them together when they were typed with points: `Chr.J.`.
    """
    typed = value.replace(" ", "")
    if "." in typed:
        return ".".join(part[:1].upper() + part[1:] for part in typed.split(".") if part) + "."
    return "".join(f"{letter}." for letter in typed.upper())


def _surname(prefix: str, name: str) -> str:
    return f"{prefix} {name}" if prefix else name


def _surname_in_use(parts: Mapping[str, str]) -> str:
    own = _surname(parts.get("tussenvoegsel", ""), parts.get("achternaam", ""))
    partner = _surname(parts.get("partner_tussenvoegsel", ""), parts.get("partner_achternaam", ""))
    if not partner:
        return own
    return {
        "partner": partner,
        "partner_eigen": f"{partner}-{own}",
        "eigen_partner": f"{own}-{partner}",
    }.get(parts.get("naamgebruik", ""), own)


def show_person(parts: Mapping[str, str]) -> str:
    """Return initials and surname as the person uses it: `J.A. de Vries`.

    A partner's name follows `naamgebruik`; then, and when `geboortenaam` is given and differs,
    the birth name follows in brackets, as the form asks.
    """
    surname = _surname_in_use(parts)
    own = _surname(parts.get("tussenvoegsel", ""), parts.get("achternaam", ""))
    birth = parts.get("geboortenaam", "") or (own if surname != own else "")
    name = " ".join(filter(None, (show_initials(parts.get("voorletters", "")), surname)))
    return f"{name} (geboortenaam: {birth})" if birth and birth != surname else name


def address_person(parts: Mapping[str, str]) -> str:
    """Return how to address someone: `mevrouw De Vries` if a form of address is given.

    Without one the initials stand in its place: a capital opens a surname only when nothing of
    the name stands before it.
    """
    surname = _surname_in_use(parts)
    title = parts.get("aanhef", "").replace("_", " ")
    if not title:
        return " ".join(filter(None, (show_initials(parts.get("voorletters", "")), surname)))
    return f"{title} {surname[:1].upper()}{surname[1:]}"
