"""The whole of one body: exactly one insertion or exactly upstream's bytes, in every split and coding."""

from __future__ import annotations

import gzip
import itertools
import random
import zlib
from collections.abc import Iterator

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from proxy.page.codec import SLICE
from proxy.page.rewrite import STEP, Outcome, Rewrite
from proxy.page.splice import LIMIT, Splicer

SNIPPET = b"<script async src=/x.js></script>"
HTML = st.sampled_from(
    [
        *(
            b"<!doctype html>",
            b"<html>",
            b"<head>",
            b"</head>",
            b"<body>",
            b"<title>a</title>",
            b"<p>",
            b"text",
        ),
        *(
            b"<script>",
            b"</script>",
            b"<!--",
            b"-->",
            b"<meta charset=utf-8>",
            b"\n",
            b"\xff\xfe",
            b"<",
            b"{}",
        ),
        *(
            b"".join(b"<td bgcolor=%d>" % n for n in range(3000)),
            random.Random(2).randbytes(70_000),
            bytes(range(256)),
        ),
    ]
)
BODIES = st.lists(HTML, max_size=12).map(b"".join)


def run(body: bytes, cuts: list[int], coding: str) -> tuple[Outcome, bytes]:
    """The outcome and all that goes out of a body cut at these places."""
    rewrite = Rewrite(SNIPPET, coding, Splicer(len(SNIPPET)))
    edges = [0, *sorted(cut % (len(body) + 1) for cut in cuts), len(body)]
    outcome, out = None, list[bytes]()
    for start, end in itertools.pairwise(edges):
        if outcome is None:
            outcome = rewrite.feed(body[start:end])
            out += outcome.chunks if outcome else ()
        else:
            out += rewrite.rest(body[start:end]) if outcome.injected else (body[start:end],)
    if outcome is None:
        outcome = rewrite.end()
        out += outcome.chunks
    return outcome, b"".join(out) + (rewrite.finish() if outcome.injected else b"")


@given(body=BODIES, cuts=st.lists(st.integers(0, 300_000), max_size=8), members=st.integers(1, 3))
def test_one_insertion_or_none_the_same_for_every_split_and_coding(
    body: bytes, cuts: list[int], members: int
) -> None:
    whole, out = run(body, [], "identity")
    assert run(body, cuts, "identity") == (whole, out) or whole.reason == run(body, cuts, "identity")[0].reason
    assert run(body, cuts, "identity")[1] == out

    third = len(body) // members + 1
    wire = b"".join(gzip.compress(body[at : at + third], mtime=0) for at in range(0, len(body) or 1, third))
    packed, sent = run(wire, cuts, "gzip")
    assert (packed.injected, packed.reason) == (whole.injected, whole.reason)
    if whole.injected:
        at = out.index(SNIPPET)
        assert out[:at] + out[at + len(SNIPPET) :] == body
        reader = zlib.decompressobj(wbits=31)
        assert reader.decompress(sent) == out
        assert reader.eof and not reader.unused_data
        assert whole.length_delta == len(SNIPPET)
        assert packed.length_delta in (None, len(sent) - len(wire))  # known when the end decides
    else:
        assert (out, sent) == (body, wire)


PAGE = b"<!doctype html><html><head><title>x</title></head><body>" + b"<p>hallo</p>" * 20


def test_what_upstream_flushes_reaches_the_visitor_at_once() -> None:
    up, reader = zlib.compressobj(wbits=31), zlib.decompressobj(wbits=31)
    rewrite = Rewrite(SNIPPET, "gzip", Splicer(len(SNIPPET), charset_known=True))
    outcome = rewrite.feed(up.compress(PAGE) + up.flush(zlib.Z_SYNC_FLUSH))
    assert outcome and reader.decompress(b"".join(outcome.chunks)) == PAGE.replace(b"<head>", b"<head>" + SNIPPET)
    for text in (b"eins", b"zwei"):
        assert reader.decompress(b"".join(rewrite.rest(up.compress(text) + up.flush(zlib.Z_SYNC_FLUSH)))) == text
    reader.decompress(b"".join([*rewrite.rest(up.flush()), rewrite.finish()]))
    assert reader.eof


@pytest.mark.parametrize("length", [True, False])
def test_requirement_3_a_body_that_is_there_whole_is_sent_with_its_length(length: bool) -> None:
    wire = gzip.compress(PAGE)
    splicer = Splicer(len(SNIPPET), charset_known=True)
    rewrite = Rewrite(SNIPPET, "gzip", splicer, len(wire) if length else None)
    outcome = rewrite.feed(wire)
    assert outcome and outcome.injected
    body = b"".join(outcome.chunks)
    assert outcome.length_delta == (len(body) - len(wire) if length else None)
    assert gzip.decompress(body + rewrite.finish()) == PAGE.replace(b"<head>", b"<head>" + SNIPPET)


@pytest.mark.parametrize("more", [600_000, 5_000_000])
def test_a_body_too_long_for_one_step_is_sent_without_a_length(more: int) -> None:
    wire = gzip.compress(PAGE + random.Random(1).randbytes(100_000) + bytes(more))
    rewrite = Rewrite(SNIPPET, "gzip", Splicer(len(SNIPPET), charset_known=True), len(wire))
    outcome = rewrite.feed(wire)
    assert outcome and outcome.injected and outcome.length_delta is None
    out = gzip.decompress(b"".join((*outcome.chunks, rewrite.finish())))
    assert len(out) == len(PAGE) + len(SNIPPET) + 100_000 + more


def test_a_fault_of_upstreams_that_shows_in_the_first_step_leaves_the_page_as_it_came() -> None:
    wire = bytearray(gzip.compress(PAGE + random.Random(1).randbytes(90_000), mtime=0))
    wire[-20_000:] = bytes(20_000)
    outcome, out = run(bytes(wire), [], "gzip")
    assert (outcome.injected, outcome.reason, out) == (False, "corrupt", bytes(wire))


@pytest.mark.parametrize("at", range(10, 200, 7))
def test_gzip_that_breaks_after_the_splice_ends_unfinished_and_never_raises(at: int) -> None:
    body = PAGE + random.Random(1).randbytes(5000)
    wire = bytearray(gzip.compress(body, mtime=0))
    first = len(wire) // 2
    wire[first + at] ^= 0xFF
    rewrite = Rewrite(SNIPPET, "gzip", Splicer(len(SNIPPET), charset_known=True))
    outcome = rewrite.feed(bytes(wire[:first]))
    assert outcome and outcome.injected
    reader = zlib.decompressobj(wbits=31)
    out = reader.decompress(b"".join(outcome.chunks))
    out += reader.decompress(
        b"".join([*rewrite.rest(bytes(wire[first:])), *rewrite.rest(b"more"), rewrite.finish()])
    )
    assert out.startswith(PAGE.replace(b"<head>", b"<head>" + SNIPPET))


def test_a_body_cut_short_after_the_splice_is_cut_short_for_the_visitor() -> None:
    wire = gzip.compress(PAGE + random.Random(1).randbytes(5000), mtime=0)
    outcome, out = run(wire[:-100], [], "gzip")
    reader = zlib.decompressobj(wbits=31)
    assert outcome.injected and reader.decompress(out) and not reader.eof


def test_a_body_cut_short_before_it_is_decided_goes_out_as_it_came() -> None:
    wire = gzip.compress(b"<html><head>", mtime=0)[:-9]
    assert run(wire, [5], "gzip") == (Outcome(False, "corrupt", (wire[:5], wire[5:])), wire)


@pytest.mark.parametrize(
    "wire", [PAGE, b"\x1f\x8b\x08" + b"\xff" * 50, b"\x1f\x8b\x08" + b"\0" * 7 + b"\xff" * 50]
)
def test_what_is_not_gzip_goes_out_as_it_came(wire: bytes) -> None:
    outcome, out = run(wire, [7], "gzip")
    assert (outcome.injected, outcome.reason, out) == (False, "corrupt", wire)


@pytest.mark.parametrize("start", [b"<html><!--", PAGE])
@pytest.mark.parametrize("step", [50, 1000, 1_000_000])
def test_a_bomb_is_refused_by_its_ratio(start: bytes, step: int) -> None:
    wire = gzip.compress(start + b"x" * 50_000_000)
    outcome, out = run(wire, list(range(step, 1 if start == PAGE else len(wire), step)), "gzip")
    assert (outcome.reason, out) == ("ratio", wire)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_requirement_15_a_bomb_after_the_splice_goes_on_in_small_steps(
    coding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a step costs is what it decodes; the stream layer lets others have their turn between two steps."""
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstandard.compress}
    wire = packed[coding](PAGE + random.Random(1).randbytes(500_000) + bytes(60_000_000))
    rewrite = Rewrite(SNIPPET, coding, Splicer(len(SNIPPET), charset_known=True))
    decoded = 0
    decode = rewrite._decoder.decode

    def counted(data: bytes) -> Iterator[bytes]:
        nonlocal decoded
        for piece in decode(data):
            decoded += len(piece)
            yield piece

    monkeypatch.setattr(rewrite._decoder, "decode", counted)
    outcome = rewrite.feed(wire)
    assert outcome and outcome.injected
    before, steps, size = decoded, 0, 0
    for step in outcome.chunks:
        assert decoded - before <= STEP + 2 * SLICE
        before, steps, size = decoded, steps + 1, size + len(step)
    assert decoded == len(PAGE) + 60_500_000 and steps > 60 and size < 2 * len(wire) + 100_000


def test_encoded_bytes_that_give_nothing_are_not_held_for_ever() -> None:
    wire = b"\0\0\0\xff\xff" * (LIMIT // 2)
    head = gzip.compress(b"")[:10]
    outcome, out = run(head + wire, list(range(0, LIMIT * 3, 1000)), "gzip")
    assert (outcome.reason, out) == ("no_place", head + wire)


def test_a_fault_of_ours_gives_upstreams_bytes_and_says_so() -> None:
    class Faulty(Splicer):
        def feed(self, data: bytes) -> int | str | None:
            if b"!" in data:
                raise RuntimeError("of ours")
            return None

        def end(self) -> int | str:
            raise RuntimeError("of ours")

    rewrite = Rewrite(SNIPPET, "identity", Faulty(10))
    assert rewrite.feed(b"<html>") is None
    outcome = rewrite.feed(b"!")
    assert outcome and outcome.chunks == (b"<html>", b"!") and outcome.reason == "error"
    assert isinstance(outcome.fault, RuntimeError)

    rewrite = Rewrite(SNIPPET, "identity", Faulty(10))
    rewrite.feed(b"<html>")
    assert rewrite.end().chunks == (b"<html>",)


def test_no_body_at_all() -> None:
    assert run(b"", [], "gzip")[0] == Outcome(False, "empty", ())
