"""Templates tried out: with sample data or a real case, on paper, beside an older version."""

from __future__ import annotations

from wvp_docs.preview.comparing import Bench, Compared, compare
from wvp_docs.preview.goldens import (
    FOLDER,
    Outcome,
    Verdict,
    compare_words,
    keep,
    of_case,
    of_samples,
)
from wvp_docs.preview.pictures import SHARP, as_png, pictures_of
from wvp_docs.preview.rendering import Tried, file_of, on_paper, plain
from wvp_docs.preview.scene import CaseOnDisk, Scene, sample_scene, scene_of
from wvp_docs.preview.watching import watch
from wvp_docs.preview.webpage import as_html

__all__ = [
    "FOLDER",
    "SHARP",
    "Bench",
    "CaseOnDisk",
    "Compared",
    "Outcome",
    "Scene",
    "Tried",
    "Verdict",
    "as_html",
    "as_png",
    "compare",
    "compare_words",
    "file_of",
    "keep",
    "of_case",
    "of_samples",
    "on_paper",
    "pictures_of",
    "plain",
    "sample_scene",
    "scene_of",
    "watch",
]
