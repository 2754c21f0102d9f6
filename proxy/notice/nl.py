"""Dutch."""

from __future__ import annotations

from proxy.notice.words import Words

DUTCH = Words(
    here="deze website",
    conjunction="en",
    records="Op {hosts} nemen wij bezoeken op om [doel, bijvoorbeeld: fouten en hindernissen op onze pagina’s te "
    "vinden]. Opgenomen wordt welke pagina’s worden geopend en hoe ze eruitzien, en ook muisbewegingen, klikken, "
    "scrollen en de grootte van het venster.",
    share="Dit gebeurt bij {share} van de bezoeken.",
    text_masked="Alle tekst van de pagina’s wordt vooraf onleesbaar gemaakt.",
    text_shown="De tekst van de pagina’s wordt opgenomen zoals die aan u wordt getoond; daarin kan iets over u "
    "staan, bijvoorbeeld uw naam wanneer u bent ingelogd.",
    text_parts_masked="Onleesbaar gemaakt worden daarin {masked}.",
    numbers="lange nummers",
    emails="e-mailadressen",
    ips="IP-adressen",
    forms_none="Wat u in formulieren invult, wordt niet opgenomen.",
    forms_harmless="Van wat u in formulieren invult, worden alleen onschuldige gegevens opgenomen, zoals "
    "zoektermen, aantallen en gekozen opties.",
    forms_personal="Van wat u in formulieren invult, worden ook persoonsgegevens opgenomen, zoals uw naam, "
    "adres, e-mailadres en telefoonnummer.",
    secrets="Wachtwoorden, kaart- en rekeningnummers, codes en gegevens over gezondheid worden door een "
    "programma herkend en verwijderd voordat er iets wordt opgeslagen.",
    address="Uw IP-adres maakt geen deel uit van de opname.",
    impersonal="Er worden geen persoonsgegevens opgenomen.",
    stored_here="De opnamen staan op onze eigen servers in [plaats]; ze worden nergens anders heen gestuurd.",
    stored_in="De opnamen staan op servers in de regio {region} [plaats, bijvoorbeeld: Frankfurt]; ze worden "
    "nergens anders heen gestuurd.",
    kept_for="Na [termijn] worden ze gewist.",
    visit_tab="Om de pagina’s van een bezoek bij elkaar te houden, bewaart uw browser tot het tabblad wordt "
    "gesloten een willekeurig kenmerk (sessionStorage) en korte controlewaarden van wat onleesbaar is gemaakt.",
    visit_page="In uw browser wordt hiervoor niets opgeslagen.",
    basis="De rechtsgrond is [rechtsgrond, bijvoorbeeld: art. 6 lid 1 onder f AVG en ons belang daarbij].",
    mode_none="U kunt bezwaar maken tegen de opname: [hoe].",
    mode_notice="Een melding op de pagina vertelt u dit en laat u weigeren. Uw browser onthoudt een weigering "
    "een jaar lang (cookie ‘milchglas=off’).",
    mode_opt_in="Er wordt niets opgenomen voordat u toestemming hebt gegeven; die is de rechtsgrond (art. 6 lid "
    "1 onder a AVG). U kunt haar op elk moment intrekken: [hoe]. Uw browser onthoudt een weigering een jaar lang "
    "(cookie ‘milchglas=off’).",
    gpc="Stuurt uw browser het signaal ‘Global Privacy Control’, dan wordt er niets opgenomen.",
    rights="Voor inzage in uw gegevens, verwijdering ervan en uw andere rechten: [contact].",
    others="[Andere hulpmiddelen op deze website die gegevens verzamelen, en wie ze aanbiedt.]",
)
