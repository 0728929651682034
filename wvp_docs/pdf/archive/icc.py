"""Two colour profiles, made from their numbers: sRGB, and the inks of a colour printer (CMYK).

Made here and not by Pillow: that writes the hour, the platform and the version of its library
into the profile, and the same bundle must have the same bytes on every machine. The profile of
the inks starts from how the 16 mixtures of full inks look, and takes 4 KB where that of a printing
press takes 500.
"""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Sequence

# 1 January 2000: a profile must have a date, and no run may differ by it.
_DATE = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
# The white of paper under D50, to which every profile refers (ICC.1, 7.2.16).
_WHITE = (0.9642, 1.0, 0.8249)
# sRGB (IEC 61966-2-1) adapted to D50: what red, green and blue are made of, in XYZ.
_RED, _GREEN, _BLUE = (
    (0.43607, 0.22249, 0.01392),
    (0.38515, 0.71687, 0.09708),
    (0.14307, 0.06061, 0.7141),
)
_ADAPTED = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
# How full inks on paper look on a screen, as sRGB: without and with black, cyan varying slowest.
_INKS = (
    "ffffff", "231f20", "fff200", "1c1a00", "ec008c", "21000b", "ed1c24", "1f0a00",
    "00aeef", "00121b", "00a651", "00150a", "2e3192", "07061a", "363639", "000000",
)  # fmt: skip
# So many steps from no ink to full ink, with the colours between mixed as a screen mixes them.
_STEPS = 5


def srgb() -> bytes:
    """Return the profile of sRGB, the colours of a screen and of an office printer."""
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + _fixed(_CURVE)
    tags = {
        b"wtpt": _xyz(_WHITE),
        b"chad": b"sf32\0\0\0\0" + _fixed(_ADAPTED),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    return _profile("sRGB IEC61966-2.1", b"mntrRGB XYZ ", tags)


def inks() -> bytes:
    """Return a profile that says how cyan, magenta, yellow and black look on paper."""
    table = b"mft2\0\0\0\0" + bytes((4, 3, _STEPS, 0)) + _fixed((1, 0, 0, 0, 1, 0, 0, 0, 1))
    straight = struct.pack(">2H", 0, 0xFFFF)
    table += struct.pack(">2H", 2, 2) + straight * 4
    shares = [step / (_STEPS - 1) for step in range(_STEPS)]
    for mixture in itertools.product(shares, repeat=4):
        table += struct.pack(">3H", *_lab(_mixed(mixture)))
    table += straight * 3
    return _profile("CMYK", b"scnrCMYKLab ", {b"wtpt": _xyz(_WHITE), b"A2B0": table})


def is_usable(profile: bytes, colours: int) -> bool:
    """Return whether PDF/A-2 takes this profile for a space of so many colours (6.2.4.2)."""
    spaces = {1: {b"GRAY"}, 3: {b"RGB ", b"Lab "}, 4: {b"CMYK"}}
    newest, kinds = 5, {b"prtr", b"mntr", b"scnr", b"spac"}
    return (
        profile[36:40] == b"acsp"
        and profile[8] < newest
        and profile[12:16] in kinds
        and profile[16:20] in spaces.get(colours, set())
    )


def _profile(name: str, kind: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {b"desc": _text(name), b"cprt": _text("No copyright, use freely"), **tags}
    start = 132 + 12 * len(tags)
    index, body = b"", b""
    for key, content in tags.items():
        index += key + struct.pack(">2I", start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    header = struct.pack(">I4xI", start + len(body), 0x04200000) + kind + _DATE + b"acsp"
    header += bytes(28) + _fixed(_WHITE)
    return header + bytes(128 - len(header)) + struct.pack(">I", len(tags)) + index + body


def _fixed(numbers: Sequence[float]) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _xyz(numbers: Sequence[float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(numbers)


def _text(text: str) -> bytes:
    letters = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">2I4s2I", 1, 12, b"enUS", len(letters), 28) + letters


def _mixed(shares: Sequence[float]) -> list[float]:
    """Return the sRGB colour of inks in these shares: each full mixture by the paper it covers."""
    colour = [0.0, 0.0, 0.0]
    for full, inked in zip(_INKS, itertools.product((0, 1), repeat=4), strict=True):
        covers = math.prod(
            share if ink else 1 - share for share, ink in zip(shares, inked, strict=True)
        )
        for axis, value in enumerate(bytes.fromhex(full)):
            colour[axis] += covers * value / 255
    return colour


def _lab(colour: Sequence[float]) -> tuple[int, int, int]:
    """Return an sRGB colour as L*, a* and b* in the 16 bits of a `mft2` table."""
    light = [
        part / 12.92 if part <= _CURVE[4] else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    ]
    x, y, z = (
        sum(part * share[axis] for part, share in zip(light, (_RED, _GREEN, _BLUE), strict=True))
        / _WHITE[axis]
        for axis in range(3)
    )
    root = [
        part ** (1 / 3) if part > (6 / 29) ** 3 else part * (29 / 6) ** 2 / 3 + 4 / 29
        for part in (x, y, z)
    ]
    level, red, yellow = 116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])
    # 0xFF00 is L* 100; a* and b* count from 0x8000 (ICC.1, 10.10).
    return round(level * 652.8), round((red + 128) * 256), round((yellow + 128) * 256)
