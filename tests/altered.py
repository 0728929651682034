"""Templates as an editor changes them in Word: ours, with some of their XML replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOT
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.inspection import inspect_template
from wvp_docs.ooxml import read_package, write_package

TEMPLATES = ROOT / "templates"
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def altered(stem: str, old: str = "", new: str = "") -> bytes:
    """Return our template with every `old` in its body replaced."""
    members = read_package((TEMPLATES / f"{stem}.docx").read_bytes())
    body = members["word/document.xml"].decode()
    assert old in body
    changed = body.replace(old, new) if old else body
    return write_package({**members, "word/document.xml": changed.encode()})


def said(library: Library, stem: str, source: bytes) -> list[tuple[str, Severity, str]]:
    """Return what a check finds in a template."""
    findings = inspect_template(source, f"{stem}.docx", stem, library).findings
    return [(finding.code, finding.severity, finding.message) for finding in findings]


def with_first(stem: str, xml: str) -> bytes:
    """Return our template with something put before everything else on its first page."""
    return altered(stem, "<w:body>", f"<w:body>{xml}")


def put(folder: Path, stem: str, content: bytes | None = None) -> Path:
    """Write a template into a folder, ours when nothing else is given."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{stem}.docx"
    file.write_bytes(content or (TEMPLATES / f"{stem}.docx").read_bytes())
    return file


def with_medical_field(home: Path) -> Path:
    """Write definitions of one's own in which `werknemer.geheim` is medical, and our templates."""
    for name in ("forms", "templates"):
        shutil.copytree(ROOT / name, home / name)
    fields = home / "forms/_velden.toml"
    medical = '\n  [[groep.veld]]\n  naam = "geheim"\n  soort = "tekst"\n  label = "Geheim"\n'
    medical += "  medisch = true\n"
    text = fields.read_text(encoding="utf-8")
    start = text.index("[[groep]]", text.index('sleutel = "werknemer"'))
    fields.write_text(f"{text[:start]}{medical}\n{text[start:]}", encoding="utf-8")
    return home
