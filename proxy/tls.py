"""TLS to visitors with the operator's certificate, and to upstream with verification.

mitmproxy's TlsConfig addon is not used: it makes a certificate authority and writes its key to disk.
"""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from pathlib import Path

from mitmproxy.proxy import commands, layer
from mitmproxy.proxy.layers import ClientTLSLayer
from mitmproxy.tls import TlsData
from OpenSSL import SSL, crypto

from proxy import log
from proxy.config import Config, Tls
from proxy.routes import Peer

HTTP1, HTTP2 = b"http/1.1", b"h2"
# No wildcard inside a label, no common name (mitmproxy's addons/tlsconfig.py uses the same).
HOST_FLAGS = (
    SSL._lib.X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | SSL._lib.X509_CHECK_FLAG_NEVER_CHECK_SUBJECT  # type: ignore[attr-defined]  # cffi
)


class CertificateFault(Exception):
    """A certificate or key that the operator named can't be used."""


class VisitorTls(ClientTLSLayer):
    """TLS to a visitor that ends as TLS ends (RFC 8446, 6.1).

    mitmproxy's ends without a word, which says that something was cut off: strict clients then refuse a body
    without a length. Where it was cut off (proxy/http1.py), nothing is said here either.
    """

    def send_close(self, command: commands.CloseConnection) -> layer.CommandGenerator[None]:
        """Called by mitmproxy to close the connection."""
        if not self.conn.error:
            with suppress(SSL.Error):  # in mid-handshake
                self.tls.shutdown()
            yield from self.tls_interact()
        yield from super().send_close(command)


class TlsEnds:
    """mitmproxy's hooks for both ends of a TLS connection. Making one raises CertificateFault.

    `before` are those of an older configuration, for requests that began by it.
    """

    def __init__(self, config: Config, before: TlsEnds | None = None) -> None:
        self._server = server_context(config.listen.tls, http2=config.listen.http2) if config.listen.tls else None
        sites = {site.upstream_tls.ca: site.name for site in config.sites}
        clients = {ca: client_context(ca, site) for ca, site in sites.items()}
        self._clients: dict[Path | None, SSL.Context] = (before._clients if before else {}) | clients

    @property
    def visitors(self) -> bool:
        """Whether visitors come by TLS."""
        return self._server is not None

    def tls_start_client(self, data: TlsData) -> None:
        """A visitor's connection begins."""
        if self._server:
            data.ssl_conn = SSL.Connection(self._server)
            data.ssl_conn.set_accept_state()

    def tls_start_server(self, data: TlsData) -> None:
        """A connection to upstream begins: its certificate must be good for the configured name."""
        peer = data.conn.sni  # mitmproxy sets it to the host that the connection is for
        assert isinstance(peer, Peer)
        connection = SSL.Connection(self._clients[peer.tls.ca])
        _expect_name(connection, peer.tls.name or peer)
        connection.set_alpn_protos([HTTP1])
        connection.set_connect_state()
        data.ssl_conn = connection

    def tls_failed_server(self, data: TlsData) -> None:
        """Tell the operator why; the visitor's page does not. OpenSSL's own words, for mitmproxy's may quote."""
        assert data.ssl_conn
        lib, ffi = SSL._lib, SSL._ffi  # type: ignore[attr-defined]  # cffi
        result = lib.SSL_get_verify_result(data.ssl_conn._ssl)
        words = ffi.string(lib.X509_verify_cert_error_string(result)).decode()
        why = "no TLS handshake" if result == lib.X509_V_OK else f"certificate: {words}"
        log.get("tls").warning("upstream not used", upstream=data.conn.sni, why=why)


def server_context(tls: Tls, *, http2: bool = False) -> SSL.Context:
    """The listener's context, with HTTP/1.1 or, before it, HTTP/2 as well. Raises CertificateFault."""
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    try:
        context.use_certificate_chain_file(str(tls.cert))
        context.use_privatekey_file(str(tls.key))
        context.check_privatekey()
    except (SSL.Error, OSError):
        remedy = "both must be PEM files that this user can read, and the key the certificate's own"
        raise CertificateFault(f"listen.tls: cannot use {tls.cert} with {tls.key}: {remedy}") from None
    spoken = (HTTP2, HTTP1) if http2 else (HTTP1,)
    context.set_alpn_select_callback(
        lambda _, offered: next((each for each in spoken if each in offered), SSL.NO_OVERLAPPING_PROTOCOLS)
    )
    return context


def client_context(ca: Path | None, site: str) -> SSL.Context:
    """A context that verifies upstreams: by the system's authorities, or by those in a file alone.

    Raises CertificateFault, which names the site.
    """
    context = SSL.Context(SSL.TLS_CLIENT_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.set_verify(SSL.VERIFY_PEER)
    if ca is None:
        context.set_default_verify_paths()
        return context
    try:
        context.load_verify_locations(str(ca))
    except SSL.Error:
        remedy = "it must be a PEM file of certificates that this user can read"
        raise CertificateFault(f"upstream_tls.ca of site {site}: cannot use {ca}: {remedy}") from None
    # What the operator names is trusted, also where it is signed by another (an intermediate authority).
    store = context.get_cert_store()
    assert store
    store.set_flags(crypto.X509StoreFlags.PARTIAL_CHAIN)
    return context


def _expect_name(connection: SSL.Connection, name: str) -> None:
    """Verify the peer's certificate against `name`; pyOpenSSL has no call for it, so as mitmproxy does."""
    lib = SSL._lib  # type: ignore[attr-defined]  # cffi
    param = lib.SSL_get0_param(connection._ssl)
    lib.X509_VERIFY_PARAM_set_hostflags(param, HOST_FLAGS)
    try:
        address = ipaddress.ip_address(name).packed
    except ValueError:
        host = name.encode("idna")
        connection.set_tlsext_host_name(host)
        done = lib.X509_VERIFY_PARAM_set1_host(param, host, len(host))
    else:
        done = lib.X509_VERIFY_PARAM_set1_ip(param, address, len(address))
    assert done == 1
