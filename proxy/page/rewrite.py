"""One page on its way out: decode, find the place, put the snippet in, encode again, and pass the rest on.

Until the place is found the body's bytes are held as they came, so whatever goes wrong, upstream's own bytes
can be given back. A fault never leaves this module as an exception.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from proxy.page.codec import SLICE, Corrupt, Encoder
from proxy.page.coding import Identity, decoder
from proxy.page.splice import LIMIT, Splicer

RATIO = 250
"""Decoded bytes for a byte on the wire that no honest page reaches; deflate ends at 1,032."""

RATIO_COUNTS = SLICE // 2
"""Decoded bytes from which on a ratio says something."""

RAW_LIMIT = 2 * LIMIT
"""Encoded bytes held at most: compressed pages are smaller than their text."""

STEP = 8 * SLICE
"""Decoded bytes of one step after the splice; about 1 ms. Between two steps other visitors have their turn."""


class Outcome(NamedTuple):
    """What became of the page. `chunks` are what goes out for all bytes taken so far, made while they are sent."""

    injected: bool
    reason: str
    chunks: Iterable[bytes]
    length_delta: int | None = None
    """By how much the body grows, where that is known before its end."""
    fault: Exception | None = None
    """What went wrong with us, for the log (log.fault: type and place)."""


class Rewrite:
    """Drive it so: `feed` until it gives an Outcome, or `end` when the body is over before. Then, if injected,
    `rest` for every further chunk and `finish` at the end; if not, upstream's bytes go on untouched.

    `coding` is one of coding.CODINGS; `splicer` must be new and know the snippet's length; `length` is upstream's
    Content-Length.
    """

    def __init__(self, snippet: bytes, coding: str, splicer: Splicer, length: int | None = None) -> None:
        self._snippet, self._length = snippet, length
        self._splicer = splicer
        self._decoder = decoder(coding)
        self._encoder: Encoder = Identity()
        self._plain = isinstance(self._decoder, Identity)
        self._raw: list[bytes] = []
        self._wire = self._decoded = 0
        self._broken = self._finished = False

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
            self._length = self._wire
            decision = self._splicer.end()
            return self._refuse(decision) if isinstance(decision, str) else self._splice(decision, b"")
        except Exception as error:  # rule 1
            return self._refuse("error", error)

    def rest(self, chunk: bytes) -> Iterator[bytes]:
        """A later chunk of an injected page, in steps. Never raises: where upstream's coding breaks, ours ends
        unfinished."""
        if self._plain:
            yield chunk
        else:
            yield from self._again(chunk, [], 0)

    def finish(self) -> bytes:
        """The end of an injected page. A body that upstream cut short is cut short here, too."""
        over = self._finished or self._broken or not self._decoder.complete
        return b"" if over else self._encoder.finish()

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
        held = self._splicer.held
        # In one piece, for each chunk would be a write of its own.
        with memoryview(held or beyond) as view:
            first = b"".join((view[:place], self._snippet, view[place:], beyond if held else b""))
        outcome = self._whole(first) if self._plain else self._encoded(first)
        self._raw.clear()
        held.clear()
        return outcome

    def _whole(self, first: bytes) -> Outcome:
        return Outcome(True, "", (first,), len(self._snippet))

    def _encoded(self, first: bytes) -> Outcome:
        """A first step; where that is all of the body, it is finished, and its length known."""
        pieces, size = [first], len(first)
        for piece in self._decoder.decode(b""):
            pieces.append(piece)
            size += len(piece)
            if size >= STEP:
                break
        text = b"".join(pieces)
        self._encoder = self._decoder.encoder()
        if size >= STEP or self._wire != self._length or not self._decoder.complete:
            return Outcome(True, "", self._again(b"", [self._encoder.encode(text)], size))
        self._finished = True
        body = self._encoder.whole(text)
        return Outcome(True, "", (body,), len(body) - self._wire)

    def _again(self, chunk: bytes, encoded: list[bytes], size: int) -> Iterator[bytes]:
        """Decode and encode on, after what is `encoded` of `size` bytes already; flushed, so that what upstream
        has sent reaches the visitor now."""
        try:
            for piece in () if self._broken else self._decoder.decode(chunk):
                encoded.append(self._encoder.encode(piece))
                size += len(piece)
                if size >= STEP:
                    yield b"".join((*encoded, self._encoder.flush()))
                    encoded, size = [], 0
        except Exception:  # the page is half out: what was decoded goes out, and nothing after it
            self._broken = True
        if encoded:
            yield b"".join((*encoded, self._encoder.flush()))

    def _refuse(self, reason: str, fault: Exception | None = None) -> Outcome:
        return Outcome(False, reason, tuple(filter(None, self._raw)), fault=fault)
