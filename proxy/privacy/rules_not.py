"""Where a word does not mean what it says: `pattern` takes its kind back. To be read with rules.py.

Every `match` is a text without the kind, every `clean` one that keeps it.
"""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

_SEARCH: Final = (
    r"\b(search|suche|suchen|finder|filter|recherche)( (field|box|term|text|string|word|form))?$"
    r"|^filter |\bsearch form\b"
)
_SEARCHED: Final = {
    "name": "name",
    "email": "email",
    "phone": "phone",
    "company": "company",
    "address": "city",
}
"""kind -> a word of it; "company search" looks for something, and tells nothing about who looks"""

_THINGS: Final = (
    r"(product|produkt|prod|article|artikel|item|file|datei|domain|host|event|project|projekt"
    r"|page|brand|model|group|list|class|field|tag|dog|pet|book|image|img|folder|site|website"
    r"|web|server|database|db|table|column|form|param|parameter|variable|method|function|tab"
    r"|theme|template|widget|plugin|app|device|hotel|ship|team|game|movie|song|album|artist"
    r"|recipe|restaurant|category|menu|list|registry|wish ?list|printer|font|color|colour"
    r"|style|size|report|step|job|code|key|option|attribute|script|street|city|package|plan"
    r"|course|branch|opportunity|metric|bucket|repo(sitory)?|zone|assignment|discount|asset"
    r"|cluster|instance|environment|container|deal|pipeline|campaign|segment|workspace|channel"
    r"|board|unit|module|subject|topic|resource|policy|rule|role|service|label|layer|dataset"
    r"|queue|stage|rate|course (full|short)|lesson|quiz|show|series|venue|tour|room|building"
    r"|school|church|club|tree|species|archive|metadata|feed|report|attraction|stream|entity"
    r"|object|node|session|cookie|header|token|address ?book|network|wifi)"
)

NOT_RULES: Final[tuple[Rule, ...]] = (
    Rule("search", r"research", ("researchers",), ("search",)),
    *(
        Rule(
            kind,
            r"\b(search|suche|suchen|finder|filter|recherche)( (field|box|term|text|string|word"
            r"|form))?$|^filter |\bsearch form\b",
            (f"{word}_search",),
            (word,),
        )
        for kind, word in _SEARCHED.items()
    ),
    Rule(
        "name",
        rf"\b{_THINGS}" + r" ?(s )?name\b|\b(bestand|domein|fil|domän|produkt|termék|file)s?(naam|namn|navn|név)"
        r"|productnaam|(product|datei|domain|event|host|projekt|produkt|artikel)name?n?\b|nom (du"
        r"|de la|de l|d un|des|de) ?(produit|fichier|domaine|site|projet|magasin|image|liste"
        r"|groupe|article|l article)|nom(br)?e (del|de la|de|do|da|dell|dello|della|di"
        r"|d) ?(producto|dominio|archivo|fichero|proyecto|produto|domínio|arquivo|ficheiro|projeto"
        r"|prodotto|file|progetto|sito|site|grupo|lista|mascota)|nome ?(file|arquivo|prodotto"
        r"|produto)|имя (файла|домена|сайта)|jméno souboru|(商品|品|曲|件|店舗|製品|文件|域|会社"
        r"|有|地)名|著名|(search|filter|sort) (by|for) ?(a )?name|name (of )?(the )?(pet|product"
        r"|project|event|file|list|group|service)|nombre d(e|es)? ?(personn|enfant|adulte|chambre"
        r"|nuit|piece|place|article|jour)\w*|nome?(br?e)? ?(du |de la |del |d[aeo] |de )?(archivo"
        r"|curso|cours|recette|curso|concurso|evento|événement|équipe|bestand|liste)|name (der|des"
        r"|dieser) (veranstaltung|datei|gruppe|liste|seite|produkts?|projekts?|kurses|events?"
        r"|vereins)|name this|projektnavn|projektnamn|(course|short|display) ?names? as"
        r"|name ?(order|format|type)\b|discount name|no middle|nombre_archivo|name your price"
        r"|\bclass ?name|re ?name\b",
        (
            "product_name",
            "file name",
            "domainname",
            "nom du produit",
            "nombre del archivo",
            "search by name",
            "имя файла",
            "商品名",
        ),
        ("first name", "Nom", "billing name"),
    ),
    Rule(
        "email",
        r"e ?mails? ?(frequency|status|search|format|type|notif|pref|alert|option|subject|template"
        r"|message|body|list|server|campaign|news|provider|client|count|per|me when|host)|(format"
        r"|type|frequency) of e ?mail|mail ?(server|message|subject|body|format|list|merge|er|host"
        r"|port|type|text)\b|メールマガジン|メルマガ|mail ?msg|mailing list"
        r"|send (me )?(an )?e ?mail when|par e ?mail quand|\bmail news",
        ("email frequency", "emailFormat", "mail_server", "MailMessage", "email notifications"),
        ("email address", "e-mail", "notification email"),
    ),
    Rule(
        "phone",
        r"(phone|mobile|handy|cell)s? ?(system|in your|in the office|suchen|modell?|model|type"
        r"|brand|make|os|app|case|cover)\b|(head|micro|saxo|xylo)phone|(mobile|phone) ?(version"
        r"|device|menu|view|search|nav)|contact ?(us|form|reason|method|type|me)$|exchange ?rate"
        r"|telefon ?(typ|art)|preferred (contact|phone) (method|time)|time to call",
        ("phone model", "headphones", "mobile_menu", "exchange rate", "phoneType"),
        ("phone number", "mobile"),
    ),
    Rule(
        "address",
        r"\b(ip|mac|web ?site|web|url|site|memory|wallet|bitcoin|mailserver) ?(address|adresse"
        r"|adres|adresa)|(address|dirección|endereço|adresse|indirizzo) ?(ip|web|url)\b"
        r"|address ?(type|format|display|book|same|option|choice|verified|valid)|same (billing"
        r"|shipping|address|as)|(same|identical) (as )?(billing|shipping|mailing|home|my) ?address"
        r"|use (my |this )?(billing|shipping) address|country of (origin|manufacture)"
        r"|state of (mind|the)|\b(sort|order|powered|group|filter|search|posted|published|made"
        r"|view|shop|show|by) by\b|(sort|order|group|view|shop)by|airport|flughafen|aeropuerto"
        r"|aeroporto|aéroport|weather|\baws\b|page address|\btree|city ?tour|\bevent ?(city"
        r"|location|address)|veranstaltung|region ?filter|cookie|capacity|velocity|state ?(id of"
        r"|machine|token|key)|view ?state|status|store ?(city|state|locator)|land(ing|scape)|(邮箱"
        r"|邮件|電郵|网站|网址|メール)地址|이메일 ?주소|메일 ?주소|standort der|city ?guide"
        r"|\bregion code of dvd|\badres ?a? ip",
        (
            "IP address",
            "website address",
            "same as billing address",
            "sort by",
            "capacity",
            "address type",
            "邮箱地址",
        ),
        ("shipping address", "City", "By", "addressLine2"),
    ),
    Rule(
        "company",
        r"how many people|employees|jobs? (by|at)|skills|company ?(size|type|revenue|industry"
        r"|category|employees|profile|info|description|news|logo|website|url|stage)"
        r"|number of employees|(size|type) of (company|business|organi[sz]ation)|ticker"
        r"|business type|accompan|company or (ticker|symbol)",
        ("company size", "company_type", "Number of employees at company", "Ticker Symbol or Company"),
        ("company name", "your company"),
    ),
    Rule(
        "card_number",
        r"(card|cc|karten|kort|karty) ?(type|typ|art|brand|logo|design|style|color|network|scheme"
        r"|message|text|image|theme)\b|(type|tipo|typ|circuito) (of |de |di |da )?(credit |carte "
        r"|tarjeta |cart|carta |karty)|(type|tipo|typ) (of |de |di |da |do )?(la )?(card|carte"
        r"|tarjeta|cart|karty|carta)|(business|visiting|greeting|post|sim|memory|graphics|sound"
        r"|video|report|score|loyalty|library|club|student|membership|member|health|insurance"
        r"|medicare|rewards?|points|bonus|e|payback|miles|travel) ?card|kunden ?karte|visitkort"
        r"|medlemskort|klantenkaart|carte de (visite|fid)|tarjeta de (visita|cliente)"
        r"|carta fedeltà|cartão de visita|karta stałego|klubová karta|会员卡|(numéro|número"
        r"|numero) de (la )?carte de fidélité",
        ("card type", "Kreditkartentyp", "loyalty card number", "tipo de tarjeta", "business card"),
        ("card number", "Kreditkarte", "Tarjeta de crédito"),
    ),
    Rule(
        "password",
        r"(forg[oe]t(ten)?|lost|remember|show|hide|reset|view|see|display|toggle|recover|retrieve"
        r"|send|save|need|request) ?(my |your |me |a |the )?(new )?(pass ?word|pwd|pass)s?$"
        r"|pass ?word ?(strength|meter|reminder|hint|question|rules|policy|generator|length|tips)"
        r"|passwort ?(vergessen|merken|anzeigen|stärke)|(palabras?|mots?|parol[ae]"
        r"|palavras?) ?(cl(é|ave|e)|chiave)\b|ski ?pass|boarding ?pass|bus ?pass|season ?pass"
        r"|reise ?pass|\bpass ?(port|age|enger|ion|ive|nr|nummer|book|type|through|no\b)"
        r"|com ?pass\b|mot de passe oublié|(olvid|recordar|recuperar)\w* ?(la |mi |tu "
        r"|su )?(contrase|clave|senha)|(lembrar|esquec)\w* ?(a |minha )?senha|wachtwoord (vergeten"
        r"|onthouden)|забыли пароль|запомнить пароль|\bqs kw\b|\bkw\b",
        (
            "forgot password",
            "Show password",
            "Passwort vergessen",
            "palabra clave",
            "boarding pass",
            "password strength",
        ),
        ("new password", "Passwort", "clave"),
    ),
    Rule(
        "username",
        r"user ?(agent|type|role|group|rating|review|guide|manual|comment|topic|message|agreement"
        r"|experience|image|photo|avatar|language|lang|interface|generated|field|level|count"
        r"|search|status|terms|timezone|country|prefs)|login ?(type|attempt|button|form ?(submit"
        r"|id)|redirect|method|url)|(remember|save|keep) ?(my |me )?(user|login)|identifier ?type"
        r"|account ?type|login redirect|after login|(book|art\w*|post|quote) ?author"
        r"|num ?empleados|num ?comm|author ?(search|index)",
        ("user agent", "user_topic", "login_type", "user group", "remember login"),
        ("user name", "login", "user id"),
    ),
    Rule(
        "birth_date",
        r"(page|image|link|usage|language|manage|package|message|percent|average|mile|storage"
        r"|stor)age|date ?(format|posted|added|range|created|modified)|birth ?(stone|control)"
        r"|(recommended )?age (of (the )?child|range|rating)|party date|age ?(verified"
        r"|verification|confirm|gate)|(child|children|chld|kids?) ?s? ?ages?\b"
        r"|ages? of (the )?(child|kids?)",
        ("date format", "age verification", "birthstone"),
        ("age", "birth date"),
    ),
    Rule(
        "card_expiry",
        r"(link|session|offer|coupon|ad|post|listing|domain|token|cache|cookie|job|contract"
        r"|membership|subscription|password|event|auction|quote|poll|ban|passwords) ?(exp\b|expir)"
        r"|expir(y|ation|es)? ?(session|token|cookie|url|callback)|experi|export|express|expert"
        r"|expect|explain|expand|explor|cookies?$|certificate expir|date d (arrivée|départ)"
        r"|(expiry|expiration) (of|de|du) (offer|coupon|domain)",
        ("session expires", "coupon expiration", "domain expiry", "Express"),
        ("expires", "exp date", "card expiration"),
    ),
    Rule(
        "otp",
        r"(discount|promo|coupon|voucher|referral|offer|zip|postal?|country|area|dial|product|item"
        r"|source|campaign|color|style|store|dealer|affiliate|currency|language|lang|error|status"
        r"|html|embed|sort|tax|gift|invite|invitation|bar|qr|cost|department|dept|course"
        r"|airport) ?code$|code ?(promo|postal|rabais|réduction)|confirm(ation)? ?(number|no"
        r"|dialog|page|mail|email)|(e ?mail|login|sign ?in) ?(key ?word)|access ?key ?\d"
        r"|phone ?country|key ?words?|keyup|key ?press|key ?down|security key ?board",
        ("zip code", "promo code", "email country code"),
        ("verification code", "sms code"),
    ),
    Rule(
        "card_cvc",
        r"^cv( upload)?$|resume|vitae|social (security|insurance)|(sécurité|seguridad|segurança) social",
        ("social security number",),
        ("security code",),
    ),
    Rule(
        "health",
        r"(health|medical) ?(news|topics|care|category|tips|insurance ?type)|insurance ?(type"
        r"|company|category)|health ?check|carrier",
        ("health news", "insurance type"),
        ("health condition", "medical history"),
    ),
    Rule(
        "special",
        r"(screen|page|device|image|layout|print|video) ?orientation|politi(cs|cal) ?(news"
        r"|category|section)|race ?(number|category|distance|date|type)|trace\b",
        ("screen orientation", "race category"),
        ("sexual orientation", "religion"),
    ),
    Rule(
        "national_id",
        r"tax(es)? ?(included|excluded|rate|class|total|amount)|passport ?(js|strategy)"
        r"|national ?(park|team|holiday)|\btin ?can|\bsin ?(city|gle)",
        ("tax rate",),
        ("tax id", "passport"),
    ),
    Rule(
        "location",
        r"location ?(type|category|id\b|search|filter)|job ?location|(work|store|event|search"
        r"|pickup|pick ?up|drop ?off|branch|shop) ?location|translat",
        ("location type", "job_location", "pickup location"),
        ("location", "my location"),
    ),
    Rule(
        "postal_code",
        r"zip ?archive|plz ?anzahl|postleitzahlgebiet|unzip|\bgzip|zip ?(file|line|up|pers?)\b"
        r"|post(al)? ?(order|card)",
        ("zip file", "unzip"),
        ("zip", "zipcode"),
    ),
    Rule(
        "bank_account",
        r"(quick|auto|tempt)ba|abasto|swift ?(ui|key|er)|konto (anlegen|erstellen)|my account"
        r"|(create|new|delete) account|account (settings|type|name)",
        ("Konto anlegen", "swift key"),
        ("account number", "swift"),
    ),
    Rule(
        "api_key",
        r"what is this (token|key)|(token|key) ?(name|description|desc|label|expiry|expires|type"
        r"|title|id|purpose)\b|(captcha|stripe|push|device) ?token ?(field|type)|key ?words?"
        r"|id token [12]\b|license ?(type|agreement)|side?bar",
        ("IDToken1",),
        ("api key", "token"),
    ),
    Rule("pin", r"pin ?(farbe|color|board|terest|wheel|drop|map)", ("pin_color", "pinboard"), ("pin",)),
    Rule("plate", r"license ?(type|agreement)|register|template|van$", ("license agreement",), ("license plate",)),
)
