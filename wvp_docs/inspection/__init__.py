"""What is wrong with a Word template, all of it at once, each with its place in the document."""

from __future__ import annotations

from wvp_docs.inspection.annotating import annotated
from wvp_docs.inspection.explaining import explained, opened
from wvp_docs.inspection.folder import inspect_path
from wvp_docs.inspection.in_use import faults_in_use, require_not_medical
from wvp_docs.inspection.template import Inspected, inspect_template

__all__ = [
    "Inspected",
    "annotated",
    "explained",
    "faults_in_use",
    "inspect_path",
    "inspect_template",
    "opened",
    "require_not_medical",
]
