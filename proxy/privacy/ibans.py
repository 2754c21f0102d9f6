"""International bank account numbers: ISO 13616, by country, length, structure and check digits (ISO 7064)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum import iban

from proxy.privacy.detector import Detector
from proxy.privacy.glyphs import DIGIT, GAP
from proxy.privacy.kinds import SECRET

_REGISTRY: Final = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
    "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 "
    "KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 "
    "PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 "
    "UA29 VA22 VG24 XK20 "
)
LENGTHS: Final = {entry[:2]: int(entry[2:]) for entry in _REGISTRY.split()}
"""country -> characters"""
_HEAD: Final = re.compile(r"[A-Za-z]{2}[ \u200b]?\d{2}", re.ASCII)
_NEXT: Final = re.compile(r"[\s._/\u200b\-]{0,3}([A-Za-z0-9])", re.ASCII)


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Where they are; also inside a word, for `iban_DE89...` is one, too."""
    done = 0
    for head in _HEAD.finditer(text):
        length = LENGTHS.get(head.group()[:2].upper())
        if length is None or head.start() < done:
            continue
        number, end = head.group()[:2] + head.group()[-2:], head.end()
        while len(number) < length and (following := _NEXT.match(text, end)):
            number += following[1]
            end = following.end()
        if len(number) == length and _checks(number) and iban.is_valid(number, check_country=False):
            yield head.start(), end
            done = end


def _checks(number: str) -> bool:
    """The check digits alone, which is cheap."""
    return int("".join([str(int(c, 36)) for c in number[4:] + number[:4]])) % 97 == 1


IBANS: Final = Detector(
    "iban",
    "iban",
    SECRET,
    rf"(?i)[a-z\x{{ff21}}-\x{{ff5a}}]{{2}}[ \x{{200b}}]?{DIGIT}{{2}}(?:[{GAP}]{{0,3}}[a-z0-9{DIGIT}]){{8}}",
    ibans,
    (
        "DE89 3704 0044 0532 0130 00",
        "de89370400440532013000",
        "GB82-WEST-1234-5698-7654-32",
        "IBAN: AT611904300234573201 und",
        "ibanDE89370400440532013000BIC",
        "NO93 8601 1117 947",
        "CH93\u00a00076\u00a02011\u00a06238\u00a05295\u00a07",
        "FR14.2004.1010.0505.0001.3M02.606",
        "ＤＥ８９ 3704 0044 0532 0130 00",
    ),
    ("DE89 3704 0044 0532 0130 01", "EN50 some words in a row here", "DE89 3704", "sha1de893704004405ab2013000f"),
)
