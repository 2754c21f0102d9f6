"""English words of secrets, and abbreviations of programmers everywhere. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

ENGLISH_SECRET_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"passw(or|r|ro|o)?d|\bpass ?(wrd|word|wort|phrase|code|key)|pass(wd?|phrase|code)\b"
        r"|\bpwo?r?ds?\b|pwd\b|\b(pw|psw|pswd|psswd|psswrd|pasw?ss?w?or[dt]|paswd)\b|^pw? ?\d?$"
        r"|^pass( ?\d)?\b|\bpass( ?\d)?$|\bpw\b|(user|login|log|new|old|re|my|member|admin|account"
        r"|usr|acct|client)pass(w|wd)?\b|\bsecret word\b|secret word",
        (
            "passwd",
            "newPassword2",
            "user_pwd",
            "pw",
            "passphrase",
            "j_password",
            "login[pass]",
            "userpass",
            "txtPwd",
        ),
        ("compass", "passenger", "Passau", "passage", "pw_hint_dog", "ski pass type"),
    ),
    Rule(
        "otp",
        r"\bt?otps?( ?\d)?\b|one ?time ?(code|pass|pin|pw)|\b[im]?tan\b( ?\d)?|\b(sms|push) ?tan\b"
        r"|\b(sms|auth|authenticat(or|ion)|verif(ication|y)|confirm(ation)?|two ?factor|two ?step"
        r"|2 ?(fa|step|factor)|mfa|tfa|recovery|backup|log ?in|sign ?in|activation|access|approval"
        r"|authori[sz]ation|one ?time|temporary|device|magic|unlock|reset|digit|dynamic"
        r"|login) ?(pass ?)?codes?\b|(security|safety|auth|authenticat(or|ion)|login|hardware"
        r"|verification) ?(token|key)\b|\b2 ?fa\b|\b[mt]fa\b|\bauthenticator\b|\bdigit code\b"
        r"|(verification|activation|authentication) ?number|code (was |we |has been )?(sent|texted"
        r"|e ?mailed)|\bpasscode sent|\brsa ?(token|secur)|\bsecur ?id\b|\bsms ?code"
        r"|code from (the )?(app|sms|text)",
        ("otp", "smsTan", "2FA code", "verification_code", "6-digit code", "backupCode", "security key", "otp3"),
        ("Tankstelle", "tangible", "postcode", "discount code"),
    ),
    Rule(
        "secret_answer",
        r"\b(security|secret|challenge|hint|reminder|password|pwd|personal|recovery|verification"
        r"|memorable|safety) ?(s )?(question|answer|hint|ques|ans\b|word\b|place\b|date\b)"
        r"|mother ?s? ?(maiden|birth)|maiden ?name|(question|answer) ?(for|to) (secur|secret"
        r"|password|challenge)|\bpw ?hint",
        ("securityAnswer", "secret_question_2", "Mother's maiden name", "challengeAnswer", "Password hint"),
        ("answer", "question", "personal data"),
    ),
    Rule(
        "pin",
        r"\bpin ?(code|no|number|\d)?\b|\b(card|user|login|order|new|old|confirm|atm|my)pin\b",
        ("pin", "PIN code", "new_pin", "userpin"),
        ("shipping", "spin", "pinboard", "pinterest"),
    ),
    Rule(
        "api_key",
        r"\bapi ?(key|token|secret)|secret ?(access ?)?key|client ?secret|access ?(token|key)"
        r"|private ?key|[cx]srf|\btoken\b|(seed|recovery|backup|mnemonic|secret) ?phrase|mnemonic"
        r"|authenticity|\bnonce\b|session ?(id|key)|\bsid\b|view ?state|event ?validation"
        r"|\blicen[sc]e ?key|\bproduct ?key|\bserial ?key|\bbearer\b|\bwallet ?(key|seed|address)"
        r"|webhook ?secret|encryption ?key|ssh ?key|\bform ?key\b|(csrf|form|wp)nonce\b"
        r"|\b(consumer|signing|app|shared|webhook|oauth) ?secret|sess(ion)? ?id\b|\bstripe sk\b"
        r"|\bsk (live|test)",
        ("api_key", "csrfmiddlewaretoken", "__VIEWSTATE", "Access token", "seed phrase", "Secret access key"),
        ("keyword", "inside", "key"),
    ),
    Rule(
        "card_number",
        r"\b(credit|debit|payment|bank|cc|crd|c|gift|store|charge|visa|amex|master) ?(card"
        r"|crd) ?(number|num|no|nbr|numb|nr|n|acct|account|digits|code|\d)?( ?\d)?$|\b(credit"
        r"|debit|payment|bank|gift) ?cards?\b|creditcard|card ?(number|num|nbr|numb|digits|acct"
        r"|account)|\bcard ?(no|nr|n)\b|\b(cc|crd|ccard) ?(number|num|no|nbr|numb|nr|n|acct"
        r"|account|card|pan)\b|\bcc ?\d?$|\bccn(um)?\b|\bccnum(ber)?|\bpan\b|^card( ?\d)?$"
        r"|\baccount ?number ?on ?card|gift ?(card|certificate) ?(number|code|no)"
        r"|payment ?acct ?num",
        (
            "cardNumber",
            "cc_no",
            "Credit card",
            "card-no",
            "ccnum3",
            "debit_card",
            "Gift card number",
            "cardnumber4",
        ),
        ("postcard", "company", "accept", "credit card type", "business card", "cardio"),
    ),
    Rule(
        "card_holder",
        r"card ?(holder|owner|member|user)|\b(cc|card|crd|ccard) ?(first|last|full|given|family"
        r"|middle|holder)? ?(s )?name|name ?(s |as )?(it )?(appears )?(printed |shown "
        r"|written )?(on|of) ?(the |my |this )?(credit |debit |bank |payment |cc)? ?card|(account"
        r"|bank|acct) ?(holder|owner)|name ?on ?(the )?(account|cc)|(payment|credit card|cc"
        r"|payer) ?holder|\bcc ?(holder|owner)|name ?on ?card|as (it )?appears on( the)? card"
        r"|\bcc ?form ?(full ?)?name|appears on (the )?card",
        ("cardHolder", "Name on card", "cc_name", "Name as it appears on your credit card", "account_holder"),
        ("placeholder", "shareholder", "postcard"),
    ),
    Rule(
        "card_expiry",
        r"(card|\bcc|crd) ?(exp|valid|month|year|date|mm\b|yy|mo\b|yr\b|mon\b|m\b|y\b)|\bexp(iry"
        r"|iration|ires?|ir|d)?\b( ?(date|dt|month|year|mm|yy|mo|yr|mon|m|y))?|exp(i?r(y|e|ation"
        r"|es|ing)?|d)? ?(date|dt|month|year|mo?nth?|mm|yy|yr|mo)\b|expir(y|ation|es|ing|e)|(valid"
        r"|good) ?(from|until|till|thru|through|to)\b|^mm ?yy(yy)?$|\bmonth ?(yy|year)$|\bm ?y$"
        r"|card ?issue|issue (number|date)|\bstart ?date ?(of|on)? ?(the )?card",
        ("ccExp", "expiry_month", "card_year", "MM/YY", "Exp. Date", "ExpMon", "valid thru", "expDate", "cc_mm"),
        ("experience", "export", "expert mode", "MM/DD/YYYY"),
    ),
    Rule(
        "card_cvc",
        r"\b(cvc|cvv|csc|cvn|cvd|ccv|cvs|cv ?2|cvm|ccid)( ?\d)?( |$)|(cvc|cvv|ccv|cvn) ?(code"
        r"|number|num|no|nr|value|\d)?$|(card|cc|crd) ?(verification|verif|ver|security|sec"
        r"|validation|check|ident\w*|id|v|vv) ?(code|number|num|no|nr|value|digits|cd)?$"
        r"|card ?(verification|security|validation|check)|\bcc ?(cid|code|sec|cc?v|ver)"
        r"|security ?(code|number|num|no|digits)|\b(sec|verification|ver|signature|validation"
        r"|verif) ?(value|digits|cd)\b|\bcid\b|(digits?|code|number) (on|at) (the )?(back|rear"
        r"|reverse)|\bsec ?code\b|\bsecuritycode\b|card ?v ?code|validation code",
        ("cvc", "cardCvv2", "Security code", "ccCid", "cardVerificationNumber", "cc_cvv", "3 digits on the back"),
        ("acvcard", "code", "discover", "cv upload"),
    ),
    Rule(
        "iban",
        r"\biban|iban\b|international ?bank ?account",
        ("IBAN", "debit_iban", "ibanNumber", "bankiban"),
        ("Cuban", "urbane"),
    ),
    Rule(
        "bank_account",
        r"account ?(number|no|nr|num|nbr|num?ber)\b|\b(bic|swift)( ?(code|number|no|nr))?\b"
        r"|sort ?code|routing( ?(number|no|nr|num|code))?\b|bank ?(account|code|acct|details)"
        r"|\baba( ?(number|no))?\b|\bacct ?(num|no|nbr|number)|\biban ?bic|transit ?number"
        r"|\bifsc\b|\bbsb\b|checking account|savings account|direct debit ?(acc|num)|\bclabe\b",
        ("sort-code", "account number", "BIC", "routingNumber", "IFSC", "acctNum", "BSB"),
        ("cubicle", "Swiftly", "account name", "absbase"),
    ),
    Rule(
        "national_id",
        r"\b(ssn|itin|nino|ein|tin)( ?\d)?\b|social ?(security|insurance|sec)|\bsoc ?sec|\bss ?(n"
        r"|no|number)\b|\btax ?(id|number|no|payer|file|code)|passport|identity ?(card|number"
        r"|document|no)|\bid ?(card|document|proof)\b|driver ?s? ?li[cs]|\bdl ?(number|no|num)\b"
        r"|driving ?li[cs]|driv\w* ?permit|national ?(id\b|id ?no|insurance|identi|number)"
        r"|\bsin ?(number|no)\b|medicare ?(number|no)|\bnhs\b|\baadha?ar|(government"
        r"|state) ?(issued )?id\b|\bpersonal ?(id|identification) ?(number|no|code)\b|citizen ?(id"
        r"|ship ?n)|residen(ce|t|cy) ?(permit|card)|\balien ?(reg|number)|\bvoter ?id|military ?id"
        r"|licen[cs]e ?number|last (four|4) (digits )?of (the )?s",
        (
            "ssn",
            "passportNumber",
            "driver's license",
            "National Insurance number",
            "social_security_1",
            "taxId",
            "id card",
        ),
        ("session", "mission", "tax included", "national park"),
    ),
    Rule(
        "health",
        r"\bhealth|\bdiagnos|\bmedi(cation|cine|cal)|allerg|blood ?(type|group)|disabilit"
        r"|\bdisabled\b|pregnan|symptom|disease|\billness|\bvaccin|\binsurance ?(policy|number|id"
        r"|member|card)|\bdietary|\bsurger|prescription|\bpatient ?(id|no|num)|wheelchair"
        r"|\bsmok(er|e|ing)\b|medication|\bdoctor\b|diabet|asthma|epilep|hepatitis|\bhiv\b"
        r"|\bcancer\b|\bdepression\b|reason for (your |the )?visit|told (that )?you have",
        ("diagnosis", "blood_type", "Allergies", "medical history", "Are you pregnant?"),
        ("wealth", "media", "insurance type"),
    ),
    Rule(
        "special",
        r"religio(n|us)|trade ?union|union ?member|ethnic|\brace\b|sexual|\bpolitical|biometri"
        r"|finger ?print|\bfaith\b|criminal|conviction|party ?member|\bcaste\b|denomination"
        r"|voted? for|which party",
        ("sexual orientation", "Ethnicity", "political views", "Religion", "race", "fingerprint"),
        ("screen orientation", "regional", "politics news", "trace"),
    ),
)
