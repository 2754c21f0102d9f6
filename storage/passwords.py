"""Passwords: which are good enough, and how they are kept (ASVS 5.0, 6.2; OWASP's argon2id parameters)."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST, LONGEST = 8, 256
COMMON = Path(__file__).with_name("common_passwords.txt")

# 46 MiB: the least that OWASP names for one pass and one lane.
_HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
# Two at a time: a flood of logins takes 92 MiB, not all memory.
_TURNS = ThreadPoolExecutor(2, "argon2")


class Weak(ValueError):
    """Why a new password is refused, told to the person who chose it."""


@cache
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def check(password: str, email: str) -> None:
    """Raises Weak. No rules of composition: length and being hard to guess is all that counts."""
    if len(password) < SHORTEST:
        raise Weak(f"A password has at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise Weak(f"A password has at most {LONGEST} characters.")
    plain = password.casefold()
    if plain in _common() or plain in (email, email.partition("@")[0]) or len(set(plain)) < 4:
        raise Weak("This password is among the first that anybody tries. Choose another.")


def generate() -> str:
    """A first password: 100 bits, in groups that can be read out."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def digest(password: str) -> str:
    """The argon2id hash to keep. Takes about 40 ms and 46 MiB."""
    return _HASHER.hash(password)


async def digest_async(password: str) -> str:
    """`digest`, beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_TURNS, digest, password)


async def matches(password: str, kept: str | None) -> bool:
    """Whether it is the password of that hash. None, an account that is not there, takes as long."""
    good = await asyncio.get_running_loop().run_in_executor(_TURNS, _verify, password[:LONGEST], kept)
    return good and kept is not None


def _verify(password: str, kept: str | None) -> bool:
    try:
        return _HASHER.verify(kept or _nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return digest(secrets.token_urlsafe(16))
