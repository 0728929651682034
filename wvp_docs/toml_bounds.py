"""What is too much for a TOML file, seen before tomllib reads it.

Of a key with many dots tomllib keeps every beginning: one of 200 kB takes all memory of a machine.
"""

from __future__ import annotations

import re

MAX_DEPTH = 20
"""Tables in tables in tables: no answer stands deeper than six."""

MAX_WORDS = 100_000
"""Keys, their parts, values and brackets: the longest case that we know has fewer than 10,000."""

_WORD = re.compile(
    r"""
      \#[^\n]*+
    | \"{3}(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+(?:"{3,5})?
    | '{3}(?:[^']++|'{1,2}(?!'))*+(?:'{3,5})?
    | [\[{]
    | (?:[A-Za-z0-9_-]++|"(?:[^"\\\n]++|\\.)*+"?|'[^'\n]*+'?)[ \t]*+(\.?)
    """,
    re.VERBOSE,
)
"""A comment, a text of more lines, a bracket, or what may be part of a key, with its dot.

A text without an end goes on to the end: who looks for its end again and again, is never done.
"""


def line_beyond(text: str) -> int:
    """Return the line on which a file goes beyond what can be read safely; 0: it does not."""
    depth = 0
    for count, word in enumerate(_WORD.finditer(text), 1):
        depth = depth + 1 if word[1] else 0
        if depth >= MAX_DEPTH or count > MAX_WORDS:
            return text.count("\n", 0, word.start()) + 1
    return 0
