"""Swedish, Danish, Norwegian and Finnish words. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

NORDIC_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"lösenord|\blösen\b|adgangskode|kodeord|\bkodord\b|passord|adgangsord|salasana|tunnussana",
        ("Lösenord", "Adgangskode", "Kodeord", "Passord", "Salasana", "nytt_losenord"),
        ("nyckelord", "nøgleord"),
    ),
    Rule(
        "otp",
        r"(verifierings|verifikations|bekräftelse|bekræftelses|bekreftelses|aktiverings|engångs"
        r"|engangs|sms|godkännande|reserv|autentiserings|verifiserings) ?(kod|kode|lösenord)"
        r"|(vahvistus|kerta|tunnistus|varmennus) ?koodi|engångskod|bank ?id\b|mitid|nemid"
        r"|nøglekort|svarskod",
        ("Verifieringskod", "Engangskode", "Vahvistuskoodi", "Bekræftelseskode", "BankID"),
        ("rabattkod",),
    ),
    Rule(
        "secret_answer",
        r"(säkerhets|sikkerheds|sikkerhets|hemlig|hemmelig|kontroll) ?(t )?(fråga|svar|spørgsmål"
        r"|spørsmål)|turva ?kysymys|(mors|mødres|mammas) (pigenavn|flicknamn|pikenavn)",
        ("Säkerhetsfråga", "Sikkerhedsspørgsmål", "Turvakysymys"),
        ("fråga", "spørgsmål"),
    ),
    Rule("pin", r"pin ?kod[ei]?\b|personlig kode|tunnusluku", ("PIN-kod", "Pinkode", "Tunnusluku"), ("kod",)),
    Rule(
        "card_number",
        r"kort ?(nr|nummer|no)\b|(kredit|betal|bank|betalings|debet|gave|present) ?kort(et)?( ?(nr"
        r"|nummer))?\b|kortin ?numero|luottokort|maksukort|pankkikort|lahjakort|(present|gave"
        r"|gåvo)kort(et)?s? ?(nr|nummer)",
        ("Kortnummer", "Kreditkort", "Betalingskort", "Kortin numero", "Luottokortti"),
        ("kort", "visitkort", "medlemskort"),
    ),
    Rule(
        "card_holder",
        r"kort ?(innehavare|indehaver|holder|haver|eier)|navn på (kort|kortet)|namn på (kort"
        r"|kortet)|konto ?(innehavare|indehaver|haver)|kortin ?haltija|nimi kortissa",
        ("Kortinnehavare", "Navn på kort", "Kortholder", "Kortinhaltija"),
        ("aktieinnehavare",),
    ),
    Rule(
        "card_expiry",
        r"giltig(t)? (till|tom|t o m|thru)|utgångs ?(datum|månad|år)|udløbs? ?(dato|måned|år)"
        r"|udløber|utløps? ?(dato|måned|år)|gyldig (til|thru)|gyldighed|giltighet|^mm ?åå$"
        r"|voimassa|viimeinen voimassa|vanhenemis|erääntymis|^utløper",
        ("Giltigt till", "Utgångsdatum", "Udløbsdato", "Utløpsdato", "Voimassaolo", "MM/ÅÅ"),
        ("utgång", "gyldne"),
    ),
    Rule(
        "card_cvc",
        r"(säkerhets|sikkerheds|sikkerhets|kontrol|kontroll) ?(kod|kode|nummer|cifre|siffer"
        r"|siffror|ciffer)$|turva ?koodi|tarkistus ?(numero|koodi)|kortets? (säkerhets|sikkerheds)",
        ("Säkerhetskod", "Kontrolcifre", "Sikkerhetskode", "Turvakoodi"),
        ("säkerhet",),
    ),
    Rule(
        "bank_account",
        r"konto ?(nr|nummer)|bank ?konto|\breg ?(nr|nummer)$|clearing ?(nr|nummer)?|tili ?numero"
        r"|pankkitili|registreringsnummer bank|bank ?giro|plus ?giro",
        ("Kontonummer", "Clearingnummer", "Reg.nr.", "Tilinumero"),
        ("Mitt konto",),
    ),
    Rule(
        "national_id",
        r"person ?(nr|nummer)|fødsels ?(nr|nummer)|\bcpr( ?(nr|nummer))?\b|samordningsnummer"
        r"|henkilö ?tunnus|\bhetu\b|\bpass ?(nr|nummer)\b|körkort|kørekort|førerkort|ajokortti"
        r"|passin ?numero|legitimation|id ?kort|sotu\b|henkilökortti|sygesikring|legitimasjon",
        ("Personnummer", "CPR-nummer", "Fødselsnummer", "Henkilötunnus", "Körkort"),
        ("person", "passa"),
    ),
    Rule(
        "health",
        r"hälsa|hälso|sjukdom|sygdom|sykdom|allergi|gravid|blodgrupp|blodtype|handikap|terveys"
        r"|sairau|raskau|funktionsneds|symtom|symptom|lægen\b|läkare",
        ("Allergier", "Blodgrupp", "Graviditet", "Sygdomme"),
        ("hälsning",),
    ),
    Rule(
        "special",
        r"religion|fackförening|fagforening|sexuell|seksuel|etnisk|politisk|medborgarskap"
        r"|statsborgerskab|kansalaisuus|nationalitet|uskonto|trossamfund|trossamfunn|\bfacket\b"
        r"|livssyn",
        ("Religion", "Fagforening", "Medborgarskap", "Kansalaisuus"),
        ("regional",),
    ),
    Rule(
        "email",
        r"e ?post\b|\bepost|\be ?post ?(adress|adresse)|mail ?(adress|adresse)|sähköposti|\bsposti",
        ("E-post", "epostadress", "E-postadresse", "Sähköposti", "E-mailadresse"),
        ("posten",),
    ),
    Rule(
        "birth_date",
        r"födelse|\bfödd\b|fødsels ?(dag|dato|år|måned)|fødselsdato|fødested|\bfødt\b|syntymä"
        r"|^(dag|månad|måned|år) ?\d?$|^(ålder|alder|ikä)$|födelsedag",
        ("Födelsedatum", "Fødselsdato", "Syntymäaika", "Ålder", "Fødselsdag", "måned"),
        ("dagens", "månadsvis"),
    ),
    Rule(
        "phone",
        r"telefon|\btlf\b|\btlfnr|\bmobil(nr|nummer|tlf|telefon)?\b|hemtelefon|riktnummer"
        r"|landekode|landskod|puhelin|matkapuhelin|\bpuh\b|\bgsm\b|mobilnr|kännykkä|\btfn\b",
        ("Telefon", "Tlf.", "Mobilnummer", "Puhelinnumero", "mobilnr", "Telefonnr."),
        ("mobilisera",),
    ),
    Rule(
        "income",
        r"inkomst|indkomst|inntekt|\blön\b|\blønn?\b|palkka|lönean|lønforvent|lönekrav|löneanspråk"
        r"|lønnskrav",
        ("Årsinkomst", "Lön", "Indkomst"),
        ("lönnsirap",),
    ),
    Rule(
        "postal_code",
        r"post ?(nr|nummer)\b|postnr|postnummer|posti ?numero|post ?kode\b",
        ("Postnummer", "Postnr.", "lev_postnr", "Postinumero"),
        ("posten",),
    ),
    Rule(
        "company",
        r"företag|firma ?(namn|navn)?\b|virksomhed|bedrift|arbetsgivare|arbejdsgiver|arbeidsgiver"
        r"|organisation|yritys|yrityksen|\byrke\b|stilling$|\btitel$|förening$|ammatti|työnantaja"
        r"|selskap",
        ("Företag", "Firmanavn", "Virksomhed", "Bedrift", "Yritys"),
        ("föreläsning",),
    ),
    Rule(
        "vat_id",
        r"org(anisations|anisasjons)? ?(nr|nummer)|\bcvr|y ?tunnus|moms ?(nr|reg)|moms ?nummer",
        ("Organisationsnummer", "CVR-nummer", "Y-tunnus", "orgnr"),
        ("organisera",),
    ),
    Rule(
        "username",
        r"användar ?(namn|id)|\banvändare$|bruger ?(navn|id)|bruker ?(navn|id)|\bbruger$|\bbruker$"
        r"|käyttäjä ?(tunnus|nimi)?|(kund|kunde|medlems|medlem|asiakas|jäsen) ?(nr|nummer|numero"
        r"|id)|inloggnings ?(namn|id)|kallenavn|kaldenavn|smeknamn|nimimerkki|tunnus$|aliasnamn",
        ("Användarnamn", "Brugernavn", "Brukernavn", "Käyttäjätunnus", "Kundnummer", "Medlemsnr."),
        ("användning",),
    ),
    Rule(
        "address",
        r"\badress|adresse?\b|\bgatu?a?\b|gatu ?(adress|namn|nummer)|\bgade|\bgate\b|gateadresse"
        r"|\bvej ?(navn|nr|nummer)?\b|\bvei ?(navn|nr)?\b|\bpost ?ort|\bort\b|\bstad\b|^by$"
        r"|\bbynavn|^by\b|\bby$|post ?sted|\bsted$|hus ?(nr|nummer)|\bland\b|\blän\b|kommun[e]?\b"
        r"|landsdel|\bfylke|osoite|kaupunki|paikkakunta|postitoimi|\bkatu|\bmaa\b|\bkunta\b"
        r"|\bbostad|\betage\b|lägenhet|bolig|våning|bydel|\bportkod",
        (
            "Adress",
            "Gatuadress",
            "Postort",
            "Vejnavn",
            "By",
            "Poststed",
            "Osoite",
            "Kaupunki",
            "Husnr.",
            "Gateadresse",
        ),
        ("Sort by", "order by", "Landing page", "powered by us"),
    ),
    Rule(
        "name",
        r"\bnamn\b|förnamn|efternamn|\bnavn\b|fornavn|efternavn|etternavn|mellannamn|mellomnavn"
        r"|mellemnavn|\bkön\b|\bkøn\b|kjønn|mottagare|modtager|mottaker|kontaktperson|etunimi"
        r"|sukunimi|\bnimi\b|nimi$|sukupuoli|tilltalsnamn|\btiltale|fullt navn|namn\b|navn$"
        r"|etunimet",
        (
            "Förnamn",
            "Efternamn",
            "Fornavn",
            "Etternavn",
            "Namn",
            "Dit navn",
            "Etunimi",
            "Sukunimi",
            "Kontaktperson",
        ),
        ("produktnamn", "filnavn", "domännamn", "namnge"),
    ),
    Rule(
        "plate",
        r"registrerings ?(nr|nummer)$|reg ?skylt|nummerskylt|nummerplade|rekisteritunnus",
        ("Registreringsnummer", "Nummerplade"),
        ("registrering",),
    ),
    Rule(
        "search",
        r"\bsök|\bsøk|\bsøg|\bhae\b|\bhaku|etsi\b|hakusana|nyckelord|nøgleord|sökord|søgeord",
        ("Sök", "Søg efter", "Søkeord", "Hakusana"),
        ("besök", "besøg"),
    ),
    Rule(
        "quantity",
        r"\bantal|\bantall|kvantitet|mængde|\bmäärä\b|lukumäärä|kappalemäärä",
        ("Antal", "Antall", "Määrä"),
        ("kontant",),
    ),
    Rule(
        "coupon",
        r"(rabatt?|kampagne|kampanj|kampanje|värde|tilbuds|gave) ?(kod|kode|check)|presentkortskod"
        r"|alennuskoodi|rabattkod|gavekode|kuponki",
        ("Rabattkod", "Rabatkode", "Kampanjkod", "Alennuskoodi"),
        ("rabatt",),
    ),
    Rule(
        "filter",
        r"\bsortera|sorter\b|sorter (efter|etter)|per sida|per side|pris (från|fra|til|min|max)"
        r"|kategori\b|järjestä",
        ("Sortera efter", "Sorter", "Kategori"),
        ("pris",),
    ),
    Rule("language", r"\bspråk\b|\bsprog\b|\bkieli\b|\bvaluta\b", ("Språk", "Sprog", "Kieli"), ("språkkurs",)),
    Rule(
        "consent",
        r"nyhetsbrev|nyhedsbrev|godkänner|accepterer|samtycke|samtykke|villkor|vilkår|kom ihåg"
        r"|husk mig|husk meg|uutiskirje|hyväksyn|muista",
        ("Nyhetsbrev", "Jag godkänner villkoren", "Husk mig"),
        ("nyheter",),
    ),
    Rule(
        "option",
        r"\bstorlek\b|\bstørrelse\b|\bfärg\b|\bfarve\b|\bfarge\b|betalnings ?(sätt|metod)"
        r"|betalings ?(måde|metode)|leverings ?(måde|metode|sätt)|\bkoko\b|\bväri\b|korttyp",
        ("Storlek", "Farve", "Betalningssätt"),
        ("färgglad",),
    ),
    Rule(
        "free_text",
        r"meddelande|meddelelse|\bbesked\b|\bmelding|kommentar|ämne\b|\bemne\b|\bfråga\b|spørgsmål"
        r"|spørsmål|viesti|\baihe\b|bemærkning|övrigt|ärende|beskrivning|beskrivelse|lisätiedot",
        ("Meddelande", "Besked", "Emne", "Viesti", "Ämne"),
        ("temne",),
    ),
)
