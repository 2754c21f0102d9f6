"""Sizes and times as people write them: `10MiB`, `5s`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

SIZES = {
    "B": 1,
    "kB": 1000,
    "KiB": 2**10,
    "MB": 1000**2,
    "MiB": 2**20,
    "GB": 1000**3,
    "GiB": 2**30,
    "TB": 1000**4,
    "TiB": 2**40,
}
TIMES = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400}


@dataclass(frozen=True)
class Unit:
    """Stands in an Annotated: a number that counts the smallest unit, and may be written in others.

    `bare` is the unit of a number without one; None refuses such a number.
    """

    units: Mapping[str, float]
    least: str
    most: str
    bare: str | None = None

    @property
    def pattern(self) -> str:
        """Of a text with a unit."""
        return rf"^[0-9]+(\.[0-9]+)? ?({'|'.join(self.units)})$"

    def number(self, text: str) -> float | None:
        """What a text stands for; None where it is no number with a unit of ours."""
        if self.bare and text.isascii() and text.isdigit():
            return int(text) * self.units[self.bare]
        if not re.fullmatch(self.pattern, text):
            return None
        digits, unit = re.findall(r"[0-9.]+|[A-Za-z]+", text)
        return float(digits) * self.units[unit]

    def text(self, number: float) -> str:
        """The shortest way to write it exactly."""
        for unit in sorted(self.units, key=lambda each: -self.units[each]):
            whole = round(number / self.units[unit])
            if whole and self.number(f"{whole}{unit}") == number:
                return f"{whole}{unit}"
        return f"{number:.10g}{next(each for each in self.units if self.units[each] == 1)}"

    def read(self, value: object) -> float:
        """A value of the file. Raises ValueError."""
        number = None
        if isinstance(value, str):
            number = self.number(value.strip())
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and self.bare:
            number = value * self.units[self.bare]
        low, high = self.number(self.least), self.number(self.most)
        assert low is not None
        assert high is not None
        if number is None or not low <= number <= high:
            raise ValueError(
                f"must be a number with its unit ({', '.join(self.units)}), from {self.least} to {self.most}"
            )
        return round(number) if self.bare else number

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        text = {"type": "string", "pattern": self.pattern, "examples": [self.least, self.most]}
        return {"anyOf": [{"type": "integer", "minimum": 0}, text]} if self.bare else text


def unit(field: FieldInfo) -> Unit | None:
    """What a key counts."""
    return next((each for each in field.metadata if isinstance(each, Unit)), None)


def sizes(least: str, most: str) -> Unit:
    """Bytes."""
    return Unit(SIZES, least, most, bare="B")


def times(least: str, most: str) -> Unit:
    """Seconds; without a unit nobody knows whether they are milliseconds, so one is asked for."""
    return Unit(TIMES, least, most)


def seconds(number: float) -> str:
    """Seconds as an operator would write them."""
    return Unit(TIMES, "1ms", "1d").text(number)


PageSize = Annotated[int, sizes("1B", "1TiB")]
Disk = Annotated[int, sizes("16MiB", "1024TiB")]
Patience = Annotated[float, times("100ms", "7d")]
