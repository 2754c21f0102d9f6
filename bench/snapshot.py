"""A full snapshot as rrweb takes it of a legacy shop's page: tables, prose, forms, styles, drawings, white space.

Made node by node, the same for the same number, and never the same text twice.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate, count
from typing import Any

import orjson

type Node = dict[str, Any]

RECORDING, VIEW = "recording-of-the-bench", "view-of-the-bench"
STARTED = 1_750_000_000_000
_SYLLABLES = "an be den er fach ge ger hand in keit kun lich ma nung ob pel ra schaft ten ung ver wei zeug zu"
_FIELDS = (
    ("text", "vorname", "Vorname"),
    ("text", "strasse", "Straße und Hausnummer"),
    ("email", "email", "E-Mail"),
    ("password", "kennwort", "Kennwort"),
    ("number", "menge", "Menge"),
    ("search", "suche", "Suche"),
    ("hidden", "formular", ""),
    ("checkbox", "agb", "Ich habe die AGB gelesen"),
)
"""type, name, label"""


class Shop:
    """Makes nodes with ids that go up, as rrweb does, and the cards of its fields."""

    def __init__(self, number: int = 0) -> None:
        self._chance = random.Random(number)
        self._ids, self._sections = count(1), count()
        self._words = [
            "".join(self._chance.choices(_SYLLABLES.split(), k=self._chance.randint(1, 4))) for _ in range(3000)
        ]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))  # Zipf's law
        self.cards: dict[str, Any] = {}

    def element(self, tag: str, attributes: Node, *children: Node, **more: Any) -> Node:
        made = {
            "type": 2,
            "tagName": tag,
            "attributes": attributes,
            "childNodes": list(children),
            "id": next(self._ids),
        }
        return made | more

    def text(self, text: str, **more: Any) -> Node:
        return {"type": 3, "textContent": text, "id": next(self._ids)} | more

    def prose(self, least: int, most: int) -> str:
        words = self._chance.choices(self._words, cum_weights=self._weights, k=self._chance.randint(least, most))
        return " ".join(words).capitalize()

    def page(self, size: int) -> Node:
        """The document; its JSON has about `size` bytes, no fewer."""
        parts, made = list[Node](), 0
        for part in self._parts():
            parts += (part, self.text("\n"))
            made += len(orjson.dumps(part)) + 50
            if made >= size:
                break
        head = self.element(
            "head", {}, self.element("title", {}, self.text("Altshop: Werkzeug und Eisenwaren")), self._sheet()
        )
        body = self.element("body", {"class": "shop"}, *parts)
        html = self.element("html", {"lang": "de"}, head, self.text("\n"), body)
        kind = {"type": 1, "name": "html", "publicId": "", "systemId": "", "id": next(self._ids)}
        return {"type": 0, "childNodes": [kind, html], "id": next(self._ids)}

    def _parts(self) -> Iterator[Node]:
        while True:
            yield self.element("h2", {"class": "titel"}, self.text(self.prose(2, 3)))
            for _ in range(3):
                yield self.element("p", {}, self.text(self.prose(20, 60)))
            rows = [each for _ in range(20) for each in (self._row(), self.text("\n"))]
            yield self.element("table", {"class": "waren", "cellpadding": "2"}, self.element("tbody", {}, *rows))
            if not next(self._sections) % 6:
                yield self._form()

    def _row(self) -> Node:
        number = self._chance.randint(100_000, 999_999)
        price = f"{self._chance.randint(1, 900)},{self._chance.randint(0, 99):02} EUR"
        link = self.element(
            "a", {"href": f"https://shop.example/artikel?nr={number}"}, self.text(self.prose(1, 2))
        )
        path = self.element("path", {"d": f"M{number % 97} 4.5l-8 8.25V12z"}, isSVG=True)
        icon = self.element("svg", {"viewBox": "0 0 24 24", "class": "icon"}, path, isSVG=True)
        picture = {"src": f"https://shop.example/bilder/{number}.jpg", "alt": self.prose(2, 4), "width": "40"}
        return self.element(
            "tr",
            {"class": "ware", "id": f"w{number}"},
            self.text("\n  "),
            self.element("td", {"class": "bild"}, self.element("img", picture)),
            self.text("\n  "),
            self.element("td", {}, link),
            self.text("\n  "),
            self.element("td", {"class": "text", "data-gruppe": f"g{number % 40}"}, self.text(self.prose(4, 12))),
            self.text("\n  "),
            self.element("td", {"class": "preis", "style": "text-align: right;"}, icon, self.text(price)),
            self.text("\n"),
        )

    def _form(self) -> Node:
        parts = []
        for kind, name, label in _FIELDS:
            attributes = {"type": kind, "name": name, "class": "feld"}
            if kind == "hidden":
                attributes["value"] = f"{self._chance.getrandbits(64):016x}"
            field = self.element("input", attributes)
            text = self.element("label", {"for": name, "class": "schild"}, self.text(label))
            parts.append(self.element("div", {"class": "zeile"}, text, self.text(" "), field))
            self.card(field, type=kind, name=name, label=label)
        options = [self.element("option", {"value": f"v{n}"}, self.text(self.prose(1, 2))) for n in range(8)]
        choice = self.element("select", {"name": "versand"}, *options)
        self.card(choice, name="versand", label="Versandart")
        return self.element("form", {"action": "https://shop.example/bestellen", "method": "post"}, *parts, choice)

    def card(self, field: Node, **card: str) -> None:
        """Describe a field as the recorder does."""
        self.cards[str(field["id"])] = {"tag": field["tagName"], "form": "bestellung", **card}

    def _sheet(self) -> Node:
        rules = [
            f".k{n} > .{self._chance.choice(self._words)} {{ margin: {n % 9}px auto; color: #{n * 7919:06x}; "
            f'background: url("https://shop.example/bilder/muster{n}.png") 0 0 no-repeat; }}'
            for n in range(1500)
        ]
        return self.element("style", {}, self.text("\n".join(rules), isStyle=True))


def batch(size: int, number: int = 0, *, seq: int = 0) -> bytes:
    """The JSON of a batch: the page's address and a full snapshot of about `size` bytes."""
    shop = Shop(number)
    page = shop.page(size)
    top = {"left": 0, "top": 0}
    events = [
        {"type": 4, "data": {"href": "https://shop.example/waren?seite=4", "width": 1280, "height": 900}},
        {"type": 2, "data": {"node": page, "initialOffset": top}},
    ]
    return wrapped(events, shop.cards, seq)


def wrapped(
    events: list[Node], cards: dict[str, Any], seq: int, recording: str = RECORDING, token: str = ""
) -> bytes:
    """The JSON of a batch of these events."""
    timed = [event | {"timestamp": STARTED + at} for at, event in enumerate(events)]
    head = {"v": 1, "recording": recording, "view": VIEW, "seq": seq, "token": token}
    return orjson.dumps(head | {"fields": cards, "events": timed})
