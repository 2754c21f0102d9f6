"""Why a page went out as it came: every reason there is, with a line for people.

The names are labels of a metric and values of a debug header, so they stay as they are.
"""

from __future__ import annotations

REASONS: dict[str, str] = {
    # the request says no
    "disabled": "the site's kill switch is on",
    "opted_out": "the visitor's cookie, a proxy in front, or the site's own header says X-Milchglas: off",
    "page_rule": "the site's page patterns leave this path out",
    "method": "only GET and POST are answered with pages",
    "not_a_document": "the browser wants something else than a document",
    "partial": "a script of the page asks for a piece of HTML",
    "bot": "a robot asks",
    "gpc": "the visitor sends Global Privacy Control",
    "staff": "the visitor is one of the site's own people (staff)",
    "sample": "the visit does not belong to the share that is recorded (record.sample)",
    # the head of the response says no
    "status": "a response with this status has no page to show",
    "range": "this is a part of a page",
    "attachment": "this is to be saved, not shown",
    "media_type": "this is not HTML",
    "no_transform": "upstream or the visitor forbids changes (Cache-Control: no-transform)",
    "framing": "the transfer coding is none that we know",
    "trailer": "trailers follow the body, or a signature covers it",
    "coding": "the content coding is none that we can splice into",
    "charset": "the charset is not compatible with ASCII, or a charset meta would move out of sight",
    "sandbox": "the page's sandbox forbids scripts or an origin",
    "integrity": "the page demands integrity checks of all scripts, or reports those without",
    "csp": "the Content-Security-Policy blocks the recorder",
    "csp_report_only": "a report-only policy would report the recorder",
    "size": "the page is larger than pages.max_size",
    # the body says no
    "empty": "there is no body",
    "not_html": "the body does not begin like HTML",
    "already": "the page has the snippet already",
    "no_place": "no place for the snippet in the part that is looked at",
    "csp_meta": "a policy within the page blocks the recorder",
    "ratio": "the compressed body swells like a bomb",
    "corrupt": "the compressed body cannot be read",
    "shadow": "it would get the snippet, were record.mode not shadow",
    "error": "a fault of ours, see the log",
}
