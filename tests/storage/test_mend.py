"""How a finding is mended, from the selector that the recorder writes."""

from __future__ import annotations

import pytest

from storage import mend

MARK = 'data-milchglas="mask"'


@pytest.mark.parametrize(
    ("selector", "html"),
    [
        ("#kto", f'<… id="kto" {MARK}>'),
        (r"#\31 2-a\.b", f'<… id="12-a.b" {MARK}>'),
        ('input[name="k"]', f'<input name="k" {MARK}>'),
        (r'select[name="a\[0\]"]', f'<select name="a[0]" {MARK}>'),
        (r'input[name="a\"<b>"]', f'<input name="a&quot;&lt;b&gt;" {MARK}>'),
        ("#f > td:nth-of-type(2) > input:nth-of-type(1)", f"<input {MARK}>"),
        ("tr > td > textarea", f"<textarea {MARK}>"),
        ("", f"<… {MARK}>"),
        ("something(else)", f"<… {MARK}>"),
    ],
)
def test_the_mark_stands_in_the_field(selector: str, html: str) -> None:
    assert mend.html(selector, MARK) == html


def test_the_configurations_line_is_yaml() -> None:
    from ruamel.yaml import YAML

    for selector in ('input[name="k"]', r"#\31 2", "a[title='it''s']", "x # y: z"):
        assert YAML().load(mend.yaml(selector)) == {"sensitive": [selector]}
    assert mend.yaml("") == ""
