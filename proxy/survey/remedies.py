"""What helps a page that cannot take the snippet: one line for every reason of proxy/page/reasons.py. Pure."""

from __future__ import annotations

from typing import Final

NO_PAGES: Final = frozenset(
    {"media_type", "status", "range", "method", "not_a_document", "partial", "attachment", "empty"}
)
"""Reasons of responses that are no pages: nothing is lost, so they are not told."""

REMEDIES: Final[dict[str, str]] = {
    "disabled": "set `enabled: true` for the site",
    "opted_out": "record without the cookie milchglas=off; if the site sends X-Milchglas: off, take that away",
    "page_rule": "nothing, if it is meant; else change `pages` of the site",
    "method": "nothing: it is no page",
    "not_a_document": "nothing: it is no page",
    "partial": "nothing: the page that it is put into is recorded",
    "bot": "nothing, for robots are not recorded; record the traffic with a browser",
    "gpc": "nothing: the visitor's wish is kept; record the traffic without Global Privacy Control",
    "staff": "nothing: the site's own people are not recorded",
    "sample": "raise `record.sample`",
    "status": "nothing: it is no page",
    "range": "nothing: it is a part of a page",
    "attachment": "nothing: it is saved and not shown",
    "media_type": "if it is a page, have the server send `Content-Type: text/html`",
    "no_transform": "have the server leave no-transform out of Cache-Control for pages",
    "framing": "have the server send pages with Content-Length or chunked, and no other transfer coding",
    "trailer": "have the server send pages without trailers and without a Signature header",
    "coding": "have the server compress pages once, by gzip, br, zstd or deflate, or not at all",
    "charset": "send pages as UTF-8, with the charset in the Content-Type header",
    "sandbox": "add allow-scripts and allow-same-origin to the page's sandbox, where the page may have them",
    "integrity": "leave script out of the page's Integrity-Policy",
    "csp": "add `{folder}` to script-src and connect-src of the page's policy",
    "csp_report_only": "add `{folder}` to script-src and connect-src of the report-only policy, or take it away",
    "size": "raise `pages.max_size` of the site",
    "empty": "nothing: there is no page",
    "not_html": "begin the page with <!doctype html>; if it is no page, send its own Content-Type",
    "already": "take the snippet out of the site's own pages: Milchglas puts it in",
    "no_place": "put <head> near the beginning of the page, and its charset within the first 1024 bytes",
    "csp_meta": "add `{folder}` to script-src and connect-src of the policy in the page's meta element",
    "ratio": "look at the page: its compressed body swells a thousandfold",
    "corrupt": "look at the server's compression: browsers show a broken page, too",
    "shadow": "set `record.mode: live`",
    "error": "a fault of ours: tell us, with the fixture",
    "no_body": "record the page again, with its content",
}
"""Reason -> what to do; {folder} is where the recorder lies, as a source for a policy."""
