"""What reaches a person or a machine: e-mail and IP addresses, phone numbers, and long numbers of any meaning."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

import phonenumbers
import re2

from proxy.privacy.detector import Detector
from proxy.privacy.glyphs import DIGIT, GAP
from proxy.privacy.kinds import PERSONAL, UNKNOWN

_EMAIL: Final = re2.compile("(?i)[\\pL0-9._%+'\u200b\\-]+(?:@|%40)[\\pL0-9\u200b\\-]+(?:\\.[\\pL0-9\u200b\\-]+)+")


def emails(text: str) -> Iterator[tuple[int, int]]:
    """Addresses, in words of any script."""
    return (hit.span() for hit in _EMAIL.finditer(text))


EMAILS: Final = Detector(
    "email",
    "email",
    PERSONAL,
    r"[\pL\pN\x{200b}\x{ad}](?:@|\x{ff20}|%40)[\pL\pN\x{200b}\x{ad}\-]",
    emails,
    ("erika@example.org", "an jörg.müller@bücher.example gesendet", "a%40b.example", "o'neil+x@mail.co.uk"),
    ("@media print", "user@host", "@2x"),
)

_IP: Final = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\w)"
    r"|(?<![\w.:])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?:\.\d{1,3}){0,3}(?![\w:])",
    re.ASCII,
)


def ips(text: str) -> Iterator[tuple[int, int]]:
    """Addresses of either version."""
    if text.count(".") > 2 or text.count(":") > 1:
        for hit in _IP.finditer(text):
            if hit.group().strip(":.") and _is_ip(hit.group()):
                yield hit.span()


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


IPS: Final = Detector(
    "ip",
    "other",
    PERSONAL,
    r"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]|:[0-9a-fA-F]{0,4}:",
    ips,
    (
        "192.168.17.4",
        "2001:db8::17:4",
        "von 10.0.0.1 aus",
        "10.1.2.3:8080",
        "::ffff:10.1.2.3",
        "2001:db8:0:0:1:2:3:4.",
    ),
    ("12:30:45", "1.2.3", "1.2.3.4.5", "999.1.1.1", "10:30:00:12", "std::string"),
)

_NUMBER: Final = re.compile(r"\+?\d(?:[\s./()\u200b\-]{0,2}\d){6,}", re.ASCII)
_DATE: Final = re.compile(r"(?:19|20)\d\d[./-]\d\d?[./-]\d\d?(?!\d)|\d\d?[./-]\d\d?[./-](?:19|20)\d\d(?!\d)")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DOTTED: Final = re.compile(r"\d{2,4}(?:(?:\.\d{2,4}){2}|(?:\.\d{2,4}){4})")


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Seven digits in a row; nine in groups; seven in groups that begin like a phone number; no dates."""
    for hit in _NUMBER.finditer(text):
        run = hit.group()
        start = 0
        while date := _DATE.match(run, start):
            start = date.end()
            while start < len(run) and not run[start].isdigit():
                start += 1
        rest = run[start:]
        if not rest or _THOUSANDS.fullmatch(rest):
            continue
        count = sum(c.isdigit() for c in rest)
        solid = bool(re.search(r"\d{7}", rest))
        phone = rest[0] in "+0" and count >= 7
        if solid or phone or (count >= 9 and ("." not in rest or _DOTTED.fullmatch(rest))):
            yield hit.start() + start, hit.end()


NUMBERS: Final = Detector(
    "number",
    "other",
    UNKNOWN,
    rf"{DIGIT}{{7}}|{DIGIT}(?:[{GAP}()]{{0,2}}{DIGIT}){{8}}|[+0](?:[{GAP}()]{{0,2}}{DIGIT}){{6}}",
    numbers,
    (
        "Rechnung 20231234567",
        "24.12.2024 4711-8899-12",
        "+49 30 1234567",
        "0171/2345678",
        "123 456 789",
        "555.555.0142",
        "123\u00a0456\u00a0789",
        "١٢٣٤٥٦٧",
    ),
    ("24.12.2024", "2024-12-24 18:30", "1.299,00", "Seite 12 von 300", "12.345.678"),
)

_PHONE: Final = re.compile(r"\s*(\+|00|0|\()?[\d ()./\u200b\-]{6,24}\s*", re.ASCII)
_REGIONS: Final = ("DE", "AT", "CH", "GB", "FR", "IT", "NL", "SE")
"""Where a number with a leading 0 may be from."""


def is_phone(value: str) -> bool:
    """Whether a whole value is a phone number: international, or national with a 0; no date or amount."""
    shape = _PHONE.fullmatch(value)
    if not shape or not 7 <= sum(c.isdigit() for c in value) <= 17 or _DATE.fullmatch(value.strip()):
        return False
    if shape[1] in ("+", "00"):
        return _valid("+" + value.strip().removeprefix("+").removeprefix("00"), None)
    return shape[1] is not None and any(_valid(value, region) for region in _REGIONS)


def _valid(number: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
