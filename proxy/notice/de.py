"""German."""

from __future__ import annotations

from proxy.notice.words import Words

GERMAN = Words(
    here="dieser Website",
    conjunction="und",
    records="Auf {hosts} zeichnen wir Besuche auf, um [Zweck, etwa: Fehler und Hürden auf unseren Seiten zu "
    "finden]. Aufgezeichnet wird, welche Seiten aufgerufen werden und wie sie aussehen, dazu Mausbewegungen, "
    "Klicks, Scrollen und die Größe des Fensters.",
    share="Das geschieht bei {share} der Besuche.",
    text_masked="Der Text der Seiten wird dabei vollständig unkenntlich gemacht.",
    text_shown="Der Text der Seiten wird so aufgezeichnet, wie er Ihnen gezeigt wird; er kann Angaben über Sie "
    "enthalten, etwa Ihren Namen, wenn Sie angemeldet sind.",
    text_parts_masked="Unkenntlich gemacht werden darin {masked}.",
    numbers="lange Nummern",
    emails="E-Mail-Adressen",
    ips="IP-Adressen",
    forms_none="Was Sie in Formulare eingeben, wird nicht aufgezeichnet.",
    forms_harmless="Von dem, was Sie in Formulare eingeben, wird nur Unverfängliches aufgezeichnet, etwa "
    "Suchbegriffe, Mengen und ausgewählte Optionen.",
    forms_personal="Von dem, was Sie in Formulare eingeben, werden auch personenbezogene Angaben aufgezeichnet, "
    "etwa Name, Anschrift, E-Mail-Adresse und Telefonnummer.",
    secrets="Passwörter, Karten- und Kontonummern, Codes und Angaben zur Gesundheit erkennt ein Programm und "
    "entfernt sie, bevor etwas gespeichert wird.",
    address="Ihre IP-Adresse ist kein Teil der Aufzeichnung.",
    impersonal="Personenbezogene Daten werden dabei nicht aufgezeichnet.",
    stored_here="Die Aufzeichnungen liegen auf unseren eigenen Servern in [Ort]; nirgendwohin sonst werden sie "
    "übermittelt.",
    stored_in="Die Aufzeichnungen liegen auf Servern in der Region {region} [Ort, etwa: Frankfurt]; nirgendwohin "
    "sonst werden sie übermittelt.",
    kept_for="Nach [Dauer] werden sie gelöscht.",
    visit_tab="Damit die Seiten eines Besuchs zusammenfinden, speichert Ihr Browser bis zum Schließen des Tabs "
    "eine zufällige Kennung (sessionStorage), dazu kurze Prüfwerte dessen, was unkenntlich gemacht wurde.",
    visit_page="In Ihrem Browser wird dafür nichts gespeichert.",
    basis="Rechtsgrundlage ist [Rechtsgrundlage, etwa: Art. 6 Abs. 1 lit. f DSGVO und unser Interesse daran].",
    mode_none="Sie können der Aufzeichnung widersprechen: [wie].",
    mode_notice="Ein Hinweis auf der Seite sagt Ihnen das und lässt Sie ablehnen. Ihre Ablehnung merkt sich Ihr "
    "Browser ein Jahr lang (Cookie „milchglas=off“).",
    mode_opt_in="Aufgezeichnet wird erst, wenn Sie eingewilligt haben; Rechtsgrundlage ist Ihre Einwilligung "
    "(Art. 6 Abs. 1 lit. a DSGVO). Sie können sie jederzeit widerrufen: [wie]. Eine Ablehnung merkt sich Ihr "
    "Browser ein Jahr lang (Cookie „milchglas=off“).",
    gpc="Sendet Ihr Browser das Signal „Global Privacy Control“, wird nichts aufgezeichnet.",
    rights="Auskunft über Ihre Daten, ihre Löschung und Ihre weiteren Rechte: [Kontakt].",
    others="[Andere Werkzeuge auf dieser Website, die Daten erheben, und wer sie anbietet.]",
)
