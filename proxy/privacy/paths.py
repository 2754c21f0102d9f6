"""What is done at every path of rrweb's events that can hold text, and why.

rrweb.py and tree.py do it; this table is for whoever asks, and for the test that derives the paths from the types
of `@rrweb/types` and tries each: a new one fails it. A path that is in no table does not pass the sanitizer.

| done | meaning |
|---|---|
| text | people read it: echoes, detectors, `text: mask` |
| code | names of the page's machinery: echoes, and detectors of what no name is |
| style | style text: addresses masked, echoes, detectors |
| address | masked by urls.py; echoes |
| value | what a visitor entered: by its field's verdict |
| by name | an attribute: attributes.py says what it is |
| word | one of a few words that rrweb itself writes |
| gone | never kept |
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Done(NamedTuple):
    """What is done at a path, and why."""

    done: str
    why: str


_NODE: Final = {
    "attributes._cssText": Done("style", "rrweb puts a linked style sheet's text here"),
    "attributes.{}": Done("by name", "value, title, href, data-*: whatever a page's author thought of, names too"),
    "compatMode": Done("word", "BackCompat or CSS1Compat"),
    "name": Done("code", "of a doctype"),
    "publicId": Done("code", "of a doctype"),
    "systemId": Done("code", "of a doctype"),
    "tagName": Done("code", "a custom element's name is the page's to choose"),
    "textContent": Done("text", "in a field a value, in a style a style; of scripts, comments and CDATA gone"),
}
_RULES: Final = "generated content, custom properties and addresses in rules"


def _below(prefix: str) -> dict[str, Done]:
    return {f"{prefix}.{path}": done for path, done in _NODE.items()}


OF_TYPE: Final[Mapping[int, Mapping[str, Done]]] = MappingProxyType(
    {
        0: {"": Done("gone", "DOMContentLoaded has no data worth keeping, and its type allows any")},
        1: {"": Done("gone", "so has Load")},
        2: _below("node"),
        4: {"href": Done("address", "the page's own, with tokens and search terms")},
        5: {
            "tag": Done("gone", "custom events hold what a page's script says"),
            "payload": Done("gone", "custom events hold what a page's script says"),
        },
        6: {
            "plugin": Done("gone", "console and network plugins repeat everything"),
            "payload": Done("gone", "console and network plugins repeat everything"),
        },
        7: {
            "url": Done("gone", "assets are fetched, not recorded"),
            "payload.base64": Done("gone", "pixels and files cannot be looked through"),
            "payload.data[]": Done("gone", "pixels and files cannot be looked through"),
            "payload.type": Done("gone", "of an asset that is gone"),
            "payload.args[]": Done("gone", "arguments of canvas calls: fillText shows what was typed"),
            "payload.src": Done("gone", "of an asset that is gone"),
            "payload.cssTexts[]": Done("gone", "style sheets come with their elements"),
            "payload.rr_type": Done("gone", "of an asset that is gone"),
            "failed.message": Done("gone", "a server's words"),
        },
    }
)
"""type of an event -> path below `data` -> what is done; type 3 is told by `OF_SOURCE`"""

_CANVAS: Final = Done("gone", "fillText shows what was typed, drawImage whole pictures of it")
_FONT: Final = Done("gone", "a font's source may be any address or data")

OF_SOURCE: Final[Mapping[int, Mapping[str, Done]]] = MappingProxyType(
    {
        0: _below("adds[].node")
        | {
            "attributes[].attributes.{}": _NODE["attributes.{}"],
            "attributes[].attributes.{}.{}": Done(
                "style", "rrweb's difference of a style; names of properties, too"
            ),
            "attributes[].attributes.{}.{}[]": Done("style", "a value and its priority"),
            "texts[].value": _NODE["textContent"],
        },
        1: {},
        2: {},
        3: {},
        4: {},
        5: {"text": Done("value", "what was typed or chosen")},
        6: {},
        7: {},
        8: {
            "adds[].rule": Done("style", _RULES),
            "replace": Done("style", _RULES),
            "replaceSync": Done("style", _RULES),
        },
        9: {"property": _CANVAS, "args[]": _CANVAS, "commands[].property": _CANVAS, "commands[].args[]": _CANVAS},
        10: {"family": _FONT, "fontSource": _FONT, "descriptors": _FONT},
        11: {"": Done("gone", "the console repeats everything")},
        12: {},
        13: {
            "set.property": Done("code", "a custom property may have any name"),
            "set.value": Done("style", _RULES),
            "set.priority": Done("code", "important, or nothing"),
            "remove.property": Done("code", "a custom property may have any name"),
        },
        14: {},
        15: {"styles[].rules[].rule": Done("style", _RULES)},
        16: {"define.name": Done("code", "a custom element's name is the page's to choose")},
    }
)
"""source of an incremental event -> the same"""
