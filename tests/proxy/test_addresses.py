"""What names upstream's own address names the visitor's; every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proxy.addresses import Fields, mapped
from proxy.config import UpstreamTls
from proxy.routes import Peer, Upstream

SHOP = "https://shop.example.com"


def upstream(address: str = "http://backend.intern:8000") -> Upstream:
    scheme, _, rest = address.partition("://")
    host, _, port = rest.rpartition(":")
    return Upstream(scheme, Peer(host, UpstreamTls()), int(port))


def field(name: str, value: str, origin: str = SHOP, behind: Upstream | None = None) -> str | None:
    """What becomes of one field; None when it is left out."""
    fields = mapped(((name.encode(), value.encode("latin-1")),), behind or upstream(), origin)
    return fields[0][1].decode("latin-1") if fields else None


URLS = [
    ("http://backend.intern:8000/a/../b?c=%e4&d=//backend.intern:8000#e", SHOP),
    ("https://backend.intern:8000/x", SHOP),
    ("//backend.intern:8000/x", "//shop.example.com"),
    ("HTTP://Backend.INTERN.:08000/x", SHOP),
    ("http://backend.intern:8000", SHOP),
    ("http://backend.intern:8000?x", SHOP),
    ("http://backend.intern:8000#x", SHOP),
    ("http://shop.example.com:8000/x", SHOP),
    ("https://SHOP.example.com.:8000/x", SHOP),
    ("//shop.example.com:8000/x", "//shop.example.com"),
]


def rest(url: str) -> str:
    """What follows the authority."""
    after = url.partition("//")[2]
    ends = [at for at in map(after.find, "/?#") if at >= 0]
    return after[min(ends, default=len(after)) :]


@pytest.mark.parametrize("name", ["Location", "CONTENT-LOCATION"])
@pytest.mark.parametrize(("url", "becomes"), URLS)
def test_upstreams_own_address_becomes_the_visitors(name: str, url: str, becomes: str) -> None:
    assert field(name, url) == becomes + rest(url)


@pytest.mark.parametrize("before", ["5; url=", "5;URL=", "0,url = '", '1.5 url="', "5; ", "5;url=\t'"])
@pytest.mark.parametrize(("url", "becomes"), URLS)
def test_a_refresh_goes_to_the_visitors_address(before: str, url: str, becomes: str) -> None:
    after = before[-1] if before[-1] in "'\"" else ""
    assert field("Refresh", before + url + after) == before + becomes + rest(url) + after


LEFT_ALONE = [
    "/x",
    "x?y=http://backend.intern:8000/",
    "?x",
    "",
    "http://backend.intern/x",
    "http://backend.intern:80/x",
    "http://backend.intern:8001/x",
    "//backend.intern/x",
    "http://xbackend.intern:8000/x",
    "http://backend.intern.example:8000/x",
    "http://www.example.com:8000/x",
    "http://shop.example.com/x",
    "https://shop.example.com/x",
    "http://shop.example.com:80/x",
    "http://shop.example.com:8001/x",
    "http://user@backend.intern:8000/x",
    "http://backend.intern:8000@evil.example/x",
    "http://backend.intern:8000\\x",
    "http://backend.intern:800000/x",
    "http:/backend.intern:8000/x",
    "http:backend.intern:8000/x",
    "ftp://backend.intern:8000/x",
    "http://backend.int\xe9rn:8000/x",
    "http://[::1/x",
]


@pytest.mark.parametrize("url", LEFT_ALONE)
def test_what_is_not_upstreams_own_address_stays(url: str) -> None:
    assert field("Location", url) == url
    assert field("Refresh", f"5; url={url}") == f"5; url={url}"


@pytest.mark.parametrize(
    "value", ["5", "", "http://backend.intern:8000/", "5url=http://backend.intern:8000/", ";url=x"]
)
def test_a_refresh_that_goes_nowhere_stays(value: str) -> None:
    assert field("Refresh", value) == value


@pytest.mark.parametrize(
    ("behind", "origin", "url", "becomes"),
    [
        # ports of the scheme count
        ("http://backend:80", SHOP, "http://backend/x", f"{SHOP}/x"),
        ("http://backend:80", SHOP, "//backend/x", "//shop.example.com/x"),
        ("https://backend:443", SHOP, "https://backend/x", f"{SHOP}/x"),
        ("https://backend:443", SHOP, "https://backend:/x", f"{SHOP}/x"),
        ("https://backend:443", SHOP, "http://backend/x", None),
        # the visitor's port
        ("http://backend:8000", f"{SHOP}:8443", "http://backend:8000/x", f"{SHOP}:8443/x"),
        ("http://backend:8000", f"{SHOP}:8443", "//shop.example.com:8000/x", "//shop.example.com:8443/x"),
        # built from X-Forwarded-Proto, Host, and the port upstream listens on
        ("http://backend:80", SHOP, "https://shop.example.com:80/x", f"{SHOP}/x"),
        (
            "https://backend:443",
            "http://shop.example.com",
            "http://shop.example.com:443/x",
            "http://shop.example.com/x",
        ),
        # from https to http on purpose: another way would loop
        ("http://shop.example.com:80", SHOP, "http://shop.example.com/x", None),
        ("http://shop.example.com:80", SHOP, "http://shop.example.com:80/x", None),
        ("https://shop.example.com:443", "http://shop.example.com", "https://shop.example.com/x", None),
        # the same address on both sides
        ("http://shop.example.com:8000", "http://shop.example.com:8000", "http://shop.example.com:8000/x", None),
        ("http://shop.example.com:8000", "https://shop.example.com:8000", "http://shop.example.com:8000/x", None),
        ("http://shop.example.com:8000", SHOP, "http://shop.example.com:8000/x", f"{SHOP}/x"),
        # addresses
        ("http://127.0.0.1:8000", "http://[2001:db8::1]:81", "http://127.0.0.1:8000/", "http://[2001:db8::1]:81/"),
        ("http://::1:8000", SHOP, "http://[0:0::1]:8000/x", f"{SHOP}/x"),
        ("http://::1:8000", SHOP, "http://[::2]:8000/x", None),
        # as the visitor writes it
        ("http://backend:80", "http://SHOP.example.com.:80", "http://backend/x", "http://SHOP.example.com.:80/x"),
        # what is no origin is nowhere to send visitors to
        ("http://backend:80", "https://", "http://backend/x", None),
        ("http://backend:80", "https, http://shop.example.com", "http://backend/x", None),
        ("http://backend:80", "https://a.example, b.example", "http://backend/x", None),
        ("http://backend:80", "https://\u212aa.example", "http://backend/x", None),
    ],
)
def test_schemes_ports_and_addresses(behind: str, origin: str, url: str, becomes: str | None) -> None:
    assert field("Location", url, origin, upstream(behind)) == (becomes or url)


@pytest.mark.parametrize(
    ("cookie", "becomes"),
    [
        ("a=1; Domain=backend.intern", "a=1; Domain=shop.example.com"),
        ("a=1;domain=.Backend.intern.;Path=/", "a=1;domain=shop.example.com;Path=/"),
        ("a=1; DOMAIN = backend.intern ; Secure", "a=1; DOMAIN = shop.example.com ; Secure"),
        ("a=1; Domain=intern; Secure; HttpOnly", "a=1; Domain=shop.example.com; Secure; HttpOnly"),
        (
            "a=1, b=2; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Domain=backend.intern; SameSite=None",
            "a=1, b=2; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Domain=shop.example.com; SameSite=None",
        ),
        ("a=1; domain=backend.intern; domain=.intern", "a=1; domain=shop.example.com; domain=shop.example.com"),
    ],
)
def test_a_cookie_for_upstreams_host_is_for_the_visitors(cookie: str, becomes: str) -> None:
    assert field("Set-Cookie", cookie) == becomes
    assert field("set-cookie", cookie, f"{SHOP}:8443") == becomes


@pytest.mark.parametrize(
    "cookie",
    [
        "a=1",
        "a=1; Path=/",
        "a=1; Domain=",
        "a=1; Domain=.",
        "a=1; Domain",
        "Domain=backend.intern",
        "a=domain=backend.intern",
        "a=1; xDomain=backend.intern",
        "a=1; Domain=shop.example.com",
        "a=1; Domain=.example.com",
        "a=1; Domain=www.backend.intern",
        "a=1; Domain=end.intern",
        'a=1; Domain="backend.intern"',
        "a=1; Domain=backend.intern x",
        "a=1; Domain=other.example",
        "a=1; Domain=\xe9",
    ],
)
def test_any_other_cookie_stays(cookie: str) -> None:
    assert field("Set-Cookie", cookie) == cookie


def test_a_domain_that_visitors_and_upstream_share_stays() -> None:
    cookie, behind = "a=1; Domain=example.com", upstream("http://intern.example.com:80")
    assert field("Set-Cookie", cookie, behind=behind) == cookie
    assert field("Set-Cookie", cookie, "https://shop.example.org", behind) == "a=1; Domain=shop.example.org"


@pytest.mark.parametrize("origin", ["http://localhost:8080", "http://192.0.2.1", "http://[2001:db8::1]:81"])
def test_where_browsers_disagree_about_domains_there_is_none(origin: str) -> None:
    assert field("Set-Cookie", "a=1; Domain=backend.intern ; Path=/", origin) == "a=1 ; Path=/"
    assert field("Set-Cookie", "a=1;\tdomain=.intern", origin) == "a=1"
    assert field("Set-Cookie", "a=1; Domain=other.example", origin) == "a=1; Domain=other.example"


def test_each_field_of_a_name_is_mapped_where_it_stands() -> None:
    fields: Fields = (
        (b"SET-cookie", b"a=1; Domain=backend.intern"),
        (b"X-Own", b"http://backend.intern:8000/"),
        (b"location", b"http://backend.intern:8000/1"),
        (b"Set-Cookie", b"b=1; Domain=intern"),
        (b"Location", b"/2"),
    )
    assert mapped(fields, upstream(), SHOP) == (
        (b"SET-cookie", b"a=1; Domain=shop.example.com"),
        (b"X-Own", b"http://backend.intern:8000/"),
        (b"location", b"https://shop.example.com/1"),
        (b"Set-Cookie", b"b=1; Domain=shop.example.com"),
        (b"Location", b"/2"),
    )


PARTS = (
    b"http: https: // / backend.intern :8000 shop.example.com 5 ; ' url= Domain = . [::1] @ \\ ? # , \xe4".split()
)


@given(
    st.lists(st.sampled_from([*PARTS, b" ", b"\t"]), max_size=12).map(b"".join),
    st.sampled_from([b"Location", b"Refresh", b"Set-Cookie"]),
)
def test_no_value_is_too_odd_and_nothing_is_mapped_twice(value: bytes, name: bytes) -> None:
    once = mapped(((name, value),), upstream(), SHOP)
    assert mapped(once, upstream(), SHOP) == once
    if b"backend" not in value and b":8000" not in value:
        assert once == ((name, value),)
