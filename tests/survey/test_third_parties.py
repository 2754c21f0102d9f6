"""Which third parties a survey sees on a page."""

from __future__ import annotations

import pytest

from proxy.survey.collectors import COLLECTORS, Collector, at
from proxy.survey.third_parties import UNKNOWN, third_parties
from proxy.survey.tree import parsed


def seen(html: str, *own: str, url: str = "https://shop.example.com/a/b.php") -> set[tuple[str, str, str]]:
    """Name, host and way of each."""
    return {(each.name, each.host, each.how) for each in third_parties(parsed(html), url, own)}


@pytest.mark.parametrize("collector", COLLECTORS, ids=lambda each: each.name)
def test_each_collector_is_found_where_it_says_it_is(collector: Collector) -> None:
    for address in collector.at:
        host, _, path = address.partition("/")
        assert at(host, path) is collector and at(f"www.{host}", f"{path}/x.js") is collector
        assert at(f"not{host}", path) is not collector


def test_each_collector_says_what_it_collects_and_has_one_name() -> None:
    assert all(each.collects for each in COLLECTORS)
    assert len({each.name for each in COLLECTORS}) == len(COLLECTORS)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (
            "<script src='https://www.googletagmanager.com/gtm.js?id=1'></script>",
            ("Google Tag Manager", "www.googletagmanager.com", "script"),
        ),
        (
            "<script src=//www.googletagmanager.com/gtag/js?id=G-1></script>",
            ("Google Analytics", "www.googletagmanager.com", "script"),
        ),
        (
            "<noscript><img src=https://www.facebook.com/tr?id=1></noscript>",
            ("Meta pixel", "www.facebook.com", "pixel"),
        ),
        ("<iframe src=https://www.youtube.com/embed/x></iframe>", ("YouTube", "www.youtube.com", "frame")),
        (
            "<link rel=stylesheet href=https://fonts.googleapis.com/css>",
            ("Google Fonts", "fonts.googleapis.com", "style"),
        ),
        (
            "<script>var u='https:\\/\\/static.hotjar.com\\/c\\/hotjar-'</script>",
            ("Hotjar", "static.hotjar.com", "inline script"),
        ),
        ("<script>var _paq = window._paq || [];</script>", ("Matomo", "", "inline script")),
        ("<script>s.src='//w.widgets.io/w.js'</script>", (UNKNOWN, "w.widgets.io", "inline script")),
        ("<script src=https://W.Widgets.IO:8443/w.js></script>", (UNKNOWN, "w.widgets.io", "script")),
        ("<img width=1 height=1 src=https://count.example.net/p.gif>", (UNKNOWN, "count.example.net", "pixel")),
        ("<base href=//cdn.example.net/><script src=own.js></script>", (UNKNOWN, "cdn.example.net", "script")),
    ],
)
def test_what_a_page_loads_from_elsewhere_is_named(html: str, found: tuple[str, str, str]) -> None:
    assert seen(html) == {found}


@pytest.mark.parametrize(
    "html",
    [
        "<script src=/own.js></script><script src=own.js></script>",
        "<script src=https://static.example.com/own.js></script>",
        "<script src=https://www.altshop.de/own.js></script>",
        "<img src=https://bilder.example.net/hose.jpg width=200 height=100>",
        "<a href=https://www.facebook.com/tr>x</a><link rel=canonical href=https://example.org/>",
        "<script>location.href = 'https://example.org/agb'</script>",
        "<script src='javascript:1'></script><iframe src='data:text/html,x'></iframe><script src='http://['></script>",
        "<script type=text/x-template src=''></script>",
    ],
)
def test_the_sites_own_and_what_is_only_linked_is_not(html: str) -> None:
    assert seen(html, "*.altshop.de") == set()


def test_two_registered_below_the_same_country_are_not_one() -> None:
    html = "<script src=https://cdn.other.co.uk/a.js></script>"
    assert seen(html, url="https://www.shop.co.uk/") == {(UNKNOWN, "cdn.other.co.uk", "script")}
    assert seen(html, url="https://www.other.co.uk/") == set()
    assert seen("<script src=http://127.0.0.2/a.js></script>", url="http://127.0.0.1/")


def test_nothing_of_an_address_but_its_host_is_kept() -> None:
    html = "<script src='https://u:Rohrdommel@w.widgets.io/Rohrdommel.js?k=Rohrdommel#Rohrdommel'></script>"
    assert seen(html) == {(UNKNOWN, "w.widgets.io", "script")}
