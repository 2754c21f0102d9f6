"""Of an address stays what says where, not who."""

from __future__ import annotations

import pytest

from proxy.privacy.urls import MASK, mask_css, mask_srcset, mask_url


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://shop.example/a/b", "https://shop.example/a/b"),
        ("https://u:p@shop.example:8443/a?b=c", f"https://shop.example:8443/a?b={MASK}"),
        ("/a?b=c&d=&e&f=g#h", f"/a?b={MASK}&d=&{MASK}&f={MASK}#{MASK}"),
        ("?erna@fink.example=1", f"?{MASK}={MASK}"),
        ("/k/erna@fink.example/x", f"/k/{MASK}/x"),
        ("/k/4111111111111111", f"/k/{MASK}"),
        ("/a;jsessionid=0a1b2c", f"/a;{MASK}"),
        ("//cdn.example/a", "//cdn.example/a"),
        ("mailto:erna@fink.example", f"mailto:{MASK}"),
        ("about:blank", "about:blank"),
        ("#teil", f"#{MASK}"),
        ("", ""),
    ],
)
def test_masked(url: str, kept: str) -> None:
    assert mask_url(url) == kept


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "blob:x", "data:image/png;base64,AA"]
)
def test_nothing_of_it_stays(url: str) -> None:
    assert mask_url(url) is None


def test_a_picture_stays_where_a_picture_is_shown() -> None:
    assert mask_url("data:image/png;base64,AA", image=True) == "data:image/png;base64,AA"
    assert mask_url("data:text/html,AA", image=True) is None


def test_tokens_in_the_path_of_a_page_go_and_names_of_files_stay() -> None:
    path = "/reset/3f9a1c77d2e84b60a5c1"
    assert (mask_url(path, page=True), mask_url(path)) == (f"/reset/{MASK}", path)


def test_addresses_in_styles() -> None:
    css = "a{b:url( 'x.png?u=erna' )} b{filter:url(#blur)} @import \"y?u=erna\"; c{d:url(data:text/html,x)}"
    assert "erna" not in mask_css(css)
    assert "url(#blur)" in mask_css(css)
    assert "text/html" not in mask_css(css)


def test_generated_text_is_masked_where_all_text_is() -> None:
    assert (
        mask_css('a{content: "Erna"} b{content:"\\e900"}', content=True)
        == f'a{{content: "{MASK}"}} b{{content:"\\e900"}}'
    )


def test_srcset() -> None:
    assert mask_srcset("a.png?u=1 1x, b.png 2x, javascript:x 3x") == f"a.png?u={MASK} 1x, b.png 2x"
