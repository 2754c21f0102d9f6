"""The classifier beside labelled field cards: how many sensitive fields it finds, how rightly, how fast.

`python -m bench.fields [FILE]`: a line of JSON a card, with `kind` and `sensitive` as somebody labelled it. Exit
code 1 when a target is missed. No card is printed but the place of the secrets that were missed.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
from rich.console import Console
from rich.table import Table

from bench.figures import AtLeast, Figure, table
from proxy.privacy.fields import FieldCard, Verdict, classify
from proxy.privacy.kinds import SECRET

CARDS: Final = Path(__file__).parents[2] / "shared" / "data" / "fields" / "dev.jsonl"
SECRETS: Final = ("password", "otp", "card_number", "card_holder", "card_expiry", "card_cvc")
"""Kinds of which none may be missed."""
RECALL, PRECISION, SPEED = AtLeast(98), AtLeast(98), AtLeast(5000)

_UNREAD: Final = "told by an attribute that no card has (autocompletetype), and by nothing else"
MISLABELLED: Final[Mapping[tuple[str, str, str], str]] = {
    **{("chromium2013", "autocompletetype_attribute", f"c{number}"): _UNREAD for number in range(1, 8)},
    ("chromium2013", "i18n_fr", "c2"): "its only word is Numéro: of a card or of a house",
    ("chromium2013", "i18n_ja", "c1"): "its only word is a full name, and nothing says whose",
    ("ddg", "malta-taxes-payment-form", "ddlYear"): "its only word is Year: of expiry or of birth",
    ("formasaurus", "mindfactory.de", "vb_login_username"): "a forum's user name, labelled as its password",
}
"""(corpus, site, name or id) of a secret whose label is wrong, or cannot be told from its card -> why"""


@dataclass(frozen=True, slots=True)
class Row:
    """A card, how it was labelled, and how we judge it."""

    card: Mapping[str, Any]
    told: Verdict

    @property
    def sensitive(self) -> bool:
        return bool(self.card["sensitive"])

    @property
    def place(self) -> tuple[str, str, str]:
        """Corpus, site and name, or id where there is no name."""
        corpus, site, name, own = (str(self.card.get(key, "")) for key in ("corpus", "site", "name", "id"))
        return corpus, site, name or own

    @property
    def missed_secret(self) -> bool:
        """Personal is not enough: where personal values are kept, this one would be."""
        return self.card["kind"] in SECRETS and self.told.cls != SECRET and self.place not in MISLABELLED


def judged(lines: Iterable[bytes]) -> list[Row]:
    """Raises SystemExit when a line is no labelled card."""
    rows = []
    for number, line in enumerate(lines, 1):
        try:
            raw = orjson.loads(line)
            rows.append(Row(raw, classify(FieldCard.of(raw))))
            raw["kind"], raw["sensitive"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            raise SystemExit(f"line {number} is no field card with kind and sensitive") from None
    return rows


def recall(rows: Sequence[Row]) -> float:
    """Of what is sensitive, the part that is told so."""
    sensitive = [row for row in rows if row.sensitive]
    return sum(row.told.sensitive for row in sensitive) / max(1, len(sensitive))


def precision(rows: Sequence[Row]) -> float:
    """Of what is told to be sensitive, the part that is."""
    told = [row for row in rows if row.told.sensitive]
    return sum(row.sensitive for row in told) / max(1, len(told))


def by_kind(rows: Sequence[Row]) -> Table:
    """For each label how many there are, how many are told to be sensitive, recall and precision of the kind."""
    out = Table(box=None, pad_edge=False)
    out.add_column("labelled")
    for column in ("cards", "sensitive", "kind found", "kind right"):
        out.add_column(column, justify="right")
    out.add_column("mostly taken for")
    kinds = defaultdict(list)
    taken = Counter(row.told.kind for row in rows)
    for row in rows:
        kinds[str(row.card["kind"])].append(row)
    for kind, each in sorted(kinds.items(), key=lambda item: -len(item[1])):
        told = Counter(row.told.kind for row in each)
        others = ", ".join(f"{name} {count}" for name, count in told.most_common(4) if name != kind)
        sensitive = sum(row.told.sensitive for row in each)
        parts = (sensitive / len(each), told[kind] / len(each), told[kind] / max(1, taken[kind]))
        out.add_row(kind, str(len(each)), *(f"{part:.0%}" for part in parts), others)
    return out


def figures(rows: Sequence[Row], speed: float) -> list[Figure]:
    """What has targets, and the same for each corpus."""
    corpora = sorted({str(row.card.get("corpus", "")) for row in rows})
    out = [
        Figure("recall of sensitive", (100 * recall(rows),), "%", target=RECALL),
        Figure("precision of sensitive", (100 * precision(rows),), "%", target=PRECISION),
        Figure("cards a second, each new", (speed,), target=SPEED),
    ]
    for corpus in corpora if len(corpora) > 1 else ():
        some = [row for row in rows if row.card.get("corpus", "") == corpus]
        beside = f"precision {100 * precision(some):.1f} %; {len(some)} cards"
        out.append(Figure(f"recall of {corpus}", (100 * recall(some),), "%", beside=beside))
    return out


def main() -> None:
    """Judge, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=CARDS)
    file = parser.parse_args().file
    if not file.exists():
        raise SystemExit(
            f"{file} is not there: name a file of labelled cards, such as tests/cases/fields/de.jsonl"
        )
    began = time.process_time()  # nothing was classified before: no card, word or state of an automaton is known
    rows = judged(file.read_bytes().splitlines())
    speed = len(rows) / (time.process_time() - began)
    console = Console(width=140, highlight=False)
    console.print(by_kind(rows), "")
    found = figures(rows, speed)
    console.print(table(found))
    missed = [row for row in rows if row.missed_secret]
    for row in missed:
        console.print(f"missed: {row.card['kind']} of {' / '.join(row.place)}, taken for {row.told.kind}")
    for place, why in MISLABELLED.items():
        console.print(f"left out: {' / '.join(place)}: {why}")
    if missed or any(figure.missed for figure in found):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
