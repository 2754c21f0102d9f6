"""Reading a form with a file, whatever comes."""

from __future__ import annotations

import asyncio

import pytest

from proxy.demo.upload import MAX_FIELD, MAX_FIELDS, MAX_FILE
from tests.proxy.demo.conftest import BOUNDARY, MULTIPART, multipart

PATH = "/reklamation.php"


@pytest.mark.parametrize(
    "fields", [{"kdname": "x" * (MAX_FIELD + 1)}, dict.fromkeys(map(str, range(MAX_FIELDS)), "")]
)
async def test_a_form_with_too_much_in_it_is_not_read_on(visitor, fields: dict[str, str]) -> None:
    form = {"sid": await visitor.sid(PATH)} | fields
    status, page = await visitor.post(PATH, multipart(form), MULTIPART)
    assert status == 200 and "zu groß" in page


async def test_a_form_of_another_visit_is_turned_away(visitor) -> None:
    status, page = await visitor.post(PATH, multipart({"sid": "0" * 32}), MULTIPART)
    assert status == 403 and "abgelaufen" in page


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"sid=1"),
        ("multipart/form-data", b"--x"),
        (MULTIPART, b"no boundary in it"),
        (MULTIPART, f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut off'.encode()),
        (MULTIPART, f"--{BOUNDARY}\r\n".encode() + b"X: y\r\n" * 999),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\n' + b"y" * 99 + b"\r\n--x--\r\n",
        ),
    ],
)
async def test_what_is_no_whole_multipart_form_is_400(visitor, kind: str, body: bytes) -> None:
    status, page = await visitor.post(PATH, body, kind)
    assert status == 400 and "Formular" in page


async def test_a_photo_that_is_too_large_is_answered_before_its_end(server, visitor) -> None:
    cookie = (await visitor.get("/"))[1]["set-cookie"].partition(";")[0]
    form = multipart({"sid": await visitor.sid(PATH)}, ("a.png", b""))
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = (f"POST {PATH} HTTP/1.1", "Host: x", f"Cookie: {cookie}", f"Content-Type: {MULTIPART}")
    writer.write("\r\n".join((*head, f"Content-Length: {10**12}", "", "")).encode())
    writer.write(form[: form.rindex(b"\r\n--")] + bytes(2 * MAX_FILE))
    async with asyncio.timeout(10):
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        await reader.readuntil("zu groß".encode("latin-1"))
    writer.close()
