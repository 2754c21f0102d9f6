"""The sites' own servers: each is asked for its first page, as a visitor would."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from urllib.parse import urlsplit

from proxy.check.ask import Failed, ask
from proxy.check.certificates import SOON, expiry, usable
from proxy.check.problem import Problem, error, warning
from proxy.config import Config, Site, is_loopback
from proxy.routes import DEFAULT_PORTS

AT_ONCE = 8


def problems(config: Config) -> Iterator[Problem]:
    """Of every site that is enabled."""
    sites = [(index, site) for index, site in enumerate(config.sites) if site.enabled]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for found in pool.map(lambda each: list(_site(config, *each)), sites):
            yield from found


def _site(config: Config, index: int, site: Site) -> Iterator[Problem]:
    at = ("sites", index, "upstream")
    url = urlsplit(site.upstream)
    if is_loopback(url.hostname or "") and (url.port or DEFAULT_PORTS[url.scheme]) == config.listen.port != 0:
        yield error(at, "this is Milchglas itself, at listen.port", "give the port of the site's own server")
        return
    host = next((each for each in site.hosts if "*" not in each), "")
    tls = site.upstream_tls
    if tls.ca and not usable(tls.ca):
        return
    try:
        answer = ask(url, "/", config.limits.connect, host=host, ca=tls.ca, name=tls.name)
    except Failed as failed:
        yield error(
            at,
            f"upstream cannot be asked: {failed.why}",
            "name its authority in upstream_tls.ca, or the name that it was made for in upstream_tls.name"
            if failed.certificate
            else "start it, or give the address of the site's own server",
        )
        return
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        yield warning(at, f"upstream answers with status {answer.status}", "look into its own log")
    if answer.certificate and (days := expiry(answer.certificate)[0]) < SOON:
        yield warning(at, f"upstream's certificate expires in {days} days", "have it renewed: pages stop with it")
