"""English words, and the abbreviations that programmers of every country use. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

ENGLISH_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "email",
        r"e ?mail ?(adress?|addr|address|add|id|\d)\b|email|\be ?mails?\b|\bmail( ?\d)?$"
        r"|\bmail ?(confirm|conf|again|repeat|check|verif|input|value|user)|\bmail ?(adress?|addr"
        r"|address|id|box|login)\b|\beml\b|\b(user|my|your|login|contact|from|to|sender|owner|new"
        r"|confirm|client|customer|c|b|s)mail\b|^ea$|^e ?m$|^send ?to$",
        (
            "eMail",
            "newsletter email",
            "user_mail",
            "e-mail address",
            "emailaddress2",
            "Confirm e-mail",
            "login_email",
        ),
        ("mailing list", "Mailand", "email frequency", "mailing address", "mail server", "domain"),
    ),
    Rule(
        "birth_date",
        r"birth|\bdo ?b\b|\bb ?da(y|te)\b|\bbday|date ?of ?b|\bd ?o ?b\b|\bborn\b|^age( ?(in years"
        r"|group|range))?$|\bage$|\bdob ?(day|month|year|dd|mm|yy\w*|d|m|y)|^month ?\d?$"
        r"|^day ?\d?$|^the ?date$|^year ?\d?$",
        ("dob", "birthday", "Date of birth", "bday_month", "birthdate[year]", "Place of birth", "dobDay", "age"),
        ("Gebäude", "filter", "default", "page", "daily", "birdhouse"),
    ),
    Rule(
        "phone",
        r"phone|\btel( ?(nr|no|num|number|ext|\d))?( ?\d)?$|^tel\b|\btel\b|\b(fax|mobile|mob|cell"
        r"|gsm|ph|whats ?app|phn|fon)( ?(no|num|nr|number|nbr|\d))?( ?\d)?$|\btele?(phon|f)"
        r"|area ?code|\b(fax|mobile|cell|phone|mob|contact|sms|text|daytime|evening|day|night"
        r"|pager|home|work|business|cellular|landline|hp|wp|wrk|hm) ?(no|num|nr|nbr|number|area"
        r"|exchange|prefix|suffix|ext|extension|phone)\b|^(tel |phone |work )?ext(ension)?( ?(no"
        r"|\d))?$|(country|dial|dialing|calling|phone|tel|international|national|idd|isd"
        r"|std) ?(calling |dialing |phone )?(code|prefix)\b|^exchange$|\bfax\b|\bcellular\b"
        r"|\bmobile\b|last four digits|^contact ?(no|num|number)|\bcontactnum|\bsms ?num|^sms$"
        r"|\bmdn\b|\bmsisdn\b|\bpager\b|mobileno\b|\bcall ?back( ?(number|no))?$|number to call",
        (
            "mobileNumber",
            "phone_home",
            "Fax",
            "Cell",
            "daytime phone",
            "tel_ext",
            "area code",
            "bill_to_phone1",
            "hpExchange",
        ),
        ("hotel", "Saxophonist", "headphones", "text", "exchange rate", "file extension"),
    ),
    Rule(
        "income",
        r"\bsalary\b|\bincome\b|net ?worth|\bwages?\b|\bearnings\b|annual revenue|yearly pay"
        r"|take ?home pay|\bearn per",
        ("annual income", "salary", "net worth"),
        ("incoming", "page"),
    ),
    Rule(
        "postal_code",
        r"post(al)? ?(al)? ?code|postcode|\bzip( ?(code|cd|plus|ext|postal|\d))?|zip ?(code|cd|ext"
        r"|plus)|(\b[a-tv-z]|address|billing|shipping|postal|home|mailing|bill|ship|user|cust"
        r"|customer)zip( ?\d)?\b|\bpostal\b$|\bpost ?cd\b|\bpin ?code$|\bp ?code$|\beircode\b|^pc$",
        ("zipCode", "postal_code", "dzip", "billingzip", "Postcode", "zip4", "post cd", "address[postal]"),
        ("unzip", "post", "gzipped", "postal order"),
    ),
    Rule(
        "company",
        r"\bcompany|company\b|\borgani[sz]ation( ?name)?\b|\bemployer\b|(business|firm|corporat(e"
        r"|ion)|agency|store|practice|office) ?name|\binstitut(ion|e)\b|^firm$|\bworkplace\b"
        r"|\b(job ?title|occupation|profession)\b|\bemployer|\borg ?(name)?$|^business$"
        r"|\bcomp ?name\b|\bschool ?(name)?$|\buniversity\b$|\bcorp( ?name)?$|\baffiliation\b"
        r"|^co ?name$",
        ("company_name", "organisation", "billing_company", "employer", "Business name", "job title", "OrgName"),
        ("accompany", "company size", "firmware", "companion", "organizer"),
    ),
    Rule(
        "vat_id",
        r"\bvat\b|\btaxvat|vat ?(id|no|nr|number|num|reg\w*)\b|\btax ?(exempt|registration)( ?(id"
        r"|number))?|\bgst( ?in)?( ?(no|number))?$|\babn\b|\beori\b|company ?(reg\w*|house) ?(no"
        r"|number|id)",
        ("vatId", "VAT number", "GSTIN", "taxvat_vat"),
        ("private", "elevation", "private"),
    ),
    Rule(
        "username",
        r"user ?names?|\buser ?(id|nm|code|no|num|number|login|account|ident\w*|handle|key|\d)\b"
        r"|userid|\buser$|\busr( ?(name|nm|id))?\b|^users? ?\d?$|\blog ?(in|on)( ?(name|id|user"
        r"|\d))?$|\blog ?(in|on) ?(name|id|user|email)|^log$|^login\b|\b(logon|signon|sign ?in"
        r"|sign ?on) ?(name|id)|(login|logon)id|\bnick( ?name)?\b|nickname|\b(account|acct|profile"
        r"|display|screen|public|online|community|forum|gamer|pen|member|u|persona) ?(name|tag|id"
        r"|alias|handle)|(customer|client|member|membership|subscriber|account|employee|student"
        r"|staff|patron|loyalty|rewards?|frequent ?flyer|library|agent|dealer|guest|partner|badge"
        r"|passenger|club) ?(card )?(no|nr|num|number|id|name|code)\b|\balias$|\bhandle$"
        r"|\bpersona$|^u ?(name|id|n)$|^uid\b|\bopen ?id|^identif(ier|iant)|\bidentifier$|\b(skype"
        r"|icq|msn|aim|jabber|xmpp|telegram|discord|facebook|twitter|instagram|linked ?in|we ?chat"
        r"|viber|snapchat|qq|yim|gtalk|tiktok|yahoo)( ?(id|name|user|username|handle|account|no"
        r"|number|im|messenger|profile|url))?$|\bim ?(handle|name|id|account)\b|\bid token 1\b"
        r"|\bmember ?(no|num)?\b$|\bavatar ?name|\bauthor$|\bmaster ?id$",
        (
            "userName",
            "login",
            "user_id",
            "nickname",
            "Screen name",
            "j_username",
            "login-id",
            "Member number",
            "skype",
            "log",
            "usr",
            "openid_identifier",
        ),
        ("Abuse report", "blogging", "user agent", "user_topic", "login attempt", "catalog"),
    ),
    Rule(
        "address",
        r"address|\badd?re?ss?( ?(line)? ?\d)?\b|\badd?r( ?\d)?\b|adress|\baddr"
        r"|addr ?(line)? ?\d?\b|\baddr?e?s{0,2} ?(line|ln|str) ?\d?|street|\bstr( ?\d)?$|city\b"
        r"|\bcity|\btown\b|\bcountry\b|country\b|\bstate\b|\bprovince\b|\bregion\b|\bcounty\b"
        r"|\bapt\b|\bapartment|\bsuite\b|\blocality\b|\bp ?o ?box|(house|building|flat|unit"
        r"|apartment|apt|suite|door|floor|room|lot|block|home|bldg) ?(no|num|nr|number|name|nbr"
        r"|#)\b|\bhouse ?(no|num|number|name)?$|\bsuburb\b|\bdistrict\b|\bprefecture\b"
        r"|\bmunicipality|\bneighbou?rhood|\blandmark\b|\burbanization|\bpostal ?town|\bhometown\b"
        r"|\bdepartment state|\bresidence\b|\bbuilding\b|\broad ?(name)?$|\bshipp?ing ?add"
        r"|\bdelivery ?point|\bvillage\b|\bparish\b|\bthorough ?fare|\bterritory\b|\bbillto ?addr"
        r"|\bunit$|\bst(ate)? ?prov\b|\bward$|^line ?\d$",
        (
            "billing_city",
            "addressLine1",
            "country",
            "adress2",
            "Street",
            "addr1",
            "house number",
            "PO Box",
            "Unit Number",
            "Apt/Suite",
            "dcity",
            "homeaddress",
        ),
        (
            "Landing page",
            "sort",
            "Status",
            "dispatch",
            "IP address",
            "capacity",
            "same as billing address",
            "velocity",
        ),
    ),
    Rule(
        "location",
        r"\b(latitude|longitude|lat|lng|lon|gps)\b|coordinates|geo ?loc(ation)?|\bmy location"
        r"|current location|^location$|\blocation$|set location|\bwhat ?3 ?words",
        ("lat", "gpsCoordinates", "my location", "geolocation", "Location"),
        ("flat", "translate", "location type"),
    ),
    Rule(
        "name",
        r"\b(f|l|m|first|last|sur|family|given|middle|mid|full|real|christian|contact|maiden|fore"
        r"|legal|preferred|second|complete|billing|shipping|recipient|customer|buyer|guest|owner"
        r"|sender|receiver|delivery|attendee|passenger|patient|parent|applicant"
        r"|person) ?(s )?(name|nm|nam|initial)|sur ?name|forename|firstname|lastname|fullname"
        r"|\bname\b|name ?(first|last|middle|f|l)\b|\b(first|last)n\b|name ?\d?$|^(fn|ln|m ?i|mn"
        r"|fname|lname|mname|initials?)$|\b(b|s|c|bill|ship|middle) ?m ?i$|middle ?initial"
        r"|contact ?person|salutation|honorific|\brecipient\b|\bgender\b|\bsex\b|\battn\b"
        r"|\battention\b|c o name|\b(fst|lst|frst) ?n(a?me?)?\b|^(first|last|middle)$|\b(dnr|donor"
        r"|bill|ship|cust|contact|buyer|to|pay|billto|shipto) ?(first|last)$|^contact$|\bnme\b"
        r"|\bfamilyname|\bgivenname|\binitials?\b|\bname(suffix|prefix|title)|name (suffix|prefix"
        r"|title)|\bprefix (mr|name)|\bsuffix (jr|name)|^suffix$|\bbeneficiary\b|\bnominee\b"
        r"|^who are you",
        (
            "lastName",
            "fname",
            "full name",
            "firstnamefield",
            "NameFirst",
            "dnrlast",
            "M.I.",
            "Recipient",
            "gender",
            "Contact person",
            "ship_to_name",
            "initials",
        ),
        ("rename", "product_name", "file name", "domainname", "host name", "filename", "namespace"),
    ),
    Rule(
        "plate",
        r"licen[cs]e ?plate|(number|registration|vehicle) ?plate|plate ?(no|number|nr)"
        r"|\bvehicle ?(reg|registration|number)|\bcar ?(reg|registration)|\bvin( ?(no|number))?$"
        r"|^(enter )?(vehicle )?registration (number|no)$|\bvrm\b",
        ("license_plate", "Vehicle registration", "VIN"),
        ("template", "registration"),
    ),
    Rule(
        "search",
        r"search|\bquery\b|^q ?\d?$|\bkey ?words?\b|^(s|qs|kw|find|srch|qry|st|term|key|wd|kwd"
        r"|lookup)$|\bsrch|full ?text|\bfind\b|looking for|^what can we help",
        ("q", "searchTerm", "site search", "keywords", "find products", "srchBox", "What are you looking for?"),
        ("queryable", "researchers", "monkey"),
    ),
    Rule(
        "quantity",
        r"\bqty|qty\b|quantity|quantit|product ?amount|how many|number of (items|persons|people"
        r"|guests|adults|children|rooms|tickets|copies|pieces|units|nights|passengers)|^(adults"
        r"|children|guests|rooms|amount|qnty|count)$",
        ("qty", "quantity_1", "How many?", "number of guests", "cart_qty"),
        ("account", "quaint"),
    ),
    Rule(
        "coupon",
        r"coupon|\bpromo(tion)?(al)?s?( ?(code|offer|cd))?( ?\d)?$|promo ?code|voucher|(discount"
        r"|offer|referral|redeem|source|catalog|key|campaign|invite|invitation|priority|bonus"
        r"|partner) ?(code|number)",
        ("coupon_code", "promoCode", "Discount code", "voucher", "referral code"),
        ("discount", "promontory"),
    ),
    Rule(
        "rating",
        r"\brat(ing|e)\b|\bstars?\b|\bscore\b|\breview ?(stars|score)",
        ("rating", "stars"),
        ("start", "operating"),
    ),
    Rule(
        "filter",
        r"\bsort(ing|ed)?\b|sort ?(by|order|dir)|\bfilter|order ?by|\bper ?page\b|page ?(size|no"
        r"|number|limit|num)|(min|max|from|to|low|high) ?price|price ?(min|max|from|to|range|low"
        r"|high)|^(page|pg|limit|show|view)$|\bcategor(y|ies)$",
        ("sortBy", "filter[brand]", "per_page", "price_max", "page"),
        ("sort code", "webpage", "infiltrate"),
    ),
    Rule(
        "language",
        r"\blanguages?\b|\blang\b|\blocale\b|\bcurrency\b|\btime ?zone\b",
        ("lang", "language", "locale", "timezone"),
        ("slang", "languish"),
    ),
    Rule(
        "consent",
        r"newsletter|\bagree|accept|\bterms\b|\bprivacy\b|consent|opt ?(in|out)\b|remember ?(me"
        r"|login|my|this)?\b|stay ?(logged|signed)|keep me|perm ?login|subscribe\b|subscription"
        r"|\bt ?and ?c\b|\bgdpr\b|unsubscribe|\bmarketing\b|notify ?(me)?\b|\bsend me\b|same as"
        r"|\bdo not\b",
        ("newsletter", "terms", "remember_me", "I agree", "opt-in", "Keep me signed in"),
        ("tomato", "determs"),
    ),
    Rule(
        "option",
        r"\bsize\b|\bcolou?r\b|\bvariante?\b|\boptions?\b|\bmaterial\b|(shipping|payment|delivery"
        r"|pay) ?(method|type|option|mode|way)|(card|cc|account|address|phone|customer|user"
        r"|company) ?type|type of (card|account|company)|card ?brand",
        ("size", "shipping_method", "paymentType", "color", "card type"),
        ("resize", "colorado"),
    ),
    Rule(
        "free_text",
        r"\bmessage|\bcomments?\b|\bnotes?\b|description|feedback|\bsubject\b|^text$|\bquestion"
        r"|\binquiry\b|\benquiry\b|\brequest\b|\btopic\b|\bmsg|\bbody\b|\binstructions?\b"
        r"|\bremarks?\b|\breason\b|\breview\b|\btitle\b|about (you|me)|how (can|may) we",
        ("comment", "description", "Subject", "Your message", "special instructions"),
        ("notebook", "messe"),
    ),
)
