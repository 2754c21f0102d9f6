"""This machine: ports, data folder, disk."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

from proxy.admin.units import bytes_of
from proxy.check.problem import Problem, error, warning
from proxy.config import Admin, Config, Listen
from proxy.load import Loc

OTHERS = 0o007

FILES = 2
"""Open files of one visitor's connection: its own, and upstream's."""


def problems(config: Config) -> Iterator[Problem]:
    """Of this machine, for this user."""
    yield from _data(config.data)
    yield from _disk(config)
    yield from _files(config)
    if not runs(config.data):
        for at, listen in _listeners(config):
            yield from _port(at, listen)


def facts(config: Config) -> Iterator[tuple[str, str]]:
    """Lines of (what it is about, how it is)."""
    free = shutil.disk_usage(_there(config.data)).free
    yield "disk", f"{bytes_of(free)} free where the data folder is"
    if runs(config.data):
        yield "running", "a `milchglas run` uses this data folder: its ports are not looked at"


def runs(data: Path) -> bool:
    """Whether a `milchglas run` holds the data folder (proxy/ground.py), and its ports with it."""
    try:
        with (data / "lock").open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


def _listeners(config: Config) -> Iterator[tuple[Loc, Listen | Admin]]:
    yield ("listen",), config.listen
    yield ("admin",), config.admin
    if config.storage.embedded:
        yield ("storage", "listen"), config.storage.listen


def _port(at: Loc, listen: Listen | Admin) -> Iterator[Problem]:
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    try:
        # Bound, and let go at once: nobody can connect meanwhile.
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((listen.host.strip("[]"), listen.port))
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            yield error((*at, "port"), "somebody listens there already", "end it, or take another port")
        elif fault.errno == errno.EACCES:
            yield error(
                (*at, "port"),
                "this user may not listen there",
                "take a port above 1023, or give CAP_NET_BIND_SERVICE",
            )
        else:
            yield error(
                (*at, "host"), "this is no address of this machine", "`ip address` lists them; 0.0.0.0 is all"
            )


def _there(data: Path) -> Path:
    """The folder, or the one above it in which it will be made."""
    return next(each for each in (data, *data.parents) if os.path.exists(each))  # noqa: PTH110  Path.exists raises


def _data(data: Path) -> Iterator[Problem]:
    there = _there(data)
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield error(("data",), "this user cannot write there", f"chown {there}, or take another folder")
    elif there == data and data.stat().st_mode & OTHERS:
        yield warning(
            ("data",), "everybody on this machine can look into it, and the signing key lies there", "chmod o-rwx"
        )


def _disk(config: Config) -> Iterator[Problem]:
    free = shutil.disk_usage(_there(config.data)).free
    if free < config.limits.spool:
        yield warning(
            ("limits", "spool"),
            "the disk of the data folder has less free",
            "free some, or lower limits.spool",
        )


def _files(config: Config) -> Iterator[Problem]:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < FILES * config.limits.connections:
        yield warning(
            ("limits", "connections"),
            "this user may not open as many files, and a connection needs two",
            "raise the limit (LimitNOFILE in systemd, `ulimit -Hn` tells it), or lower limits.connections",
        )
