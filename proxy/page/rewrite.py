"""One page on its way out: decode, find the place, put the snippet in, encode again, and pass the rest on.

Until the place is found the body's bytes are held as they came, so whatever goes wrong, upstream's own bytes
can be given back. A fault never leaves this module as an exception.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proxy.page import coding as codings
from proxy.page.coding import Corrupt, Identity
from proxy.page.splice import LIMIT, Splicer

RATIO = 250
"""Decoded bytes for a byte on the wire that no honest page reaches; deflate ends at 1,032."""

RATIO_COUNTS = LIMIT // 2
"""Decoded bytes from which on a ratio says something."""

RAW_LIMIT = 2 * LIMIT
"""Encoded bytes held at most: compressed pages are smaller than their text."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the page. `chunks` are what goes out for all bytes taken so far."""

    injected: bool
    reason: str
    chunks: tuple[bytes, ...]
    length_delta: int | None = None
    """By how much the body grows, where that is known before its end."""
    fault: Exception | None = None
    """What went wrong with us, for the log (log.fault: type and place)."""


class Rewrite:
    """Drive it so: `feed` until it gives an Outcome, or `end` when the body is over before. Then, if injected,
    `rest` for every further chunk and `finish` at the end; if not, upstream's bytes go on untouched.

    `coding` is identity, gzip or x-gzip; `splicer` must be new and know the snippet's length.
    """

    def __init__(self, snippet: bytes, coding: str, splicer: Splicer) -> None:
        self._snippet = snippet
        self._splicer = splicer
        self._decoder = codings.decoder(coding)
        self._encoder = codings.encoder(coding)
        self._plain = isinstance(self._decoder, Identity)
        self._raw: list[bytes] = []
        self._wire = self._decoded = 0
        self._broken = False

    def feed(self, chunk: bytes) -> Outcome | None:
        """Take one chunk of the body; None while the headers have to wait."""
        self._raw.append(chunk)
        self._wire += len(chunk)
        try:
            return self._look(chunk)
        except Exception as error:  # rule 1: the page goes out as it came
            return self._refuse("error", error)

    def end(self) -> Outcome:
        """The body has ended before it was decided."""
        try:
            if self._wire and not self._decoder.complete:
                return self._refuse("corrupt")
            decision = self._splicer.end()
            return self._refuse(decision) if isinstance(decision, str) else self._splice(decision, b"")
        except Exception as error:  # rule 1
            return self._refuse("error", error)

    def rest(self, chunk: bytes) -> bytes:
        """A later chunk of an injected page. Never raises: where upstream's gzip breaks, ours ends unfinished."""
        if self._plain:
            return chunk
        return b"".join(self._again(chunk))

    def finish(self) -> bytes:
        """The end of an injected page. A body that upstream cut short is cut short here, too."""
        return b"" if self._broken or not self._decoder.complete else self._encoder.finish()

    def _look(self, chunk: bytes) -> Outcome | None:
        try:
            for piece in self._decoder.decode(chunk):
                self._decoded += len(piece)
                if self._decoded > max(RATIO_COUNTS, RATIO * (self._wire - self._decoder.left)):
                    return self._refuse("ratio")
                before = len(self._splicer.held)
                decision = self._splicer.feed(piece)
                if isinstance(decision, str):
                    return self._refuse(decision)
                if decision is not None:
                    taken = len(self._splicer.held) - before
                    return self._splice(decision, piece[taken:])
        except Corrupt:
            return self._refuse("corrupt")
        return self._refuse("no_place") if self._wire > RAW_LIMIT else None

    def _splice(self, place: int, beyond: bytes) -> Outcome:
        held = bytes(self._splicer.held)
        chunks = [held[:place], self._snippet, held[place:], beyond]
        if not self._plain:
            chunks = [self._encoder.encode(b"".join(chunks)), *self._again(b"", flush=True)]
        delta = len(self._snippet) if self._plain else None
        return Outcome(True, "", tuple(filter(None, chunks)), delta)

    def _again(self, chunk: bytes, *, flush: bool = False) -> Iterator[bytes]:
        """Decode and encode, and flush so that what upstream has sent reaches the visitor now."""
        if self._broken:
            return
        try:
            for piece in self._decoder.decode(chunk):
                flush = True
                yield self._encoder.encode(piece)
        except Exception:  # the page is half out: what was decoded goes out, and nothing after it
            self._broken = True
        if flush:
            yield self._encoder.flush()

    def _refuse(self, reason: str, fault: Exception | None = None) -> Outcome:
        return Outcome(False, reason, tuple(filter(None, self._raw)), fault=fault)
