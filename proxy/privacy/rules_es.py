"""Spanish words (with a few Catalan ones). To be read with rules.py."""

from __future__ import annotations

from typing import Final

from proxy.privacy.rule import Rule

SPANISH_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "password",
        r"contrase[nñ]?i?a|contrasena|contrasenya|\bcontra ?se|\bclave( ?\d)?$|^(nueva |repetir "
        r"|confirmar |repita |tu |su )?clave\b|clave (de )?(acceso|usuario|secreta|actual|nueva)"
        r"|palabra (de )?paso|\bpasword\b|clave secreta",
        ("Contraseña", "clave", "contrasena2", "Repetir clave", "Clave de acceso"),
        ("palabra clave", "contra", "clavel"),
    ),
    Rule(
        "otp",
        r"código (de )?(verificación|confirmación|activación|autenticación|seguridad enviado"
        r"|acceso|sms|recuperación|un solo uso|validación)|código (recibido|enviado)|código de \d"
        r"|clave (dinámica|sms)|token (de )?seguridad",
        ("Código de verificación", "Código de 6 dígitos", "codigoActivacion"),
        ("código promocional", "Código postal"),
    ),
    Rule(
        "secret_answer",
        r"(pregunta|respuesta) (secreta|de seguridad)|apellido de soltera",
        ("Pregunta secreta", "Respuesta de seguridad"),
        ("pregunta",),
    ),
    Rule(
        "pin",
        r"código (secreto|pin)|número secreto|clave numérica",
        ("Código secreto", "Número secreto"),
        ("secretaría",),
    ),
    Rule(
        "card_number",
        r"(número|num|nro|no|n) ?(de )?(la |su )?tarjeta|tarjeta (de )?(crédito|débito|bancaria"
        r"|regalo)|numtarjeta|^tarjeta( ?\d)?$|\btarj( ?\d)?$",
        ("Número de tarjeta", "Tarjeta de crédito", "nro_tarjeta"),
        ("tarjeta de visita", "tipo de tarjeta de crédito", "tarjeta de cliente"),
    ),
    Rule(
        "card_holder",
        r"titular|nombre (en|que aparece en|impreso en|del titular|como aparece)|tarjetahabiente"
        r"|nombre (de |del |de la )?tarjeta",
        ("Titular de la tarjeta", "Nombre en la tarjeta", "Titular de la cuenta"),
        ("título",),
    ),
    Rule(
        "card_expiry",
        r"caducidad|vencimiento|vence\b|(válida|valido) hasta|(fecha|mes|año) (de )?(expiración"
        r"|exp\b|venc)|expiración|\bcaduca",
        ("Fecha de caducidad", "Mes de vencimiento", "Válida hasta"),
        ("vencedor",),
    ),
    Rule(
        "card_cvc",
        r"(código|número) (de )?(seguridad|verificación de (la )?tarjeta|control)"
        r"|codigo ?seguridad|dígitos del reverso",
        ("Código de seguridad", "codigo_seguridad"),
        ("Seguridad",),
    ),
    Rule(
        "bank_account",
        r"(número|num|nro) (de )?cuenta|cuenta (bancaria|corriente|clabe)|\bcbu\b|\bccc\b"
        r"|datos bancarios",
        ("Número de cuenta", "Cuenta bancaria", "CBU"),
        ("Mi cuenta", "descuento"),
    ),
    Rule(
        "national_id",
        r"\b(dni|nie|nif|cif|curp|rfc|rut|cuit|cuil|ruc|cédula|cedula|nss)( ?(nro|no|num"
        r"|numero))?\b|documento (nacional )?(de )?identidad|(número|num|nro"
        r"|tipo) (de )?(documento|identificación|identidad)|pasaporte|licencia de conducir"
        r"|carnet de (conducir|identidad)|permiso de conducir|seguridad social|\bdocumento$",
        ("DNI", "NIF/NIE", "Cédula", "Pasaporte", "Número de documento", "CURP", "RUT"),
        ("identidad visual", "nieve", "funif"),
    ),
    Rule(
        "health",
        r"\bsalud\b|enfermedad|embaraz|grupo sanguíneo|discapacidad|alergia|medicament|síntomas"
        r"|diagnóstico|enfermedades|consulta médica",
        ("Grupo sanguíneo", "Discapacidad", "Alergias"),
        ("saludo",),
    ),
    Rule(
        "special",
        r"\breligi[oó]n|sindicat|afiliación política|orientación sexual|etnia|origen étnico|nacionalidad",
        ("Religión", "Orientación sexual", "Nacionalidad"),
        ("orientación profesional",),
    ),
    Rule(
        "email",
        r"\bcorreos?\b|correo ?e|correoe|correu|dirección (de )?(correo|email|mail)|\bcorreo",
        ("Correo electrónico", "correo", "Dirección de correo", "txtCorreo"),
        ("correr", "corredor"),
    ),
    Rule(
        "birth_date",
        r"\bnacimiento|(fecha|de)nacimiento|fecha ?nac|fec ?nac|naixement|fnac|\bf ?nacim|^(d[ií]a"
        r"|mes|año) ?\d?$|^edad$|cumplea[nñ]os|cumple|\bdd ?mm ?aa",
        ("Fecha de nacimiento", "fechaNac", "Edad", "mes", "Lugar de nacimiento", "cumpleaños"),
        ("renacimiento", "mesa", "diario"),
    ),
    Rule(
        "phone",
        r"tel[eé]fono|\btelef|teléf|\bmóvil|celular|\bfono\b|\blada\b|prefijo|\btlfn?o?\b"
        r"|\bm[oò]bil\b|telèfon",
        ("Teléfono", "Móvil", "Celular", "telefono_fijo", "tlf", "Prefijo"),
        ("automóvil",),
    ),
    Rule("income", r"\bingresos\b|\bsueldo|salario", ("Ingresos mensuales", "Sueldo"), ("ingresa",)),
    Rule(
        "postal_code",
        r"código ?postal|cod ?post|\bcodigo ?postal|codpostal|\bc ?p$|codi postal|\bcpostal",
        ("Código postal", "codigoPostal", "cod_postal", "C.P."),
        ("postal de felicitación",),
    ),
    Rule(
        "company",
        r"empresa|razón ?social|compañía|organización|empleador|\bprofesión\b|ocupación|\bcargo\b"
        r"|negocio$|institución|puesto de trabajo",
        ("Empresa", "Razón social", "Nombre de la empresa", "Cargo"),
        ("empezar", "sin cargos"),
    ),
    Rule("vat_id", r"\bnúmero de iva|\biva intracom|\bnif iva", ("Número de IVA",), ("privado",)),
    Rule(
        "username",
        r"usuario|usuari\b|nombre (de )?(usuario|cuenta|pantalla)|\balias\b|\bapodo\b|(número|num"
        r"|nro|n|código|no) (de )?(cliente|socio|afiliado|usuario|contrato|empleado|alumno"
        r"|matrícula|abonado)|\bidentificador|\bmote$|nom d usuari",
        ("Usuario", "Nombre de usuario", "txtUsuario", "Número de socio", "Alias"),
        ("cliente", "número"),
    ),
    Rule(
        "address",
        r"dirección|direccion|\bcalle\b|calle( ?\d)?$|domicilio|\bciudad|(envio|facturacion"
        r"|txt)ciudad\b|\bprovincia\b|población|localidad|\bcolonia\b|\bestado\b|\bpa[ií]s\b"
        r"|municipio|\bportal\b$|\bescalera\b|\bpiso\b|\bpuerta\b|\bcomuna\b|\bcomarca|\bbarrio\b"
        r"|\bregión\b|(número|nro|num|no) ?(exterior|interior|ext\b|int\b)|(número|nro|n) y calle"
        r"|\bdelegación\b|\bdepto\b|entre calles|adreça|\bciutat\b|\bdirec\b|departamento$|^dir$",
        ("Dirección", "Calle y número", "Ciudad", "Población", "País", "Piso", "Colonia", "domicilio_fiscal"),
        ("callejero", "director", "Estadística", "direccion IP"),
    ),
    Rule(
        "name",
        r"\bnombres?\b|apellidos?|apellido\b|\bnom\b|\bcognoms?\b|\bsexo\b|género|destinatario"
        r"|persona de contacto|tratamiento$|nombre ?(y )?apellido|\bapel?l?( ?\d)?$|\bnombre",
        (
            "Nombre",
            "Apellidos",
            "Primer apellido",
            "nombre_completo",
            "Sexo",
            "txtNombre",
            "apellido2",
            "Nombre y apellidos",
        ),
        ("nombre del producto", "nombre de dominio", "nombre del archivo", "renombre"),
    ),
    Rule(
        "plate",
        r"matr[ií]cula( del)? (vehículo|coche)|\bpatente$|placa ?(del)?( vehículo)?$"
        r"|\bplacas?( del (auto|coche|carro|vehículo))?$",
        ("Matrícula del vehículo", "Placa"),
        ("matriculación universidad",),
    ),
    Rule(
        "search",
        r"\bbuscar?\b|búsqueda|busqueda|palabras? ?clave|\bbuscador|cerca[r]?\b",
        ("Buscar", "Palabra clave", "Búsqueda"),
        ("clave", "buscavidas"),
    ),
    Rule(
        "quantity",
        r"cantidad|cuántos|\bunidades\b|número de (personas|adultos|niños|huéspedes|noches)",
        ("Cantidad", "Número de personas"),
        ("cantina",),
    ),
    Rule(
        "coupon",
        r"cupón|código (promo\w*|de descuento|descuento|regalo)|\bvale ?(descuento|regalo)|cheque regalo",
        ("Cupón", "Código promocional"),
        ("descuento",),
    ),
    Rule(
        "filter",
        r"\bordenar|por página|\bfiltrar|precio (mín|máx|desde|hasta)|categoría",
        ("Ordenar por", "Filtrar", "Categoría"),
        ("ordenador",),
    ),
    Rule("language", r"\bidioma\b|\bmoneda\b", ("Idioma",), ("monedero",)),
    Rule(
        "consent",
        r"\bacepto|recordarme|recuérdame|boletín|condiciones|suscri|deseo recibir|no cerrar sesión",
        ("Acepto las condiciones", "Recordarme", "Boletín"),
        ("receta",),
    ),
    Rule(
        "option",
        r"\btalla\b|\bcolor\b|(método|forma|modo) de (pago|envío|entrega)|tipo (de )?(tarjeta"
        r"|cuenta|cliente)",
        ("Talla", "Forma de pago", "Tipo de tarjeta"),
        ("tallarín",),
    ),
    Rule(
        "free_text",
        r"mensaje|comentario|asunto|consulta|observaci|\btítulo\b|descripción|\bmotivo\b|\btexto\b"
        r"|sugerencia",
        ("Mensaje", "Asunto", "Comentarios", "Consulta"),
        ("motivación",),
    ),
)
