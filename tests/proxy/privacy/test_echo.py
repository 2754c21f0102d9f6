"""An echo is removed wherever it shows; a short secret as a whole; a personal value at word boundaries."""

from __future__ import annotations

import base64
import html
import json
import tracemalloc
import unicodedata
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy.privacy import known
from proxy.privacy.echo import Echoes, Exhausted
from proxy.privacy.known import MAX_CHARS
from proxy.privacy.spellings import seen
from proxy.privacy.urls import MASK
from proxy.privacy.where import Where
from tests.proxy.privacy.pages import leaks

SECRET = "Geh€im&12 xy"


BLANK = "•*●⚫·∙○▪x \t\n-_."
"""What masks are made of."""


def knowing(*values: tuple[str, str]) -> Echoes:
    echoes = Echoes()
    for value, cls in values:
        echoes.add(value, cls)
    return echoes


def cleaned(echoes: Echoes, text: str, *, where: int = Where.TEXT) -> str:
    """As the steps do it: only what the quick look suspects is cleaned."""
    return echoes.clean(text, where) if echoes.suspects(text.replace("\x00", "")) else text


@pytest.mark.parametrize(
    "spelt",
    [
        SECRET,
        SECRET.upper(),
        f"xx{SECRET}xx",
        SECRET[:4],
        SECRET[::-1],
        SECRET.encode().hex(),
        urllib.parse.quote(SECRET),
        urllib.parse.quote_plus(SECRET),
        urllib.parse.quote(urllib.parse.quote(SECRET)),
        html.escape(SECRET),
        html.escape(html.escape(SECRET)),
        json.dumps(SECRET),
        json.dumps(json.dumps(SECRET)),
        "".join(f"&#x{ord(c):x};" for c in SECRET),
        "".join(f"\\u{ord(c):04X}" for c in SECRET),
        *(base64.b64encode(b"abc"[:n] + SECRET.encode() + b"z").decode() for n in range(3)),
        base64.b64encode(SECRET.encode("utf-16-le")).decode(),
        base64.b64encode(SECRET.encode("utf-16-be")).decode(),
        SECRET.encode("utf-16-le").hex(),
        "\u200b".join(SECRET),
        SECRET.replace("h", "h\u00ad"),
        "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in SECRET),
        "".join(f"&#{ord(c)}" for c in SECRET),
        "".join(f"&#{ord(c):012};" for c in SECRET),
        "".join(f"%u{ord(c):04x}" for c in SECRET),
    ],
)
def test_a_secret_is_found_in_any_spelling(spelt: str) -> None:
    assert not leaks(cleaned(knowing((SECRET, "secret")), f'<a b="{spelt}">'), SECRET)


@pytest.mark.parametrize(
    "spelt",
    [
        unicodedata.normalize("NFD", "Zaunkönig7"),
        urllib.parse.quote("Zaunkönig7", encoding="latin-1"),
        base64.b64encode("Zaunkönig7".encode("latin-1")).decode(),
        "zaunkonig7",
        "ZAUNKOENIG7",
        "Zaunkönig8, dann weiter",
    ],
)
def test_nothing_of_a_secret_is_left_behind_its_plain_beginning(spelt: str) -> None:
    left = cleaned(knowing(("Zaunkönig7", "secret")), f"vor {spelt}")
    assert left in (f"vor {MASK}", f"vor {MASK}, dann weiter")


def test_capitals_and_accents_of_other_alphabets() -> None:
    assert cleaned(knowing(("Straßenfeger", "secret")), "STRASSENFEGER") == MASK
    decomposed = unicodedata.normalize("NFD", "Zaunkönig")
    assert cleaned(knowing((decomposed, "personal")), "Herr Zaunkönig!") == f"Herr {MASK}!"


def test_an_escape_of_a_style_sheet_hides_nothing_in_a_style() -> None:
    spelt = "".join(f"\\{ord(c):x} " for c in "Zaunkönig7")
    assert "5a" not in cleaned(knowing(("Zaunkönig7", "secret")), f".a{{--x:{spelt}}}", where=Where.STYLE)


@pytest.mark.parametrize("text", ["1229", "12/29", "12 / 29", "12-2029", "12/2029", "2029-12"])
def test_a_cards_expiry_is_found_as_pages_write_it(text: str) -> None:
    assert cleaned(knowing(("12/29", "secret")), f"bis {text}") == f"bis {MASK}"


def test_the_last_four_of_a_card_number_are_found() -> None:
    assert cleaned(knowing(("378282246310005", "secret")), "endet auf 0005") == f"endet auf {MASK}"


@given(
    st.text(min_size=4, max_size=40).filter(lambda s: len(seen(s).strip()) >= 4 and seen(s).strip(BLANK)),
    st.text(max_size=20),
)
def test_whatever_the_secret_it_is_found(secret: str, around: str) -> None:
    assert (
        secret.strip() not in cleaned(knowing((secret, "secret")), around + secret + around).replace("\x00", "")
        or not secret.strip()
    )


@pytest.mark.parametrize(
    ("value", "cls", "text", "left"),
    [
        ("7", "secret", "7", MASK),
        ("7", "secret", " 7 ", MASK),
        ("7", "secret", '{"otp":"7"}', f'{{"otp":"{MASK}"}}'),
        ("7", "secret", "17", "17"),
        ("Li", "personal", "Li", MASK),
        ("Li", "personal", "Lila", "Lila"),
        ("Li", "unknown", "Li", "Li"),
        ("Erika", "personal", "Hallo Erika!", f"Hallo {MASK}!"),
        ("Erika", "personal", "Erikas", "Erikas"),
        ("Musterweg 5", "unknown", "Musterweg 55", f"{MASK}55"),
        ("Bitte liefern Sie die Ware nach hinten", "unknown", "Bitte wählen", "Bitte wählen"),
        ("Bitte liefern Sie die Ware nach hinten", "unknown", "Bitte liefern Sie die", MASK),
        ("true", "unknown", "true", "true"),
        ("••••••", "secret", "••••••", "••••••"),
        ("4111222233334444", "secret", "41 11 22 22 33 33 44 44", MASK),
        ("0171 2345678", "personal", "01712345678", MASK),
    ],
)
def test_how_eagerly(value: str, cls: str, text: str, left: str) -> None:
    assert cleaned(knowing((value, cls)), text) == left


def test_an_ordinary_word_is_left_in_a_class_and_a_secret_is_not() -> None:
    assert cleaned(knowing(("Berlin", "unknown")), "box berlin", where=Where.CODE) == "box berlin"
    assert cleaned(knowing(("Berlin", "secret")), "box berlin", where=Where.CODE) == f"box {MASK}"
    assert cleaned(knowing(("Berlin", "personal")), "box berlin", where=Where.CODE) == f"box {MASK}"


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".block{display:block}", ".block{display:block}"),
        ("a{--x:Block}", f"a{{--x:{MASK}}}"),
        ("a{content:'Block'}", f"a{{content:'{MASK}'}}"),
        ("a{background:url(/block.png)}", f"a{{background:url(/{MASK}.png)}}"),
    ],
)
def test_a_name_is_found_in_the_strings_of_a_style_only(css: str, left: str) -> None:
    assert cleaned(knowing(("Block", "personal")), css, where=Where.STYLE) == left


def test_a_batch_that_asks_for_too_much_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "BUDGET", 10_000)
    echoes = knowing(*((f"aaaa {number}x", "unknown") for number in range(50)))
    with pytest.raises(Exhausted):
        echoes.clean("aaaa " * 10_000)
    echoes.begin()
    assert echoes.clean("aaaa 17x") == MASK


def test_typing_remembers_one_value_not_all_its_beginnings() -> None:
    echoes = knowing(*(("Regenbogenfisch"[:n], "secret") for n in range(1, 16)))
    once = knowing(("Regenbogenfisch", "secret"))
    assert len([value for value in echoes._values if value.startswith("regen")]) == 1
    assert echoes.chars <= once.chars * 8
    assert cleaned(echoes, "Regenbo") == MASK


def test_too_much_to_remember_is_told() -> None:
    echoes = Echoes()
    for number in range(200):
        echoes.add(f"{number:05}" * (MAX_CHARS // 500), "secret")
    assert echoes.full and echoes.lost


def test_others_make_way_for_a_secret() -> None:
    echoes = knowing(*((f"{number:05} Lindwurm " + "x" * 60, "unknown") for number in range(4000)))
    assert echoes.full and not echoes.lost
    echoes.begin()
    echoes.add("Zaunkönig7", "secret")
    assert not echoes.lost
    assert cleaned(echoes, "Zaunkönig7") == MASK
    for number in range(1200):
        echoes.add(f"a{number % 100:02}" if number < 1000 else f"b{number % 100:02}", "personal")
    echoes.add("937", "secret")
    assert cleaned(echoes, "937") == MASK


@pytest.mark.parametrize("cls", ["secret", "unknown"])
def test_the_size_is_no_less_than_what_is_held(cls: str) -> None:
    echoes = Echoes()
    tracemalloc.start()
    try:
        before = tracemalloc.take_snapshot()
        for number in range(5000):
            echoes.begin()
            echoes.add(f"{number * 7919 % 99991:05}Grünspecht{'ä' * 40}", cls)
            echoes.add(f"{number % 900:03}", cls)
        after = tracemalloc.take_snapshot()
    finally:
        tracemalloc.stop()
    held = sum(each.size_diff for each in after.compare_to(before, "filename"))
    assert held <= echoes.size <= 12 << 20


def test_the_quick_look_names_the_strings() -> None:
    echoes = knowing((SECRET, "secret"))
    assert echoes.suspects("\x00".join(["Hallo", SECRET, "Welt", f"x{SECRET}"])) == {1, 3}
    assert Echoes().suspects("a\x00b") == set()


def test_an_escaped_echo_beside_one_in_base64_is_masked_whole() -> None:
    echoes = Echoes()
    echoes.add("Steinschmätzer im Moor", "secret")
    coded = base64.b64encode("Steinschmätzer im Moor".encode()).decode()
    text = f"var a = \"Steinschm\\u00e4tzer im Moor\", b = '{coded}'"
    assert echoes.suspects(text) and "Moor" not in echoes.clean(text)


def test_numbers_are_found_among_wide_letters_and_other_numbers() -> None:
    echoes = Echoes()
    echoes.add("4111 1111 1111 1111", "secret")
    text = "größe 12px 3 – Straße 9: ß 4111-1111 1111.1111 ende 77"
    assert echoes.suspects(text)
    cleaned = echoes.clean(text)
    assert (
        "111" not in cleaned and cleaned.startswith("größe 12px 3 – Straße 9: ß " + MASK) and "ende 77" in cleaned
    )
