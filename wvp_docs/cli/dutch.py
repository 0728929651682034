"""Click's own words in Dutch: click asks `gettext` for them and ships no translation itself.

The translation is `locale/nl/LC_MESSAGES/messages.po`; `.mo` beside it is what runs. After a
change: `pybabel compile -d wvp_docs/cli/locale`.
"""

from __future__ import annotations

import gettext
from pathlib import Path

_CATALOGUE = Path(__file__).parent / "locale" / "nl" / "LC_MESSAGES" / "messages.mo"


def speak_dutch() -> None:
    """Make click's words Dutch in this process, whatever the locale of the machine is.

    Some of them are looked up when a command is declared (the help of `--version`, "Bestand" of
    a path), so call it before the first decorator of click.
    """
    with _CATALOGUE.open("rb") as file:
        dutch = gettext.GNUTranslations(file)

    def translate(domain: str, message: str) -> str:  # noqa: ARG001  gettext's own signature
        return dutch.gettext(message)

    def translate_plural(domain: str, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG001
        return dutch.ngettext(msgid1, msgid2, n)

    # gettext takes the language from the environment, which the converters inherit: not ours to
    # set. Click holds on to `gettext.gettext`, and that looks these two up at every call.
    gettext.dgettext = translate
    gettext.dngettext = translate_plural
