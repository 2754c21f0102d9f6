"""The admin listener: is it alive, is it ready, its figures, and a page for people.

For this machine, not for visitors. It asks for no password, and shows no recorded value, no address and no secret.
"""

from proxy.admin.app import make_app
from proxy.admin.now import Readiness, Watching

__all__ = ["Readiness", "Watching", "make_app"]
