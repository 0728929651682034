"""Where the definitions and templates are: the user's folder, the checkout, or the package."""

from __future__ import annotations

import os
from pathlib import Path

HOME = "WVP_DOCS_HOME"
"""Environment variable that names a folder with `forms/` and `templates/` of one's own."""


def forms_folder() -> Path:
    """Return the folder with the definitions."""
    return _folder("forms")


def templates_folder() -> Path:
    """Return the folder with the Word templates."""
    return _folder("templates")


def _folder(name: str) -> Path:
    if home := os.environ.get(HOME):
        return Path(home) / name
    package = Path(__file__).resolve().parent
    packed = package / "_data" / name
    return packed if packed.is_dir() else package.parent / name
