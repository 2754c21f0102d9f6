"""What is logged, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from proxy.config.shape import Shape


class Log(Shape):
    """The log: events of ours and, if wanted, a line for each request."""

    access: bool = False
    """True: a line for each request, which names no visitor and no value of a query."""
    format: Literal["json", "text"] = "json"
    """`json`: an object a line; `text`: for people."""
    file: Path | None = None
    """The file that lines are appended to; standard error when empty. Rename it to rotate it."""
