"""What may stay of each attribute of an element, as a table; what is not in it is text, or dropped by its name.

| how | meaning |
|---|---|
| PLAIN | structure and look; only echoes are removed |
| TEXT | people read it: echoes, detectors, `text: mask` |
| PAGE, FILE, IMAGE, SRCSET | an address (urls.py) of a page, of a file, of a picture, several |
| CSS | style text |
| VALUE, FLAG | what a visitor entered or chose: by the field's verdict |
| DROP | never |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final


class How:
    """What may stay of an attribute."""

    PLAIN: Final = 0
    TEXT: Final = 1
    PAGE: Final = 2
    FILE: Final = 3
    IMAGE: Final = 4
    SRCSET: Final = 5
    CSS: Final = 6
    VALUE: Final = 7
    FLAG: Final = 8
    DROP: Final = 9


_TABLE: Final = {
    How.PLAIN: (
        "class id name type for role rel lang dir is slot part media width height size rows cols wrap "
        "colspan rowspan headers scope align valign bgcolor color face border cellpadding cellspacing "
        "nowrap noshade frame rules hspace vspace clear compact start reversed link vlink alink text "
        "target method enctype accept accept-charset autocomplete autofocus disabled readonly "
        "required multiple maxlength minlength min max step inputmode enterkeyhint spellcheck "
        "translate draggable hidden tabindex open popover charset defer async crossorigin loading "
        "decoding fetchpriority as shape coords ismap usemap kind controls autoplay loop muted "
        "playsinline preload allowfullscreen sandbox scrolling frameborder marginheight marginwidth "
        "contenteditable list form formmethod formnovalidate novalidate aria-hidden aria-expanded "
        "aria-haspopup aria-controls aria-labelledby aria-describedby aria-owns aria-live aria-atomic "
        "aria-busy aria-disabled aria-invalid aria-required aria-readonly aria-modal aria-orientation "
        "aria-level aria-posinset aria-setsize aria-current aria-selected aria-sort aria- "
        "multiselectable aria-autocomplete xmlns xmlns:xlink version viewbox viewBox "
        "preserveaspectratio preserveAspectRatio d points x y x1 x2 y1 y2 cx cy r rx ry dx dy fx fy "
        "transform fill stroke opacity offset gradientunits gradientUnits gradienttransform "
        "gradientTransform patternunits patternUnits clip-path clip-rule fill-rule fill-opacity "
        "stroke-width stroke-linecap stroke-linejoin stroke-dasharray stroke-dashoffset stroke- "
        "miterlimit stroke-opacity stop-color stop-opacity text-anchor dominant-baseline font-size "
        "font-family font-weight letter-spacing filter mask stddeviation stdDeviation result in in2 "
        "operator rr_width rr_height rr_scrollLeft rr_scrollTop rr_mediaState rr_mediaCurrentTime "
        "rr_mediaPlaybackRate rr_mediaMuted rr_mediaLoop rr_mediaVolume rr_open_mode"
    ),
    How.PAGE: "href action formaction cite longdesc manifest data",
    How.FILE: "src poster background xlink:href profile codebase classid archive",
    How.IMAGE: "rr_src",
    How.SRCSET: "srcset imagesrcset",
    How.CSS: "style _cssText",
    How.VALUE: "value",
    How.FLAG: "checked selected aria-checked aria-valuenow aria-valuetext aria-pressed",
    How.DROP: "srcdoc nonce integrity ping rr_dataURL http-equiv-content attributionsrc",
}

ATTRIBUTES: Final[Mapping[str, int]] = {name: how for how, names in _TABLE.items() for name in names.split()}
"""attribute -> how"""

PLAIN: Final = frozenset(_TABLE[How.PLAIN].split())
"""Those that stay whatever the element."""

OF_ELEMENT: Final[Mapping[tuple[str, str], int]] = {
    ("img", "src"): How.IMAGE,
    ("link", "href"): How.PAGE,
    ("base", "href"): How.PAGE,
    ("iframe", "src"): How.PAGE,
    ("frame", "src"): How.PAGE,
    ("embed", "src"): How.PAGE,
    ("image", "href"): How.FILE,
    ("use", "href"): How.FILE,
    ("option", "label"): How.VALUE,
    ("meta", "content"): How.DROP,
    ("meta", "property"): How.PLAIN,
}
"""(element, attribute) -> how, where the element decides"""

REFERENCES: Final = frozenset(
    (
        "use",
        "textPath",
        "lineargradient",
        "linearGradient",
        "radialGradient",
        "pattern",
        "image",
        "mpath",
        "filter",
    )
)
"""SVG elements whose `#part` address names a part of the page itself."""

META_KEPT: Final = frozenset(("viewport", "theme-color", "color-scheme"))
"""`<meta name>` whose content stays."""

PAGE_TEXT_VALUE: Final = frozenset(("button", "li", "meter", "progress", "param", "data"))
"""Elements whose `value` the site's developers wrote."""

BUTTONS: Final = frozenset(("submit", "button", "reset", "image"))
"""Types of `<input>` whose value is a label."""

TRUTHY_EDITABLE: Final = frozenset(("", "true", "plaintext-only", "plaintext_only"))
EDITABLE_ROLES: Final = frozenset(("textbox", "searchbox"))

_NAME: Final = re.compile(r"[^\s\"'<>/=\x00-\x1f]{1,100}")


class _Known(dict[str, int]):
    """`ATTRIBUTES`, and the answer for every other name, found once."""

    def __missing__(self, name: str) -> int:
        drop = name[:2].lower() == "on" or name.startswith("rr_") or not _NAME.fullmatch(name)
        if len(self) < 5000 and len(name) <= 100:
            self[name] = How.DROP if drop else How.TEXT
        return How.DROP if drop else How.TEXT


_KNOWN: Final = _Known(ATTRIBUTES)


_OF_TAG: Final[Mapping[str, Mapping[str, int]]] = {
    tag: _Known({**ATTRIBUTES, **{name: how for (of, name), how in OF_ELEMENT.items() if of == tag}})
    for tag, _ in OF_ELEMENT
}


def how_of(tag: str) -> Mapping[str, int]:
    """What may stay of each attribute of an element `tag` (lower case): one of `How` for every name."""
    return _OF_TAG.get(tag, _KNOWN)


def how(tag: str, name: str) -> int:
    """The same for one attribute."""
    return how_of(tag)[name]


SCRIPT_TAGS: Final = frozenset(("script", "noscript", "template"))
"""Elements whose text is emptied."""

_HTML: Final = (
    "html head body title base link meta style script noscript template section nav article aside h1 "
    "h2 h3 h4 h5 h6 header footer address main p hr pre blockquote ol ul li dl dt dd figure "
    "figcaption div a em strong small s cite q dfn abbr data time code var samp kbd sub sup i b u "
    "mark ruby rt rp bdi bdo span br wbr ins del picture source img iframe embed object param video "
    "audio track map area table caption colgroup col tbody thead tfoot tr td th form label input "
    "button select datalist optgroup option textarea output progress meter fieldset legend details "
    "summary dialog slot canvas menu search center font big strike tt marquee nobr frame frameset "
    "noframes dir applet acronym svg g path rect circle ellipse line polyline polygon text tspan "
    "textPath defs use symbol image clipPath mask pattern linearGradient radialGradient stop filter "
    "desc foreignObject animate animateTransform feGaussianBlur feOffset feBlend feColorMatrix "
    "feMerge feMergeNode feFlood feComposite hgroup portal"
)
HTML_TAGS: Final = frozenset(_HTML.split())
"""Tags that say nothing; any other tag is looked through for echoes."""
_TAG: Final = re.compile(r"[A-Za-z][\w:.\-]{0,63}")


def tag_is_safe(tag: str) -> bool:
    """Whether a tag's name can be created by the player."""
    return tag in HTML_TAGS or bool(_TAG.fullmatch(tag))
