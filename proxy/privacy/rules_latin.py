"""Words of further languages in Latin letters: Hungarian, Turkish, Romanian, South Slavic, Baltic, Indonesian,
Vietnamese. What a form most often asks; the rarer kinds are left to English names. To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

LATIN_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"jelszó|jelszava|\bşifre|sifre\b|\bparola|parola\b|\blozinka|zaporka|\bgeslo\b|slaptažod"
        r"|slaptazod|\bparole\b|parooli?\b|salasõna|kata ?sandi|\bsandi\b|mật khẩu|matkhau"
        r"|fjalëkalim",
        ("Jelszó", "Şifre", "Parola", "Lozinka", "Slaptažodis", "Kata sandi", "Mật khẩu"),
        ("jelszín",),
    ),
    Rule(
        "otp",
        r"(megerősítő|ellenőrző|aktiváló|biztonsági|hitelesítő) (sms )?kód sms|(megerősítő"
        r"|aktiváló|hitelesítő|egyszeri) kód|(doğrulama|onay|aktivasyon|güvenlik sms) ?kodu"
        r"|tek kullanımlık|cod(ul)? (de )?(verificare|confirmare|activare)|kod za (potvrdu"
        r"|provjeru)|mã (xác nhận|xác thực|otp)|kode verifikasi|patvirtinimo kod",
        ("Megerősítő kód", "Doğrulama kodu", "Cod de verificare", "Kode verifikasi"),
        ("kedvezmény kód",),
    ),
    Rule(
        "secret_answer",
        r"(titkos|biztonsági) (kérdés|válasz)|(gizli|güvenlik) (soru|cevap)|întrebare (secretă"
        r"|de securitate)|anyja (leánykori )?neve|anne kızlık",
        ("Titkos kérdés", "Güvenlik sorusu", "Anyja neve"),
        ("kérdés",),
    ),
    Rule(
        "card_number",
        r"kártya ?szám|bankkártya|hitelkártya|kart ?(numara|no)|kredi kartı|(număr"
        r"|numărul) (de )?card|card de credit|broj kartice|kreditna kartica|številka kartice"
        r"|nomor kartu|số thẻ|kortelės numer",
        ("Kártyaszám", "Kart numarası", "Număr card", "Broj kartice", "Nomor kartu"),
        ("kartal", "névjegykártya"),
    ),
    Rule(
        "card_holder",
        r"kártyabirtokos|kártyatulajdonos|kártyán (szereplő|található) név|kart (sahibi"
        r"|üzerindeki)|titularul|deținător|nume pe card|vlasnik kartice|ime na kartici"
        r"|pemegang kartu|chủ thẻ",
        ("Kártyabirtokos neve", "Kart sahibi", "Vlasnik kartice"),
        ("sahil",),
    ),
    Rule(
        "card_expiry",
        r"lejárat|érvényesség|son kullanma|geçerlilik|dată? (de )?expir|expirare|datum isteka"
        r"|vrijedi do|velja do|masa berlaku|hết hạn|galioja iki",
        ("Lejárati dátum", "Son kullanma tarihi", "Data expirării", "Datum isteka"),
        ("lejátszás",),
    ),
    Rule(
        "card_cvc",
        r"(biztonsági|ellenőrző) kód kártya|güvenlik kodu|cod de securitate|sigurnosni (kod|broj)"
        r"|kode keamanan|mã bảo mật",
        ("Güvenlik kodu", "Cod de securitate", "Sigurnosni kod"),
        ("güvenlik",),
    ),
    Rule(
        "bank_account",
        r"bankszámla|számlaszám|hesap (no|numara)|cont bancar|broj računa|nomor rekening"
        r"|số tài khoản|^banca$",
        ("Bankszámlaszám", "Hesap numarası", "Broj računa"),
        ("számla",),
    ),
    Rule(
        "national_id",
        r"személyi ?(igazolvány|szám)|adóazonosító|adószám|\btaj ?szám|(tc|t c) ?kimlik"
        r"|kimlik ?(no|numara)|\btckn\b|\bcnp\b|\boib\b|\bjmbg\b|\bemšo\b|buletin|pașaport"
        r"|\bútlevél|jogosítvány|asmens kod|isikukood|\bktp\b|\bnik\b|\bcmnd\b|\bcccd\b"
        r"|carte de identitate|osobna iskaznica|pasaport|ehliyet|\b(cărții|cartea"
        r"|cărţii) de identitate|serie ci|buletin",
        ("Személyi igazolvány szám", "TC Kimlik No", "CNP", "OIB", "Isikukood"),
        ("személy", "nikon"),
    ),
    Rule(
        "email",
        r"villám ?posta|e ?posta\b|\beposta|email ?cím|el paštas|el paštą|elektron(in|sk"
        r"|isk)\w* pa?šta|elektroniczna|elektronska pošta|thư điện tử|\bsurel\b|el pasta?s"
        r"|e ?pasts\b|adresa de (e ?mail|mail)|epostasi",
        ("E-posta", "Email cím", "El. paštas", "Elektronska pošta"),
        ("posta",),
    ),
    Rule(
        "birth_date",
        r"születés|szül ?(dátum|idő|hely|év)|doğum|dogum|data nașterii|nașterii|naștere|nasterii"
        r"|rođenja|rodjenja|rojstva|gimimo|sünniaeg|sünni|tanggal lahir|\blahir\b|ngày sinh"
        r"|năm sinh|dzimšanas|^(hónap|nap|gün|ay|lună|zi) ?\d?$|^(kor|életkor|yaş|vârsta)$",
        ("Születési dátum", "Doğum tarihi", "Data nașterii", "Datum rođenja", "Tanggal lahir", "Ngày sinh"),
        ("napló",),
    ),
    Rule(
        "phone",
        r"telefon|telefoon|mobilszám|cep ?tel|\bceptel|telefonas|telefoni|\btālrun|mobitel|mobilni"
        r"|điện thoại|\bdien ?thoai|\bsđt\b|\btelp\b|no ?hp$|ponsel|telepon|\btelefonszám"
        r"|körzetszám|alan kodu|\bcep (no|numara)",
        ("Telefonszám", "Cep telefonu", "Mobitel", "Điện thoại", "Nomor telepon", "Mobilszám"),
        ("receptor",),
    ),
    Rule(
        "postal_code",
        r"irányító ?szám|irsz|\birszám|posta ?kodu?|postakod|cod(ul)? poștal|cod ?postal"
        r"|poštanski broj|poštna številka|pašto kod|pasto kod|sihtnumber|postiindeks|kode ?pos\b"
        r"|mã bưu|pasta indekss|postas ?kod",
        ("Irányítószám", "Posta kodu", "Cod poștal", "Poštanski broj", "irsz", "Kode pos"),
        ("posta",),
    ),
    Rule(
        "company",
        r"\bcég ?(név|neve)?\b|\bcégnév|munkahely|\bşirket|firma ?(adı|unvan)|\bkurum\b|companie"
        r"|\btvrtka|podjetje|įmonė|ettevõte|perusahaan|công ty|foglalkozás|meslek|\bünvan",
        ("Cégnév", "Şirket adı", "Companie", "Tvrtka", "Công ty"),
        ("cégér",),
    ),
    Rule(
        "vat_id",
        r"vergi (no|numara|dairesi)|adószám\b|cod fiscal|\bcui\b",
        ("Vergi numarası", "Cod fiscal"),
        ("vergiss",),
    ),
    Rule(
        "username",
        r"felhasználó|kullanıcı|kullanici|utilizator|korisni(čko|cko) ime|korisnik|uporabni(ško"
        r"|sko) ime|vartotojo|prisijungimo|prisijungimas|kasutaja|lietotāj|tên đăng nhập"
        r"|tên người dùng|nama pengguna|becenév|üye (adı|no)|takma ad|slapyvardis|ügyfélszám"
        r"|ügyfél ?azonosító|müşteri no",
        (
            "Felhasználónév",
            "Kullanıcı adı",
            "Nume de utilizator",
            "Korisničko ime",
            "Vartotojo vardas",
            "Becenév",
            "Tên đăng nhập",
        ),
        ("felhasználás",),
    ),
    Rule(
        "address",
        r"\bcím\b|lakcím|címe\b|utca\b|\butca|\bházszám|\bváros|város\b|település|helység|\bmegye"
        r"|\bország|^hely$|tartózkodási|\blakhely|\badres\b|\badresi\b|\badresa\b|\bcadde|\bsokak"
        r"|\bmahalle|\bil(çe)?( ?(seç\w*|ilçe))?$|\bşehir|\bsehir|\bsemt\b|\bülke|\bulke\b"
        r"|\bstrad[aă]|\borașul?\b|\boras(ul)?\b|localitate|județ|\bbloc$|\bscara\b|\bțară?\b"
        r"|adresas|\bmiestas|\bgatvė|\bšalis\b|aadress|\blinn\b|\btänav|riik$|\badrese\b|pilsēta"
        r"|\bulica|^grad$|\bmjesto|\bkraj\b|naslov\b|\bdržava\b|\balamat|\bkota\b|provinsi"
        r"|kecamatan|địa chỉ|\bdia ?chi\b|thành phố|\bquận\b|tỉnh\b|phường|\bbairro",
        (
            "Cím",
            "Város",
            "Utca, házszám",
            "Adres",
            "Şehir",
            "İlçe",
            "Strada",
            "Localitate",
            "Alamat",
            "Địa chỉ",
            "Adresa",
            "Miestas",
        ),
        ("E-mail cím", "címke", "gradient"),
    ),
    Rule(
        "name",
        r"\b(teljes |család|kereszt|vezeték|utó|szállítási |számlázási )?név\b|vezetéknév"
        r"|keresztnév|\bneve\b|\bad ?(ı|ınız|iniz)?$|\bad soyad|\badı|\bsoyad|soyad\b|\bisim\b"
        r"|\bisminiz|cinsiyet|\bprenume|\bnume\b|\bnumele\b|\bime\b|prezime|priimek|\bvardas"
        r"|pavard|eesnimi|perekonnanimi|vārds|uzvārds|\bnama\b|\bhọ (và )?tên|\bhọ\b$|\btên\b"
        r"|\bho ?ten\b|\bhoten|giới tính|megszólítás|\bnem(e|ed)?$|jenis kelamin|címzett",
        (
            "Név",
            "Vezetéknév",
            "Adınız",
            "Soyadı",
            "Ad Soyad",
            "Prenume",
            "Nume",
            "Ime i prezime",
            "Pavardė",
            "Nama lengkap",
            "Họ và tên",
        ),
        ("terméknév", "named", "adventure", "time"),
    ),
    Rule("plate", r"\brendszám|plaka\b|înmatriculare", ("Rendszám", "Plaka"), ("plakat",)),
    Rule(
        "search",
        r"keresés|\bkeres\b|kereső|keresőszó|\bara\b|\barama\b|căutare|\bcauta|caută|\btraži"
        r"|\bpretraži|\bpretrag|iskanje|\bišči\b|paieška|ieškoti|\botsi\b|otsing|meklē|\bcari\b"
        r"|pencarian|tìm kiếm|\btìm\b|užklausa",
        ("Keresés", "Ara", "Căutare", "Pretraži", "Paieška", "Tìm kiếm"),
        ("karakter",),
    ),
    Rule(
        "quantity",
        r"mennyiség|\bdarab|\badet\b|\bmiktar|cantitate|količina|kiekis|kogus\b|jumlah|số lượng",
        ("Mennyiség", "Adet", "Cantitate", "Količina"),
        ("adeta",),
    ),
    Rule(
        "coupon",
        r"kupon|indirim kodu|kedvezmény ?kód|cod (promo|reducere|de reducere)|promóciós kód|hediye çeki",
        ("Kuponkód", "İndirim kodu", "Kupon"),
        ("indirim",),
    ),
    Rule(
        "consent",
        r"hírlevél|elfogadom|emlékezz|feltétel|kabul ediyorum|beni hatırla|bülten|sunt de acord"
        r"|accept termenii|prihvaćam|slažem se|naujienlaišk|naujienos|zapamti me",
        ("Hírlevél", "Elfogadom", "Beni hatırla"),
        ("hír",),
    ),
    Rule(
        "option",
        r"\bméret\b|\bszín\b|fizetési mód|szállítási mód|\bbeden\b|\brenk\b|ödeme (yöntem|şekl"
        r"|tip)|mărime|način (plaćanja|dostave)",
        ("Méret", "Fizetési mód", "Ödeme yöntemi"),
        ("mérés",),
    ),
    Rule(
        "free_text",
        r"üzenet|megjegyzés|\btárgy|hozzászólás|\bmesaj|\bkonu\b|açıklama|\bmesaj(ul)?|subiect"
        r"|\bporuka|\bnapomena|komentar|žinutė|\bpesan\b|nội dung|lời nhắn|\bsõnum",
        ("Üzenet", "Megjegyzés", "Mesaj", "Konu", "Poruka"),
        ("üzem",),
    ),
)
