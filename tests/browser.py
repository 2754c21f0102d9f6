"""The system's Chromium, by playwright; skipped with a visible reason where absent, unless that is forbidden."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser as AsyncBrowser
from playwright.async_api import async_playwright
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def require(*paths: Path, reason: str) -> None:
    """Skip the module unless these are there; fail where skipping is forbidden (MILCHGLAS_NO_SKIP, .ci/run)."""
    absent = [str(path) for path in paths if not path.exists()]
    if not absent:
        return
    if os.environ.get("MILCHGLAS_NO_SKIP"):
        raise RuntimeError(f"may not be skipped here: {reason}: {', '.join(absent)} not there")
    pytest.skip(f"{reason}: {', '.join(absent)} not there", allow_module_level=True)


def require_chromium() -> None:
    """Skip the module without Chromium."""
    require(Path(CHROMIUM), reason="needs Chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@asynccontextmanager
async def chromium_async() -> AsyncIterator[AsyncBrowser]:
    """The same for tests that are coroutines."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()
