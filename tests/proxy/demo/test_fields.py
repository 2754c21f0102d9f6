"""The table of fields agrees with the pages."""

from __future__ import annotations

import re

from stdnum import iban, luhn

from proxy.demo.fields import FIELDS

CONTROL = re.compile(r"<(?:input|select|textarea|div)\b[^>]*?\b(?:name|id)=\"(\w+)\"[^>]*>")
PRESET = {"sid", "nr", "agb", "lager", "MAX_FILE_SIZE"}
FRAMED = {"/neuigkeiten.php"}


async def test_every_field_of_every_page_is_in_the_table(visitor) -> None:
    for path in {field.page for field in FIELDS}:
        page = await visitor.text(path)
        pages = {path} if path in FRAMED else {path, "/"}  # the search box is in the head of all others
        listed = {field.name for field in FIELDS if field.page in pages}
        assert set(CONTROL.findall(page)) - PRESET == listed, path


def test_values_are_distinct_and_none_is_part_of_another() -> None:
    values = [field.value for field in FIELDS if field.typed]
    assert not [(a, b) for a in values for b in values if a is not b and a in b]


def test_check_digits_are_right() -> None:
    values = {field.name: field.value for field in FIELDS}
    assert luhn.is_valid(values["knr"].replace(" ", ""))
    assert iban.is_valid(values["ktonr"])


async def test_values_fit_their_fields(visitor) -> None:
    for field in FIELDS:
        page = await visitor.text(field.page)
        limit = re.search(rf'name="{field.name}"[^>]*maxlength="(\d+)"', page)
        assert not limit or len(field.value) <= int(limit[1]), field.name
