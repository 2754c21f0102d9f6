"""`milchglas demo`: the shop, the proxy before it, storage behind it, and a first login, all on loopback."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import click

from proxy.config import Config, Tls
from proxy.demo import localhost
from proxy.ground import CannotStart, prepare
from proxy.process import begin, context, until_terminated

EMAIL = "demo@milchglas.example"

# What one would choose; where one is taken, a free one is.
PORTS = {"shop": 8000, "visitors": 8080, "dashboard": 8090, "admin": 9090}


def ends(data: Path, tls: bool, cert: Path | None, key: Path | None) -> Tls:
    """How visitors come: by TLS with this certificate and key, or (`tls`) with one made in `data`, or without.

    Raises CannotStart.
    """
    prepare(data.resolve())
    if (cert is None) != (key is None):
        raise CannotStart("a certificate needs its key and the other way round: give --cert and --key")
    if cert and key:
        return Tls(cert=cert.resolve(), key=key.resolve())
    return localhost.certificate(data.resolve()) if tls else Tls()


def run(data: Path, tls: Tls, work: Callable[[Config, Callable[[], None]], None]) -> None:
    """Start it all and stay until SIGTERM or ^C. `work` runs a configuration, and calls back when it is up.

    `data` keeps the recordings of all demos; with `tls`, visitors come by it. Raises what `work` raises.
    """
    # The shop listens from here on: nobody comes too early, and nobody takes its port.
    with _listening(PORTS["shop"]) as listener:
        ports = {name: _free(port) for name, port in PORTS.items() if name != "shop"}
        ports["shop"] = listener.getsockname()[1]
        config = _config(data.resolve(), tls, ports)
        password = _login(config)
        shop = context().Process(target=_shop, args=(listener,), name="shop")
        shop.start()
    try:
        work(config, lambda: _announce(config, password))
    finally:
        shop.kill()  # it keeps nothing
        shop.join()


def _config(data: Path, tls: Tls, ports: dict[str, int]) -> Config:
    return Config.model_validate(
        {
            "version": 1,
            "listen": {"port": ports["visitors"], "tls": tls},
            "admin": {"port": ports["admin"]},
            "data": data,
            "sites": [
                {
                    "name": "altwaren",
                    "hosts": ["*"],
                    "upstream": f"http://127.0.0.1:{ports['shop']}",
                    "record": {"forms": "harmless"},
                }
            ],
            "storage": {"listen": {"port": ports["dashboard"]}, "require_second_factor": False},
        }
    )


def _login(config: Config) -> str:
    """A first password for the demo's account, new at each start."""
    from storage import commands
    from storage.accounts import Taken

    try:
        password = commands.add_user(config, EMAIL)
    except Taken:
        password = commands.reset_user(config, EMAIL)
    assert password
    return password


def _announce(config: Config, password: str) -> None:
    tls = config.listen.tls
    trust = f"\n  with certificate              {tls.cert}" if tls else ""
    click.echo(
        f"""
  The shop, through Milchglas   {"https" if tls else "http"}://127.0.0.1:{config.listen.port}{trust}
  The dashboard                 http://127.0.0.1:{config.storage.listen.port}
  First login                   {EMAIL}
  with password                 {password}   (good for one login)

Click through the shop, then watch what you did in the dashboard. ^C ends the demo.
"""
    )


def _shop(listener: socket.socket) -> None:
    begin("shop")
    from proxy.demo.shop import serve_on

    until_terminated(serve_on(listener))


def _free(port: int) -> int:
    with _listening(port) as probe:
        return int(probe.getsockname()[1])


def _listening(port: int) -> socket.socket:
    """On this port, or on another where it is taken."""
    for wanted in (port, 0):
        try:
            return socket.create_server(("127.0.0.1", wanted))
        except OSError:
            continue
    raise click.ClickException("no free port on 127.0.0.1")
