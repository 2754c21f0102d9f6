"""French."""

from __future__ import annotations

from proxy.notice.words import Words

FRENCH = Words(
    here="ce site",
    conjunction="et",
    records="Sur {hosts}, nous enregistrons des visites afin de [finalité, par exemple : trouver les erreurs et "
    "les obstacles sur nos pages]. Sont enregistrés les pages ouvertes et leur apparence, ainsi que les "
    "mouvements de la souris, les clics, le défilement et la taille de la fenêtre.",
    share="Cela concerne {share} des visites.",
    text_masked="Tout le texte des pages est auparavant rendu illisible.",
    text_shown="Le texte des pages est enregistré tel qu’il vous est montré ; il peut contenir des informations "
    "sur vous, par exemple votre nom lorsque vous êtes connecté.",
    text_parts_masked="Y sont rendus illisibles : {masked}.",
    numbers="les longs numéros",
    emails="les adresses e-mail",
    ips="les adresses IP",
    forms_none="Ce que vous saisissez dans les formulaires n’est pas enregistré.",
    forms_harmless="De ce que vous saisissez dans les formulaires, seules des données anodines sont "
    "enregistrées, par exemple les termes de recherche, les quantités et les options choisies.",
    forms_personal="De ce que vous saisissez dans les formulaires, des données personnelles sont également "
    "enregistrées, par exemple votre nom, votre adresse, votre adresse e-mail et votre numéro de téléphone.",
    secrets="Les mots de passe, les numéros de carte et de compte, les codes et les données de santé sont "
    "reconnus par un programme et supprimés avant tout stockage.",
    address="Votre adresse IP ne fait pas partie de l’enregistrement.",
    impersonal="Aucune donnée personnelle n’est enregistrée.",
    stored_here="Les enregistrements sont conservés sur nos propres serveurs à [lieu] ; ils ne sont transmis "
    "nulle part ailleurs.",
    stored_in="Les enregistrements sont conservés sur des serveurs de la région {region} [lieu, par exemple : "
    "Francfort] ; ils ne sont transmis nulle part ailleurs.",
    kept_for="Ils sont supprimés après [durée].",
    visit_tab="Pour relier les pages d’une visite, votre navigateur conserve jusqu’à la fermeture de l’onglet un "
    "identifiant aléatoire (sessionStorage), ainsi que de courtes valeurs de contrôle de ce qui a été rendu "
    "illisible.",
    visit_page="Rien n’est stocké pour cela dans votre navigateur.",
    basis="La base juridique est [base juridique, par exemple : art. 6, par. 1, point f) du RGPD, et notre "
    "intérêt].",
    mode_none="Vous pouvez vous opposer à l’enregistrement : [comment].",
    mode_notice="Un avis sur la page vous en informe et vous permet de refuser. Votre navigateur se souvient "
    "d’un refus pendant un an (cookie « milchglas=off »).",
    mode_opt_in="Rien n’est enregistré avant votre accord ; la base juridique est votre consentement (art. 6, "
    "par. 1, point a) du RGPD). Vous pouvez le retirer à tout moment : [comment]. Votre navigateur se souvient "
    "d’un refus pendant un an (cookie « milchglas=off »).",
    gpc="Si votre navigateur envoie le signal « Global Privacy Control », rien n’est enregistré.",
    rights="Pour accéder à vos données, les faire supprimer et exercer vos autres droits : [contact].",
    others="[Autres outils de ce site qui collectent des données, et qui les propose.]",
)
