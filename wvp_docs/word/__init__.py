"""Word files: read a template, fill it, read the text back, say what its tags name.

The only room that knows docxtpl and Jinja; everybody else gets texts and values.
"""

from __future__ import annotations

from wvp_docs.word.syntax import LOOP, Step, Use, always_printed, faulty, uses_in
from wvp_docs.word.template import Rendered, Template, body_text, open_template, source_of, text_of

__all__ = [
    "LOOP",
    "Rendered",
    "Step",
    "Template",
    "Use",
    "always_printed",
    "body_text",
    "faulty",
    "open_template",
    "source_of",
    "text_of",
    "uses_in",
]
