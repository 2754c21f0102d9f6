"""A visitor of the bundled shop, in a real browser, who types a canary into every field."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

# By field name. Nothing of these, nor their first four characters, is on any page of the shop by itself.
# Card and IBAN have right check digits: the shop's customers type real ones.
SECRET = {
    "rabattcode": "HVXNDLER-7741-KQ",
    "pw": "Zwqtschge#4711",
    "knr": "4539 7812 0045 6644",
    "inhaber": "K QUXFLECKEN-RABE",
    "gueltig": "08/31",
    "cvc": "629",
    "ktonr": "DE75 5121 0800 1245 1261 99",
    "mtan": "586204",
}
PERSONAL = {
    "kndnr": "70418853",
    "vname": "Kyxnigunde",
    "nname": "Flzckenstein",
    "str": "Hqlunderweg 83",
    "plz": "91785",
    "ort": "Plqinfeld",
    "gebdat": "23.11.1964",
    "mail": "kyxnigunde.f@pqst.example",
    "tel": "09144 608217",
    "nlmail": "wxbke.tqaubenfeld@hqfpost.example",
}
UNKNOWN = {
    "bemerkung": "Jxbitte beim Nachbarn Rqsenzweig klingeln",
    "karte": "Vxlles Lxebe zxm Sechzxgsten, Hqdwig",
}
HARMLESS = {"q": "Grammophonnadel", "menge": "37", "gutschein": "WINTERSCHLUSS01"}


@dataclass
class Shop:
    """The shop as the browser sees it."""

    page: Page
    url: str

    def type(self, name: str, value: str) -> None:
        """Type into a field, key by key, as people do."""
        field = self.page.locator(f"[name={name}]")
        field.fill("")
        field.press_sequentially(value, delay=8)

    def submit(self, form: str) -> None:
        """Send a form and wait for the next page."""
        with self.page.expect_navigation():
            self.page.locator(f"{form} input[type=submit]").click()
        self.settle()

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.url + path)
        self.settle()

    def settle(self) -> None:
        """Let the recorder start, send its snapshot and get its answer."""
        self.page.wait_for_timeout(500)


def through_the_shop(shop: Shop) -> None:
    """Newsletter, search, basket, login that fails, and the checkout over three pages."""
    shop.open("/")
    order_the_newsletter(shop)
    shop.type("q", HARMLESS["q"])
    shop.submit("form[action='/suche.php']")
    shop.open("/artikel.php?nr=1003")
    shop.page.get_by_text("Lagerbestand abfragen").click()
    shop.type("menge", HARMLESS["menge"])
    shop.submit("form[name=kauf]")
    shop.type("gutschein", HARMLESS["gutschein"])
    shop.submit("form[action='/korb.php']:not([name])")
    # Shown before the first key: from here on only memory knows that it is a password.
    shop.page.locator("form[name=haendler] input[type=button]").click()
    shop.type("rabattcode", SECRET["rabattcode"])
    shop.submit("form[name=haendler]")
    log_in_wrongly(shop)
    shop.open("/kasse1.php")
    for name in ("vname", "nname", "str", "plz", "ort", "gebdat", "mail", "tel"):
        shop.type(name, PERSONAL[name])
    shop.submit("form[name=anschrift]")
    for name in ("knr", "inhaber", "gueltig", "cvc", "ktonr", "mtan"):
        shop.type(name, SECRET[name])
    shop.submit("form[name=zahlung]")
    shop.type("bemerkung", UNKNOWN["bemerkung"])
    shop.submit("form[name=absenden]")
    shop.open("/grusskarte.php")
    shop.page.locator("#karte").click()
    shop.page.keyboard.press("Control+A")
    shop.page.keyboard.type(UNKNOWN["karte"], delay=8)
    shop.settle()
    # Away, so that the last batch leaves with the page.
    shop.open("/impressum.php")


def order_the_newsletter(shop: Shop) -> None:
    """The form is in an inline frame, and so is the answer that repeats the address."""
    frame = shop.page.frame_locator("iframe[name=neuigkeiten]")
    frame.locator("[name=nlmail]").press_sequentially(PERSONAL["nlmail"], delay=8)
    frame.locator("form[name=rundbrief] input[type=submit]").click()
    frame.get_by_text(PERSONAL["nlmail"]).wait_for()
    shop.settle()


def log_in_wrongly(shop: Shop) -> None:
    """The shop repeats the password, by script and from the server."""
    shop.open("/login.php")
    shop.type("kndnr", PERSONAL["kndnr"])
    show_while_typing(shop, "pw", shop.page.locator("input[type=button]"))
    assert SECRET["pw"] in shop.page.locator("#pwhinweis").inner_text()
    shop.submit("form[name=anmeldung]")
    assert SECRET["pw"] in shop.page.content()


def show_while_typing(shop: Shop, name: str, show: Locator) -> None:
    """Type half of a password, have it shown, type the rest, hide it and show it again."""
    secret = SECRET[name]
    half = len(secret) // 2
    shop.type(name, secret[:half])
    show.click()
    field = shop.page.locator(f"[name={name}]")
    field.press("End")
    field.press_sequentially(secret[half:], delay=8)
    field.blur()
    show.click()
    shop.page.wait_for_timeout(200)
    show.click()
