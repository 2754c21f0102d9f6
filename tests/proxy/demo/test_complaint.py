"""The complaint form and its photo."""

from __future__ import annotations

import pytest

from proxy.demo.upload import MAX_FILE
from tests.proxy.demo.conftest import MULTIPART, multipart

GIVEN = {"kdname": "Jürgen", "bestnr": "KS-1", "mangel": "Henkel <ab>"}


async def complain(visitor, file: tuple[str, bytes] | None = None, **fields: str) -> str:
    form = {"sid": await visitor.sid("/reklamation.php")} | fields
    return (await visitor.post("/reklamation.php", multipart(form, file), MULTIPART))[1]


async def test_the_answer_repeats_what_came_and_the_photos_name_and_size(visitor) -> None:
    page = await complain(visitor, ("Krug größer.png", b"\x89PNG\r\n--" * 999), **GIVEN)
    assert "Reklamation angekommen" in page and "Jürgen" in page and "Henkel &lt;ab&gt;" in page
    assert f"Krug größer.png, {8 * 999} Bytes" in page


@pytest.mark.parametrize("file", [None, ("", b"")])
async def test_a_photo_is_not_needed(visitor, file: tuple[str, bytes] | None) -> None:
    assert "<td>keines</td>" in await complain(visitor, file, **GIVEN)


async def test_a_form_left_empty_comes_again_with_what_was_typed(visitor) -> None:
    page = await complain(visitor, bestnr="KS-1")
    assert "Bitte füllen Sie alle Felder mit Stern aus" in page and 'value="KS-1"' in page


async def test_a_photo_may_be_as_large_as_the_form_says_and_no_larger(visitor) -> None:
    assert f"{MAX_FILE} Bytes" in await complain(visitor, ("a.png", bytes(MAX_FILE)), **GIVEN)
    page = await complain(visitor, ("a.png", bytes(MAX_FILE + 1)), **GIVEN)
    assert "ein Foto darf höchstens 2 MB haben" in page and "Henkel &lt;ab&gt;" in page
