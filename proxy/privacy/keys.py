"""Keys and tokens: by the shapes that issuers give them, and by being as random as nothing else on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import re2

from proxy.privacy.detector import Detector
from proxy.privacy.kinds import SECRET

_SHAPES: Final = (
    r"\beyJ[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]{4,}(?:\.[A-Za-z0-9_\-]*)*|\.\.[A-Za-z0-9_\-.]+)",  # JWT, JWE
    r"-----BEGIN [A-Z0-9 ]{1,40}-----[A-Za-z0-9+/=\s\\:,\-]*",  # PEM; its end would take quadratic time
    r"\b(?:AKIA|ASIA|AROA|AIDA|ABIA)[A-Z0-9]{16}\b",  # AWS
    r"\bgh[pousr]_[A-Za-z0-9]{20,}",  # GitHub
    r"\bgithub_pat_[A-Za-z0-9_]{20,}",
    r"\bgl(?:pat|dt|rt|ptt|cbt|soat)-[A-Za-z0-9_\-]{16,}",  # GitLab
    r"\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,}",  # Stripe
    r"\bwhsec_[A-Za-z0-9+/=]{16,}",
    r"\bAIza[A-Za-z0-9_\-]{30,}",  # Google
    r"\bya29\.[A-Za-z0-9_\-]{16,}",
    r"\bGOCSPX-[A-Za-z0-9_\-]{20,}",
    r"\bxox[a-z]-[A-Za-z0-9\-]{10,}",  # Slack
    r"\bxapp-[A-Za-z0-9\-]{10,}",
    r"\bsk-[A-Za-z0-9_\-]{20,}",  # OpenAI, Anthropic
    r"\bSG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}",  # SendGrid
    r"\bnpm_[A-Za-z0-9]{30,}",
    r"\bpypi-[A-Za-z0-9_\-]{30,}",
    r"\bhf_[A-Za-z0-9]{30,}",
    r"\bshp(?:at|ca|pa|ss)_[A-Fa-f0-9]{20,}",  # Shopify
    r"\bdo[oprt]_v1_[a-f0-9]{20,}",  # DigitalOcean
    r"\b(?:SK|AC)[a-f0-9]{32}\b",  # Twilio
    r"\b[0-9]{8,10}:[A-Za-z0-9_\-]{35}\b",  # Telegram
    r"(?i:\bbearer)[ :]+[A-Za-z0-9._~+/\-]{8,}=*",  # RFC 6750
    r"(?i:\bauthorization\s*:\s*basic)\s+[A-Za-z0-9+/]{4,}=*",  # RFC 7617
)
_TOKEN: Final = re2.compile("|".join(_SHAPES))


def tokens(text: str) -> Iterator[tuple[int, int]]:
    """What has the shape of a key."""
    for hit in _TOKEN.finditer(text):
        found = hit.group()
        if found[:6].lower() != "bearer" or any(c.isdigit() for c in found):  # "Bearer authentication" is none
            yield hit.span()


TOKENS: Final = Detector(
    "token",
    "api_key",
    SECRET,
    "|".join(_SHAPES),
    tokens,
    (
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "eyJhbGciOiJSU0EtT0FFUCJ9.OKOawDo13gRp.48V1_ALb6US0.5eym8TW_c8Su.XFBoMYUZodet",
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXk",
        "AKIAIOSFODNN7EXAMPLE",
        "Token ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "glpat-AbCdEfGhIjKlMnOpQrSt",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc",  # gitleaks:allow  the example of Stripe's documentation
        "AIzaSyA-1234567890abcdefghijklmnopqrstu",
        "xoxb-1234567890-abcdefghij",
        "Authorization: Bearer mF_9.B5f-4.1JqM",
        "authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawk",
    ),
    (
        "eyJwindow",
        "hey.you.there",
        "Bearer authentication",
        "sk-learn",
        "Basic Informations",
        "gap_width",
        "SKU 4711",
    ),
)

LEAST: Final = 24
"""Characters of a random string that counts as a key."""
_RUN: Final = re.compile(rf"(?<![A-Za-z0-9+/_\-])[A-Za-z0-9+/_\-]{{{LEAST},}}={{0,2}}", re.ASCII)
_HEX: Final = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+|[+/_\-]+")


def random_runs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of `LEAST` and more whose digits, small and capital letters change as those of no word or path do.

    Of characters picked by chance every second begins a new word, a new number; of names and paths every third.
    """
    for run in _RUN.finditer(text):
        found = run.group().rstrip("=")
        if _HEX.fullmatch(found):
            letters = sum(c.isalpha() for c in found)
            if letters >= 4 and len(found) - letters >= 4 and _changes(found) >= 0.22:
                yield run.span()
        elif _UUID.fullmatch(found):
            continue  # names things, and is written as nothing else is
        elif (
            any(c.isdigit() for c in found)
            and any(c.isupper() for c in found)
            and any(c.islower() for c in found)
            and _changes(found) >= 0.34
            and sum(c in "+/_-" for c in found) * 8 <= len(found)
        ):
            yield run.span()


def _changes(text: str) -> float:
    return len(_WORDS.findall(text)) / len(text)


RANDOM: Final = Detector(
    "random",
    "api_key",
    SECRET,
    rf"[A-Za-z0-9+/_\-]{{{LEAST}}}",
    random_runs,
    (
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "Schlüssel: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "dGhpcyBpcyBhIHNlY3JldCB0b2tlbg==",
        "D41D8CD98F00B204E9800998ECF8427E",
    ),
    (
        "Donaudampfschifffahrtsgesellschaft",
        "produkt-4711-schraube-m8-verzinkt-100-stueck",
        "getElementsByTagNameNS2AndThenSome",
        "00000000000000000000000000000000",
        "/de/Werkzeug/Schrauben/Holz/M8x100",
        "123456789012345678901234567890",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    ),
)

_SEED: Final = re.compile(r"\s*[a-z]{3,8}(?:[ \n]+[a-z]{3,8}){11,23}\s*")
_PROSE: Final = re.compile(
    r"\b(?:the|and|for|with|was|are|but|not|his|her|der|die|das|den|dem|des|und|ist|ein|eine|nicht|mit|von|auf|als|aus"
    r"|les|des|une|pour|dans|que|del|las|los|una|con|por|per|che|non|het|een|niet)\b"
)
"""Words of prose that no list of seed words has."""


def is_seed(value: str) -> bool:
    """Whether a whole value is a seed phrase (BIP 39): 12, 15, 18, 21 or 24 words of 3 to 8 small letters."""
    if not _SEED.fullmatch(value):
        return False
    words = value.split()
    return len(words) % 3 == 0 and not _PROSE.search(value)
