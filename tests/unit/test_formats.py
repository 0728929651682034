"""Numbers, names and identifiers as a Dutch reader expects them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from wvp_docs import formats

VRIES = {"voorletters": "ja", "tussenvoegsel": "de", "achternaam": "Vries"}
DIJK = {"voorletters": "P", "achternaam": "Dijk", "partner_tussenvoegsel": "van den"}
PARTNER = {**DIJK, "partner_achternaam": "Berg"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(0, "0", id="nothing"),
        pytest.param(-0.0, "0", id="minus nothing"),
        pytest.param(7.5, "7,5", id="a half"),
        pytest.param(32.0, "32", id="whole after all"),
        pytest.param(1040, "1.040", id="a thousand"),
        pytest.param(0.1 + 0.2, "0,3", id="what binary cannot hold"),
        pytest.param(1_000_000_000, "1.000.000.000", id="the largest"),
    ],
)
def test_a_number_has_a_decimal_comma_and_thousands_points(value: float, text: str):
    assert formats.show_number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(1040, "€ 1.040", id="whole euros"),
        pytest.param(1040.0, "€ 1.040", id="whole euros with a point"),
        pytest.param(1040.25, "€ 1.040,25", id="cents"),
        pytest.param(1040.5, "€ 1.040,50", id="half a euro"),
        pytest.param(-0.0, "€ 0", id="nothing"),
        pytest.param(0.05, "€ 0,05", id="five cents"),
    ],
)
def test_money_has_a_euro_sign_and_two_decimals_or_none(value: float, text: str):
    assert formats.show_money(value) == text


def test_hours_and_percentages_have_their_unit():
    assert formats.show_hours(32) == "32 uur"
    assert formats.show_hours(7.5) == "7,5 uur"
    assert formats.show_percentage(70) == "70%"


@pytest.mark.parametrize(
    ("show", "typed", "text"),
    [
        pytest.param(formats.show_bsn, "99999.00.19", "999990019", id="bsn with points"),
        pytest.param(formats.show_bsn, "10000008", "010000008", id="bsn of eight digits"),
        pytest.param(formats.show_bsn, "999\u00a0990\t019", "999990019", id="pasted spaces"),
        pytest.param(formats.mask_bsn, "999990019", "*****0019", id="masked"),
        pytest.param(formats.mask_bsn, "9999 90 019", "*****0019", id="masked with spaces"),
        pytest.param(formats.show_postcode, "1234ab", "1234 AB", id="postcode"),
        pytest.param(formats.show_postcode, "1234  AB", "1234 AB", id="postcode with spaces"),
        pytest.param(formats.show_digits, "123456782l01", "123456782L01", id="loonheffingen"),
        pytest.param(formats.show_telephone, "0612345678", "06 12345678", id="mobile"),
        pytest.param(formats.show_telephone, "030-1234567", "030 123 4567", id="geographic"),
        pytest.param(formats.show_telephone, "0031 30 1234567", "030 123 4567", id="from abroad"),
        pytest.param(formats.show_telephone, "+31 (0)30 1234567", "030 123 4567", id="both"),
        pytest.param(formats.show_telephone, "+3225551212", "+32 2 555 12 12", id="Belgian"),
    ],
)
def test_an_identifier_is_printed_in_one_way(show, typed: str, text: str):  # noqa: ANN001
    assert show(typed) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        pytest.param("", "", id="none"),
        pytest.param(" ", "", id="blank"),
        pytest.param(".", "", id="only a point"),
        pytest.param("ja", "J.A.", id="small letters"),
        pytest.param("J. A.", "J.A.", id="spaces"),
        pytest.param("J.A", "J.A.", id="a point too few"),
        pytest.param("Chr.", "Chr.", id="Christiaan"),
        pytest.param("chr.j.", "Chr.J.", id="Christiaan Jan"),
        pytest.param("IJ.", "IJ.", id="IJsbrand"),
        pytest.param("ij.", "IJ.", id="IJsbrand in small letters"),
        pytest.param("j-p", "J.-P.", id="Jean-Paul"),
        pytest.param("J.-P.", "J.-P.", id="Jean-Paul with points"),
        pytest.param("é", "É.", id="Émile"),
    ],
)
def test_initials_have_a_point_each_and_no_spaces(typed: str, text: str):
    assert formats.show_initials(typed) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        pytest.param({}, "", id="nobody"),
        pytest.param(VRIES, "J.A. de Vries", id="own name"),
        pytest.param({"achternaam": "Vries", "tussenvoegsel": "de"}, "De Vries", id="no initials"),
        pytest.param({**VRIES, "geboortenaam": "Vries"}, "J.A. de Vries", id="same birth name"),
        pytest.param({**VRIES, "geboortenaam": "de Vries"}, "J.A. de Vries", id="in full"),
        pytest.param(
            {**VRIES, "geboortenaam": "Smit"},
            "J.A. de Vries (geboortenaam: Smit)",
            id="another birth name",
        ),
        pytest.param(PARTNER, "P. Dijk", id="partner, but own name in use"),
        pytest.param({**PARTNER, "naamgebruik": "eigen"}, "P. Dijk", id="own name in use"),
        pytest.param(
            {**PARTNER, "naamgebruik": "partner"},
            "P. van den Berg (geboortenaam: Dijk)",
            id="the partner's name",
        ),
        pytest.param(
            {**PARTNER, "naamgebruik": "partner_eigen"},
            "P. van den Berg-Dijk (geboortenaam: Dijk)",
            id="partner, then own",
        ),
        pytest.param(
            {**PARTNER, "naamgebruik": "eigen_partner", "geboortenaam": "Dijk"},
            "P. Dijk-van den Berg (geboortenaam: Dijk)",
            id="own, then partner",
        ),
        pytest.param({**VRIES, "naamgebruik": "partner"}, "J.A. de Vries", id="no partner's name"),
        pytest.param(
            {"achternaam": "ijssel", "naamgebruik": "wat"}, "IJssel", id="an unknown use of names"
        ),
    ],
)
def test_a_person_is_named_as_the_person_does(parts: Mapping[str, str], text: str):
    assert formats.show_person(parts) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        pytest.param({**VRIES, "aanhef": "mevrouw"}, "mevrouw De Vries", id="mevrouw"),
        pytest.param({**VRIES, "aanhef": "de_heer"}, "de heer De Vries", id="de heer"),
        pytest.param({"aanhef": "mevrouw", "achternaam": "'t Hart"}, "mevrouw 't Hart", id="'t"),
        pytest.param(VRIES, "J.A. de Vries", id="no form of address"),
    ],
)
def test_a_prefix_has_a_capital_when_no_initials_stand_before_it(
    parts: Mapping[str, str], text: str
):
    assert formats.address_person(parts) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_a_list_ends_with_en(parts: list[str], text: str):
    assert formats.enumerate_nl(parts) == text
