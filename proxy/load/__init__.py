"""YAML text to `Config`: every error names file, line and column, and the remedy where one is known.

ruamel.yaml keeps the place of every key (tree.py), pydantic says which key is wrong (words.py); this joins them.
No message holds a value, neither of the file nor of the environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from proxy.config import Config
from proxy.load.fault import ConfigError
from proxy.load.tree import Loc, Source
from proxy.load.words import explained

__all__ = ["ConfigError", "Loaded", "Loc", "Source", "load", "parse", "read"]


@dataclass(frozen=True)
class Loaded:
    """A configuration, and where each of its values was written."""

    config: Config
    source: Source


def load(file: Path) -> Config:
    """Read and check a configuration file. Relative paths in it are relative to the file's folder.

    Raises ConfigError.
    """
    return read(file).config


def read(file: Path) -> Loaded:
    """As `load`, with the places of all values. Raises ConfigError."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(str(file), 0, 0, "no such file; `config.example.yaml` is one to start from") from None
    except UnicodeDecodeError:
        raise ConfigError(str(file), 0, 0, "is not UTF-8 text") from None
    except OSError as error:
        raise ConfigError(str(file), 0, 0, f"cannot be read: {error.strerror}") from None
    return _checked(Source(str(file), text), file.parent)


def parse(text: str, name: str, base: Path = Path()) -> Config:
    """Check the text of a configuration; `name` is how errors call it. Raises ConfigError."""
    return _checked(Source(name, text), base).config


def _checked(source: Source, base: Path) -> Loaded:
    try:
        config = Config.model_validate(source.values())
    except ValidationError as error:
        raise explained(error, source) from None
    return Loaded(_rooted(config, base), source)


def _rooted(config: Config, base: Path) -> Config:
    """The same configuration with its relative paths made absolute."""

    def rooted(model: BaseModel) -> BaseModel:
        update: dict[str, Any] = {}
        for key in type(model).model_fields:
            value = getattr(model, key)
            if isinstance(value, Path) and not value.is_absolute():
                update[key] = (base / value).resolve()
            elif isinstance(value, BaseModel):
                update[key] = rooted(value)
            elif isinstance(value, tuple):
                update[key] = tuple(rooted(each) if isinstance(each, BaseModel) else each for each in value)
        return model.model_copy(update=update) if update else model

    return cast(Config, rooted(config))
