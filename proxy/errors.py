"""Errors of a request, said in our words: what HttpStream (proxy/stream.py) does where mitmproxy says its own.

mitmproxy's pages name it and quote the request, and on HTTP/2 nothing can replace them (layers/http/_http2.py).
"""

from __future__ import annotations

import logging
import re
from http import HTTPStatus
from typing import Any

from mitmproxy.connection import ConnectionState
from mitmproxy.proxy import layer
from mitmproxy.proxy.layers.http import DropStream, SendHttp
from mitmproxy.proxy.layers.http import HttpStream as MitmHttpStream
from mitmproxy.proxy.layers.http._events import ResponseData, ResponseHeaders, ResponseProtocolError

from proxy import answers, ids, log
from proxy.exchange import NOBODY, Exchange
from proxy.heads import TOKEN
from proxy.signals import LastWord, Late

type Generator = layer.CommandGenerator[Any]

# RFC 9112, 3.2: HTTP/2 carries it, and the method, as any text, and HTTP/1 would take a space for their end.
TARGET = re.compile(rb"/[\x21-\x7e\x80-\xff]*|\*")


FIELDS = 256
"""Fields of a request's head: mitmproxy looks through all of them each time that one is asked for."""


class PlainErrors(MitmHttpStream):
    """A stream whose errors are plain pages with the request's id."""

    def __init__(self, context: Any, stream_id: int) -> None:
        super().__init__(context, stream_id)
        self._own_id = ids.new()
        self.exchange = Exchange()

    @property
    def request_id(self) -> str:
        """By which our log, upstream's, and the visitor's error page know the request."""
        return str(self.flow.metadata.get(ids.METADATA, self._own_id))

    @property
    def site_name(self) -> str | None:
        """For the log."""
        return None

    def check_invalid(self, request: bool) -> layer.CommandGenerator[bool]:
        """As mitmproxy's, in our words. True: it was refused."""
        if request and (status := self._wrong()):
            yield from self.answer(status)
            self.client_state = self.server_state = self.state_errored
            refused = True
        else:
            refused = bool((yield from self.in_our_words(super().check_invalid(request))))
        if refused:
            yield DropStream(self.stream_id)
        return refused

    def _wrong(self) -> int | None:
        data = self.flow.request.data
        if len(data.headers.fields) > FIELDS:
            return 431
        return None if TOKEN.fullmatch(data.method) and TARGET.fullmatch(data.path) else 400

    def in_our_words(self, inner: Generator) -> Generator:
        """Run a part of mitmproxy's; where it would send an error page of its own, send one of ours."""
        reply: Any = None
        while True:
            try:
                command = inner.send(reply)
            except StopIteration as stop:
                return stop.value
            failed = command.event if isinstance(command, SendHttp) else None
            if isinstance(failed, ResponseProtocolError):
                self.exchange.failed(failed, self.site_name or NOBODY)
            if isinstance(failed, ResponseProtocolError) and (status := self._sayable(failed)):
                log.get("stream").log(
                    logging.WARNING if status >= 500 else logging.DEBUG,
                    "request failed",
                    status=status,
                    why=failed.code.name.lower(),
                    site=self.site_name,
                    request=self.request_id,
                )
                reply = yield from self.answer(status)
            else:
                reply = yield command

    def _sayable(self, failed: ResponseProtocolError) -> int | None:
        """The status of an error page, where somebody is there to read it and no answer has begun."""
        begun = self.server_state in (self.state_stream_response_body, self.state_done)
        if begun or not self.context.client.state & ConnectionState.CAN_WRITE:
            return None
        return HTTPStatus.GATEWAY_TIMEOUT if isinstance(failed, Late) else failed.code.http_status_code()

    def answer(self, status: int) -> Generator:
        """Send an error page; what still comes of the request is dropped."""
        response = answers.error(status, self.request_id)
        yield SendHttp(ResponseHeaders(self.stream_id, response, end_stream=False), self.context.client)
        if self.flow.request.method != "HEAD":
            yield SendHttp(ResponseData(self.stream_id, response.raw_content or b""), self.context.client)
        yield SendHttp(LastWord(self.stream_id), self.context.client)
