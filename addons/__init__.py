"""The addons, in order. Each is one noun, and its hooks only translate to the pure code in `proxy`.

`addons` is for a stock mitmdump or mitmweb, that loads this file by `-s`.
"""

from __future__ import annotations

from addons.stock import Stock
from proxy.runtime import Runtime


def ordered(runtime: Runtime) -> list[object]:
    """The addons of a worker. A request passes them in this order, and so does its response."""
    from addons.addresses import Addresses
    from addons.assets import Assets
    from addons.collect import Collect
    from addons.inject import Inject
    from addons.route import Forwarded

    return [
        Forwarded(runtime),  # who asks
        Assets(runtime),  # what is ours
        Collect(runtime),  # recordings
        Addresses(),  # what names upstream
        Inject(runtime),  # the site's pages
    ]


addons = [Stock()]
