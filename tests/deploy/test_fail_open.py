"""When Milchglas is gone the site goes on through every front, and no recording reaches the site."""

from __future__ import annotations

import psutil  # type: ignore[import-untyped]  # publishes none

from proxy.page.snippet import MARKER
from tests.deploy.conftest import House
from tests.deploy.fronts import Front
from tests.running import Milchglas, wait_for
from tests.upstream import Upstream

PAGE = b"<!doctype html><html><head><title>Laden</title></head><body>Guten Tag</body></html>"
ORDER = b"menge=3&artikel=7"
UPLOAD = bytes(4 * 1024 * 1024)
DOCUMENT = "Sec-Fetch-Dest: document"


def killed(milchglas: Milchglas) -> None:
    """kill -9, and the end of all its processes: until then a worker may still take a request."""
    assert milchglas.process
    children = psutil.Process(milchglas.process.pid).children(recursive=True)
    milchglas.kill()
    assert psutil.wait_procs(children, timeout=15)[1] == []


def recorded(front: Front) -> None:
    """Wait until the front sends pages through Milchglas."""
    with front.visitor() as visitor:
        wait_for(lambda: MARKER.encode() in visitor.get("/", DOCUMENT).body, 15, "no page through Milchglas")


def test_the_site_goes_on_without_milchglas_and_with_it_again(front: Front, house: House, site: Upstream) -> None:
    site.page("/", PAGE)
    site.page("/bestellt", PAGE)
    site.page("/stil.css", b"a{}", type="text/css")
    recorded(front)
    killed(house.milchglas)
    try:
        with front.visitor() as visitor:
            if front.name.startswith("caddy"):
                # caddyserver/caddy#7713: an order that is the very first to find Milchglas gone is a 502.
                assert visitor.get("/", DOCUMENT).body == PAGE
            answer = visitor.get("/bestellt", DOCUMENT, method="POST", body=ORDER)
            assert (answer.status, answer.body) == (200, PAGE)
            assert [seen.body for seen in site.seen if seen.target == "POST /bestellt"] == [ORDER]
            for _ in range(3):
                assert visitor.get("/", DOCUMENT).body == PAGE
                assert visitor.get("/stil.css").body == b"a{}"
            assert visitor.get("/bestellt", DOCUMENT, method="POST", body=UPLOAD).status == 200
            assert site.seen[-1].body == UPLOAD
            site.seen.clear()
            for path in ("/_milchglas/events?recording=x", "/_milchglas/start"):
                assert visitor.get(path, method="POST", body=b"{}").status in (502, 503)
            assert site.seen == []
    finally:
        house.milchglas.start()
    recorded(front)
