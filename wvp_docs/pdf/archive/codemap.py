"""Which number (CID) each code of a font with many letters stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pikepdf import Object, Stream

_CID = rb"<(\w+)>\s*(\d+)"
_RANGE = rb"<(\w+)>\s*<(\w+)>"


class CodeMap:
    """The CMap of a font: two bytes as they are, or a table inside the PDF.

    Args:
        encoding: of the font.
        system: the numbering that the letters have.

    Raises:
        ValueError: it is a table that is not in the PDF, or one for other letters.
    """

    def __init__(self, encoding: Object, system: Object) -> None:
        self._spaces: list[tuple[bytes, bytes]] = [(b"\0\0", b"\xff\xff")]
        self._ranges: list[tuple[bytes, bytes, int]] = [(b"\0\0", b"\xff\xff", 0)]
        if isinstance(encoding, Stream):
            self._parse(encoding, system)
        elif str(encoding) not in {"/Identity-H", "/Identity-V"}:
            raise ValueError(str(encoding))

    def read(self, text: bytes) -> list[int]:
        """Return the number of each letter of the text, 0 for one that is not there."""
        return list(self._numbers(text))

    def _parse(self, table: Stream, system: Object) -> None:
        content = table.read_bytes()
        own = table.get("/CIDSystemInfo", system)
        turned = re.search(rb"/WMode\s+(\d)\s+def", content)
        if "/UseCMap" in table or b"usecmap" in content:
            raise ValueError("built on another table")
        if any(own.get(key) != system.get(key) for key in ("/Registry", "/Ordering")):
            raise ValueError("for other letters")
        if int(turned[1] if turned else 0) != int(table.get("/WMode", 0)):
            raise ValueError("two directions")
        self._spaces = [
            (_bytes(first), _bytes(last))
            for block in re.findall(
                rb"begincodespacerange(.*?)endcodespacerange", content, re.DOTALL
            )
            for first, last in re.findall(_RANGE, block)
        ]
        self._ranges = [
            (_bytes(first), _bytes(last), int(number))
            for block in re.findall(rb"begincidrange(.*?)endcidrange", content, re.DOTALL)
            for first, last, number in re.findall(_RANGE + rb"\s*(\d+)", block)
        ] + [
            (_bytes(code), _bytes(code), int(number))
            for block in re.findall(rb"begincidchar(.*?)endcidchar", content, re.DOTALL)
            for code, number in re.findall(_CID, block)
        ]

    def _numbers(self, text: bytes) -> Iterator[int]:
        while text:
            size = next((len(low) for low, high in self._spaces if _is_in(text, low, high)), 1)
            code, text = text[:size], text[size:]
            yield next(
                (
                    number + int.from_bytes(code, "big") - int.from_bytes(low, "big")
                    for low, high, number in self._ranges
                    if len(low) == size and low <= code <= high
                ),
                0,
            )


def _is_in(text: bytes, low: bytes, high: bytes) -> bool:
    """Return whether the text begins with a code of this range: byte for byte."""
    code = text[: len(low)]
    return len(code) == len(low) and all(
        first <= byte <= last for first, byte, last in zip(low, code, high, strict=True)
    )


def _bytes(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode())
