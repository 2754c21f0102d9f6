"""The words of fields that hold something secret, in German and English. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

SECRET_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "secret_answer",
        r"(security|secret|sicherheits|geheim|kontroll|reminder) ?s? ?(question|answer|frage|antwort)"
        r"|mothers? (maiden|birth)|maiden ?name|maedchenname|erinnerungsfrage|memorable ?(word|answer|place)",
        ("securityAnswer", "Sicherheitsfrage", "Geheimantwort", "Mother's maiden name"),
        ("Ihre Frage", "answer"),
    ),
    Rule(
        "otp",
        r"\botp\b|one ?time ?(code|pass|pin|kennwort)|einmal ?(code|pass|kenn|pin)|\b(i|m|sms|chip"
        r"|push)? ?tan\b( ?\d)?|\btotp\b"
        r"|(\bsms|auth|authenticator|authentication|authentifizierungs|verification|verifizierungs"
        r"|verifikations"
        r"|bestaetigungs|confirmation|freischalt|zwei ?faktor|two ?factor|\b2 ?fa|\bmfa|recovery"
        r"|wiederherstellungs|backup"
        r"|login|anmelde|activation|aktivierungs) ?(code|token|pin|nummer)\b|\b2 ?fa\b|\bmfa\b",
        ("otp", "smsTan", "Bestätigungscode", "2FA code", "verification_code", "Einmalcode"),
        ("Tankstelle", "Botanik", "tangible"),
    ),
    Rule(
        "card_cvc",
        r"\b(cvc|cvv|csc|cvn|cvd|ccv)( ?\d)?( |$)|card ?(verification|security|validation|check)"
        r"|kartenpruef|pruef ?(nummer|ziffer)"
        r"|kartensicherheits|security ?(code|number)|sicherheits ?(code|nummer)|\bcc ?(cid|cvc|cvv|csc"
        r"|code)|(cvc|cvv) ?(code|nummer|number|2)?$",
        ("cvc", "cardCvv2", "Kartenprüfnummer", "Security code", "ccCid", "Prüfziffer"),
        ("acvcard", "code"),
    ),
    Rule(
        "card_expiry",
        r"(card|\bcc|karten?) ?(exp|valid|gueltig|ablauf|month|year|monat|jahr)|\bexp(iry|iration|ires?"
        r"|ir)?\b( ?(date|month|year|mm|yy|datum))?"
        r"|exp ?(date|month|year|mm|yy)|expir(y|ation|es)|gueltig(keit)? ?(bis|ab|sdatum)|ablauf ?(datum"
        r"|monat|jahr)|verfalls? ?(datum|monat|jahr)|\bmm ?(jj|yy|aa)",
        ("ccExp", "Gültig bis", "expiry_month", "Ablaufdatum", "card_year", "MM/YY"),
        ("experience", "export", "expert mode"),
    ),
    Rule(
        "card_holder",
        r"(card|karten|\bcc) ?(holder|owner|inhaber|name)|name ?(on|auf) ?(the |your |der "
        r"|ihrer )?(credit |kredit)? ?(card|karte)"
        r"|(konto|bank) ?inhaber|account ?(holder|owner)|cc ?(first|last|full) ?name",
        ("cardHolder", "Karteninhaber", "Name on card", "Kontoinhaber"),
        ("placeholder", "shareholder"),
    ),
    Rule(
        "card_number",
        r"(card|karten|\bcc|\bkk|kreditkarten?|creditcard) ?(number|num|no|nr|nummer|acct)\b"
        r"|credit ?card|kreditkarte|debit ?card"
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
        r"konto ?(nr|nummer|no|num)\b|\b(kto|ktonr|ktnr|blz|bic|swift)( ?(nr|code))?\b|bankleitzahl"
        r"|account ?(number|no|nr|num)\b"
        r"|sort ?code|routing ?(number|no|nr)|bank ?(account|verbindung|konto|code)|\baba\b",
        ("Kontonummer", "BLZ", "ktoNr", "sort-code", "account number", "BIC"),
        ("Konto anlegen", "cubicle", "Swiftly"),
    ),
    Rule(
        "national_id",
        r"(renten|sozial) ?versicherung|versicherten ?(nr|nummer)|\b(ssn|itin|nino|svnr|bsn|pesel)\b"
        r"|social ?security|steuer ?(id|nr|nummer|ident)"
        r"|\btax ?(id|number|no|payer)|reisepass|\bpass ?(nr|nummer)\b|passport|(personal)?ausweis"
        r"|identity ?card|\bid ?card\b|fuehrerschein"
        r"|driver ?s? ?licen[sc]e|driving ?licen[sc]e|national ?(id|insurance|identi)|kranken ?(kassen"
        r"|versicherungs|versicherten) ?(nr|nummer)",
        ("ssn", "Steuer-ID", "passportNumber", "Sozialversicherungsnummer", "Personalausweisnummer"),
        ("session", "mission", "tax included"),
    ),
    Rule(
        "health",
        r"\bhealth|gesundheit|krankheit|erkrankung|diagnos|\bmedi(kament|cation|cine)|allerg|blutgruppe"
        r"|blood ?(type|group)|behinderung|disabilit|schwanger|pregnan|symptom",
        ("Allergien", "diagnosis", "Schwerbehinderung", "blood_type"),
        ("wealth", "media"),
    ),
    Rule(
        "special",
        r"religion|konfession|religious|gewerkschaft|trade ?union|union ?member|ethnic|ethnizit|ethnisch"
        r"|sexual|sexuell|political|parteizugehoer|parteimitglied|biometri",
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
        r"passw(or[dt]|d)|passw$|pass ?wort|kenn ?wort|\b(pwd?|pass|pswd?|psw|pasw?s?w?or[dt]|kw"
        r"|losung(swort)?)( ?\d)?\b|pwd( ?\d)?\b"
        r"|pass ?(phrase|code|key)|\bpassw?\b|\bpword\b",
        ("passwd", "newPassword2", "Kennwort wiederholen", "user_pwd", "pw", "pass_wort", "passphrase"),
        ("compass", "passenger", "Passau", "passage"),
    ),
    Rule(
        "api_key",
        r"\bapi ?(key|token|secret)|secret ?key|client ?secret|access ?(token|key)|private ?key|[cx]srf"
        r"|\btoken\b|seed ?phrase|mnemonic|authenticity|\bnonce\b|session ?id|\bsid\b|view ?state"
        r"|event ?validation",
        ("api_key", "csrfmiddlewaretoken", "__VIEWSTATE", "Access token", "PHPSESSION_ID"),
        ("keyword", "inside"),
    ),
)
