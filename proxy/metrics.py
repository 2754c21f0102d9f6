"""What is counted, summed over all processes of a machine (proxy/slots.py).

Labels are of small fixed sets: the names of sites in the configuration, and words of ours. Never a visitor's host,
an address, or text of somebody else. docs/watching.md says what each means, and a test that all are there.
"""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

from proxy import slots

slots.install()

REQUESTS = Counter(
    "milchglas_requests",
    "Requests that ended, by site, whose they were, and class of the answer's status",
    ["site", "path", "status"],
)
CUT_OFF = Counter(
    "milchglas_requests_cut_off", "Requests whose answer was not whole, by who ended it", ["site", "by"]
)
CONNECTIONS = Gauge("milchglas_connections", "Connections of visitors that are open", multiprocess_mode="livesum")
UPSTREAM = Histogram(
    "milchglas_upstream_seconds", "From wanting a connection to upstream until the head of its answer", ["site"]
)
UPSTREAM_ERRORS = Counter("milchglas_upstream_errors", "Requests that upstream failed, by how", ["site", "error"])

INJECTED = Counter("milchglas_pages_injected", "Pages that got the snippet", ["site"])
SKIPPED = Counter("milchglas_pages_skipped", "Pages that passed as they were, by reason", ["site", "reason"])

BATCHES = Counter("milchglas_batches", "Batches of the recorder, by outcome", ["outcome"])
SANITIZING = Histogram(
    "milchglas_sanitizing_seconds",
    "Work on one batch, from its raw bytes to its verdict",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
REMOVED = Counter("milchglas_values_removed", "Values that sanitizing removed, by rule", ["rule"])
FINDINGS = Counter("milchglas_findings", "Sensitive fields in batches that nobody had marked", ["site", "class"])
STOPPED = Counter("milchglas_recorders_stopped", "Recorders that ended by themselves, by reason", ["reason"])
FORWARDED = Counter("milchglas_forwarded", "Attempts to put a batch into storage, by outcome", ["outcome"])

RELOADS = Counter("milchglas_reloads", "Reloads of the configuration, by outcome: done or refused", ["outcome"])
FAULTS = Counter("milchglas_faults", "Exceptions in an addon or a process that ended unasked", ["part"])
LINES_LOST = Counter("milchglas_log_lines_lost", "Lines of the log that nobody took in time")
