"""A response whose headers wait, and how something of ours gets into a state of mitmproxy's."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any

from mitmproxy.proxy import commands, layer

type Generator = layer.CommandGenerator[Any]


class Held(ABC):
    """A response whose headers wait until its first bytes have decided; then it is the stream callable.

    Until its first bytes are made it may raise: headers and body then go out as upstream sent them. The bytes may
    be made while they are asked for: they go out piece by piece, and others get their turn in between
    (proxy/signals.py, Pause).

    A base class and no Protocol: asking whether an object is one would cost more than the page's splicing does.
    """

    @abstractmethod
    def feed(self, chunk: bytes) -> Iterable[bytes] | None:
        """Take bytes of upstream; None: go on holding. Else headers are final, and these bytes go out."""

    @abstractmethod
    def end(self) -> Iterable[bytes]:
        """The body ended, or broke off, undecided: the bytes that go out."""

    @abstractmethod
    def __call__(self, chunk: bytes) -> bytes | Iterable[bytes]:
        """What goes out for a later chunk; b"" is the end of the body. If it raises, the visitor is cut off."""


def around(
    inner: Generator,
    hook: type[commands.StartHook],
    *,
    wanted: Callable[[], bool] = lambda: True,
    before: Callable[[], None] = lambda: None,
    after: Callable[[], None] = lambda: None,
) -> Generator:
    """Run a state of mitmproxy's, with something of ours right before and after its hook (if `wanted`)."""
    reply: Any = None
    while True:
        try:
            command = inner.send(reply)
        except StopIteration as stop:
            return stop.value
        if isinstance(command, hook):
            before()
            reply = (yield command) if wanted() else None
            after()
        else:
            reply = yield command
