"""National identifiers, by how they are written and by their check digits (python-stdnum).

| sort | tells | counts |
|---|---|---|
| `id_code` | letters and digits, as codice fiscale, NINO, DNI, HETU | everywhere |
| `id_number` | digits grouped as that number is, or with a date or two check digits in them | in any text |
| `id_weak` | one check digit: every tenth order number has it | only in a field of which nothing else is known |

Numbers are looked up by their layout: the lengths of their groups and what stands between, as `3-2-4`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Final

import re2

from proxy.privacy.detector import Detector
from proxy.privacy.glyphs import DIGIT, GAP
from proxy.privacy.kinds import SECRET

type Check = Callable[[str], bool]

_NUMBERS: Final = (
    ("de.idnr", "11;2 3 3 3", ""),
    ("de.stnr", "2/3/5;3/3/5;3/4/4;5/5", ""),
    ("at.vnr", "4 6;4-6;4/6", "10"),
    ("ch.ssn", "3.4.4.2;3 4 4 2;13", ""),
    ("gb.nhs", "3 3 4", "3-3-4;10"),
    ("us.ssn", "3-2-4", "3 2 4"),
    ("us.itin", "3-2-4", "3 2 4"),
    ("ca.sin", "3-3-3", "3 3 3;9"),
    ("fr.nir", "15;1 2 2 2 3 3 2;1 2 2 2 3 3-2;13 2;1.2.2.2.3.3.2", ""),
    ("nl.bsn", "4.2.3;4 2 3", "9;3.3.3;3 3 3"),
    ("pl.pesel", "11", ""),
    ("cz.rc", "6/4;6/3", "10"),
    ("se.personnummer", "6-4;8-4;12", "10"),
    ("dk.cpr", "6-4", ""),
    ("no.fodselsnummer", "11;6 5", ""),
    ("be.nn", "2.2.2-3.2;2.2.2.3.2;2 2 2 3 2;2.2.2 3.2;6-3-2;6 3 2;11", ""),
    ("pt.nif", "", "3 3 3"),
    ("br.cpf", "3.3.3-2;9-2;11", ""),
    ("ro.cnp", "13;1 6 6;1 2 2 2 2 3 1", ""),
    ("bg.egn", "", "10"),
    ("hr.oib", "", "11"),
    ("gr.amka", "6 5", "11"),
    ("lt.asmens", "", "11"),
    ("ee.ik", "", "11"),
    ("lv.pvn", "6-5", ""),
    ("si.emso", "13", ""),
    ("tr.tckimlik", "11", ""),
    ("za.idnr", "13;6 4 2 1;6 4 3", ""),
    ("kr.rrn", "6-7", ""),
    ("ar.cuit", "2-8-1", "11"),
    ("cl.rut", "2.3.3-1;1.3.3-1", ""),
    ("is_.kennitala", "6-4", "10"),
    ("cn.ric", "18", ""),
    ("in_.aadhaar", "4 4 4;4-4-4", ""),
    ("my.nric", "6-2-4", ""),
    ("th.pin", "1-4-5-2-1;1 4 5 2 1", "13"),
)
"""module of stdnum, layouts that tell it, layouts that hardly do"""


def _check(module: str) -> Check:
    is_valid: Check = import_module(f"stdnum.{module}").is_valid
    return is_valid


def _by_layout(strong: bool) -> Mapping[str, tuple[Check, ...]]:
    table: dict[str, tuple[Check, ...]] = {}
    for module, telling, vague in _NUMBERS:
        for layout in filter(None, (telling if strong else vague).split(";")):
            table[layout] = (*table.get(layout, ()), _check(module))
    return table


_STRONG: Final = _by_layout(True)
_WEAK: Final = _by_layout(False)
_GROUPS: Final = max(layout.count(" ") + layout.count(".") + layout.count("-") for layout in _STRONG) + 1
_RUN: Final = re.compile(r"\d(?:[ ./\-]?\d){8,}", re.ASCII)
_GROUP: Final = re.compile(r"(\d+)([ ./\-]?)", re.ASCII)
_GLUED: Final = re.compile(r"[A-Za-z0-9]")


def _spans(text: str, table: Mapping[str, tuple[Check, ...]]) -> Iterator[tuple[int, int]]:
    """The longest known layout from each group of digits on, whose check digits are right."""
    for run in _RUN.finditer(text):
        groups = [(run.start() + g.start(1), run.start() + g.end(1), g[2]) for g in _GROUP.finditer(run.group())]
        done = 0
        for first, (start, _, _) in enumerate(groups):
            if start < done or (start == run.start() and start and text[start - 1].isalnum()):
                continue
            layout, found = "", 0
            for at, end, gap in groups[first : first + _GROUPS]:
                layout += str(end - at)
                if end - at > 18:
                    break
                checks = table.get(layout)
                if checks and not text[end : end + 1].isalnum() and any(ok(text[start:end]) for ok in checks):
                    found = end
                layout += gap
            if found and len(set(text[start:found])) > 2:
                yield start, found
                done = found


def id_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Those whose layout and check digits tell enough."""
    return _spans(text, _STRONG)


def id_weak(text: str) -> Iterator[tuple[int, int]]:
    """Those that one check digit tells."""
    return _spans(text, _WEAK)


_NO_NINO: Final = frozenset(("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"))


def _nino(code: str) -> bool:
    """No check digit: HMRC, NIM39110; the pattern knows the letters."""
    return code[:2].upper() not in _NO_NINO


_WEIGHTS: Final = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def _rvnr(code: str) -> bool:
    """Versicherungsnummer of German pensions, VKVV section 4: area, birth date, letter, serial, check digit."""
    compact = re.sub(r"\W", "", code).upper()
    digits = compact[:8] + f"{ord(compact[8]) - 64:02}" + compact[9:11]
    day, month = int(compact[2:4]), int(compact[4:6])
    total = sum(sum(divmod(int(d) * w, 10)) for d, w in zip(digits, _WEIGHTS, strict=True))
    return total % 10 == int(compact[11]) and 0 < month <= 12 and (day % 50) <= 31


def _kvnr(code: str) -> bool:
    """Krankenversichertennummer, SGB V section 290: a letter, eight digits, check digit (Luhn from the left)."""
    digits = f"{ord(code[0].upper()) - 64:02}" + code[1:9]
    return sum(sum(divmod(int(d) * (1 + n % 2), 10)) for n, d in enumerate(digits)) % 10 == int(code[9])


def _hetu(code: str) -> bool:
    """The signs of 2023 (B to F, U to Y) mean what `A` and `-` did."""
    return bool(_HETU(code[:6] + {"BCDEF": "A", "UVWXY": "-"}.get(code[6], code[6]) + code[7:]))


_HETU: Final = _check("fi.hetu")


def _undotted(module: str) -> Check:
    check = _check(module)
    return lambda code: check(code.replace(".", ""))


_FORMS: Final[tuple[tuple[str, Check], ...]] = (
    (
        r"[A-Z]{3} ?[A-Z]{3} ?[0-9]{2} ?[A-EHLMPRST] ?[0-9LMNP-V]{2} ?[A-Z][0-9LMNP-V]{3} ?[A-Z]",
        _check("it.codicefiscale"),
    ),
    (r"[A-CEGHJ-PRSTW-Z][A-CEGHJ-NPRSTW-Z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]", _nino),
    (r"(?:\d{8}|\d{2}\.\d{3}\.\d{3})[ -]?[A-Z]", _undotted("es.dni")),
    (r"[XYZ][ -]?(?:\d{7}|\d\.\d{3}\.\d{3})[ -]?[A-Z]", _undotted("es.nie")),
    (r"\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]", _hetu),
    (r"\d{6}\+\d{4}", _check("se.personnummer")),
    (r"[12] ?\d\d ?\d\d ?2[AB] ?\d{3} ?\d{3} ?\d\d", _check("fr.nir")),
    (r"\d\d[ -]?\d{6}[ -]?[A-Z][ -]?\d\d[ -]?\d", _rvnr),
    (r"\d{7}[A-W][A-IW]?", _check("ie.pps")),
    (r"[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-Z]\d", _check("mx.curp")),
    (r"[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]", _check("in_.pan")),
    (r"\d{8} ?\d ?[A-Z0-9]{2} ?\d", _check("pt.cc")),
    (r"\d{17}X", _check("cn.ric")),
    (r"\d{1,2}\.\d{3}\.\d{3}-K", _check("cl.rut")),
)
"""pattern, of a bounded length; check"""


def _formed(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])", re.ASCII | re.IGNORECASE)


_COMPILED: Final = tuple((_formed(pattern), check) for pattern, check in _FORMS)
_CANDIDATE: Final = re2.compile(r"(?i)(?:^|[^A-Za-z0-9])((?:" + "|".join(pattern for pattern, _ in _FORMS) + "))")
"""One pass for all of them; which it is, and whether it ends there, their own patterns tell."""
_KVNR: Final = _formed(r"[A-Z]\d{9}")


def id_codes(text: str) -> Iterator[tuple[int, int]]:
    """Identifiers with letters in them."""
    for candidate in _CANDIDATE.finditer(text):
        start = candidate.start(1)
        for pattern, check in _COMPILED:
            if (hit := pattern.match(text, start)) and check(hit.group()):
                yield hit.span()
                break


def id_weak_all(text: str) -> Iterator[tuple[int, int]]:
    """Weak numbers, and the health insurance number, which looks like an article's."""
    yield from id_weak(text)
    for hit in _KVNR.finditer(text):
        if _kvnr(hit.group()):
            yield hit.span()


ID_CODES: Final = Detector(
    "id_code",
    "national_id",
    SECRET,
    r"(?i)[a-z]{3} ?[a-z]{3} ?[0-9]{2} ?[a-z] ?[0-9lmnp-v]{2}|[a-z]{5}[0-9]{4}[a-z]|[0-9] ?2[ab] ?[0-9]{3}"
    r"|[a-z]{2}(?:[ \-]?[0-9]{2}){3}[ \-]?[a-d]|[0-9]\.?[0-9]{3}\.?[0-9]{3}[ \-]?[a-z]"
    r"|[0-9]{6}[ \-]?[a-z][ \-]?[0-9a-z]|[0-9]{6}[+\-][0-9]{3}|[0-9]{7} ?[0-9] ?[0-9] ?[a-z]",
    id_codes,
    (
        "RSSMRA85T10A562S",
        "rss mra 85t10 a562s",
        "NINO: AB 12 34 56 C",
        "ab123456c",
        "12345678Z",
        "12.345.678-Z",
        "X-1234567-L",
        "131052-308T",
        "131052A308T",
        "131052U308T",
        "1 85 07 2A 123 456 65",
        "65 170839 J 00 3",
        "65170839J003",
        "1234567FA",
        "BOXW310820HNERXN09",
        "ACUPA7085R",
        "00000000 0 ZZ4",
        "11010519491231002X",
    ),
    ("BG123456A", "12345678A", "131052-308U", "RSSMRA85T10A562T", "Artikel 4711B", "schraube", "65170839J009"),
)

ID_NUMBERS: Final = Detector(
    "id_number",
    "national_id",
    SECRET,
    f"{DIGIT}(?:[{GAP}]?{DIGIT}){{8}}",
    id_numbers,
    (
        "36574261809",  # de.idnr
        "Steuer-ID 36 574 261 809",
        "181/815/08155",
        "1237 010180",
        "756.9217.0769.85",
        "943 476 5870",
        "536-90-4399",
        "123-456-782",
        "295109912611193",
        "2 95 10 99 126 111 93",
        "1112.22.333",
        "44051401359",
        "710319/2745",
        "880320-0016",
        "19880320-0016",
        "211062-5629",
        "15108695088",
        "85.07.30-033.28",
        "390.533.447-05",
        "1630615123457",
        "756\u00a09217\u00a00769\u00a085",
    ),
    ("20231234567", "24.12.2024", "123-45-67", "4006381333931", "0171 2345678", "000-00-0000", "1700000000000"),
)

ID_WEAK: Final = Detector(
    "id_weak",
    "national_id",
    SECRET,
    f"{DIGIT}(?:[{GAP}]?{DIGIT}){{8}}",
    id_weak_all,
    ("123456782", "111222333", "7523169263", "33392005961", "9434765870", "A123456780"),
    ("24.12.2024", "111222334", "A123456781"),
)
