"""The second factor: time-based codes (RFC 6238) of an authenticator app. Query functions, and the QR."""

from __future__ import annotations

import hmac
import time

import pyotp
import segno
from sqlalchemy import Connection, select, update

from storage.tables import accounts

STEP_SECONDS = 30
# One step to either side, for clocks that differ.
DRIFT = (-1, 0, 1)


def secret(connection: Connection, number: int) -> str:
    """The secret that an account is about to prove, made at first need. Nothing once it was proved."""
    row = connection.execute(
        select(accounts.c.totp_secret, accounts.c.totp_since).where(accounts.c.id == number)
    ).one()
    if row.totp_since is not None:
        return ""
    if row.totp_secret:
        return str(row.totp_secret)
    made = pyotp.random_base32()
    connection.execute(update(accounts).where(accounts.c.id == number).values(totp_secret=made))
    return made


def use_code(connection: Connection, number: int, code: str) -> bool:
    """Whether the code is right and was not used before; the first right one proves the factor."""
    row = connection.execute(
        select(accounts.c.totp_secret, accounts.c.totp_since).where(accounts.c.id == number)
    ).one()
    given = "".join(code.split()).encode("utf-8", "surrogateescape")
    step = int(time.time()) // STEP_SECONDS
    if not row.totp_secret:
        return False
    totp, found = pyotp.TOTP(row.totp_secret), 0
    for drift in DRIFT:
        if hmac.compare_digest(totp.generate_otp(step + drift).encode(), given):
            found = step + drift
    used = connection.execute(
        update(accounts)
        .where(accounts.c.id == number, accounts.c.totp_counter < found)
        .values(totp_counter=found, totp_since=row.totp_since or time.time())
    )
    return used.rowcount == 1


def remove(connection: Connection, number: int) -> None:
    """Forget the second factor; whoever needs one proves a new one."""
    connection.execute(update(accounts).where(accounts.c.id == number).values(totp_secret=None, totp_since=None))


def qr(key: str, email: str) -> str:
    """The enrolment address as an SVG element, black on white whatever the page's colours."""
    uri = pyotp.TOTP(key).provisioning_uri(name=email, issuer_name="Milchglas")
    image: str = segno.make(uri, error="m").svg_inline(scale=4, border=3, light="#fff", title="QR code")
    return image
