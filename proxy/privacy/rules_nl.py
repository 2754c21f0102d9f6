"""Dutch words. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

DUTCH_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"wacht ?woord|toegangscode|wachtwrd",
        ("Wachtwoord", "herhaal_wachtwoord", "Toegangscode"),
        ("trefwoord",),
    ),
    Rule(
        "otp",
        r"(verificatie|bevestigings|activerings|activatie|beveiligings|herstel|inlog|eenmalige"
        r"|controle|sms) ?code|tan ?code|\d cijferige code",
        ("Verificatiecode", "Bevestigingscode", "eenmalige code"),
        ("kortingscode", "postcode"),
    ),
    Rule(
        "secret_answer",
        r"(beveiligings|geheime|veiligheids|controle) ?(vraag|antwoord)|meisjesnaam",
        ("Beveiligingsvraag", "Geheime vraag", "Meisjesnaam van uw moeder"),
        ("vraag",),
    ),
    Rule("pin", r"pincode|geheime code", ("Pincode",), ("spin code lab",)),
    Rule(
        "card_number",
        r"(creditcard|kaart|pas|bankkaart|betaalkaart|cadeaukaart) ?(nummer|nr)|kredietkaart"
        r"|betaalkaart|cadeaukaart",
        ("Kaartnummer", "Creditcardnummer", "pasnummer"),
        ("klantenkaart", "kaartje"),
    ),
    Rule(
        "card_holder",
        r"(kaart|rekening|pas) ?houder|naam op (de )?(kaart|creditcard|pas)|ten ?name ?van|\btnv\b"
        r"|tenaamstelling",
        ("Kaarthouder", "Naam op kaart", "Rekeninghouder", "Ten name van"),
        ("aandeelhouder",),
    ),
    Rule(
        "card_expiry",
        r"verval ?(datum|maand|jaar)|geldig (tot|t m)|geldigheid|einddatum|verloopt",
        ("Vervaldatum", "Geldig tot", "Vervalmaand"),
        ("geldboete",),
    ),
    Rule(
        "card_cvc",
        r"(beveiligings|veiligheids) ?(nummer|code)|controle ?(cijfer|getal|nummer)|verificatienummer",
        ("Veiligheidscode", "Controlecijfer"),
        ("Veiligheid",),
    ),
    Rule(
        "bank_account",
        r"rekening ?(nr|nummer)|bankrekening|\bbank ?nummer",
        ("Rekeningnummer", "Bankrekening"),
        ("berekening", "rekening houden"),
    ),
    Rule(
        "national_id",
        r"\bbsn\b|burger ?service|sofi ?(nr|nummer)|rijksregister|paspoort|rijbewijs"
        r"|identiteits ?(kaart|bewijs|nummer)|legitimatie|\bbtw ?(id|burger)|vreemdelingen",
        ("BSN", "Burgerservicenummer", "Rijbewijs", "Paspoortnummer"),
        ("rijden",),
    ),
    Rule(
        "health",
        r"gezondheid|ziekte|\bzwanger|bloedgroep|handicap|medicijn|zorgverzeker|verzekerdennummer"
        r"|klachten|\brookt\b|huisarts",
        ("Bloedgroep", "Zorgverzekeraar"),
        ("zorgvuldig",),
    ),
    Rule(
        "special",
        r"\bgeloof|godsdienst|vakbond|seksuele|etnische|afkomst|politieke|nationaliteit",
        ("Godsdienst", "Vakbond", "Nationaliteit"),
        ("xyz",),
    ),
    Rule("email", r"mail ?adres|e ?mailadres", ("E-mailadres", "Mailadres"), ("mailing",)),
    Rule(
        "birth_date",
        r"geboorte|\bgeb ?datum|verjaardag|^(dag|maand|jaar) ?\d?$|leeftijd|\bdd ?mm ?jj",
        ("Geboortedatum", "geb_datum", "Leeftijd", "dag", "Geboorteplaats"),
        ("dagelijks", "jaarlijks"),
    ),
    Rule(
        "phone",
        r"telefoon|\bmobiel|\bgsm ?(nr|nummer)?|vaste lijn|\btel ?nr|netnummer|landcode|\b06\b",
        ("Telefoonnummer", "Mobiel nummer", "gsm-nummer", "Netnummer"),
        ("automobielen",),
    ),
    Rule("income", r"inkomen|salaris|\bloon\b", ("Inkomen per maand", "Salaris"), ("binnenkomen",)),
    Rule(
        "postal_code",
        r"post ?code|\bpostkode|^pc ?\d?$",
        ("Postcode", "postcode_cijfers", "factuurpostcode"),
        ("post",),
    ),
    Rule(
        "company",
        r"bedrijf|\borganisatie|werkgever|\bfunctie\b|\bberoep\b|instelling$|\bvereniging\b|handelsnaam",
        ("Bedrijfsnaam", "Organisatie", "Functie", "Werkgever"),
        ("bedrag", "functies uitschakelen"),
    ),
    Rule("vat_id", r"\bbtw ?(nr|nummer)?\b|\bkv ?k|ondernemingsnummer", ("BTW-nummer", "KvK-nummer"), ("betw",)),
    Rule(
        "username",
        r"gebruikers? ?(naam|id|code)?\b|gebruikersnaam|inlog ?(naam|code|id)|schermnaam|bijnaam"
        r"|(klant|lid|lidmaatschaps|relatie|debiteur|polis|personeels|student) ?(nr|nummer|code"
        r"|id)|aanmeldnaam|klantenkaart|accountnaam",
        ("Gebruikersnaam", "Inlognaam", "Klantnummer", "lidnummer"),
        ("gebruiksaanwijzing", "klant"),
    ),
    Rule(
        "address",
        r"\badres|adres\b|straat|huis ?(nr|nummer)|toevoeging|\bplaats\b|woon ?plaats|\bstad\b"
        r"|gemeente|\bland\b|provincie|\bbus ?(nr|nummer)?$|postbus|\bwoonland|plaatsnaam"
        r"|verblijfplaats|\bwijk\b",
        ("Adres", "Straat en huisnummer", "Woonplaats", "Huisnr.", "Toevoeging", "plaats", "Postbus"),
        ("plaatsing", "vervangen", "stadion"),
    ),
    Rule(
        "name",
        r"\bnaam|naam\b|\bvoorletters?|tussenvoegsel|achternaam|voornaam|aanhef|geslacht|roepnaam"
        r"|initialen|ontvanger|contactpersoon|familienaam",
        ("Naam", "Voornaam", "Achternaam", "Tussenvoegsel", "Voorletters", "Aanhef"),
        ("productnaam", "bestandsnaam", "domeinnaam"),
    ),
    Rule("plate", r"kenteken|nummerplaat", ("Kenteken", "Nummerplaat"), ("teken",)),
    Rule("search", r"\bzoek|zoeken|trefwoord", ("Zoeken", "Zoekterm", "Trefwoord"), ("bezoek",)),
    Rule("quantity", r"\baantal|hoeveel", ("Aantal", "Aantal personen"), ("taal",)),
    Rule(
        "coupon",
        r"kortings ?(code|bon)|actie ?code|waardebon|cadeaubon|vouchercode",
        ("Kortingscode", "Actiecode", "Cadeaubon"),
        ("korting",),
    ),
    Rule(
        "filter",
        r"\bsorteer|sorteren|per pagina|\bprijs (van|tot|min|max)|categorie",
        ("Sorteer op", "Per pagina"),
        ("prijs",),
    ),
    Rule("language", r"\btaal\b", ("Taal",), ("metaal",)),
    Rule(
        "consent",
        r"akkoord|nieuwsbrief|onthou|voorwaarden|aangemeld blijven|ingelogd blijven|ik ga",
        ("Ik ga akkoord", "Nieuwsbrief", "Onthoud mij"),
        ("voorwaarts",),
    ),
    Rule(
        "option",
        r"\bmaat\b|\bkleur\b|betaal ?(wijze|methode)|verzend ?(wijze|methode)|soort kaart",
        ("Maat", "Kleur", "Betaalmethode"),
        ("klimaat",),
    ),
    Rule(
        "free_text",
        r"bericht|opmerking|onderwerp|\bvraag|toelichting|omschrijving|\btekst\b|reactie|\bbestelnotitie",
        ("Uw bericht", "Onderwerp", "Opmerkingen"),
        ("tekstiel",),
    ),
)
