"""A watermark behind the text of every page, as Word itself writes it in a header.

WordArt in VML, old but the one form that Word, LibreOffice and rdocx all draw.
"""

from __future__ import annotations

_ARC = (
    "sum #0 0 10800|prod #0 2 1|sum 21600 0 @1|sum 0 0 @2|sum 21600 0 @3|if @0 @3 0|if @0 21600 @1|"
    "if @0 0 @2|if @0 @4 21600|mid @5 @6|mid @8 @5|mid @7 @8|mid @6 @7|sum @6 0 @5"
)
_FORMULAS = "".join(f'<v:f eqn="{formula}"/>' for formula in _ARC.split("|"))
_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    f'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>{_FORMULAS}</v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
)
_PLACE = (
    "position:absolute;margin-left:0;margin-top:0;width:440pt;height:150pt;rotation:315;"
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)


def watermarked(header: bytes, word: str) -> bytes:
    """Return the XML of a header with the word behind the page.

    Args:
        header: the part as it stands in the package; one without a paragraph stays as it is.
        word: plain letters, they go into an attribute as they are.
    """
    shape = (
        f'<v:shape id="Watermerk" o:spid="_x0000_s2049" type="#_x0000_t136" style="{_PLACE}" '
        'o:allowincell="f" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/><v:textpath '
        f'style="font-family:&quot;Calibri&quot;;font-size:1pt" string="{word}"/></v:shape>'
    )
    run = (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" '
        f'xmlns:o="urn:schemas-microsoft-com:office:office">{_TYPE}{shape}</w:pict></w:r>'
    )
    # In a paragraph that is there: one more would move the page down.
    return header.replace(b"</w:p>", f"{run}</w:p>".encode(), 1)
