"""Certificates and keys: readable, fitting, good for the hosts, and for how long."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization

from proxy.check.problem import Problem, error, warning
from proxy.config import Config, Tls
from proxy.load import Loc

SOON = 14
"""Days before its end at which a certificate should have been renewed."""

OTHERS_READ = 0o004


def problems(config: Config) -> Iterator[Problem]:
    """Of all PEM files that the configuration names."""
    hosts = [host for site in config.sites if site.enabled for host in site.hosts]
    yield from _pair(("listen", "tls"), config.listen.tls, hosts)
    if config.storage.embedded:
        yield from _pair(("storage", "listen", "tls"), config.storage.listen.tls, ())
    for index, site in enumerate(config.sites):
        if ca := site.upstream_tls.ca:
            yield from _authority(("sites", index, "upstream_tls", "ca"), ca)


def facts(config: Config) -> Iterator[tuple[str, str]]:
    """Lines of (what it is about, for whom and how long it is good)."""
    for name, tls in (("listen", config.listen.tls), ("storage.listen", config.storage.listen.tls)):
        if tls.cert and usable(tls.cert):
            certificate = chain(tls.cert)[0]
            days, date = expiry(certificate)
            yield (
                "certificate",
                f"{name}: for {', '.join(_names(certificate)) or 'nobody'}, until {date}, {days} days",
            )


def expiry(certificate: x509.Certificate) -> tuple[int, str]:
    """Whole days that are left (negative: over), and the date."""
    end = certificate.not_valid_after_utc
    return (end - datetime.datetime.now(datetime.UTC)).days, end.strftime("%Y-%m-%d")


def chain(file: Path) -> list[x509.Certificate]:
    """The certificates in a PEM file, the first is the listener's own. Raises OSError, ValueError."""
    return x509.load_pem_x509_certificates(file.read_bytes())


def usable(file: Path) -> bool:
    """Whether there are certificates in it."""
    try:
        return bool(chain(file))
    except (OSError, ValueError):
        return False


def _pair(at: Loc, tls: Tls, hosts: Iterable[str]) -> Iterator[Problem]:
    if not (tls.cert and tls.key):
        return
    try:
        certificate = chain(tls.cert)[0]
    except OSError as fault:
        yield error(
            (*at, "cert"),
            f"the certificate cannot be read ({fault.strerror})",
            "give this user a file it can read",
        )
        return
    except ValueError:
        yield error((*at, "cert"), "this is no certificate in PEM", "it begins with -----BEGIN CERTIFICATE-----")
        return
    yield from _key(at, tls.key, certificate)
    yield from _time((*at, "cert"), certificate)
    for host in hosts:
        if not covers(certificate, host):
            yield error(
                (*at, "cert"), f"the certificate is not good for {host}", "have it made for all hosts of the sites"
            )


def _key(at: Loc, file: Path, certificate: x509.Certificate) -> Iterator[Problem]:
    at = (*at, "key")
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), None)
        mode = file.stat().st_mode
    except OSError as fault:
        yield error(at, f"the key cannot be read ({fault.strerror})", "give this user a file it can read")
        return
    except TypeError:
        yield error(at, "the key asks for a passphrase", "store it without one: `openssl pkey -in KEY -out KEY2`")
        return
    except (ValueError, UnsupportedAlgorithm):
        yield error(at, "this is no private key in PEM", "it begins with -----BEGIN PRIVATE KEY-----")
        return
    if key.public_key() != certificate.public_key():
        yield error(
            at, "the key is not the certificate's own", "give the key that the certificate was asked for with"
        )
    if mode & OTHERS_READ:
        yield warning(at, "everybody on this machine can read the key", "chmod o-r")


def _time(at: Loc, certificate: x509.Certificate) -> Iterator[Problem]:
    days, date = expiry(certificate)
    if certificate.not_valid_before_utc > datetime.datetime.now(datetime.UTC):
        yield error(at, "the certificate is not valid yet", "set this machine's clock, or wait")
    elif days < 0:
        yield error(at, f"the certificate expired on {date}", "renew it")
    elif days < SOON:
        yield warning(at, f"the certificate expires in {days} days, on {date}", "renew it")


def _authority(at: Loc, file: Path) -> Iterator[Problem]:
    try:
        chain(file)
    except OSError as fault:
        yield error(at, f"the authority cannot be read ({fault.strerror})", "give this user a file it can read")
    except ValueError:
        yield error(at, "these are no certificates in PEM", "they begin with -----BEGIN CERTIFICATE-----")


def covers(certificate: x509.Certificate, host: str) -> bool:
    """Whether browsers accept the certificate for a host of a site; `*` can mean any host."""
    if host == "*":
        return True
    # A wildcard stands for one label (RFC 6125, 6.4.3); a site's `*.name` for any number of them.
    return not {host.strip("[]"), f"*.{host.partition('.')[2]}"}.isdisjoint(_names(certificate))


def _names(certificate: x509.Certificate) -> list[str]:
    """Hosts and addresses, lower case. The subject's common name counts for nothing in browsers."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    hosts = [name.lower() for name in names.get_values_for_type(x509.DNSName)]
    return hosts + [str(address) for address in names.get_values_for_type(x509.IPAddress)]
