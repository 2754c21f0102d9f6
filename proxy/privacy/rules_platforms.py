"""What well-known shop, mail and login systems call their fields, and proofs that a visitor is human.
To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

PLATFORM_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "other",
        r"captcha|\bcapcha|human ?(verif|check|test|valid)|\brobots?\b|\bturing\b|spam ?(check"
        r"|schutz|protect|code|filter|trap|bot)|^spam|anti ?(spam|ro?bot)|humanverif|imageregt"
        r"|\b(vv?|image|img|visual|rand(om)?|check|chk|valid|validate|pic|picture|auth|secimg"
        r"|graphic|scode|verif|vf|yzm|auth) ?(verify |verif )?code$|visual ?verif|(letters"
        r"|characters|code|text|numbers|word|digits|symbols) (that |as )?(you |are )?(see|shown"
        r"|seen|displayed|appear)|(letters|characters|code|text|numbers|word) (exactly |as |from "
        r"|in |on |the |this |shown )+(image|picture|box|above|below|figure)|as you see it"
        r"|case sensitive|retype the|not a robot|i am human|(image|picture|bild|graphi[ck]|grafik"
        r"|imagen|immagine|imagem|afbeelding|kuvassa|obrázk\w*|picture|картинк\w+|изображени\w+"
        r"|image) ?(code|text|verification|verif\w*|verifizierung|sicherheits\w*|code ci dessous)"
        r"|(code|zeichen|ziffern|buchstaben|código|caratteri|caracteres|znaki|znaky|kod|letras"
        r"|tekens|символы|код) (visual\w+ |from |in |on |aus |auf |im |de |del |da |nell |della "
        r"|z |ze |uit |с |на |в )*(the |dem |der |la |el |a )?(image|picture|bild|grafik|immagine"
        r"|imagen|imagem|obraz\w*|afbeelding|картинк\w+|изображени\w+)|grafische sicherheit"
        r"|sicherheitsabfrage|spamschutz|rechenaufgabe|wie viel ist|how much is|сколько будет"
        r"|введите (этот )?(текст|код|символы) (с|на)|^(验证|驗證|校验|检验|認證|附加)码$|^(验证"
        r"|驗證)(码|碼)$|^图(形|片)?验证码|圖形驗證|画像(認証|の文字)|자동 ?(등록|입력) ?방지"
        r"|보안 ?문자|doğrulama resmi|güvenlik resmi|ellenőrző kód$|ověřte že nejste|opište (text"
        r"|kód z obr)|przepisz (kod z obr|tekst)|recopiez|codice (visualizzato|nell)",
        (
            "captcha_response",
            "Type the characters you see in the picture",
            "vvcode",
            "Anti-Spam",
            "Код с картинки",
            "验证码",
            "画像認証",
            "I am not a robot",
            "imageCode",
        ),
        ("postcode", "verification_code", "card image", "human resources email"),
    ),
    Rule(
        "email",
        r"^form field 1 1$|^(m ?)?merge ?0$|^ea$|^wp email$|^ap email|^jform email|^eposta$",
        ("FormField[1][1]", "MERGE0", "wpEmail", "ea"),
        ("FormField[9][9]",),
    ),
    Rule(
        "password",
        r"^form field 1 [23]$|^id token 2$|^wp (password|retype)|^xpass|^vb login (md 5 )?password",
        ("FormField_1_2", "IDToken2", "wpRetype"),
        ("IDToken3",),
    ),
    Rule(
        "username",
        r"^id token 1$|^wp name( \d)?$|^log$|^user login$|^ssousername$|^sweusername$|^xlogin|^loginfmt$",
        ("IDToken1", "wpName2", "loginfmt"),
        ("weblog",),
    ),
    Rule(
        "name",
        r"^form field( 2)? [45]$|^(m ?)?merge ?[12]$|^(m ?)?merge (f|l) ?name$|^fnm$|^lnm$",
        ("FormField[2][4]", "FormField_5", "MMERGE1", "FNAME"),
        ("FormField[9][4]",),
    ),
    Rule("phone", r"^form field( 2)? 7$", ("FormField_7", "FormField[2][7]"), ("FormField[1][7]",)),
    Rule("company", r"^form field( 2)? 6$", ("FormField_6",), ("FormField[1][6]",)),
    Rule(
        "address",
        r"^form field( 2)? (8|9|10|11|12)$|^ship ?add( ?\d)?$|^bill ?add( ?\d)?$",
        ("FormField_8", "FormField[2][10]", "shipadd1"),
        ("FormField[1][8]",),
    ),
    Rule("postal_code", r"^form field( 2)? 13$", ("FormField_13", "FormField[2][13]"), ("FormField[3][13]",)),
)
