"""What all parts of the configuration share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo


class Shape(BaseModel):
    """Base of all parts: unknown keys are errors, nothing changes after loading."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )


class Misplaced(ValueError):
    """What keys say together cannot be; `at` is the key that is to be changed, below the model that raises it."""

    def __init__(self, message: str, *at: str | int) -> None:
        super().__init__(message)
        self.at = at


def part(field: FieldInfo) -> type[Shape] | None:
    """The model of a key that is a mapping, or a list of mappings."""
    return _model(field.annotation)


def _model(kind: object) -> type[Shape] | None:
    if isinstance(kind, type) and issubclass(kind, Shape):
        return kind
    return next((found for each in get_args(kind) if (found := _model(each))), None)


def below(whole: type[Shape], path: Sequence[str | int]) -> type[Shape] | None:
    """The model at a path of keys and indices, as `("sites", 0, "record")`; None where there is no mapping."""
    model: type[Shape] | None = whole
    for key in path:
        if isinstance(key, int):
            continue
        field = model.model_fields.get(key) if model else None
        model = part(field) if field else None
    return model
