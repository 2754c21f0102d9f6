"""The words of fields that hold something harmless or unknown, in German and English. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

HARMLESS_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "search",
        r"\bsuch(e|en|begriffe?|wort|worte|text|feld|anfrage|maske|string)?\b|search|\bquery\b|^q$"
        r"|\bkey ?words?\b|stichw(ort|oerter)|^(s|qs|kw|find|finden)$|produktsuche|volltext",
        ("q", "searchTerm", "Suchbegriff", "Suche nach Artikeln", "site search"),
        ("besuche", "queryable"),
    ),
    Rule(
        "quantity",
        r"\bmenge\b|menge$|\banzahl|stueck(zahl)?\b|\bqty|quantity|quantit|\bqu?ty\b|product ?amount"
        r"|how many|wie viele",
        ("qty", "Menge", "quantity_1", "Anzahl Personen", "Stückzahl"),
        ("mengenlehre", "account"),
    ),
    Rule(
        "coupon",
        r"gutschein|coupon|promo(tion)?s? ?code|\bpromo\b|voucher|rabatt ?code|discount ?code|aktions ?code",
        ("Gutscheincode", "coupon_code", "promoCode"),
        ("promotion video", "discount"),
    ),
    Rule(
        "rating",
        r"\bbewertung\b|\brating\b|\bsterne\b|\bstars?\b",
        ("rating", "Bewertung"),
        ("start", "operating"),
    ),
    Rule(
        "filter",
        r"\bsort(ing|ier(en|ung)?)?\b|sort ?(by|order|dir)|\bfilter|order ?by|reihenfolge|\bper ?page\b"
        r"|page ?(size|no|number|limit)|pro seite|(min|max) ?(price|preis)|(price|preis) ?(min|max|from"
        r"|to|von|bis|range)",
        ("sort_by", "Sortierung", "filterColor", "priceFrom", "Artikel pro Seite"),
        ("sortiment", "resort"),
    ),
    Rule(
        "language",
        r"\bsprache\b|\blanguages?\b|\blang\b|\blocale\b",
        ("lang", "Sprache", "language"),
        ("slang", "langsam"),
    ),
    Rule(
        "consent",
        r"newsletter|\bagb\b|\bagree|accept|akzeptier|einverstanden|einwillig|zustimm|\bterms\b"
        r"|datenschutz|\bprivacy\b|consent|opt ?in\b|remember ?(me|login)?\b|angemeldet|eingeloggt"
        r"|stay ?(logged|signed)|keep me|perm ?login|subscri|gelesen",
        ("AGB akzeptieren", "newsletter", "terms", "remember_me", "Ich bin einverstanden"),
        ("tomato", "determs"),
    ),
    Rule(
        "option",
        r"\bgroesse\b|\bsize\b|\bfarbe\b|\bcolou?r\b|\bvariante?\b|\boptions?\b|\bmaterial\b|(shipping"
        r"|payment|delivery) ?(method|type|option)|versand ?art|zahlungs? ?(art|weise)|liefer ?art",
        ("size", "Farbe", "Zahlungsart", "shipping_method"),
        ("resize", "colorado"),
    ),
    Rule(
        "free_text",
        r"nachricht|\bmessage|kommentar|\bcomments?\b|bemerkung|mitteilung|anmerkung|\bnotes?\b"
        r"|beschreibung|description|feedback|\bfrage\b|\bfragen\b|betreff|\bsubject\b|\banliegen\b"
        r"|\btext\b|\bquestion|\binquiry\b|\brequest\b",
        ("Ihre Nachricht", "comment", "Betreff", "description"),
        ("notebook", "messe"),
    ),
)
