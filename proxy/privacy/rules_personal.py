"""The words of fields that hold something personal, in German and English. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

PERSONAL_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "vat_id",
        r"\bu ?st ?(id|idnr|nr)|umsatzsteuer|\bvat\b|\bvat ?(id|no|nr|number)|mwst ?(nr|nummer)"
        r"|\buid ?(nr|nummer)\b",
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
        "email",
        r"e ?mail|\bmail( ?(adresse|address|addr|id|\d))?\b|e ?post ?adresse",
        ("eMail", "newsletter email", "E-Mail-Adresse", "user_mail"),
        ("mailing list", "Mailand"),
    ),
    Rule(
        "birth_date",
        r"geburts ?(tag|datum|date|jahr|monat|ort|name)|\bgeb ?(dat|datum|tag|jahr)?\b|birth|\bdob\b"
        r"|\bb ?day\b|\bdate ?of ?b|\balter\b",
        ("Geburtsdatum", "geb_dat", "dob", "birthday", "Geb.-Tag"),
        ("Gebäude", "filter", "default"),
    ),
    Rule(
        "phone",
        r"tele[fp]h?on|\btel( ?(nr|no|nummer|number|\d))?\b|\b(phone|fax|handy|rufnummer|vorwahl"
        r"|durchwahl|fon|mobil(e|nr|nummer|funk)?)\b|telefax|(cell|mobile|home|work|day|evening|i|tele"
        r"|your)? ?phone|mobil(e|funk)? ?(nr|nummer|number|no)|area ?code|faxnummer|phone ?(number|no)",
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
        r"\bfirm(a|en)\b|firmen? ?(name|bezeichnung)|firmenname|\bcompany|unternehmen"
        r"|\borgani[sz]ation( ?name)?\b|\barbeitgeber\b|\bemployer\b|business ?name|\binstitution\b",
        ("Firma", "company_name", "organisation"),
        ("accompany", "Firmung"),
    ),
    Rule(
        "username",
        r"user ?(name|id|nr|login)?\b|username|benutzer ?(name|kennung|id)?\b|\blogin( ?(name|id|\d))?\b"
        r"|log ?in ?name|nutzer ?(name|kennung)|anmelde ?name|\bnick( ?name)?\b|nickname"
        r"|account ?(name|id)|kunden ?(nr|nummer|id|konto)|\bkd ?nr\b|customer ?(no|nr|number|id)"
        r"|member ?(id|number|no|name)|mitglieds? ?(nr|nummer|name)|screen ?name|\buid\b|\blogon\b",
        ("userName", "Benutzername", "login", "Kundennummer", "kd_nr"),
        ("Abuse report", "blogging"),
    ),
    Rule(
        "address",
        r"strasse|\bstr(asse)?( ?(nr|hausnr))?\b|haus ?(nr|nummer)|house ?(no|number|nr|name)"
        r"|\baddress?( ?(line)? ?\d)?\b|address|\baddr( ?\d)?\b|anschrift|adress(e|zusatz)"
        r"|\b(wohn)?ort\b|wohnort|\bstadt\b|\bcity\b|\btown\b|\bland\b|\bcountry\b|\bstate\b|province"
        r"|bundesland|\bregion\b|\bcounty\b"
        r"|street|\bapt\b|apartment|\bsuite\b|\bkanton\b|\bgemeinde\b|\bstaat\b|\blocality\b|ortsteil"
        r"|stadtteil|post ?fach|po ?box",
        ("Straße und Hausnummer", "billing_city", "addressLine1", "Ort", "country"),
        ("Landing page", "sort", "Status", "dispatch"),
    ),
    Rule(
        "location",
        r"\b(latitude|longitude|lat|lng|gps)\b|koordinaten|coordinates|geo ?location|mein standort"
        r"|my location",
        ("lat", "gpsCoordinates", "Koordinaten"),
        ("flat", "translate"),
    ),
    Rule(
        "name",
        r"(vor|nach|familien|zu|ruf|mittel) ?namen?|\b(first|last|sur|family|given|middle|full|your|real"
        r"|christian|contact|maiden|fore) ?(name|initial)|surname|forename|\bname\b|\b[flm] ?name\b"
        r"|ansprech(partner|person)|contact ?person|\banrede\b|salutation|honorific|empfaenger"
        r"|\brecipient\b|\bgender\b|geschlecht|\bsex\b|vor und nach",
        ("Vorname", "lastName", "fname", "Ihr Name", "Anrede", "full name", "Nachnamen"),
        ("rename", "product_name", "file name", "domainname"),
    ),
)
