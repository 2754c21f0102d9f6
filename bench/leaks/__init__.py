"""What leaves a legacy page with no mark on it: seven recorders from their npm packages, and ours.

`python -m bench.leaks` builds the recorders, lets a visitor type a canary into every field of one page in five
languages, and counts which canaries each recorder gives away: as it comes, and with form contents recorded. For
the others that is what leaves the browser, for ours what the proxy sends to storage.
"""
