"""Word files of strangers: opened within bounds, refused by name, written the same every time.

A .docx is a zip of XML: a place to hide programs, addresses to fetch, other files, and more bytes
than a machine has. What `read_package` returns holds none of these. Whoever goes on with such a
file packs that again with `write_package`; the bytes of the stranger go nowhere.
"""

from __future__ import annotations

from wvp_docs.ooxml.dangers import Danger, HostileError
from wvp_docs.ooxml.dialect import read_template
from wvp_docs.ooxml.package import read_package, write_package
from wvp_docs.ooxml.parts import inspect_part
from wvp_docs.ooxml.revisions import accepted

__all__ = [
    "Danger",
    "HostileError",
    "accepted",
    "inspect_part",
    "read_package",
    "read_template",
    "write_package",
]
