"""German words. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

GERMAN_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"pass ?wort|passwoerter|kenn ?wort|\b(kw|losung(swort)?|zugangswort)( ?\d)?$|schluesselwort",
        ("Kennwort wiederholen", "pass_wort", "Neues Passwort", "Losungswort", "passwort2"),
        ("Reisepass", "Passau", "Stichwort"),
    ),
    Rule(
        "otp",
        r"einmal ?(code|pass|kenn|pin)|\b(chip|photo|push|m|i|sms) ?tan\b|tan ?(nr|nummer|code)\b"
        r"|(verifi(zierungs|kations)|bestätigungs|freischalt|freigabe|zwei ?faktor"
        r"|wiederherstellungs|anmelde|aktivierungs|authentifizierungs|zugangs|notfall|entsperr|sms"
        r"|prüf) ?(code|token|pin|nummer|schlüssel)\b|\d ?stelliger code",
        ("Bestätigungscode", "Einmalcode", "Freischaltcode", "chipTAN", "TAN-Nr.", "6-stelliger Code"),
        ("Tankstelle", "Botanik", "Rabattcode"),
    ),
    Rule(
        "secret_answer",
        r"(sicherheits|geheim|kontroll|passwort) ?(frage|antwort|hinweis)|mädchenname"
        r"|erinnerungsfrage|geburtsname (der|ihrer) mutter",
        ("Sicherheitsfrage", "Geheimantwort", "Mädchenname der Mutter"),
        ("Ihre Frage", "Antwort"),
    ),
    Rule(
        "pin",
        r"geheimzahl|geheimnummer|geheim ?code|karten ?pin|pin ?nummer",
        ("Geheimzahl", "kartenPin", "PIN-Nummer"),
        ("Pinnwand", "Geheimnis"),
    ),
    Rule(
        "card_number",
        r"(kredit|\bkk|debit|bank|ec|giro|geschenk) ?karten? ?(nr|nummer|no|num)?\b|karten? ?(nr"
        r"|nummer|num)\b|\bkk ?nr\b|kreditkarte",
        ("Kreditkartennummer", "Karten-Nr.", "kk_nr", "Kreditkarte", "Geschenkkarte"),
        ("Postkarte", "Kartenspiel", "Kundenkarte", "Kreditkartentyp"),
    ),
    Rule(
        "card_holder",
        r"karten ?(inhaber|besitzer|eigentümer)|name (auf|des) (der |ihrer "
        r"|karten)?(kredit)? ?(karte|inhabers?)|(konto|bank) ?inhaber",
        ("Karteninhaber", "Name auf der Karte", "Kontoinhaber"),
        ("Firmeninhaber", "Inhaber"),
    ),
    Rule(
        "card_expiry",
        r"gültig(keit)? ?(bis|ab|sdatum|smonat|sjahr)|gültigkeit|ablauf ?(datum|monat|jahr)"
        r"|verfalls? ?(datum|monat|jahr)|^mm ?jj(jj)?$|karten? ?(monat|jahr|ablauf|gültig)"
        r"|läuft ab|\bkk ?(jahr|monat|gueltig|ablauf)",
        ("Gültig bis", "Ablaufdatum", "MM/JJ", "Verfallsdatum", "Gültigkeit"),
        ("TT.MM.JJJJ", "Ablauf der Bestellung"),
    ),
    Rule(
        "card_cvc",
        r"karten ?prüf|prüf ?(nummer|ziffer|zahl)|karten ?sicherheits|sicherheits ?(code|nummer)"
        r"|karten ?folge|prüfcode",
        ("Kartenprüfnummer", "Prüfziffer", "Sicherheitscode", "Kartenprüfnr."),
        ("Sicherheit", "Prüfung"),
    ),
    Rule(
        "iban",
        r"internationale (bank)?konto ?nummer",
        ("Internationale Kontonummer",),
        ("International",),
    ),
    Rule(
        "bank_account",
        r"konto ?(nr|nummer|no|num)\b|\b(kto|ktonr|ktnr|blz)( ?nr)?\b|bank ?leit ?zahl"
        r"|bank ?(verbindung|konto|name)|\bgeldinstitut|kreditinstitut|^bank$",
        ("Kontonummer", "BLZ", "ktoNr", "Bankverbindung", "Bankleitzahl"),
        ("Konto anlegen", "Sitzbank"),
    ),
    Rule(
        "national_id",
        r"(renten|sozial) ?versicherung|versicherten ?(nr|nummer)|\bsv ?(nr|nummer)\b|steuer ?(id"
        r"|nr|nummer|ident)|reise ?pass|\bpass ?(nr|nummer)\b|ausweis|führerschein"
        r"|kranken ?(kassen|versicherungs|versicherten|versicherung) ?(nr|nummer)|ahv ?(nr"
        r"|nummer)?\b|\btin\b",
        ("Steuer-ID", "Sozialversicherungsnummer", "Personalausweisnummer", "Reisepass", "AHV-Nr."),
        ("Passwort", "Versicherung"),
    ),
    Rule(
        "health",
        r"gesundheit|krankheit|erkrankung|diagnose|medikament|blutgruppe|behinder|schwanger"
        r"|krankenkasse|krankenversicher|impf(ung|status)|pflegegrad|beschwerden|symptom"
        r"|bluthochdruck|vorerkrank|diabetes|raucher",
        ("Allergien", "Schwerbehinderung", "Blutgruppe", "Krankenkasse"),
        ("Hinderung", "Apotheke"),
    ),
    Rule(
        "special",
        r"konfession|gewerkschaft|ethnizit|ethnisch|sexuell|parteizugehör|parteimitglied"
        r"|staatsangehör|glaubens|vorstrafe|weltanschau",
        ("Konfession", "Gewerkschaftsmitglied", "sexuelle Orientierung", "Staatsangehörigkeit"),
        ("Konfektion", "Orientierung"),
    ),
    Rule(
        "email",
        r"e ?post ?(adresse)?$|\bmail ?adresse|elektronische post|mail ?adr\b",
        ("E-Mail-Adresse", "Mailadresse", "mail_adr"),
        ("Postadresse", "Mailand"),
    ),
    Rule(
        "birth_date",
        r"geburts|\bgeb ?(dat|datum|tag|jahr|monat|am|ort|name)?$|\bgeb\b|\bgebdat|^alter$"
        r"|^(geburts)?(tag|monat) ?\d?$|\btt ?mm ?jj",
        ("Geburtsdatum", "geb_dat", "Geb.-Tag", "gebTag", "Geburtsort", "Alter", "geb. am"),
        ("Gebäude", "Ergebnis", "Halter", "Gebühr"),
    ),
    Rule(
        "phone",
        r"tele[fp]h?on|telefax|fern ?ruf|\b(handy|rufnummer|ruf ?nr|durchwahl|fon|vorwahl"
        r"|rückruf ?nummer)( ?(nr|nummer))?\b|\bmobil(e|nr|nummer|funk|telefon)?\b|handynummer"
        r"|handynr|vorwahl|fax ?nummer",
        ("Telefonnummer", "Tel.", "Handynummer", "Mobil", "Faxnummer", "Vorwahl", "telefon_privat"),
        ("Handycap", "Automobil", "Hotel"),
    ),
    Rule(
        "income",
        r"gehalt|einkommen|verdienst|\blohn\b|nettolohn|\bnetto$|haushaltsnetto|hh ?netto",
        ("Nettoeinkommen", "Gehaltsvorstellung", "Jahresverdienst"),
        ("Belohnung", "enthalten"),
    ),
    Rule(
        "postal_code",
        r"\bplz|plz\b|post ?leit ?zahl|^ort plz",
        ("PLZ", "Postleitzahl", "M_PLZ", "plz_ort", "lieferPlz"),
        ("Post", "Leitung"),
    ),
    Rule(
        "company",
        r"\bfirm(a|en)\b|firmen? ?(name|bezeichnung)|firma\b|unternehmen|organisation|arbeitgeber"
        r"|\bbetrieb\b|\binstitution\b|\bberuf\b|\bverein\b|^institut$",
        ("Firma", "Firmenname", "Unternehmen", "Arbeitgeber", "Beruf"),
        ("Firmung", "Berufung"),
    ),
    Rule(
        "vat_id",
        r"\bu ?st ?(id|idnr|nr)|umsatzsteuer|mwst ?(nr|nummer)|\buid ?(nr|nummer)\b"
        r"|handelsregister|oxustid|ustid",
        ("USt-IdNr.", "Umsatzsteuer-ID", "UID-Nummer"),
        ("inkl. MwSt.", "Ust"),
    ),
    Rule(
        "username",
        r"benutzer ?(name|kennung|id|konto)?\b|nutzer ?(name|kennung|id)|nutzername|anmelde ?(name"
        r"|kennung)|kunden ?(nr|nummer|id|konto|karte|kennung)|\bkd ?nr\b|kundennummer"
        r"|mitglieds? ?(nr|nummer|name)|spitzname|zugangs ?(kennung|name)|vertrags ?(nr|nummer"
        r"|konto)|versicherungs ?(nr|nummer|schein)|teilnehmer ?(nr|nummer|name)|login ?name"
        r"|anmelde ?name|pseudonym|\b(personal|matrikel) ?(nr|nummer)|^kennung$",
        ("Benutzername", "Kundennummer", "kd_nr", "Nutzername", "Zugangskennung", "Mitglieds-Nr."),
        ("Benutzerfreundlichkeit", "Kundenservice"),
    ),
    Rule(
        "address",
        r"strasse|straße|\bstr( ?(nr|hausnr|hnr|nummer))?\b|\bstrasse?n?(nr|name)|haus ?(nr"
        r"|nummer)|\bhnr\b|anschrift|adress(e|zusatz|zeile)|adress|\b(wohn)?ort\b|wohnort"
        r"|ortschaft|\bstadt\b|\bland\b|bundesland|\bkanton\b|\bgemeinde\b|\bstaat\b|ortsteil"
        r"|stadtteil|post ?fach|lieferort|zustell ?ort|hausnummer|\bplatz\b$|^(etage|stockwerk"
        r"|stiege|tür|top|c o)$|(rechnungs|liefer|heimat|firmen|plz)ort$|bezirk$|packstation",
        (
            "Straße und Hausnummer",
            "Str./Nr.",
            "Ort",
            "Lieferanschrift",
            "Adresszusatz",
            "Postfach",
            "hausnr",
            "Wohnort",
            "rechnungsort",
        ),
        ("Landing page", "Sortierung", "Wort", "Antwort", "Passwort", "Standort der Filiale", "Transport"),
    ),
    Rule(
        "location",
        r"koordinaten|breitengrad|längengrad|mein standort",
        ("Koordinaten", "Mein Standort"),
        ("Standortsuche",),
    ),
    Rule(
        "name",
        r"(vor|nach|familien|zu|ruf|mittel) ?namen?|\bname\b|ansprech(partner|person)|\banrede\b"
        r"|empfänger|geschlecht|vor und nach|\bkontaktperson|\bvn(ame)?$|\bnn(ame)?$"
        r"|akad(emischer)? ?(grad|titel)|titel ?(vor|nach)|\bname[nr]?$|vorname|nachname"
        r"|erziehungsberechtigt",
        (
            "Vorname",
            "Ihr Name",
            "Anrede",
            "Nachnamen",
            "Vor- und Zuname",
            "edit-field-vorname-und-0-value",
            "vname",
        ),
        ("Produktname", "Dateiname", "Ausnahme", "Firmenname"),
    ),
    Rule(
        "plate",
        r"kfz ?kenn|kennzeichen|fahrgestell",
        ("Kennzeichen", "Kfz-Kennzeichen"),
        ("Kennwort",),
    ),
    Rule(
        "search",
        r"\bsuch(e|en|begriffe?|wort|worte|text|feld|anfrage|maske|string)?\b|stichw(ort|örter)"
        r"|^finden?$|produktsuche|volltext|suche\b|\bsuchen?\b|durchsuchen|^begriff$|schlagwort",
        ("Suchbegriff", "Suche nach Artikeln", "Produktsuche", "Stichwort"),
        ("Besucher", "Buch"),
    ),
    Rule(
        "quantity",
        r"\bmenge\b|menge$|\banzahl|stück(zahl)?\b|wie viele|^(personen|erwachsene|kinder|nächte)$",
        ("Menge", "Anzahl Personen", "Stückzahl"),
        ("Mengenlehre", "Zahlung"),
    ),
    Rule(
        "coupon",
        r"gutschein|rabatt ?(code|nummer)|aktions ?(code|nummer)|vorteils ?(code|nummer)|werbe ?code",
        ("Gutscheincode", "Rabattcode", "Vorteilscode"),
        ("Rabatt", "Aktion"),
    ),
    Rule("rating", r"\bbewertung\b|\bsterne\b|\bnote$", ("Bewertung", "Sterne"), ("Bewerber", "Notebook")),
    Rule(
        "filter",
        r"\bsortier(en|ung)?|reihenfolge|pro seite|preis ?(min|max|von|bis)|(min|max) ?preis"
        r"|^(seite|anzeige|kategorie|rubrik)$",
        ("Sortierung", "Artikel pro Seite", "preis_von"),
        ("Preis", "Startseite"),
    ),
    Rule("language", r"\bsprache\b|währung|zeitzone", ("Sprache", "Zeitzone"), ("Ansprache", "bewahren")),
    Rule(
        "consent",
        r"\bagb\b|akzeptier|einverstanden|einwillig|zustimm|datenschutz|angemeldet|eingeloggt"
        r"|gelesen|merken$|rundbrief|abonnier",
        ("AGB akzeptieren", "Ich bin einverstanden", "Angemeldet bleiben"),
        ("Abgabe", "Anmeldung"),
    ),
    Rule(
        "option",
        r"\bgröße\b|\bfarbe\b|versand ?art|zahlungs? ?(art|weise)|liefer ?art|kartentyp"
        r"|kredit ?karten ?(art|typ)|\bausführung\b",
        ("Farbe", "Zahlungsart", "Größe"),
        ("Farbenspiel", "Großstadt"),
    ),
    Rule(
        "free_text",
        r"nachricht|kommentar|bemerkung|mitteilung|anmerkung|beschreibung|\bfragen?\b|betreff"
        r"|\banliegen\b|\bthema\b|\btitel\b|beitrag|wünsche",
        ("Ihre Nachricht", "Betreff", "Bemerkungen"),
        ("Messe", "Fragment"),
    ),
)
