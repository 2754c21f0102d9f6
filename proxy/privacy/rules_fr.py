"""French words. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

FRENCH_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"mot ?s? ?(de|2) ?passe|motdepasse|\bmdp|mdp\b|\bmot ?passe|\bmpass\b|phrase secrete",
        ("Mot de passe", "mdp", "user_mdp", "motDePasse2"),
        ("mot clé", "passe", "tempête"),
    ),
    Rule(
        "otp",
        r"code (de |d )?(vérification|validation|confirmation|activation|sms|sécurisation"
        r"|usage unique|authentification|secours|récupération)|code (reçu|envoyé) par|code à \d"
        r"|clé de sécurité",
        ("Code de vérification", "Code à 6 chiffres", "Code reçu par SMS"),
        ("code promo", "Code postal"),
    ),
    Rule(
        "secret_answer",
        r"(question|réponse) (secrète|de sécurité)|(reponse|question) ?secrete",
        ("Question secrète", "Réponse de sécurité"),
        ("Votre question", "Réponse"),
    ),
    Rule("pin", r"code (secret|confidentiel|pin)", ("Code secret", "code confidentiel"), ("code", "Secrétaire")),
    Rule(
        "card_number",
        r"\b(numéro|num|no|n) ?(de )?(la |votre |ma )?(carte|cb)\b|carte (bancaire|bleue|de crédit"
        r"|de paiement)|\bcb ?(num|numero|no)|^cb$|carte ?num|carte ?cadeau",
        ("Numéro de carte", "N° de carte bancaire", "Carte de crédit", "num_cb"),
        ("carte de visite", "numéro de carte de fidélité", "menu à la carte"),
    ),
    Rule(
        "card_holder",
        r"(\btitulaire|détenteur|\bporteur|propriétaire)( de| du)?|nom (sur|figurant|inscrit"
        r"|du porteur|du titulaire)",
        ("Titulaire de la carte", "Nom complet du détenteur de la carte", "Nom figurant sur la carte"),
        ("Transporteur", "Importer"),
    ),
    Rule(
        "card_expiry",
        r"(date|mois|année|fin)( de| d)? ?(expiration|validité|péremption)|expire (le|fin)"
        r"|expiration|^mm ?aa(aa)?$|valable jusqu|validité (de la )?carte|^validité$|^expire",
        ("Date d'expiration", "Fin de validité", "MM/AA", "Expire le", "mois d'expiration"),
        ("JJ/MM/AAAA",),
    ),
    Rule(
        "card_cvc",
        r"(code|numéro|n|chiffres) (de )?(sécurité|contrôle|vérification de la carte"
        r"|vérification carte)|cryptogramme|code ?(cvv|cvc)|chiffres au (dos|verso)",
        ("Cryptogramme visuel", "Code de sécurité", "Numéro de contrôle"),
        ("code", "Contrôle technique"),
    ),
    Rule(
        "bank_account",
        r"\b(numéro|n|no|num) ?(de )?compte|code (banque|guichet)|coordonnées bancaires|\brib\b"
        r"|clé rib|compte bancaire",
        ("Numéro de compte", "RIB", "Code guichet"),
        ("Mon compte", "ribbon"),
    ),
    Rule(
        "national_id",
        r"sécurité sociale|\bnir\b|\bn ?ss\b|numéro fiscal|passeport|carte (nationale )?(d "
        r"|de )?identité|\bcni\b|permis de conduire|carte vitale|titre de séjour|niss\b"
        r"|registre national|pièce d identité",
        ("Numéro de sécurité sociale", "Passeport", "Carte d'identité", "Permis de conduire"),
        ("réunir", "Sécurité"),
    ),
    Rule(
        "health",
        r"\bsanté\b|maladie|médicament|grossesse|enceinte|groupe sanguin|handicap|antécédent"
        r"|mutuelle|traitement médical|symptôme|consultation médicale|fumeur",
        ("Groupe sanguin", "Antécédents médicaux", "Handicap"),
        ("présanter", "Traitement de la commande"),
    ),
    Rule(
        "special",
        r"\breligion|syndica|orientation sexuelle|opinion politique|origine ethnique|confession\b"
        r"|nationalité|casier judiciaire",
        ("Religion", "Syndicat", "Nationalité"),
        ("syndrome", "National"),
    ),
    Rule(
        "email",
        r"courriel|\bmél\b|\bmail( ?\d)?$|adresse (électronique|mél)|adresse ?mail",
        ("Courriel", "Adresse électronique", "adresseMail", "Votre mél", "Adresse mail"),
        ("maillot", "mélange", "Adresse postale"),
    ),
    Rule(
        "birth_date",
        r"\bnaissance|denaissance|datenaissance|\bnaiss\b|date ?naiss|datenaiss|\bné ?e? le\b"
        r"|^(jour|mois) ?\d?$|\bddn\b|^âge$|\bjj ?mm ?aa|anniversaire|\bâge$",
        ("Date de naissance", "date_naiss", "Né(e) le", "Âge", "jour", "Lieu de naissance"),
        ("reconnaissance clients", "Page", "toujours", "abonnement"),
    ),
    Rule(
        "phone",
        r"téléphone|télécopie|\bportable\b|\bgsm\b|\btél\b|\btelport|indicatif|\bmobile\b"
        r"|numéro (de )?(tél|mobile|portable)|\bce numéro\b|\btph\b|n de tel|^poste$",
        ("Téléphone", "N° de tél.", "Portable", "tel_mobile", "Indicatif pays", "Télécopie"),
        ("Ordinateur portatif", "Télévision", "Importable"),
    ),
    Rule(
        "income",
        r"\brevenus?\b|salaire|rémunération|prétentions",
        ("Revenus annuels", "Salaire"),
        ("revenir", "revendeur"),
    ),
    Rule(
        "postal_code",
        r"code ?postal|\bcp( ?\d)?$|^cp\b|\bcod ?post|codepost|\bcp ?ville|^cpost|\bcpville",
        ("Code postal", "cp", "codepostal", "Code Postal / Ville"),
        ("carte postale", "cpu"),
    ),
    Rule(
        "company",
        r"soci[eé]t[eé]|raison ?sociale|entreprise|employeur|organisme|établissement|profession"
        r"|fonction\b|^poste occupé|\bmétier\b",
        ("Société", "Raison sociale", "Entreprise", "nom_societe"),
        ("entreprendre", "Associer", "fonctionnalité"),
    ),
    Rule("vat_id", r"\btva\b|\bsiret?n?\b|intracommunautaire", ("N° TVA", "SIRET", "numero_tva"), ("travaux",)),
    Rule(
        "username",
        r"identifiant|utilisateur|pseudo(nyme)?\b|nom (d |de )?(utilisateur|usager|compte)"
        r"|\bsurnom\b|(numéro|n|no|num|code) ?(de |d )?(client|adhérent|abonné|membre|contrat"
        r"|dossier|utilisateur|licence|allocataire)\b|\bcompte ?client|\bpseudo",
        ("Identifiant", "Nom d'utilisateur", "Pseudo", "codeUtilisateur", "Numéro client", "pseudonyme"),
        ("utilisation", "client"),
    ),
    Rule(
        "address",
        r"adresse|\brue\b|\brue( ?\d)?$|\bville|ville\b|\bpays\b|\bpays|\bbâtiment|\bbât\b"
        r"|\bétage\b|résidence|complément\b|\bdépartement\b|\brégion\b|\bcommune\b|\bcanton\b"
        r"|localité|lieu ?dit|boîte postale|\bbp$|\bvoie\b|appartement|code (d )?(entrée|porte)"
        r"|digicode|interphone|\bescalier\b|quartier|n (et|de) rue|numéro (et|de) (la )?(rue|voie)"
        r"|domicile|^vil$|^adr|^numéro$",
        (
            "Adresse de livraison",
            "Rue",
            "Ville",
            "Complément d'adresse",
            "Pays",
            "N° et rue",
            "Bâtiment",
        ),
        ("virus", "Voir les avis", "trueType"),
    ),
    Rule(
        "name",
        r"\bnoms?\b|\bprénoms?\b|nom ?(de )?famille|prénom|\bcivilité\b|\bsexe\b|destinataire"
        r"|nom ?complet|\bnom( ?\d)?$|\binterlocuteur|\bgenre$|nom de jeune fille|bénéficiaire"
        r"|\bprén\b|\bqui êtes vous",
        ("Prénom", "Nom", "Nom de famille", "Civilité", "con_nom", "nomPrenom", "prenom2", "mailFromPrenomFooter"),
        ("nom du produit", "nominal", "nom de domaine"),
    ),
    Rule("plate", r"immatriculation|plaque", ("Immatriculation",), ("Platine",)),
    Rule(
        "search",
        r"recherche|\bchercher?\b|mots? ?clés?|^trouver|\bmotcle",
        ("Rechercher", "Mot-clé", "motcle"),
        ("clé", "chercheur"),
    ),
    Rule(
        "quantity",
        r"\bquantité|\bnombre (de|d)\b|^nb\b|^qté$|\bqte\b|combien",
        ("Quantité", "Nombre de personnes", "Qté"),
        ("nombreux",),
    ),
    Rule(
        "coupon",
        r"code (promo|réduction|avantage|parrain|privilège|cadeau)|bon de réduction|bon d achat"
        r"|chèque cadeau",
        ("Code promo", "Bon de réduction"),
        ("bon",),
    ),
    Rule("rating", r"\bavis$|\bétoiles?\b|\bnoter?$", ("Étoiles",), ("notre",)),
    Rule(
        "filter",
        r"\btrier\b|\btri$|par page|\bfiltre|catégorie|prix (min|max|de)",
        ("Trier par", "Filtrer", "Catégorie"),
        ("trio",),
    ),
    Rule("language", r"\blangue\b|devise\b|fuseau", ("Langue", "Devise"), ("langouste",)),
    Rule(
        "consent",
        r"j accepte|accepter|conditions|infolettre|abonne[rz]\b|rester connecté|se souvenir"
        r"|lettre d information|souhaite recevoir|\bcgv\b|\bcgu\b",
        ("J'accepte les CGV", "Rester connecté"),
        ("climat",),
    ),
    Rule(
        "option",
        r"\btaille\b|\bcouleur\b|mode de (paiement|livraison)|type de (carte|compte)|\bpointure",
        ("Taille", "Couleur", "Mode de livraison"),
        ("détailler",),
    ),
    Rule(
        "free_text",
        r"commentaire|\bsujet\b|\bobjet\b|\btitre\b|remarque|réponse|précision|votre avis"
        r"|demande\b|motif|\bprojet\b",
        ("Votre message", "Sujet du message", "Objet"),
        ("sujetion",),
    ),
)
