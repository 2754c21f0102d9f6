"""What the shop sells."""

from __future__ import annotations

from typing import NamedTuple


class Article(NamedTuple):
    """One thing for sale; the price is in cents."""

    name: str
    picture: str
    price: int
    stock: int
    text: str


ARTICLES = {
    "1001": Article("Zinkeimer, verbeult", "eimer", 1450, 7, "Vom Hof in Wettenberg. Dicht, mit schöner Patina."),
    "1002": Article(
        "Stehlampe mit gelbem Schirm", "lampe", 6900, 1, "Um 1958, neu verkabelt. Der Fuß ist Messing."
    ),
    "1003": Article("Wanduhr, schlägt zur vollen Stunde", "uhr", 12800, 2, "Läuft genau, wenn sie gerade hängt."),
    "1004": Article("Reisekoffer, Vulkanfiber", "koffer", 3900, 4, "War zweimal in Übersee. Schlösser gängig."),
    "1005": Article("Schreibmaschine, grün", "schreibmaschine", 5500, 3, "Deutsche Tastatur, das ß klemmt etwas."),
    "1006": Article("Kaffeekanne, blau emailliert", "kanne", 2200, 5, "Für acht Tassen. Kleine Macke am Deckel."),
}


def euro(cents: int) -> str:
    """1450 -> 14,50"""
    return f"{cents // 100},{cents % 100:02}"


def shelf(articles: dict[str, Article]) -> str:
    """The list of articles, three in a row."""
    cells = [
        f'<td width="190" align="center" bgcolor="#FFF8E8"><a href="/artikel.php?nr={nr}">'
        f'<img src="/bilder/{article.picture}.png" width="96" height="96" border="0" alt=""></a><br>'
        f'<font face="Verdana, Arial" size="2"><a href="/artikel.php?nr={nr}"><b>{article.name}</b></a><br>'
        f'<font color="#CC0000">{euro(article.price)} &euro;</font>'
        + (' <img src="/bilder/neu.gif" border="0" alt="NEU">' if nr > "1004" else "")
        + "</font></td>"
        for nr, article in articles.items()
    ]
    rows = "\n".join(f"<tr valign=top>{''.join(cells[at : at + 3])}</tr>" for at in range(0, len(cells), 3))
    return f'<table border="0" cellspacing="6" cellpadding="8">{rows}</table>'


def lines(amounts: dict[str, int]) -> tuple[str, int]:
    """Rows of a table for so many of each article, and their price in cents."""
    rows = "".join(
        f"<tr><td>{ARTICLES[nr].name}</td><td align=center>{amount}</td>"
        f"<td align=right>{euro(amount * ARTICLES[nr].price)} &euro;</td></tr>"
        for nr, amount in amounts.items()
    )
    return rows, sum(amount * ARTICLES[nr].price for nr, amount in amounts.items())
