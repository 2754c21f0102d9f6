"""What is wrong with a configuration file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class ConfigError(Exception):
    """What is wrong with a configuration file, where (line and column from 1), and what to do.

    `others` are what else is wrong with it, as far as that can be told before this one is mended.
    """

    file: str
    line: int
    column: int
    message: str
    others: tuple[ConfigError, ...] = ()

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"
