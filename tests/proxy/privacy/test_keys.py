"""Keys by their shape, and by being random."""

from __future__ import annotations

import base64
import random
import secrets
import string

from proxy.privacy.keys import is_seed, random_runs, tokens


def test_a_pem_block_goes_whole() -> None:
    block = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END PRIVATE KEY-----"
    assert list(tokens(f"Key:\n{block}.")) == [(5, 5 + len(block))]


def test_random_strings_are_found_nearly_always() -> None:
    made = [secrets.token_hex(16) for _ in range(200)] + [secrets.token_urlsafe(32) for _ in range(200)]
    made += [base64.b64encode(secrets.token_bytes(24)).decode() for _ in range(200)]
    assert sum(bool(list(random_runs(text))) for text in made) >= 0.97 * len(made)


def test_words_paths_and_names_are_not_random() -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 9))) for _ in range(300)]
    for _ in range(300):
        some = chance.choices(words, k=6)
        for text in (
            "-".join([*some, "4711"]),
            "".join(map(str.title, some)) + "2",
            "/".join([*map(str.title, some), "8"]),
        ):
            assert not list(random_runs(text)), text


def test_seed_phrases_are_whole_values_of_12_to_24_words() -> None:
    twelve = "army van defense carry jealous true garbage claim echo media make crunch"
    assert is_seed(twelve) and is_seed(f" {twelve} {twelve}\n") and is_seed("abandon " * 11 + "about")
    assert not is_seed(twelve + " more") and not is_seed("one two three") and not is_seed(twelve.title())
    assert not is_seed("wir haben die ware gestern nicht bekommen und warten noch immer darauf")
