"""Polish."""

from __future__ import annotations

from proxy.notice.words import Words

POLISH = Words(
    here="tej stronie",
    conjunction="i",
    records="Na {hosts} nagrywamy wizyty w celu: [cel, na przykład: znajdowanie błędów i przeszkód na naszych "
    "stronach]. Zapisywane jest, które strony są otwierane i jak wyglądają, a także ruchy myszy, kliknięcia, "
    "przewijanie i rozmiar okna.",
    share="Dotyczy to {share} wizyt.",
    text_masked="Cały tekst stron jest wcześniej czyniony nieczytelnym.",
    text_shown="Tekst stron jest zapisywany tak, jak się wyświetla; może zawierać informacje o użytkowniku, na "
    "przykład jego imię i nazwisko po zalogowaniu.",
    text_parts_masked="Nieczytelne stają się w nim: {masked}.",
    numbers="długie numery",
    emails="adresy e-mail",
    ips="adresy IP",
    forms_none="To, co użytkownik wpisuje w formularzach, nie jest zapisywane.",
    forms_harmless="Z tego, co użytkownik wpisuje w formularzach, zapisywane są tylko dane niewrażliwe, na "
    "przykład wyszukiwane hasła, ilości i wybrane opcje.",
    forms_personal="Z tego, co użytkownik wpisuje w formularzach, zapisywane są także dane osobowe, na przykład "
    "imię i nazwisko, adres, adres e-mail i numer telefonu.",
    secrets="Hasła, numery kart i kont, kody oraz dane o zdrowiu są rozpoznawane przez program i usuwane, zanim "
    "cokolwiek zostanie zapisane.",
    address="Adres IP użytkownika nie jest częścią nagrania.",
    impersonal="Dane osobowe nie są przy tym zapisywane.",
    stored_here="Nagrania znajdują się na naszych własnych serwerach w [miejsce]; nie są przesyłane nigdzie "
    "indziej.",
    stored_in="Nagrania znajdują się na serwerach w regionie {region} [miejsce, na przykład: Frankfurt]; nie są "
    "przesyłane nigdzie indziej.",
    kept_for="Po upływie [okres] są usuwane.",
    visit_tab="Aby połączyć strony jednej wizyty, przeglądarka przechowuje do zamknięcia karty losowy "
    "identyfikator (sessionStorage) oraz krótkie wartości kontrolne tego, co uczyniono nieczytelnym.",
    visit_page="W przeglądarce nic nie jest w tym celu przechowywane.",
    basis="Podstawą prawną jest [podstawa prawna, na przykład: art. 6 ust. 1 lit. f RODO i nasz interes].",
    mode_none="Można sprzeciwić się nagrywaniu: [jak].",
    mode_notice="Informuje o tym komunikat na stronie, w którym można odmówić. Przeglądarka pamięta odmowę przez "
    "rok (plik cookie „milchglas=off”).",
    mode_opt_in="Nic nie jest nagrywane przed wyrażeniem zgody, która jest podstawą prawną (art. 6 ust. 1 lit. a "
    "RODO). Zgodę można w każdej chwili wycofać: [jak]. Przeglądarka pamięta odmowę przez rok (plik cookie "
    "„milchglas=off”).",
    gpc="Jeśli przeglądarka wysyła sygnał „Global Privacy Control”, nic nie jest nagrywane.",
    rights="Dostęp do danych, ich usunięcie i pozostałe prawa: [kontakt].",
    others="[Inne narzędzia na tej stronie, które zbierają dane, i kto je oferuje.]",
)
