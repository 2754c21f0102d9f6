"""Imported by the fork server, before all else, for what it does there: signals are for the supervisor alone.

A service manager sends SIGTERM to every process of a service at once, a terminal SIGINT, either of them SIGHUP.
The fork server would die of it, and with it the supervisor's knowledge of its children, in the midst of the drain;
the children would end before the visitors.
"""

import signal

ENDINGS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
for each in ENDINGS:
    signal.signal(each, signal.SIG_IGN)
# What came before waited (proxy/process.py).
signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
