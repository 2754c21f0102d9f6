"""What may stay of each attribute."""

from __future__ import annotations

import pytest

from proxy.privacy.attributes import ATTRIBUTES, How, how


@pytest.mark.parametrize(
    ("tag", "name", "expected"),
    [
        ("a", "href", How.PAGE),
        ("use", "href", How.FILE),
        ("img", "src", How.IMAGE),
        ("iframe", "srcdoc", How.DROP),
        ("a", "onclick", How.DROP),
        ("a", "ONCLICK", How.DROP),
        ("meta", "content", How.DROP),
        ("p", "data-anything", How.TEXT),
        ("p", "title", How.TEXT),
        ("p", "quite-new", How.TEXT),
        ("p", "rr_new", How.DROP),
        ("p", "a b", How.DROP),
        ("input", "value", How.VALUE),
        ("option", "selected", How.FLAG),
        ("canvas", "rr_dataURL", How.DROP),
        ("p", "class", How.PLAIN),
    ],
)
def test_how(tag: str, name: str, expected: int) -> None:
    assert how(tag, name) == expected


def test_no_name_stands_twice_and_none_is_an_event_handler() -> None:
    assert not [name for name in ATTRIBUTES if name.startswith("on")]
