"""How a check says what it found: with its place, and without a person's number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity
from wvp_docs.formats import mask_bsn

_NUMBER = re.compile(r"(?<!\d)\d{8,9}(?!\d)")


@dataclass(frozen=True, slots=True)
class Report:
    """Makes findings about one dossier."""

    dossier: Dossier

    def finding(
        self,
        code: str,
        path: str,
        message: str,
        hint: str = "",
        source: str = "",
        severity: Severity = Severity.ERROR,
        also: str = "",
    ) -> Finding:
        """Return the finding, its places looked up and any BSN in its sentence masked.

        Args:
            code: of the rule.
            path: where the answer stands, or should stand.
            message: a Dutch sentence.
            hint: what to do.
            source: the ground of the rule.
            severity: how much it weighs.
            also: the path of the second answer, when two clash.
        """
        key = re.split(r"[.\[]", path, maxsplit=1)[0]
        form = key if key in self.dossier.library.forms else ""
        place = self.dossier.case.place
        return Finding(
            code,
            severity,
            form,
            path,
            place(path),
            _masked(message),
            _masked(hint),
            source,
            place(also) if also else None,
        )


def _masked(text: str) -> str:
    return _NUMBER.sub(lambda number: mask_bsn(number.group()), text)
