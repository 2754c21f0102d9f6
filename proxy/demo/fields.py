"""Every field of the shop: where it is, what it holds, and a value that fits and is found nowhere else.

The shop's own pages mark none of them. End-to-end tests type the values and look for them where they must not be.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Field(NamedTuple):
    """One field: the path of its page, its name (id where it has no name), and its class after design's table."""

    page: str
    name: str
    cls: Literal["secret", "personal", "harmless", "unknown"]
    value: str
    typed: bool = True
    """False for what is chosen or preset and not typed."""


FIELDS: tuple[Field, ...] = (
    Field("/", "q", "harmless", "Grammophonnadel"),
    Field("/neuigkeiten.php", "nlmail", "personal", "troedelfreundin@post.example"),
    Field("/artikel.php?nr=1003", "menge", "harmless", "37"),
    Field("/korb.php", "gutschein", "harmless", "WINTERSCHLUSS01"),
    # A password by its type only: shown, it looks like any coupon.
    Field("/korb.php", "rabattcode", "secret", "HVNDLER-7741-KQ"),
    Field("/login.php", "kndnr", "personal", "70418853"),
    Field("/login.php", "pw", "secret", "Zwetschge#4711"),
    Field("/kasse1.php", "anrede", "personal", "Frau", typed=False),
    Field("/kasse1.php", "vname", "personal", "Kunigunde"),
    Field("/kasse1.php", "nname", "personal", "Fleckenstein"),
    Field("/kasse1.php", "str", "personal", "Holunderweg 83"),
    Field("/kasse1.php", "plz", "personal", "91785"),
    Field("/kasse1.php", "ort", "personal", "Pleinfeld"),
    Field("/kasse1.php", "gebdat", "personal", "23.11.1964"),
    Field("/kasse1.php", "mail", "personal", "kunigunde.f@post.example"),
    Field("/kasse1.php", "tel", "personal", "09144 608217"),
    Field("/kasse2.php", "zahlart", "harmless", "karte", typed=False),
    Field("/kasse2.php", "knr", "secret", "4539 7812 0045 6645"),
    Field("/kasse2.php", "inhaber", "secret", "K FLECKENSTEIN-RABE"),
    Field("/kasse2.php", "gueltig", "secret", "08/31"),
    Field("/kasse2.php", "cvc", "secret", "6297"),
    Field("/kasse2.php", "ktonr", "secret", "DE75 5121 0800 1245 1261 99"),
    Field("/kasse2.php", "mtan", "secret", "586204"),
    Field("/kasse3.php", "bemerkung", "unknown", "Bitte beim Nachbarn Rosenzweig klingeln"),
    Field("/kasse3.php", "versand", "harmless", "post", typed=False),
    Field("/grusskarte.php", "karte", "unknown", "Alles Liebe zum Sechzigsten, Hedwig"),
    Field("/reklamation.php", "kdname", "personal", "Hannelore Zwirnbach"),
    Field("/reklamation.php", "bestnr", "unknown", "KS-58213-B"),
    Field("/reklamation.php", "mangel", "unknown", "Der Deckel kam in zwei Teilen an"),
    Field("/reklamation.php", "foto", "unknown", "Deckel zerbrochen.png", typed=False),
)
