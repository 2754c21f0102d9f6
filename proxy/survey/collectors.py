"""Third parties that collect data of visitors, by the addresses that their scripts are loaded from. Pure.

Source: the vendors' own instructions for embedding. `at` are hosts, with all below them, and with a path where a
host serves more than one thing; `says` are words of the inline scripts that load them, for those that sites serve
from a host of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Collector:
    """One tool: its name, where it comes from, and what it collects, in a few words."""

    name: str
    at: tuple[str, ...]
    collects: str
    says: tuple[str, ...] = ()


_VISITS: Final = "pages visited, clicks, device, approximate place"
_ADS: Final = "pages visited and purchases, joined with an advertising profile"
_RECORDS: Final = "recordings of movements, clicks and form contents"
_ERRORS: Final = "errors with address, device and, if set up, recordings of the page"
_CHAT: Final = "chats, pages visited, name and e-mail address if given"
_LOADS: Final = "IP address and page visited, by being loaded"

COLLECTORS: Final = (
    Collector(
        "Google Tag Manager", ("googletagmanager.com/gtm.js", "googletagmanager.com/ns.html"), "loads others"
    ),
    Collector(
        "Google Analytics",
        ("google-analytics.com", "analytics.google.com", "googletagmanager.com/gtag"),
        _VISITS,
        ("GoogleAnalyticsObject", "_gaq.push", "gtag('config', 'G-", 'gtag("config", "G-', "gtag('config', 'UA-"),
    ),
    Collector(
        "Google Ads",
        (
            "googleadservices.com",
            "doubleclick.net",
            "googlesyndication.com",
            "google.com/pagead",
            "google.com/ccm",
        ),
        _ADS,
        ("google_conversion_id", "gtag('config', 'AW-", 'gtag("config", "AW-'),
    ),
    Collector(
        "Google reCAPTCHA",
        ("google.com/recaptcha", "gstatic.com/recaptcha", "recaptcha.net"),
        "behaviour on the page, device",
    ),
    Collector("Google Fonts", ("fonts.googleapis.com", "fonts.gstatic.com"), _LOADS),
    Collector("Google Maps", ("maps.googleapis.com", "maps.google.com", "google.com/maps"), _LOADS),
    Collector(
        "YouTube", ("youtube.com", "youtube-nocookie.com", "ytimg.com"), "videos watched, page visited, device"
    ),
    Collector("Vimeo", ("vimeo.com", "vimeocdn.com"), "videos watched, page visited, device"),
    Collector("Meta pixel", ("connect.facebook.net", "facebook.com/tr"), _ADS, ("fbq('init'", 'fbq("init"')),
    Collector("Facebook plugins", ("facebook.com/plugins",), "page visited, joined with a Facebook account"),
    Collector("LinkedIn Insight", ("snap.licdn.com", "px.ads.linkedin.com"), _ADS, ("_linkedin_partner_id",)),
    Collector("TikTok pixel", ("analytics.tiktok.com",), _ADS, ("TiktokAnalyticsObject",)),
    Collector("Pinterest tag", ("ct.pinterest.com", "s.pinimg.com"), _ADS, ("pintrk('load'", 'pintrk("load"')),
    Collector(
        "X (Twitter) pixel", ("static.ads-twitter.com", "analytics.twitter.com", "platform.twitter.com"), _ADS
    ),
    Collector("Snap pixel", ("sc-static.net", "tr.snapchat.com"), _ADS),
    Collector("Reddit pixel", ("redditstatic.com/ads", "alb.reddit.com"), _ADS),
    Collector("Microsoft Advertising", ("bat.bing.com",), _ADS, ("uetq",)),
    Collector("Criteo", ("criteo.com", "criteo.net"), _ADS),
    Collector("Taboola", ("taboola.com",), _ADS),
    Collector("Outbrain", ("outbrain.com",), _ADS),
    Collector("AdRoll", ("adroll.com",), _ADS),
    Collector("Amazon Ads", ("amazon-adsystem.com",), _ADS),
    Collector("Hotjar", ("hotjar.com", "hotjar.io"), _RECORDS, ("_hjSettings",)),
    Collector("Microsoft Clarity", ("clarity.ms",), _RECORDS, ('"clarity", "script"',)),
    Collector(
        "Smartlook", ("smartlook.com", "smartlook.cloud"), _RECORDS, ("smartlook('init'", 'smartlook("init"')
    ),
    Collector("Smartsupp", ("smartsuppchat.com", "smartsupp.com"), _CHAT, ("_smartsupp",)),
    Collector("FullStory", ("fullstory.com",), _RECORDS, ("_fs_org",)),
    Collector(
        "LogRocket", ("logrocket.com", "logrocket.io", "lr-ingest.io", "lr-in.com"), _RECORDS, ("LogRocket.init",)
    ),
    Collector("Mouseflow", ("mouseflow.com",), _RECORDS, ("_mfq.push",)),
    Collector("Contentsquare", ("contentsquare.net", "contentsquare.com"), _RECORDS),
    Collector("Lucky Orange", ("luckyorange.com", "luckyorange.net"), _RECORDS),
    Collector("Inspectlet", ("inspectlet.com",), _RECORDS, ("__insp.push",)),
    Collector("OpenReplay", ("openreplay.com",), _RECORDS),
    Collector("PostHog", ("posthog.com",), _RECORDS, ("posthog.init",)),
    Collector("Crazy Egg", ("crazyegg.com",), _RECORDS),
    Collector("Yandex Metrica", ("mc.yandex.ru", "mc.yandex.com", "metrika.yandex.ru"), _RECORDS),
    Collector("Matomo", ("matomo.cloud", "innocraft.cloud"), _VISITS, ("_paq.push", "_paq=", "_paq =")),
    Collector("Plausible", ("plausible.io",), "pages visited, without an identifier"),
    Collector("etracker", ("etracker.com", "etracker.de"), _VISITS),
    Collector("econda", ("econda-monitor.de", "econda.de"), _VISITS),
    Collector("Adobe Analytics", ("adobedtm.com", "omtrdc.net", "2o7.net", "demdex.net"), _VISITS),
    Collector("Piwik PRO", ("piwik.pro",), _VISITS),
    Collector("AT Internet", ("xiti.com", "aticdn.net"), _VISITS),
    Collector("Segment", ("segment.com", "segment.io"), _VISITS),
    Collector("Mixpanel", ("mixpanel.com", "mxpnl.com"), _VISITS, ("mixpanel.init",)),
    Collector("Amplitude", ("amplitude.com",), _VISITS),
    Collector("Heap", ("heapanalytics.com", "heap-api.com"), _VISITS),
    Collector("Optimizely", ("optimizely.com",), "pages visited, version of a page shown"),
    Collector("VWO", ("visualwebsiteoptimizer.com",), "pages visited, version of a page shown"),
    Collector("Comscore", ("scorecardresearch.com",), _VISITS),
    Collector("INFOnline", ("ioam.de", "iocnt.net"), _VISITS),
    Collector(
        "HubSpot",
        ("hs-scripts.com", "hs-analytics.net", "hubspot.com", "hsforms.net", "hsforms.com", "hs-banner.com"),
        "pages visited, contents of forms, e-mail address",
    ),
    Collector("Salesforce Pardot", ("pardot.com",), "pages visited, contents of forms, e-mail address"),
    Collector("Marketo", ("marketo.net", "marketo.com"), "pages visited, contents of forms, e-mail address"),
    Collector("Mailchimp", ("chimpstatic.com", "list-manage.com"), "pages visited, e-mail address"),
    Collector("Klaviyo", ("klaviyo.com",), "pages visited, e-mail address, purchases"),
    Collector("Brevo", ("sibautomation.com", "sendinblue.com", "brevo.com"), "pages visited, e-mail address"),
    Collector("Sentry", ("sentry.io", "sentry-cdn.com"), _ERRORS, ("Sentry.init",)),
    Collector(
        "Datadog", ("datadoghq-browser-agent.com", "datadoghq.com", "datadoghq.eu"), _ERRORS, ("DD_RUM.init",)
    ),
    Collector("New Relic", ("newrelic.com", "nr-data.net"), _ERRORS, ("NREUM",)),
    Collector("Dynatrace", ("dynatrace.com", "ruxit.com"), _ERRORS),
    Collector("Bugsnag", ("bugsnag.com",), _ERRORS),
    Collector("Rollbar", ("rollbar.com",), _ERRORS),
    Collector("Intercom", ("intercom.io", "intercomcdn.com"), _CHAT, ("intercomSettings",)),
    Collector("Zendesk", ("zdassets.com", "zendesk.com", "zopim.com"), _CHAT, ("zESettings",)),
    Collector("Tawk.to", ("tawk.to",), _CHAT, ("Tawk_API",)),
    Collector("LiveChat", ("livechatinc.com",), _CHAT),
    Collector("Crisp", ("crisp.chat",), _CHAT, ("CRISP_WEBSITE_ID",)),
    Collector("Drift", ("drift.com", "driftt.com"), _CHAT),
    Collector("Userlike", ("userlike.com", "userlike-cdn-widgets.s3-eu-west-1.amazonaws.com"), _CHAT),
    Collector("Trusted Shops", ("trustedshops.com",), "pages visited, orders"),
    Collector("Trustpilot", ("trustpilot.com",), _LOADS),
    Collector("Adobe Fonts", ("use.typekit.net", "p.typekit.net"), _LOADS),
    Collector("Font Awesome", ("fontawesome.com",), _LOADS),
    Collector("AddThis", ("addthis.com",), _ADS),
    Collector("ShareThis", ("sharethis.com",), _ADS),
    Collector("Stripe", ("js.stripe.com", "m.stripe.network"), "payment data, behaviour on the page"),
    Collector("PayPal", ("paypal.com", "paypalobjects.com"), "payment data, device"),
)


def _by_host() -> dict[str, list[tuple[str, Collector]]]:
    found: dict[str, list[tuple[str, Collector]]] = {}
    for each in COLLECTORS:
        for address in each.at:
            host, _, path = address.partition("/")
            found.setdefault(host, []).append((path, each))
    return found


_BY_HOST: Final = _by_host()
"""host -> beginnings of paths there, and whose they are"""
_ADDRESS: Final = re.compile(
    r"""(?<![\w.])(?:https?:)?(?:\\?/){2}([a-zA-Z0-9.-]{4,253})((?:\\?/[^\s"'`<>\\?#]{0,200}){0,8})"""
)
"""An address in a script; slashes may be escaped, as in JSON."""
_SCRIPT: Final = re.compile(r"\.m?js$")


def at(host: str, path: str) -> Collector | None:
    """The collector that serves this: `host` in lower case, `path` without its first slash."""
    labels = host.split(".")
    for first in range(len(labels) - 1):
        for prefix, each in _BY_HOST.get(".".join(labels[first:]), ()):
            if path.startswith(prefix):
                return each
    return None


def in_script(text: str) -> Iterator[tuple[Collector | None, str]]:
    """The collectors that an inline script loads, with the host or ""; None: hosts of other scripts."""
    for found in _ADDRESS.finditer(text):
        host, path = found[1].lower().strip("."), found[2].replace("\\", "").lstrip("/")
        if (known := at(host, path)) or _SCRIPT.search(path):
            yield known, host
    for each in COLLECTORS:
        if any(word in text for word in each.says):
            yield each, ""
