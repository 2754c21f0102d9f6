"""Our logs: one JSON object a line, on stderr or in a file, and foreign loggers reduced to where and what kind.

mitmproxy quotes request heads, unexpected data and exception texts in its log lines (layers/http/_http1.py,
addonmanager.py), and an exception's text can hold anything. So of every foreign record only the level, the
place and the exception's type are kept. Our own events are keyword facts that never hold a recorded value.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, TextIO, cast

import structlog

from proxy.lines import Lines

if TYPE_CHECKING:
    from proxy.config import Log


class PlaceOnly(logging.Handler):
    """Takes the records of all foreign loggers and passes on none of their text."""

    def emit(self, record: logging.LogRecord) -> None:
        facts = {"logger": record.name, "line": f"{record.module}:{record.lineno}"}
        if record.exc_info and record.exc_info[1]:
            facts |= fault(record.exc_info[1])
        get("foreign").log(record.levelno, record.name.partition(".")[0], **facts)


def fault(error: BaseException) -> dict[str, str]:
    """Type and place of an exception; never its text, which may quote what was being worked on."""
    return {"error": type(error).__name__, "at": place(error.__traceback__)}


def place(trace: TracebackType | None) -> str:
    """`file:line` of the innermost frame of a traceback."""
    frames = traceback.extract_tb(trace)
    return f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""  # noqa: PTH119 a string


def get(name: str) -> structlog.typing.FilteringBoundLogger:
    """The logger of one part: `get("forward").warning("paused", reason="region")`."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(part=name)
    return logger


def configure(level: str = "info", *, text: bool = False) -> None:
    """Set up logging for this process; call once, first. Lines go to stderr, and whoever logs waits for it."""
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False) if text else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(file=cast(TextIO, _Out())),
        cache_logger_on_first_use=False,
    )
    logging.root.handlers[:] = [PlaceOnly()]
    logging.root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    # Python's own ways to say an exception print its text.
    sys.excepthook = lambda kind, _, trace: _crash(kind, trace)
    threading.excepthook = lambda args: _crash(args.exc_type, args.exc_traceback)
    sys.unraisablehook = lambda args: _crash(args.exc_type, args.exc_traceback)


@contextlib.contextmanager
def served(settings: Log, lost: Callable[[], None] = lambda: None) -> Iterator[None]:
    """A process that serves logs as the configuration says, and waits for nobody; `lost`: a line had no room."""
    _Out.lines = Lines(settings.file, lost)
    change(settings)
    try:
        yield
    finally:
        lines, _Out.lines = _Out.lines, None
        lines.end()


def change(settings: Log) -> None:
    """Log as another configuration says, from now on."""
    configure(text=settings.format == "text")
    if _Out.lines:
        _Out.lines.path = settings.file


def line(text: str) -> None:
    """A whole line, made elsewhere (proxy/access.py)."""
    _Out().write(text + "\n")


def _crash(kind: type[BaseException], trace: TracebackType | None) -> None:
    get("crash").critical(kind.__name__, at=place(trace))


class _Out:
    """Where lines go: to a thread that writes them, where one does, else to standard error.

    That may be gone: whoever logs must not fail of it.
    """

    lines: ClassVar[Lines | None] = None

    def write(self, text: str) -> None:
        if lines := type(self).lines:
            lines.put(text.encode(errors="replace"))
            return
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.flush()
