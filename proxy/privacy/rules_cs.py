"""Czech and Slovak words. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

CZECH_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"\bheslo|heslo\b|\bhesla\b|prístupové heslo",
        ("Heslo", "heslo_znovu", "noveHeslo", "Zopakujte heslo"),
        ("klíčové slovo",),
    ),
    Rule(
        "otp",
        r"(ověřovací|overovací|potvrzovací|potvrdzovací|aktivační|aktivačný|autorizační"
        r"|autorizačný|jednorázový|bezpečnostní sms|záložní|sms) (kód|heslo)|kód (z|ze) sms"
        r"|kod ?sms",
        ("Ověřovací kód", "Aktivační kód", "SMS kód", "Overovací kód"),
        ("slevový kód",),
    ),
    Rule(
        "secret_answer",
        r"(kontrolní|kontrolná|bezpečnostní|bezpečnostná|tajná) (otázka|odpověď|odpoveď)"
        r"|rodné (jméno|příjmení) matky",
        ("Kontrolní otázka", "Bezpečnostní otázka"),
        ("otázka",),
    ),
    Rule(
        "card_number",
        r"(číslo|č|cislo) (platební |kreditní |platobnej |vaší )?kart[yau]|(kreditní|platební"
        r"|debetní|dárková|kreditná|platobná) kart[ay]|cislokarty|dárkov[ée] karty",
        ("Číslo karty", "Platební karta", "cisloKarty", "Číslo platobnej karty"),
        ("klubová karta",),
    ),
    Rule(
        "card_holder",
        r"(držitel|majitel|vlastník|držiteľ|majiteľ)a? (karty|účtu)|jméno (a příjmení )?na kart"
        r"|meno na karte|jméno držitele",
        ("Držitel karty", "Jméno na kartě", "Majitel účtu"),
        ("držadlo",),
    ),
    Rule(
        "card_expiry",
        r"platnost|platnosť|(datum|měsíc|rok|dátum) (expirace|platnosti|exspirácie)|expirace"
        r"|exspir[aá]cia",
        ("Platnost karty", "Datum expirace", "Platnosť do"),
        ("platební",),
    ),
    Rule(
        "card_cvc",
        r"(bezpečnostní|bezpečnostný|kontrolní) kód( karty)?|kód karty",
        ("Bezpečnostní kód", "Bezpečnostný kód"),
        ("kód",),
    ),
    Rule(
        "bank_account",
        r"(číslo|cislo|č) (bankovního |bankového )?ú[cč]tu|bankovní účet|kód banky"
        r"|bankovní spojení|cislouctu|předčíslí",
        ("Číslo účtu", "Kód banky", "cisloUctu"),
        ("Můj účet",),
    ),
    Rule(
        "national_id",
        r"rodn[eé] ?(číslo|cislo)|^rč$|(občanský průkaz|občanského průkazu|občiansky preukaz)"
        r"|číslo (op|občansk|dokladu|pasu)|\bpas$|cestovní pas|cestovný pas|řidičsk(ý|ého) průkaz"
        r"|vodičský preukaz|\bčíslo pojištěnce|číslo cestovního pasu",
        ("Rodné číslo", "rodne_cislo", "Číslo občanského průkazu", "Řidičský průkaz"),
        ("rodný list", "pasta"),
    ),
    Rule(
        "health",
        r"zdraví|zdravotní|zdravotn[aá]|nemoc|těhotn|krevní skupina|postižení|pojišťovna|\bléky\b"
        r"|příznak|obtíže",
        ("Krevní skupina", "Zdravotní pojišťovna"),
        ("xyz",),
    ),
    Rule(
        "special",
        r"vyznání|náboženství|odbor(y|ové)$|sexuální orientace|etnick|politick[aeé] příslušnost"
        r"|národnost|státní občanství",
        ("Náboženství", "Národnost"),
        ("vyznamenání",),
    ),
    Rule(
        "email",
        r"elektronická (pošta|adresa)|e ?mailová|emailová",
        ("E-mailová adresa", "Elektronická pošta"),
        ("poštovné",),
    ),
    Rule(
        "birth_date",
        r"naroz[e]?n|narodenia|\bnarodeni|datum ?nar|^(den|měsíc|mesiac|deň)( ?\d)?$|^věk$|^vek$",
        ("Datum narození", "Dátum narodenia", "Věk", "měsíc", "datum_nar"),
        ("denně", "věková"),
    ),
    Rule(
        "phone",
        r"telefon|telefón|\bmobil\b|mobilní|mobilný|předvolba|predvoľba|\btelef",
        ("Telefon", "Mobil", "Telefónne číslo", "Předvolba"),
        ("mobiliář",),
    ),
    Rule("income", r"\bpříjem\b|\bplat\b$|mzda", ("Čistý příjem", "Mzda"), ("přijmout",)),
    Rule(
        "postal_code",
        r"\bpsč|psc\b|(poštovní|poštové) (směrovací|smerovacie)|směrovací číslo",
        ("PSČ", "psc", "Poštovní směrovací číslo", "dodaciPsc"),
        ("pošta",),
    ),
    Rule(
        "company",
        r"\bfirma|firmy\b|společnost|spoločnosť|zaměstnavatel|zamestnávateľ|organizace|povolání"
        r"|název (firmy|společnosti)|\bškola$",
        ("Firma", "Společnost", "Název firmy", "Spoločnosť"),
        ("konfirmace",),
    ),
    Rule(
        "vat_id",
        r"\bi[cč]o( firmy)?\b|\bdi[cč]\b|\bič ?dph",
        ("IČO", "DIČ", "IČ DPH", "ico_firmy"),
        ("icon", "audice"),
    ),
    Rule(
        "username",
        r"uživatel|užívateľ|používateľ|uzivatel|pouzivatel|přihlašovací|prihlasovac|přezdívka"
        r"|prezývka|(zákaznické|členské|klientské) číslo|číslo (zákazníka|zákaznické|klienta|člena"
        r"|smlouvy)",
        ("Uživatelské jméno", "Přihlašovací jméno", "Přezdívka", "Používateľské meno", "Zákaznické číslo"),
        ("užitečný",),
    ),
    Rule(
        "address",
        r"\badres|\bulic|\bulica|\bměsto|\bmesto|mesto\b|\bobec\b|(číslo|č|cislo) ?(popisné|domu"
        r"|orientační|p\b|popis)|\bčp\b|\bkraj\b|\bokres\b|^stát$|\bštát\b|\bkrajina\b|\bzemě\b"
        r"|část obce|bydliště|bydlisko|ulice\b",
        ("Adresa", "Ulice", "Město", "Obec", "Číslo popisné", "Ulica", "Stát", "fakturacni_ulice"),
        ("obecné", "zeměpis", "IP adresa"),
    ),
    Rule(
        "name",
        r"\bjm[eé]no|jmeno\b|\bmeno\b|meno$|příjmení|prijmeni|priezvisko|\bosloven[ií]|\bpohlaví"
        r"|\bpohlavie|\btitul\b|kontaktní osoba|příjemce",
        ("Jméno", "Příjmení", "Meno a priezvisko", "Jméno a příjmení", "Oslovení", "prijmeni"),
        ("název produktu", "znamenat", "jméno souboru"),
    ),
    Rule("plate", r"\bspz\b|registrační značka", ("SPZ",), ("spzx",)),
    Rule(
        "search",
        r"hledat|\bhledan|vyhled|hľadať|vyhľad|hľadan|klíčov[aeé] slov|^hledej|kľúčové slov",
        ("Hledat", "Vyhledávání", "Hľadať"),
        ("ohled",),
    ),
    Rule(
        "quantity",
        r"množství|množstvo|\bpočet\b|\bpocet\b|\bks$|mnozstvi",
        ("Množství", "Počet kusů", "Množstvo"),
        ("množina",),
    ),
    Rule(
        "coupon",
        r"slevový (kód|kupon|kupón)|zľavový|kupon|kupón|dárkový (poukaz|kód)|slevovy",
        ("Slevový kód", "Kupón", "Dárkový poukaz"),
        ("sleva",),
    ),
    Rule(
        "filter",
        r"řadit|\bseřadit|řazení|na stránku|cena (od|do)|kategorie",
        ("Řadit podle", "Cena od"),
        ("cena",),
    ),
    Rule("language", r"\bjazyk\b|\bměna\b", ("Jazyk",), ("jazykový",)),
    Rule(
        "consent",
        r"souhlas|súhlas|obchodní(mi)? podmínk|zapamatovat|pamatovat|zůstat přihlášen"
        r"|odběr novinek|novinky",
        ("Souhlasím s podmínkami", "Zapamatovat"),
        ("hlas",),
    ),
    Rule(
        "option",
        r"\bvelikost\b|\bbarva\b|\bfarba\b|veľkosť|způsob (platby|dopravy)|spôsob|typ karty",
        ("Velikost", "Způsob platby"),
        ("barvy zdarma",),
    ),
    Rule(
        "free_text",
        r"zpráva|zprava\b|správa\b|koment[aá][rř]|předmět|predmet|poznámk|poznamk|dotaz|vzkaz"
        r"|popis\b|\btext zprávy",
        ("Zpráva", "Předmět", "Poznámka", "Komentář"),
        ("zpravodaj",),
    ),
)
