"""A JPEG without what it says about its maker: the camera, the place, a small copy of itself."""

from __future__ import annotations

import re

# A marker that does not belong to the packed picture itself.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_START, _END, _SCAN, _FILLING = b"\xff\xd8", b"\xff\xd9", 0xDA, 0xFF
# Packed without loss or by arithmetic: not every reader program of PDF knows how.
_ODD_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Notes of programs and people, but for the one of Adobe that says what the colours are.
_NOTES = frozenset(range(0xE0, 0xF0)) - {0xEE} | {0xFE}


def bare(content: bytes) -> bytes | None:
    """Return the same picture without its notes and without what stands behind its end.

    Returns:
        None if it is built in a way that reader programs of PDF may not understand.
    """
    at, kept = 2, [_START]
    while content[at : at + 2] not in {_END, b""}:
        if content[at] != _FILLING:
            return None
        kind = content[at + 1]
        if kind == _FILLING:
            at += 1
            continue
        if kind in _ODD_FRAMES:
            return None
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if kind == _SCAN:
            found = _MARKER.search(content, end)
            end = found.start() if found else len(content)
        if kind not in _NOTES:
            kept.append(content[at:end])
        at = end
    return b"".join([*kept, _END])
