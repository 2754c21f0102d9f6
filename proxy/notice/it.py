"""Italian."""

from __future__ import annotations

from proxy.notice.words import Words

ITALIAN = Words(
    here="questo sito",
    conjunction="e",
    records="Su {hosts} registriamo le visite per [finalità, ad esempio: trovare errori e ostacoli nelle nostre "
    "pagine]. Vengono registrati le pagine aperte e il loro aspetto, nonché i movimenti del mouse, i clic, lo "
    "scorrimento e le dimensioni della finestra.",
    share="Ciò riguarda il {share} delle visite.",
    text_masked="Tutto il testo delle pagine viene prima reso illeggibile.",
    text_shown="Il testo delle pagine viene registrato così come Le viene mostrato; può contenere informazioni "
    "su di Lei, ad esempio il Suo nome quando ha effettuato l’accesso.",
    text_parts_masked="Vengono resi illeggibili: {masked}.",
    numbers="i numeri lunghi",
    emails="gli indirizzi e-mail",
    ips="gli indirizzi IP",
    forms_none="Ciò che inserisce nei moduli non viene registrato.",
    forms_harmless="Di ciò che inserisce nei moduli vengono registrati solo dati innocui, ad esempio termini di "
    "ricerca, quantità e opzioni scelte.",
    forms_personal="Di ciò che inserisce nei moduli vengono registrati anche dati personali, ad esempio nome, "
    "indirizzo, indirizzo e-mail e numero di telefono.",
    secrets="Password, numeri di carte e di conti, codici e dati sulla salute vengono riconosciuti da un "
    "programma e rimossi prima di qualsiasi memorizzazione.",
    address="Il Suo indirizzo IP non fa parte della registrazione.",
    impersonal="Non viene registrato alcun dato personale.",
    stored_here="Le registrazioni si trovano sui nostri server a [luogo]; non vengono trasmesse altrove.",
    stored_in="Le registrazioni si trovano su server nella regione {region} [luogo, ad esempio: Francoforte]; "
    "non vengono trasmesse altrove.",
    kept_for="Vengono cancellate dopo [durata].",
    visit_tab="Per collegare le pagine di una visita, il Suo browser conserva fino alla chiusura della scheda un "
    "identificativo casuale (sessionStorage) e brevi valori di controllo di ciò che è stato reso illeggibile.",
    visit_page="A tale scopo nel Suo browser non viene memorizzato nulla.",
    basis="La base giuridica è [base giuridica, ad esempio: art. 6, par. 1, lett. f) GDPR e il nostro interesse].",
    mode_none="Può opporsi alla registrazione: [come].",
    mode_notice="Un avviso sulla pagina La informa e Le permette di rifiutare. Il Suo browser ricorda un rifiuto "
    "per un anno (cookie «milchglas=off»).",
    mode_opt_in="Nulla viene registrato prima del Suo consenso, che ne è la base giuridica (art. 6, par. 1, "
    "lett. a) GDPR). Può revocarlo in qualsiasi momento: [come]. Il Suo browser ricorda un rifiuto per un anno "
    "(cookie «milchglas=off»).",
    gpc="Se il Suo browser invia il segnale «Global Privacy Control», non viene registrato nulla.",
    rights="Per l’accesso ai Suoi dati, la loro cancellazione e gli altri Suoi diritti: [contatto].",
    others="[Altri strumenti di questo sito che raccolgono dati, e chi li offre.]",
)
