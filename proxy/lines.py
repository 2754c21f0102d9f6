"""Lines of the log on their way out, written by a thread: whoever logs must not wait for a disk or a full pipe.

Lines of several processes meet in one pipe or file. Whole lines are written together, to a pipe as much as
it takes in one piece (PIPE_BUF, pipe(7)), so that none is torn.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

PIPE, FILE = 4096, 256 * 1024
"""Bytes that are written at once: PIPE_BUF of Linux, and of a file, to which the system appends whole pieces."""

WAITING = 4 * 1024 * 1024
"""Bytes that may wait; what comes while as many do is lost, and counted."""

GATHER = 0.1
"""Seconds between two wakings of the thread, for each takes the interpreter from those who serve."""


class Lines:
    """Writes lines to a file, or to standard error where none is named or it cannot be opened."""

    def __init__(self, path: Path | None, lost: Callable[[], None]) -> None:
        self.path, self._lost = path, lost
        """Where to from the next line on."""
        self._file = -1
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._some, self._ends = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)
        self._thread.start()

    def put(self, line: bytes) -> None:
        """Take a whole line, its end included. Never waits, never raises."""
        if self._bytes > WAITING:
            self._lost()
            return
        self._bytes += len(line)  # of one thread nearly always; a slip moves the bound by a line
        self._waiting.append(line)
        if not self._some.is_set():
            self._some.set()

    def end(self, seconds: float = 1.0) -> None:
        """Write what waits, for so long at most."""
        self._ends.set()
        self._some.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        while not (self._ends.is_set() and not self._waiting):
            self._some.wait()
            self._ends.wait(GATHER)
            self._some.clear()
            file = self._open()
            most = FILE if self._is_file(file) else PIPE
            while piece := self._piece(most):
                self._bytes -= len(piece)
                with contextlib.suppress(OSError):  # nobody reads it, or no room is left
                    while piece:
                        piece = piece[os.write(file, piece) :]

    @staticmethod
    def _is_file(file: int) -> bool:
        try:
            return stat.S_ISREG(os.fstat(file).st_mode)
        except OSError:  # standard error is closed
            return False

    def _piece(self, most: int) -> bytes:
        lines: list[bytes] = []
        size = 0
        while self._waiting and (not lines or size + len(self._waiting[0]) <= most):
            size += len(self._waiting[0])
            lines.append(self._waiting.popleft())
        return b"".join(lines)

    def _open(self) -> int:
        """The file, opened anew when it has been renamed or removed: log rotation needs no signal."""
        if self.path is None:
            return 2
        try:
            if self._file >= 0:
                named, opened = self.path.stat(), os.fstat(self._file)
                if (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino):
                    return self._file
        except FileNotFoundError:
            pass
        fresh = -1
        with contextlib.suppress(OSError):
            fresh = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if self._file >= 0:
            os.close(self._file)
        self._file = fresh
        return fresh if fresh >= 0 else 2
