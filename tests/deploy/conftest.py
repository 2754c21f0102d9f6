"""One site and one Milchglas behind all fronts of a module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.certificates import Pair, certificate
from tests.deploy.fronts import ALL, NAME, Front, standing
from tests.running import Milchglas
from tests.upstream import Upstream, serving


@dataclass
class House:
    """A site with a Milchglas before it, and the fronts' certificate."""

    site: Upstream
    milchglas: Milchglas
    pair: Pair
    folder: Path

    @property
    def site_port(self) -> int:
        """Where the site's own server listens."""
        return urlsplit(self.site.url).port or 0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A whole Milchglas that trusts this machine, as the fronts' files ask for."""
    folder = tmp_path_factory.mktemp("house")
    with serving() as site:
        milchglas = Milchglas(folder, site.url, {"trusted_proxies": ["127.0.0.1"]})
        milchglas.start()
        yield House(site, milchglas, certificate(folder, NAME), folder)
        milchglas.close()


@pytest.fixture(scope="module", params=ALL)
def front(request: pytest.FixtureRequest, house: House) -> Iterator[Front]:
    """Each front in each form."""
    folder = house.folder / request.param
    port = house.milchglas.port
    with standing(request.param, folder, house.pair, milchglas=port, site=house.site_port) as made:
        yield made


@pytest.fixture
def site(house: House) -> Iterator[Upstream]:
    """The site, with nothing on it yet and nothing seen."""
    house.site.replies.clear()
    house.site.seen.clear()
    yield house.site
