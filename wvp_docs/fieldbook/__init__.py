"""The field book: what can be put on a form, for who edits its template in Word."""

from __future__ import annotations

from wvp_docs.fieldbook.entries import Entry, Section, field_book
from wvp_docs.fieldbook.paper import as_word
from wvp_docs.fieldbook.webpage import as_html
from wvp_docs.fieldbook.words import facts

__all__ = ["Entry", "Section", "as_html", "as_word", "facts", "field_book"]
