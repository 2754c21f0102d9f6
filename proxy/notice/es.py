"""Spanish."""

from __future__ import annotations

from proxy.notice.words import Words

SPANISH = Words(
    here="este sitio web",
    conjunction="y",
    records="En {hosts} grabamos visitas para [finalidad, por ejemplo: encontrar errores y obstáculos en "
    "nuestras páginas]. Se graba qué páginas se abren y qué aspecto tienen, así como los movimientos del ratón, "
    "los clics, el desplazamiento y el tamaño de la ventana.",
    share="Esto ocurre en el {share} de las visitas.",
    text_masked="Antes, todo el texto de las páginas se hace ilegible.",
    text_shown="El texto de las páginas se graba tal como se le muestra; puede contener datos sobre usted, por "
    "ejemplo su nombre cuando ha iniciado sesión.",
    text_parts_masked="En él se hacen ilegibles: {masked}.",
    numbers="los números largos",
    emails="las direcciones de correo electrónico",
    ips="las direcciones IP",
    forms_none="Lo que introduce en los formularios no se graba.",
    forms_harmless="De lo que introduce en los formularios solo se graban datos inofensivos, por ejemplo "
    "términos de búsqueda, cantidades y opciones elegidas.",
    forms_personal="De lo que introduce en los formularios se graban también datos personales, por ejemplo su "
    "nombre, su dirección, su correo electrónico y su número de teléfono.",
    secrets="Un programa reconoce contraseñas, números de tarjetas y de cuentas, códigos y datos de salud, y los "
    "elimina antes de que se guarde nada.",
    address="Su dirección IP no forma parte de la grabación.",
    impersonal="No se graban datos personales.",
    stored_here="Las grabaciones se guardan en nuestros propios servidores en [lugar]; no se transmiten a ningún "
    "otro sitio.",
    stored_in="Las grabaciones se guardan en servidores de la región {region} [lugar, por ejemplo: Fráncfort]; "
    "no se transmiten a ningún otro sitio.",
    kept_for="Se borran después de [plazo].",
    visit_tab="Para unir las páginas de una visita, su navegador guarda hasta que se cierra la pestaña un "
    "identificador aleatorio (sessionStorage) y valores de control cortos de lo que se hizo ilegible.",
    visit_page="Para ello no se guarda nada en su navegador.",
    basis="La base jurídica es [base jurídica, por ejemplo: art. 6.1.f) del RGPD y nuestro interés en ello].",
    mode_none="Puede oponerse a la grabación: [cómo].",
    mode_notice="Un aviso en la página le informa de ello y le permite rechazarla. Su navegador recuerda un "
    "rechazo durante un año (cookie «milchglas=off»).",
    mode_opt_in="No se graba nada antes de que dé su consentimiento, que es la base jurídica (art. 6.1.a) del "
    "RGPD). Puede retirarlo en cualquier momento: [cómo]. Su navegador recuerda un rechazo durante un año "
    "(cookie «milchglas=off»).",
    gpc="Si su navegador envía la señal «Global Privacy Control», no se graba nada.",
    rights="Para acceder a sus datos, suprimirlos y ejercer sus demás derechos: [contacto].",
    others="[Otras herramientas de este sitio web que recogen datos, y quién las ofrece.]",
)
