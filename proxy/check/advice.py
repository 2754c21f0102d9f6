"""What is allowed, and most likely not meant. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from proxy.check.problem import Problem, warning
from proxy.config import Config, Site, is_loopback

SHORT = 16
"""Characters of a token that can be guessed."""


def problems(config: Config) -> Iterator[Problem]:
    """Of the configuration alone."""
    if not is_loopback(config.admin.host):
        yield warning(
            ("admin", "host"),
            "others can reach the admin listener, and it asks for no password",
            "use 127.0.0.1, or let only your monitoring through",
        )
    for index, network in enumerate(config.trusted_proxies):
        if ipaddress.ip_network(network).prefixlen == 0:
            yield warning(
                ("trusted_proxies", index),
                "everybody's X-Forwarded-* is believed, so anybody can be anybody",
                "name the addresses of the proxies in front",
            )
    token = config.storage.token
    if token and len(token.get_secret_value()) < SHORT:
        yield warning(
            ("storage", "token"),
            f"the token has less than {SHORT} characters and can be guessed",
            "take a random one, as `openssl rand -hex 32` prints",
        )
    for index, site in enumerate(config.sites):
        yield from _site(site, index)


def _site(site: Site, index: int) -> Iterator[Problem]:
    if not site.records:
        return
    if site.record.text != "mask" and not site.consent.notice_url:
        yield warning(
            ("sites", index, "name"),
            "page text is recorded, which names people, and nothing tells visitors where they can read that",
            "set consent.notice_url to the site's privacy page (`milchglas notice` writes its paragraph), "
            "or `record: {text: mask}`",
        )
    if not site.pages.include:
        yield warning(
            ("sites", index, "pages", "include"),
            "no page gets the snippet, for no pattern is there",
            'leave it out for all pages, or name some: ["/shop/*"]',
        )
