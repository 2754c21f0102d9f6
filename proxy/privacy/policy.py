"""What a site lets through, compiled from its configuration: the table of design.md section 5.

| class of the field | forms: none | harmless | personal |
|---|---|---|---|
| harmless | no | yes | yes |
| personal | no | no | yes |
| unknown, secret | no | no | no |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from proxy.config import Site
from proxy.privacy.fields import FieldCard, Verdict
from proxy.privacy.kinds import HARMLESS, PERSONAL, SECRET
from proxy.privacy.marks import is_safe, of_card

KEPT: Final[Mapping[str, frozenset[str]]] = {
    "none": frozenset(),
    "harmless": frozenset({HARMLESS}),
    "personal": frozenset({HARMLESS, PERSONAL}),
}
"""forms mode -> classes whose values are kept"""

SAFE: Final = Verdict("option", HARMLESS, False, "site:safe")


@dataclass(frozen=True, slots=True)
class Policy:
    """What runs, where `Site` is what was written."""

    site: str
    kept: frozenset[str]
    mask_text: bool
    """All page text is masked."""
    hidden: frozenset[str]
    """Names of the detectors of values.py whose hits page text loses besides the secret ones."""

    @classmethod
    def of(cls, site: Site) -> Self:
        """Compile what the operator wrote."""
        text = site.record.text
        if text == "mask":
            return cls(site.name, KEPT[site.record.forms], True, frozenset({"number", "email", "ip"}))
        switches = {"number": text.numbers, "email": text.emails, "ip": text.ips}
        return cls(
            site.name,
            KEPT[site.record.forms],
            False,
            frozenset(n for n, shown in switches.items() if not shown),
        )

    def judged(self, verdict: Verdict, card: FieldCard | None) -> Verdict:
        """The verdict after the operator's `safe` selectors: harmless, but never a secret."""
        if card is not None and verdict.cls != SECRET and is_safe(card):
            return SAFE
        return verdict

    def keeps(self, verdict: Verdict, card: FieldCard | None) -> bool:
        """Whether a value of the field stays: only with a card, an admitted class and no mark."""
        return card is not None and verdict.cls in self.kept and not of_card(card)[0]
