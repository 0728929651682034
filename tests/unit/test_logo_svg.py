"""A logo that is an SVG: plain shapes are drawn, and everything else is refused by name."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from wvp_docs.housestyle.logo import logo_of
from wvp_docs.housestyle.unusable import UnusableError

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
BOX = '<rect width="100" height="50" fill="#f00"/>'


def svg(inside: str, about: str = 'viewBox="0 0 100 50"', before: str = "") -> bytes:
    return f"{before}<svg {NS} {about}>{inside}</svg>".encode()


def repeated(deep: int, wide: int) -> str:
    """Return groups that each draw the one before many times: a bomb when it is deep."""
    groups = "".join(
        f'<g id="a{at}">' + f'<use href="#a{at - 1}"/>' * wide + "</g>" for at in range(1, deep)
    )
    return f'<g id="a0">{BOX}</g>{groups}'


ILLUSTRATOR = (
    "<style>.st0{clip-path:url(#SVGID_2_);} .st1{fill:#1F5C3A;} .st2{fill:url(#grad);}</style>"
    '<defs><rect id="SVGID_1_" width="100" height="50"/><linearGradient id="grad">'
    '<stop offset="0" stop-color="#fff"/><stop offset="1"/></linearGradient></defs>'
    '<clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_" style="overflow:visible;"/></clipPath>'
    '<g class="st0"><path class="st1" d="M0 0H80V40Z"/><circle class="st2" r="9"/></g>'
)
INKSCAPE = (
    '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net" id="a"/>'
    f'<metadata>x</metadata><g style="stroke-dasharray:none;fill:#000">{BOX}</g>'
)


@pytest.mark.parametrize(
    "content",
    [
        svg(BOX),
        svg(BOX, 'width="10cm" height="5cm"'),
        svg(BOX, before='\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- gemaakt in X -->'),
        svg(
            BOX,
            before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
            '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        ),
        svg(ILLUSTRATOR),
        svg(INKSCAPE),
        svg(repeated(4, 10)),
    ],
    ids=["plain", "own size", "comments", "doctype", "illustrator", "inkscape", "repeats"],
)
def test_a_drawing_of_shapes_becomes_a_picture_that_prints_sharp(content: bytes) -> None:
    logo = logo_of(content)
    with Image.open(io.BytesIO(logo.content)) as made:
        assert made.size == (614, 307)
        assert made.getbbox()

    assert logo.kind == "png"
    assert (logo.height, logo.width) == (pytest.approx(1.3), pytest.approx(2.6))
    assert logo_of(content) == logo


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (svg("<script>alert(1)</script>"), "een script"),
        (svg('<rect onload="alert(1)"/>'), "een script"),
        (svg("<foreignObject/>"), "een webpagina"),
        (svg('<image href="file:///etc/hostname"/>'), "een foto of een ander bestand"),
        (svg('<use href="http://voorbeeld.example/a.svg#a"/>'), "van buiten het bestand"),
        (svg('<use xlink:href="logo2.svg#a"/>'), "van buiten het bestand"),
        (svg("<style>@import url(http://voorbeeld.example/a.css);</style>"), "van buiten"),
        (svg('<rect style="fill:url( http://voorbeeld.example/a )"/>'), "van buiten"),
        (svg("<text>Het Baken</text>"), "bevat tekst"),
        (svg('<pattern id="p" width="1e9" height="1e9"/>'), "een patroon"),
        (svg("<filter/>"), "een filter"),
        (svg("<animate/>"), "meer dan gewone vormen"),
        (svg('<path stroke-dasharray="0.0001" d="M0 0H9"/>'), "een stippellijn"),
        (svg(BOX, before='<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">]>'), "ENTITY"),
        (svg('<g id="a"><use href="#a"/></g>'), "of zichzelf"),
        (svg(repeated(30, 10)), "veel te veel vormen"),
        (svg(repeated(3000, 1)), "veel te veel vormen"),
        (svg("<g/>" * 30_000), "veel te veel vormen"),
        (svg('<g opacity=".9"/>' * 300), "veel te veel vormen"),
        (svg("<style>.a{opacity:.9}</style>" + '<g class="a"/>' * 300), "veel te veel vormen"),
        (svg("<g>" * 100 + "</g>" * 100), "te diep genest"),
        (
            svg('<style>g{mask:url(#m)}</style><mask id="m"><g/></mask><g/>'),
            "veel te veel vormen",
        ),
        (svg(BOX, ""), "hoe groot"),
        (svg(BOX, 'viewBox="0 0 5 1e9"'), "hoe groot"),
        (svg(BOX, 'viewBox="0 0 nan 5"'), "hoe groot"),
        (svg(BOX, 'viewBox="0 0 5 0"'), "hoe groot"),
        (svg(BOX, 'width="5" height="1000000"'), "hoe groot"),
        (svg(BOX)[:-5], "beschadigd"),
        (b"<html><svg/></html>", "geen SVG"),
    ],
)
def test_a_drawing_that_does_more_is_refused_by_name(content: bytes, said: str) -> None:
    with pytest.raises(UnusableError, match=said) as refused:
        logo_of(content)

    assert refused.value.hint
