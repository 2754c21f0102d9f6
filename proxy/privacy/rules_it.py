"""Italian words. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

ITALIAN_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"parola (d ordine|chiave)|parola ?chiave di accesso|chiave (di )?accesso|codice (di )?accesso",
        ("Parola d'ordine", "Chiave di accesso"),
        ("Chiave di ricerca",),
    ),
    Rule(
        "otp",
        r"codice (di )?(verifica|conferma|attivazione|autenticazione|sicurezza via|otp|sms"
        r"|recupero|sblocco)|codice (ricevuto|inviato)|codice a \d|codice usa e getta"
        r"|codice temporaneo",
        ("Codice di verifica", "Codice a 6 cifre", "codiceConferma"),
        ("codice sconto", "Codice postale"),
    ),
    Rule(
        "secret_answer",
        r"(domanda|risposta) (segreta|di sicurezza)|cognome (da nubile )?della madre",
        ("Domanda segreta", "Risposta di sicurezza"),
        ("Domanda",),
    ),
    Rule("pin", r"codice (segreto|pin)", ("Codice segreto",), ("codice",)),
    Rule(
        "card_number",
        r"(numero|num|n) (della |di |carta )?carta|carta (di )?(credito|debito|prepagata|regalo)"
        r"|numero ?carta|cartacredito",
        ("Numero della carta", "Carta di credito", "numeroCarta"),
        ("carta fedeltà", "Cartoleria", "tipo di carta di credito"),
    ),
    Rule(
        "card_holder",
        r"intestatario|titolare( della)?( carta)?|nome (sulla|riportato sulla|su) carta|intestata a",
        ("Intestatario della carta", "Titolare", "Nome sulla carta"),
        ("Titolo",),
    ),
    Rule(
        "card_expiry",
        r"scadenza|valida? (fino|sino) a|\bscade\b|(mese|anno) (di )?scad",
        ("Data di scadenza", "Mese scadenza", "Valida fino al"),
        ("scadente",),
    ),
    Rule(
        "card_cvc",
        r"(codice|numero) (di )?(sicurezza|controllo|verifica della carta)|cifre sul retro",
        ("Codice di sicurezza", "Codice di controllo"),
        ("codice", "Sicurezza"),
    ),
    Rule(
        "bank_account",
        r"(numero|coordinate) ?(di )?(conto|bancarie)|conto corrente|conto bancario|\babi\b|\bcab\b",
        ("Numero di conto", "Conto corrente", "Coordinate bancarie"),
        ("Sconto", "racconto"),
    ),
    Rule(
        "national_id",
        r"codice ?fiscale|\bcod ?fisc|codfis|^cf$|passaporto|carta (d |di )?identità|patente"
        r"|tessera sanitaria|documento (di )?(identità|riconoscimento)|numero (del )?documento",
        ("Codice fiscale", "cod_fisc", "Passaporto", "Patente di guida", "Carta d'identità"),
        ("fiscale", "potente"),
    ),
    Rule(
        "health",
        r"\bsalute\b|malatti|gravidanza|gruppo sanguigno|disabilità|farmaci|intolleranz|invalidità"
        r"|sintom|patologi|visita medica",
        ("Gruppo sanguigno", "Stato di salute"),
        ("saluti",),
    ),
    Rule(
        "special",
        r"\breligio|sindacat|orientamento sessuale|etnia|origine etnica|partito politico"
        r"|cittadinanza|nazionalità",
        ("Religione", "Orientamento sessuale", "Nazionalità"),
        ("orientamento schermo",),
    ),
    Rule(
        "email",
        r"posta elettronica|indirizzo (di posta|e ?mail|mail)|indirizzomail|\bpec$",
        ("Posta elettronica", "Indirizzo e-mail"),
        ("Indirizzo",),
    ),
    Rule(
        "birth_date",
        r"nascita|nasc\b|nat[oa] (il|a)|^nat[oa]$|\bdata ?nas|^(giorno|mese) ?\d?$|\betà$"
        r"|\bgg ?mm ?aa|compleanno",
        ("Data di nascita", "dataNascita", "Nato il", "Luogo di nascita", "giorno"),
        ("rinascimento", "novità"),
    ),
    Rule(
        "phone",
        r"telefon|cellulare|\bcell\b|\btelef\b|recapito|prefisso|\bfisso\b",
        ("Telefono", "Cellulare", "Recapito telefonico", "Prefisso"),
        ("cella", "fissato"),
    ),
    Rule("income", r"reddito|stipendio|retribuzione|\bral\b", ("Reddito annuo", "Stipendio"), ("reddit",)),
    Rule(
        "postal_code",
        r"\bcap$|^cap\b|codice ?(di avviamento )?postale|\bc a p$|^cod ?postale|\bcap\b( residenza"
        r"| fatturazione| spedizione)",
        ("CAP", "Codice postale", "txtCap", "cap_spedizione", "C.A.P."),
        ("capitolo", "no cap today", "posta"),
    ),
    Rule(
        "company",
        r"azienda|ragione ?sociale|società|\bditta\b|\bimpresa\b|datore di lavoro|professione"
        r"|\bente\b|organizzazione",
        ("Azienda", "Ragione sociale", "Ditta"),
        ("stampresa",),
    ),
    Rule(
        "vat_id",
        r"partita ?iva|\bp ?iva\b|codice (sdi|destinatario|univoco)",
        ("Partita IVA", "P.IVA", "partitaiva"),
        ("privata", "arriva"),
    ),
    Rule(
        "username",
        r"nome ?utente|utente$|^utente\b|codice (cliente|utente|socio|tessera)|numero (cliente"
        r"|tessera|socio)|soprannome|nomignolo|nome (account|profilo)|id utente|\bcarta fedeltà",
        ("Nome utente", "Codice cliente", "nomeUtente", "Utente", "Numero tessera"),
        ("tipo di utenza", "cliente"),
    ),
    Rule(
        "address",
        r"indirizzo|\bvia\b$|^via\b|\bvia ?(e|piazza|n)\b|\bcitt[aà]\b|citta\b|\bprovincia\b"
        r"|\bprov$|\bcomune\b|(numero|n|num) ?civico|\bcivico\b|\bpaese\b|\bnazione\b|\bregione\b"
        r"|località|\bfrazione\b|residenza|domicilio|\binterno\b|\bscala\b|\bpiano\b$|piazza\b"
        r"|\bpresso\b",
        ("Indirizzo", "Via", "Città", "Provincia", "Numero civico", "Nazione", "Comune di residenza"),
        ("viaggio", "invia", "scalare"),
    ),
    Rule(
        "name",
        r"\bnome\b|cognome|nominativo|destinatario|\bsesso\b|ragione sociale o nome|\breferente\b"
        r"|\btitolo di cortesia|\bnome ?(e )?cognome|^nom ?cogn|\bcogn$",
        ("Nome", "Cognome", "Nome e cognome", "Sesso", "nominativo", "txtNome"),
        ("nome del prodotto", "nome file", "nomenclatura", "nome azienda"),
    ),
    Rule("plate", r"\btarga\b", ("Targa",), ("targato",)),
    Rule(
        "search",
        r"\bcerca|ricerca|parol[ae] ?chiave$",
        ("Cerca", "Chiave di ricerca", "Parola chiave"),
        ("chiave",),
    ),
    Rule(
        "quantity",
        r"quantità|\bnumero (di )?(persone|adulti|bambini|ospiti|pezzi)|\bquanti\b|quantita",
        ("Quantità", "Numero di persone"),
        ("quale",),
    ),
    Rule(
        "coupon",
        r"(codice|buono) (sconto|promo\w*|regalo|coupon)|buono (sconto|acquisto)",
        ("Codice sconto", "Buono sconto"),
        ("buono",),
    ),
    Rule(
        "filter",
        r"ordina (per|in)|ordinamento|per pagina|\bfiltra|prezzo (min|max|da)",
        ("Ordina per", "Filtra"),
        ("ordinazione",),
    ),
    Rule("language", r"\blingua\b|\bvaluta\b", ("Lingua",), ("linguine",)),
    Rule(
        "consent",
        r"accetto|acconsento|consenso|ricordami|autorizzo|trattamento dei dati|iscriviti",
        ("Accetto i termini", "Ricordami"),
        ("ricetta",),
    ),
    Rule(
        "option",
        r"\btaglia\b|\bcolore\b|metodo di (pagamento|spedizione)|(tipo|circuito) (di )?carta",
        ("Taglia", "Colore", "Metodo di pagamento"),
        ("taglialegna",),
    ),
    Rule(
        "free_text",
        r"messaggio|commento|oggetto|richiesta|\bnote\b|argomento|\btesto\b|descrizione",
        ("Messaggio", "Oggetto", "Richiesta"),
        ("pretesto", "notebook"),
    ),
)
