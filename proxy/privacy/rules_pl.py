"""Polish words. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

POLISH_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"\bhas[lł]o|haslo\b|hasla\b",
        ("Hasło", "powtórz hasło", "noweHaslo", "haslo2"),
        ("rozgłoszenie",),
    ),
    Rule(
        "otp",
        r"kod (weryfikacyjny|potwierdz|sms|aktywacyjny|jednorazowy|autoryzacyjny|dostępu|zapasowy"
        r"|uwierzytelniający|z sms|bezpieczeństwa z)|hasło (jednorazowe|sms)|kodsms|\d cyfrowy kod"
        r"|kod z (aplikacji|e ?mail)",
        ("Kod weryfikacyjny", "Kod SMS", "Hasło jednorazowe"),
        ("kod rabatowy", "kod pocztowy"),
    ),
    Rule(
        "secret_answer",
        r"(pytanie|odpowiedź) (pomocnicze|bezpieczeństwa|kontrolne|na pytanie)"
        r"|nazwisko (panieńskie|rodowe) matki|przypomnienie hasła",
        ("Pytanie pomocnicze", "Nazwisko panieńskie matki"),
        ("pytanie",),
    ),
    Rule(
        "card_number",
        r"(numer|nr) (twojej )?karty|karta (kredytowa|płatnicza|debetowa|podarunkowa)"
        r"|karty (kredytowej|płatniczej)|numerkarty|nrkarty",
        ("Numer karty", "nr_karty", "Karta kredytowa"),
        ("kartka", "karta stałego klienta"),
    ),
    Rule(
        "card_holder",
        r"(posiadacz|właściciel|użytkownik)a? (karty|rachunku|konta)|(imię i nazwisko|nazwisko"
        r"|imię) (na|posiadacza) kar",
        ("Posiadacz karty", "Imię i nazwisko na karcie"),
        ("posiadanie",),
    ),
    Rule(
        "card_expiry",
        r"(data|termin|miesiąc|rok) (ważności|wygaśnięcia)|ważna do|ważność|ważnosci|\bwygasa",
        ("Data ważności", "Ważna do", "Termin ważności"),
        ("ważne informacje",),
    ),
    Rule(
        "card_cvc",
        r"kod (bezpieczeństwa|zabezpieczający|cvv|cvc)|cyfry na odwrocie",
        ("Kod bezpieczeństwa", "kod CVV"),
        ("bezpieczeństwo",),
    ),
    Rule(
        "bank_account",
        r"(numer|nr) (rachunku|konta)|rachunek bankowy|konto bankowe|rachunku bankowego",
        ("Numer rachunku", "nr konta", "Konto bankowe"),
        ("Moje konto",),
    ),
    Rule(
        "national_id",
        r"\bpesel|dowód osobisty|dowodu( osobistego)?|paszport|prawo jazdy"
        r"|(seria i )?numer dokumentu|\bnumer dowodu|\bregon\b",
        ("PESEL", "Numer dowodu osobistego", "Paszport", "Prawo jazdy"),
        ("prawo", "przesel"),
    ),
    Rule(
        "health",
        r"zdrowi|chorob|\bciąż[ay]|grupa krwi|niepełnosprawn|leki\b|objawy|\blekarz",
        ("Grupa krwi", "Niepełnosprawność"),
        ("ciążnik",),
    ),
    Rule(
        "special",
        r"wyznanie|związk(i|u) zawodow|orientacja seksualna|pochodzenie etniczne"
        r"|poglądy polityczne|narodowość|obywatelstwo",
        ("Wyznanie", "Obywatelstwo"),
        ("wyzwanie",),
    ),
    Rule(
        "email",
        r"adres (e ?mail|poczty)|poczta (elektroniczna|e)",
        ("Adres e-mail", "Poczta elektroniczna"),
        ("poczta",),
    ),
    Rule(
        "birth_date",
        r"urodzen|\bdata ?ur\b|urodzin|^(dzień|miesiąc|rok)( ?\d)?$|^wiek$|\bdd ?mm ?rr",
        ("Data urodzenia", "dataUrodzenia", "Wiek", "miesiąc", "Miejsce urodzenia"),
        ("wiekowy", "urodzaj", "dzień dobry"),
    ),
    Rule(
        "phone",
        r"telefon|komórk|\btelef|kierunkowy|kom[oó]rkow",
        ("Telefon", "Numer telefonu", "Telefon komórkowy", "Nr tel."),
        ("komora",),
    ),
    Rule(
        "income",
        r"zarobki|\bdochód\b|dochody|wynagrodzeni|oczekiwania (finansowe|fin)",
        ("Dochód", "Oczekiwane wynagrodzenie"),
        ("dochodzi do", "nagroda"),
    ),
    Rule(
        "postal_code",
        r"kod ?(pocztowy|poczt)|\bkodpocz|^kod p$",
        ("Kod pocztowy", "kod_pocztowy", "kodpocztowy"),
        ("poczta", "kod"),
    ),
    Rule(
        "company",
        r"\bfirm[ay]\b|nazwa (firmy|przedsiębiorstwa|instytucji|szkoły)|\bfirma|pracodawc"
        r"|stanowisko|\bzawód\b|instytucja|przedsiębiorstwo",
        ("Firma", "Nazwa firmy", "nazwaFirmy", "Pracodawca"),
        ("konfirmacja",),
    ),
    Rule("vat_id", r"\bnip\b|numer nip|\bkrs\b", ("NIP",), ("snip",)),
    Rule(
        "username",
        r"użytkownik|uzytkownik|nazwa (użytkownika|konta)|\blogin\b|\bpseudonim|\bnick|(numer"
        r"|nr) (klienta|użytkownika|karty stałego|członkowski|albumu)|identyfikator",
        ("Nazwa użytkownika", "Numer klienta", "Identyfikator", "nazwa_uzytkownika"),
        ("użytek",),
    ),
    Rule(
        "address",
        r"\badres|adres\b|\bulic|\bul$|ulica\b|\bmiasto|miasto\b|miejscowo|(numer|nr) (domu|lokalu"
        r"|mieszkania|budynku)|\bkraj\b|województw|wojewodztw|\bgmina\b|powiat|\bpoczta$|skrytka"
        r"|dzielnica|zamieszkania",
        ("Adres", "Ulica", "Miasto", "Miejscowość", "Nr domu", "Kraj", "ulica_dostawy", "Województwo"),
        ("krajowy", "adres IP"),
    ),
    Rule(
        "name",
        r"\bimi[eę]|imie\b|nazwisko|imi[eę] i nazw|\bpłeć\b|odbiorca|osoba kontaktowa|\bimiona\b"
        r"|zwrot grzecz|podpis$|^kto$",
        ("Imię", "Nazwisko", "Imię i nazwisko", "txtImie", "Płeć", "nazwisko_odbiorcy"),
        ("nazwa produktu",),
    ),
    Rule("plate", r"(numer|nr) rejestracyjny", ("Numer rejestracyjny",), ("rejestracja",)),
    Rule(
        "search",
        r"szukaj|wyszukaj|wyszukiwa|szukan|słow[oa] kluczow|^fraza$",
        ("Szukaj", "Wyszukiwarka", "Słowo kluczowe"),
        ("xyz",),
    ),
    Rule(
        "quantity",
        r"\bilość|liczba (osób|sztuk|dzieci|dorosłych)|\bilosc|\bsztuk\b",
        ("Ilość", "Liczba osób"),
        ("liczba",),
    ),
    Rule(
        "coupon",
        r"kod (rabatowy|promocyjny|kuponu)|kupon|bon (podarunkowy|rabatowy)",
        ("Kod rabatowy", "Kupon"),
        ("rabat",),
    ),
    Rule(
        "filter",
        r"\bsortuj|sortowanie|na stronie|\bfiltruj|cena (od|do)|kategoria",
        ("Sortuj", "Cena od", "Kategoria"),
        ("cena",),
    ),
    Rule("language", r"\bjęzyk\b|\bwaluta\b", ("Język",), ("językowy",)),
    Rule(
        "consent",
        r"akceptuj|zgadzam|zgod[aę]\b|regulamin|zapamiętaj|pamiętaj mnie|wyrażam",
        ("Akceptuję regulamin", "Zapamiętaj mnie"),
        ("pamiętnik",),
    ),
    Rule(
        "option",
        r"\brozmiar\b|\bkolor\b|(sposób|metoda|forma) (płatności|dostawy)|typ karty",
        ("Rozmiar", "Sposób płatności"),
        ("kolorowanka",),
    ),
    Rule(
        "free_text",
        r"wiadomość|komentarz|temat\b|\btreść|uwagi|\bopis\b|pytanie",
        ("Wiadomość", "Temat", "Treść", "Uwagi"),
        ("xyz",),
    ),
)
