"""A password on a PDF that goes to one reader."""

from __future__ import annotations

import stringprep
import unicodedata

import pikepdf

from wvp_docs.errors import OutputError
from wvp_docs.pdf.document import open_pdf
from wvp_docs.pdf.spool import Spool, Spooled

# In bytes. With a longer one no program opens the file again, the right password or not.
_LONGEST = 127
# What RFC 4013 forbids, and the signs that came after it, which programs prepare differently.
_FORBIDDEN = (
    stringprep.in_table_a1,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)


def lock(pdf: bytes | Spooled, password: str) -> Spooled:
    """Return the PDF encrypted with AES-256, what it says about itself included.

    Who has the password may do everything: it is the owner's too. A second password that only
    forbids to print or to copy protects nothing and hinders readers and screen readers. The bytes
    differ on every run, with the same password too: the key is random, as it must be.

    Raises:
        EngineError: if it is no PDF, or it has a password already.
        OutputError: if the password cannot be used.
    """
    key = _prepared(password)
    everything = pikepdf.Permissions(modify_assembly=True)
    secret = pikepdf.Encryption(owner=key, user=key, R=6, allow=everything)
    with open_pdf(pdf) as document:
        return Spool().write(
            lambda target: document.save(
                target,
                encryption=secret,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            ),
            len(document.pages),
        )


def _prepared(password: str) -> str:
    """Return the password as a reader program makes it of what is typed (SASLprep, RFC 4013).

    An é is then the same on every keyboard; the library takes the bytes as they come.
    """
    mapped = "".join(
        " " if stringprep.in_table_c12(sign) else sign
        for sign in password
        if not stringprep.in_table_b1(sign)
    )
    found = unicodedata.ucd_3_2_0.normalize("NFKC", mapped)
    if any(is_in(sign) for sign in found for is_in in _FORBIDDEN):
        raise OutputError(
            "In het wachtwoord staat een teken dat niet in een wachtwoord kan.",
            hint="Gebruik letters, cijfers en leestekens; geen emoji, tab of regeleinde.",
        )
    if not found or len(found.encode()) > _LONGEST:
        raise OutputError(
            "Het wachtwoord is leeg of te lang.",
            hint=f"Kies een wachtwoord van 1 tot {_LONGEST} tekens.",
        )
    return found
