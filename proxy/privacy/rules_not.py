"""Where a word does not mean what it says: `pattern` takes its kind back. Every `match` is a text without the kind,
every `clean` one that keeps it. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

_THINGS: Final = (
    r"(product|produkt|prod|article|artikel|item|file|datei|domain|host|event|project|projekt|page|brand|model|group|list|class"
    r"|field|tag|dog|pet|book|image|img|folder|site|website|web|server|database|db|table|column|form|param|parameter|variable|method"
    r"|function|tab|theme|template|widget|plugin|app|device|hotel|ship|team|game|movie|song|album|artist|recipe|restaurant|category"
    r"|menu|list|registry|wish ?list|printer|font|color|colour|style|size|report|step|job|code|key|option|attribute|script|street|city|package|plan)"
)

NOT_RULES: Final[tuple[Rule, ...]] = (
    Rule("search", r"research", ("researchers",), ("search",)),
    Rule(
        "name",
        rf"\b{_THINGS} ?(s )?name\b|\b(bestand|domein|fil|domän|produkt|termék|file)s?(naam|namn|navn|név)|productnaam|(product|datei|domain|event|host|projekt|produkt|artikel)name?n?\b"
        r"|nom (du|de la|de l|d un|des|de) ?(produit|fichier|domaine|site|projet|magasin|image|liste|groupe|article|l article)"
        r"|nom(br)?e (del|de la|de|do|da|dell|dello|della|di|d) ?(producto|dominio|archivo|fichero|proyecto|produto|domínio|arquivo|ficheiro|projeto|prodotto|file|progetto|sito|site|grupo|lista|mascota)"
        r"|nome ?(file|arquivo|prodotto|produto)|имя (файла|домена|сайта)|jméno souboru|(商品|品|曲|件|店舗|製品|文件|域|会社|有|地)名|著名|(search|filter|sort) (by|for) ?(a )?name|name (of )?(the )?(pet|product|project|event|file|list|group|service)"
        r"|nombre d(e|es)? ?(personn|enfant|adulte|chambre|nuit|piece|place|article|jour)\w*|name your price|\bclass ?name|re ?name\b",
        ("product_name", "file name", "domainname", "nom du produit", "nombre del archivo", "search by name", "имя файла", "商品名"),
        ("first name", "Nom", "billing name"),
    ),
    Rule(
        "email",
        r"e ?mails? ?(frequency|format|type|notif|pref|alert|option|subject|template|message|body|list|server|campaign|news|provider|client|count|per|me when|host)|(format|type|frequency) of e ?mail"
        r"|mail ?(server|message|subject|body|format|list|merge|er|host|port|type|text)\b|メールマガジン|メルマガ|mail ?msg|mailing list|send (me )?(an )?e ?mail when|par e ?mail quand|\bmail news",
        ("email frequency", "emailFormat", "mail_server", "MailMessage", "email notifications"),
        ("email address", "e-mail", "notification email"),
    ),
    Rule(
        "phone",
        r"(phone|mobile|handy|cell) ?(model|type|brand|make|os|app|case|cover)\b|(head|micro|saxo|xylo)phone|(mobile|phone) ?(version|device|menu|view|search|nav)|contact ?(us|form|reason|method|type|me)$|exchange ?rate"
        r"|telefon ?(typ|art)|preferred (contact|phone) (method|time)|time to call",
        ("phone model", "headphones", "mobile_menu", "exchange rate", "phoneType"),
        ("phone number", "mobile"),
    ),
    Rule(
        "address",
        r"\b(ip|mac|web ?site|web|url|site|memory|wallet|bitcoin|mailserver) ?(address|adresse|adres|adresa)|(address|dirección|endereço|adresse|indirizzo) ?(ip|web|url)\b|address ?(type|book|same|option|choice|verified|valid)|same (billing|shipping|address|as)"
        r"|(same|identical) (as )?(billing|shipping|mailing|home|my) ?address|use (my |this )?(billing|shipping) address|country of (origin|manufacture)|state of (mind|the)|\b(sort|order|powered|group|filter|search|posted|published|made|view|shop|show|by) by\b|(sort|order|group|view|shop)by"
        r"|capacity|velocity|state ?(id of|machine|token|key)|view ?state|status|store ?(city|state|locator)|land(ing|scape)|(邮箱|邮件|電郵|网站|网址|メール)地址|이메일 ?주소|메일 ?주소|standort der|city ?guide|\bregion code of dvd|\badres ?a? ip",
        ("IP address", "website address", "same as billing address", "sort by", "capacity", "address type", "邮箱地址"),
        ("shipping address", "City", "By", "addressLine2"),
    ),
    Rule(
        "company",
        r"company ?(size|type|revenue|industry|category|employees|profile|info|description|news|logo|website|url|stage)|number of employees|(size|type) of (company|business|organi[sz]ation)|ticker|business type|accompan|company or (ticker|symbol)",
        ("company size", "company_type", "Number of employees at company", "Ticker Symbol or Company"),
        ("company name", "your company"),
    ),
    Rule(
        "card_number",
        r"(card|cc|karten|kort|karty) ?(type|typ|art|brand|logo|design|style|color|network|scheme|message|text|image|theme)\b|(type|tipo|typ|circuito) (of |de |di |da )?(credit |carte |tarjeta |cart|carta |karty)|(type|tipo|typ) (of |de |di |da |do )?(la )?(card|carte|tarjeta|cart|karty|carta)|(business|visiting|greeting|post|sim|memory|graphics|sound|video|report|score|loyalty|library|club|student"
        r"|membership|member|health|insurance|medicare|rewards?|points|bonus|e|payback|miles|travel) ?card|kunden ?karte|visitkort|medlemskort|klantenkaart|carte de (visite|fid)|tarjeta de (visita|cliente)|carta fedeltà|cartão de visita|karta stałego|klubová karta|会员卡|(numéro|número|numero) de (la )?carte de fidélité",
        ("card type", "Kreditkartentyp", "loyalty card number", "tipo de tarjeta", "business card"),
        ("card number", "Kreditkarte", "Tarjeta de crédito"),
    ),
    Rule(
        "password",
        r"(forg[oe]t(ten)?|lost|remember|show|hide|reset|view|see|display|toggle|recover|retrieve|send|save|need|request) ?(my |your |me |a |the )?(new )?(pass ?word|pwd|pass)s?$|pass ?word ?(strength|meter|reminder|hint|question|rules|policy|generator|length|tips)|passwort ?(vergessen|merken|anzeigen|stärke)|(palabra|mot|parola|palavra|parole) ?(cl(é|ave|e)|chiave)\b|"
        r"ski ?pass|boarding ?pass|bus ?pass|season ?pass|reise ?pass|\bpass ?(port|age|enger|ion|ive|nr|nummer|book|type|through|no\b)|com ?pass\b|mot de passe oublié|(olvid|recordar|recuperar)\w* ?(la |mi |tu |su )?(contrase|clave|senha)|(lembrar|esquec)\w* ?(a |minha )?senha|wachtwoord (vergeten|onthouden)|забыли пароль|запомнить пароль|\bqs kw\b|\bkw\b",
        ("forgot password", "Show password", "Passwort vergessen", "palabra clave", "boarding pass", "password strength"),
        ("new password", "Passwort", "clave"),
    ),
    Rule(
        "username",
        r"user ?(agent|type|role|group|rating|review|guide|manual|comment|topic|message|agreement|experience|image|photo|avatar|language|lang|interface|generated|field|level|count|search|status|terms|timezone|country|prefs)|login ?(type|attempt|button|form ?(submit|id)|redirect|method|url)|(remember|save|keep) ?(my |me )?(user|login)|identifier ?type|account ?type|author ?(search|index)",
        ("user agent", "user_topic", "login_type", "user group", "remember login"),
        ("user name", "login", "user id"),
    ),
    Rule("birth_date", r"(page|image|link|usage|language|manage|package|message|percent|average|mile|storage|stor)age|date ?(format|posted|added|range|created|modified)|birth ?(stone|control)|age ?(verified|verification|confirm|gate)", ("date format", "age verification", "birthstone"), ("age", "birth date")),
    Rule("card_expiry", r"(link|session|offer|coupon|ad|post|listing|domain|token|cache|cookie|job|contract|membership|subscription|password|event|auction|quote|poll|ban) ?(exp\b|expir)|expir(y|ation|es)? ?(session|token|cookie|url|callback)|experi|export|express|expert|expect|explain|expand|explor|cookies?$|certificate expir|date d (arrivée|départ)|(expiry|expiration) (of|de|du) (offer|coupon|domain)", ("session expires", "coupon expiration", "domain expiry", "Express"), ("expires", "exp date", "card expiration")),
    Rule("otp", r"(discount|promo|coupon|voucher|referral|offer|zip|postal?|country|area|dial|product|item|source|campaign|color|style|store|dealer|affiliate|currency|language|lang|error|status|html|embed|sort|tax|gift|invite|invitation|bar|qr|cost|department|dept|course|airport) ?code$|code ?(promo|postal|rabais|réduction)|confirm(ation)? ?(number|no|dialog|page|mail|email)|(e ?mail|login|sign ?in) ?(key ?word)|access ?key ?\d|phone ?code|phone ?country|key ?words?|keyup|key ?press|key ?down|security key ?board", ("zip code", "promo code", "email country code"), ("verification code", "sms code")),
    Rule("card_cvc", r"^cv( upload)?$|resume|vitae|social (security|insurance)|(sécurité|seguridad|segurança) social", ("social security number",), ("security code",)),
    Rule("health", r"(health|medical) ?(news|topics|care|category|tips|insurance ?type)|insurance ?(type|company|category)|health ?check|carrier", ("health news", "insurance type"), ("health condition", "medical history")),
    Rule("special", r"(screen|page|device|image|layout|print|video) ?orientation|politi(cs|cal) ?(news|category|section)|race ?(number|category|distance|date|type)|trace\b", ("screen orientation", "race category"), ("sexual orientation", "religion")),
    Rule("national_id", r"tax(es)? ?(included|excluded|rate|class|total|amount)|passport ?(js|strategy)|national ?(park|team|holiday)|\btin ?can|\bsin ?(city|gle)", ("tax rate",), ("tax id", "passport")),
    Rule("location", r"location ?(type|category|id\b|search|filter)|job ?location|(work|store|event|search|pickup|pick ?up|drop ?off|branch|shop) ?location|translat", ("location type", "job_location", "pickup location"), ("location", "my location")),
    Rule("postal_code", r"unzip|\bgzip|zip ?(file|line|up|pers?)\b|post(al)? ?(order|card)", ("zip file", "unzip"), ("zip", "zipcode")),
    Rule("bank_account", r"(quick|auto|tempt)ba|abasto|swift ?(ui|key|er)|konto (anlegen|erstellen)|my account|(create|new|delete) account|account (settings|type|name)", ("Konto anlegen", "swift key"), ("account number", "swift")),
    Rule("api_key", r"(captcha|stripe|push|device) ?token ?(field|type)|key ?words?|id token [12]\b|license ?(type|agreement)|side?bar", ("IDToken1",), ("api key", "token")),
    Rule("plate", r"license ?(type|agreement)|register|template|van$", ("license agreement",), ("license plate",)),
)
