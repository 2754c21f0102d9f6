"""The counters, summed over all processes of a machine.

prometheus-client shares values between processes through files when PROMETHEUS_MULTIPROC_DIR is set before
it is imported: `proxy/cli.py` does that. The files hold names, labels and numbers, nothing else.
"""

from __future__ import annotations

from prometheus_client import Counter

INJECTED = Counter("milchglas_pages_injected", "Pages that got the snippet", ["site"])
SKIPPED = Counter("milchglas_pages_skipped", "Pages that passed as they were, by reason", ["site", "reason"])
BATCHES = Counter("milchglas_batches", "Batches of the recorder, by outcome", ["outcome"])
REMOVED = Counter("milchglas_values_removed", "Values that sanitizing removed, by rule", ["rule"])
FORWARDED = Counter("milchglas_forwarded", "Attempts to put a batch into storage, by outcome", ["outcome"])
FAULTS = Counter("milchglas_faults", "Exceptions in an addon or a process that ended unasked", ["part"])
