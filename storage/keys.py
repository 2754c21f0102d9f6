"""What the handlers find in the application."""

from __future__ import annotations

from aiohttp import web

from proxy.config import Config
from storage.blobs import Blobs
from storage.database import Database
from storage.throttle import Throttle

CONFIG = web.AppKey("config", Config)
DATABASE = web.AppKey("database", Database)
BLOBS = web.AppKey("blobs", Blobs)
TOKEN = web.AppKey("token", str)
THROTTLE = web.AppKey("throttle", Throttle)
