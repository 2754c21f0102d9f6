"""The words that tell what a field holds: a table, first match wins within one source of words.

A pattern is matched in `words.canonical` text, so it is lower-case ASCII with single spaces between words, and ` ?`
stands where a name may be glued together. Every rule carries its examples, raw as they stand in pages: `match` must
be judged as its kind by the whole table, `clean` must not. tests/proxy/privacy/test_rules.py runs them.

Order: what is secret first, then what a more general word would swallow (`email` before `address`).
Languages: German and English. TODO(issue 5): fr it es pt nl pl cs sv da, and password and e-mail in ru ja zh.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import re2

from proxy.privacy.kinds import CLASS_OF
from proxy.privacy.words import canonical


@dataclass(frozen=True, slots=True)
class Rule:
    """`pattern` (linear-time syntax) in canonical words means `kind`; `match` and `clean` prove it."""

    kind: str
    pattern: str
    match: tuple[str, ...]
    clean: tuple[str, ...] = ()


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "secret_answer",
        r"(security|secret|sicherheits|geheim|kontroll|reminder) ?s? ?(question|answer|frage|antwort)"
        r"|mothers? (maiden|birth)|maiden ?name|maedchenname|erinnerungsfrage|memorable ?(word|answer|place)",
        ("securityAnswer", "Sicherheitsfrage", "Geheimantwort", "Mother's maiden name"),
        ("Ihre Frage", "answer"),
    ),
    Rule(
        "otp",
        r"\botp\b|one ?time ?(code|pass|pin|kennwort)|einmal ?(code|pass|kenn|pin)|\b(i|m|sms|chip|push)? ?tan\b( ?\d)?|\btotp\b"
        r"|(\bsms|auth|authenticator|authentication|authentifizierungs|verification|verifizierungs|verifikations"
        r"|bestaetigungs|confirmation|freischalt|zwei ?faktor|two ?factor|\b2 ?fa|\bmfa|recovery|wiederherstellungs|backup"
        r"|login|anmelde|activation|aktivierungs) ?(code|token|pin|nummer)\b|\b2 ?fa\b|\bmfa\b",
        ("otp", "smsTan", "Bestätigungscode", "2FA code", "verification_code", "Einmalcode"),
        ("Tankstelle", "Botanik", "tangible"),
    ),
    Rule(
        "card_cvc",
        r"\b(cvc|cvv|csc|cvn|cvd|ccv)( ?\d)?( |$)|card ?(verification|security|validation|check)|kartenpruef|pruef ?(nummer|ziffer)"
        r"|kartensicherheits|security ?(code|number)|sicherheits ?(code|nummer)|\bcc ?(cid|cvc|cvv|csc|code)|(cvc|cvv) ?(code|nummer|number|2)?$",
        ("cvc", "cardCvv2", "Kartenprüfnummer", "Security code", "ccCid", "Prüfziffer"),
        ("acvcard", "code"),
    ),
    Rule(
        "card_expiry",
        r"(card|\bcc|karten?) ?(exp|valid|gueltig|ablauf|month|year|monat|jahr)|\bexp(iry|iration|ires?|ir)?\b( ?(date|month|year|mm|yy|datum))?"
        r"|exp ?(date|month|year|mm|yy)|expir(y|ation|es)|gueltig(keit)? ?(bis|ab|sdatum)|ablauf ?(datum|monat|jahr)|verfalls? ?(datum|monat|jahr)|\bmm ?(jj|yy|aa)",
        ("ccExp", "Gültig bis", "expiry_month", "Ablaufdatum", "card_year", "MM/YY"),
        ("experience", "export", "expert mode"),
    ),
    Rule(
        "card_holder",
        r"(card|karten|\bcc) ?(holder|owner|inhaber|name)|name ?(on|auf) ?(the |your |der |ihrer )?(credit |kredit)? ?(card|karte)"
        r"|(konto|bank) ?inhaber|account ?(holder|owner)|cc ?(first|last|full) ?name",
        ("cardHolder", "Karteninhaber", "Name on card", "Kontoinhaber"),
        ("placeholder", "shareholder"),
    ),
    Rule(
        "card_number",
        r"(card|karten|\bcc|\bkk|kreditkarten?|creditcard) ?(number|num|no|nr|nummer|acct)\b|credit ?card|kreditkarte|debit ?card"
        r"|\bcc ?(num|nr|no)?$|\bpan\b|\bccn\b|gift ?card|geschenkkarte|card ?(number|nummer)",
        ("cardNumber", "Kreditkartennummer", "cc_no", "Karten-Nr.", "Credit card"),
        ("postcard", "company", "accept"),
    ),
    Rule(
        "iban",
        r"\biban|(konto|debit|sepa|bank|elv)iban|internationale ?(bank)? ?kontonummer",
        ("IBAN", "debit_iban", "kontoIban"),
        ("Cuban", "Liban"),
    ),
    Rule(
        "bank_account",
        r"konto ?(nr|nummer|no|num)\b|\b(kto|ktonr|ktnr|blz|bic|swift)( ?(nr|code))?\b|bankleitzahl|account ?(number|no|nr|num)\b"
        r"|sort ?code|routing ?(number|no|nr)|bank ?(account|verbindung|konto|code)|\baba\b",
        ("Kontonummer", "BLZ", "ktoNr", "sort-code", "account number", "BIC"),
        ("Konto anlegen", "cubicle", "Swiftly"),
    ),
    Rule(
        "vat_id",
        r"\bu ?st ?(id|idnr|nr)|umsatzsteuer|\bvat\b|\bvat ?(id|no|nr|number)|mwst ?(nr|nummer)|\buid ?(nr|nummer)\b",
        ("USt-IdNr.", "vatId", "VAT number"),
        ("private", "elevation"),
    ),
    Rule(
        "plate",
        r"kfz ?kenn|kennzeichen|licen[cs]e ?plate|number ?plate|plate ?(no|number|nr)",
        ("Kennzeichen", "license_plate"),
        ("template", "License"),
    ),
    Rule(
        "national_id",
        r"(renten|sozial) ?versicherung|versicherten ?(nr|nummer)|\b(ssn|itin|nino|svnr|bsn|pesel)\b|social ?security|steuer ?(id|nr|nummer|ident)"
        r"|\btax ?(id|number|no|payer)|reisepass|\bpass ?(nr|nummer)\b|passport|(personal)?ausweis|identity ?card|\bid ?card\b|fuehrerschein"
        r"|driver ?s? ?licen[sc]e|driving ?licen[sc]e|national ?(id|insurance|identi)|kranken ?(kassen|versicherungs|versicherten) ?(nr|nummer)",
        ("ssn", "Steuer-ID", "passportNumber", "Sozialversicherungsnummer", "Personalausweisnummer"),
        ("session", "mission", "tax included"),
    ),
    Rule(
        "health",
        r"\bhealth|gesundheit|krankheit|erkrankung|diagnos|\bmedi(kament|cation|cine)|allerg|blutgruppe|blood ?(type|group)|behinderung|disabilit|schwanger|pregnan|symptom",
        ("Allergien", "diagnosis", "Schwerbehinderung", "blood_type"),
        ("wealth", "media"),
    ),
    Rule(
        "special",
        r"religion|konfession|religious|gewerkschaft|trade ?union|union ?member|ethnic|ethnizit|ethnisch|sexual|sexuell|political|parteizugehoer|parteimitglied|biometri",
        ("Konfession", "sexual orientation", "Gewerkschaftsmitglied"),
        ("screen orientation", "Regional"),
    ),
    Rule(
        "pin",
        r"\bpin ?(code|nr|nummer|number|\d)?\b|geheimzahl|geheimnummer",
        ("pin", "Geheimzahl", "kartenPin", "PIN code"),
        ("shipping", "spin", "pinboard"),
    ),
    Rule(
        "password",
        r"passw(or[dt]|d)|passw$|pass ?wort|kenn ?wort|\b(pwd?|pass|pswd?|psw|pasw?s?w?or[dt]|kw|losung(swort)?)( ?\d)?\b|pwd( ?\d)?\b"
        r"|pass ?(phrase|code|key)|\bpassw?\b|\bpword\b",
        ("passwd", "newPassword2", "Kennwort wiederholen", "user_pwd", "pw", "pass_wort", "passphrase"),
        ("compass", "passenger", "Passau", "passage"),
    ),
    Rule(
        "api_key",
        r"\bapi ?(key|token|secret)|secret ?key|client ?secret|access ?(token|key)|private ?key|[cx]srf|\btoken\b|seed ?phrase|mnemonic|authenticity|\bnonce\b|session ?id|\bsid\b|view ?state|event ?validation",
        ("api_key", "csrfmiddlewaretoken", "__VIEWSTATE", "Access token", "PHPSESSION_ID"),
        ("keyword", "inside"),
    ),
    Rule(
        "email",
        r"e ?mail|\bmail( ?(adresse|address|addr|id|\d))?\b|e ?post ?adresse",
        ("eMail", "newsletter email", "E-Mail-Adresse", "user_mail"),
        ("mailing list", "Mailand"),
    ),
    Rule(
        "birth_date",
        r"geburts ?(tag|datum|date|jahr|monat|ort|name)|\bgeb ?(dat|datum|tag|jahr)?\b|birth|\bdob\b|\bb ?day\b|\bdate ?of ?b|\balter\b",
        ("Geburtsdatum", "geb_dat", "dob", "birthday", "Geb.-Tag"),
        ("Gebäude", "filter", "default"),
    ),
    Rule(
        "phone",
        r"tele[fp]h?on|\btel( ?(nr|no|nummer|number|\d))?\b|\b(phone|fax|handy|rufnummer|vorwahl|durchwahl|fon|mobil(e|nr|nummer|funk)?)\b|telefax|(cell|mobile|home|work|day|evening|i|tele|your)? ?phone|mobil(e|funk)? ?(nr|nummer|number|no)|area ?code|faxnummer|phone ?(number|no)",
        ("Telefonnummer", "Tel.", "mobileNumber", "phone_home", "Handy", "Fax"),
        ("hotel", "Saxophonist", "handycam"),
    ),
    Rule(
        "income",
        r"gehalt|einkommen|\bsalary\b|\bincome\b|net ?worth|jahresverdienst|\blohn\b",
        ("Nettoeinkommen", "annual income"),
        ("incoming", "belohnung"),
    ),
    Rule(
        "postal_code",
        r"\bplz\b|post ?leit|post ?(al)? ?code|\bzip( ?(code|\d))?\b|zip ?code|\bzip|\bpostal\b|plz$",
        ("PLZ", "zipCode", "postal_code", "Postleitzahl"),
        ("unzip", "post"),
    ),
    Rule(
        "company",
        r"\bfirm(a|en)\b|firmen? ?(name|bezeichnung)|firmenname|\bcompany|unternehmen|\borgani[sz]ation( ?name)?\b|\barbeitgeber\b|\bemployer\b|business ?name|\binstitution\b",
        ("Firma", "company_name", "organisation"),
        ("accompany", "Firmung"),
    ),
    Rule(
        "search",
        r"\bsuch(e|en|begriffe?|wort|worte|text|feld|anfrage|maske|string)?\b|search|\bquery\b|^q$|\bkey ?words?\b|stichw(ort|oerter)|^(s|qs|kw|find|finden)$|produktsuche|volltext",
        ("q", "searchTerm", "Suchbegriff", "Suche nach Artikeln", "site search"),
        ("besuche", "queryable"),
    ),
    Rule(
        "username",
        r"user ?(name|id|nr|login)?\b|username|benutzer ?(name|kennung|id)?\b|\blogin( ?(name|id|\d))?\b|log ?in ?name|nutzer ?(name|kennung)|anmelde ?name|\bnick( ?name)?\b|nickname"
        r"|account ?(name|id)|kunden ?(nr|nummer|id|konto)|\bkd ?nr\b|customer ?(no|nr|number|id)|member ?(id|number|no|name)|mitglieds? ?(nr|nummer|name)|screen ?name|\buid\b|\blogon\b",
        ("userName", "Benutzername", "login", "Kundennummer", "kd_nr"),
        ("Abuse report", "blogging"),
    ),
    Rule(
        "address",
        r"strasse|\bstr(asse)?( ?(nr|hausnr))?\b|haus ?(nr|nummer)|house ?(no|number|nr|name)|\baddress?( ?(line)? ?\d)?\b|address|\baddr( ?\d)?\b|anschrift|adress(e|zusatz)|\b(wohn)?ort\b|wohnort|\bstadt\b|\bcity\b|\btown\b|\bland\b|\bcountry\b|\bstate\b|province|bundesland|\bregion\b|\bcounty\b"
        r"|street|\bapt\b|apartment|\bsuite\b|\bkanton\b|\bgemeinde\b|\bstaat\b|\blocality\b|ortsteil|stadtteil|post ?fach|po ?box",
        ("Straße und Hausnummer", "billing_city", "addressLine1", "Ort", "country"),
        ("Landing page", "sort", "Status", "dispatch"),
    ),
    Rule(
        "location",
        r"\b(latitude|longitude|lat|lng|gps)\b|koordinaten|coordinates|geo ?location|mein standort|my location",
        ("lat", "gpsCoordinates", "Koordinaten"),
        ("flat", "translate"),
    ),
    Rule(
        "name",
        r"(vor|nach|familien|zu|ruf|mittel) ?namen?|\b(first|last|sur|family|given|middle|full|your|real|christian|contact|maiden|fore) ?(name|initial)|surname|forename|\bname\b|\b[flm] ?name\b|ansprech(partner|person)|contact ?person|\banrede\b|salutation|honorific|empfaenger|\brecipient\b|\bgender\b|geschlecht|\bsex\b|vor und nach",
        ("Vorname", "lastName", "fname", "Ihr Name", "Anrede", "full name", "Nachnamen"),
        ("rename", "product_name", "file name", "domainname"),
    ),
    Rule(
        "quantity",
        r"\bmenge\b|menge$|\banzahl|stueck(zahl)?\b|\bqty|quantity|quantit|\bqu?ty\b|product ?amount|how many|wie viele",
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
        r"\bsort(ing|ier(en|ung)?)?\b|sort ?(by|order|dir)|\bfilter|order ?by|reihenfolge|\bper ?page\b|page ?(size|no|number|limit)|pro seite|(min|max) ?(price|preis)|(price|preis) ?(min|max|from|to|von|bis|range)",
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
        r"newsletter|\bagb\b|\bagree|accept|akzeptier|einverstanden|einwillig|zustimm|\bterms\b|datenschutz|\bprivacy\b|consent|opt ?in\b|remember ?(me|login)?\b|angemeldet|eingeloggt|stay ?(logged|signed)|keep me|perm ?login|subscri|gelesen",
        ("AGB akzeptieren", "newsletter", "terms", "remember_me", "Ich bin einverstanden"),
        ("tomato", "determs"),
    ),
    Rule(
        "option",
        r"\bgroesse\b|\bsize\b|\bfarbe\b|\bcolou?r\b|\bvariante?\b|\boptions?\b|\bmaterial\b|(shipping|payment|delivery) ?(method|type|option)|versand ?art|zahlungs? ?(art|weise)|liefer ?art",
        ("size", "Farbe", "Zahlungsart", "shipping_method"),
        ("resize", "colorado"),
    ),
    Rule(
        "free_text",
        r"nachricht|\bmessage|kommentar|\bcomments?\b|bemerkung|mitteilung|anmerkung|\bnotes?\b|beschreibung|description|feedback|\bfrage\b|\bfragen\b|betreff|\bsubject\b|\banliegen\b|\btext\b|\bquestion|\binquiry\b|\brequest\b",
        ("Ihre Nachricht", "comment", "Betreff", "description"),
        ("notebook", "messe"),
    ),
)

_NOT_NAMES: Final = re2.compile(
    r"\b(product|produkt|artikel|item|file|datei|domain|host|event|project|projekt|page|brand|model|group|team|list|class|field|tag|dog|pet|book) ?(s )?name"
)


def _compiled() -> re2.Set:
    options = re2.Options()
    options.max_mem = 64 << 20  # the whole table in one automaton
    found = re2.Set.SearchSet(options)
    for rule in RULES:
        found.Add(rule.pattern)
    found.Compile()
    return found


_SET: Final = _compiled()


def kinds_in(text: str) -> tuple[str, ...]:
    """Kinds whose words stand in `text` (raw, as it stands in the page), in the table's order."""
    words = canonical(text)
    if not words:
        return ()
    kinds = [RULES[index].kind for index in sorted(_SET.Match(words) or ())]
    if "name" in kinds and _NOT_NAMES.search(words):
        kinds.remove("name")
    return tuple(kinds)


def kind_of(text: str) -> str | None:
    """The kind that the words of `text` tell, or None."""
    return next(iter(kinds_in(text)), None)


def class_of(kind: str) -> str:
    """The class of a kind; `KeyError` for one that is not in the contract."""
    return CLASS_OF[kind]
