"""A small bar chart of the last hour as SVG: a bar a minute, its figures as its title. Pure.

Colours are classes (status.css), so that both colour schemes have theirs; text stands beside it, in the page.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, GAP = 600, 96, 2


@dataclass(frozen=True)
class Series:
    """One colour of a chart: its name in the legend, its class, and a value a minute."""

    name: str
    style: str
    values: Sequence[float]


@dataclass(frozen=True)
class Chart:
    """Of counts. `moments` are as people read them, one a minute, the running one last."""

    title: str
    about: str
    moments: Sequence[str]
    series: Sequence[Series]

    @property
    def most(self) -> float:
        """The highest bar."""
        return max(map(sum, zip(*(each.values for each in self.series), strict=True)), default=0)

    @property
    def svg(self) -> str:
        """The drawing. A viewer who sees none is told `about`."""
        slots = max(60, len(self.moments))
        step = WIDTH / slots
        top = self.most or 1
        bars = []
        for index, moment in enumerate(self.moments):
            x = WIDTH - (len(self.moments) - index) * step
            foot, pieces, said = float(HEIGHT), [], []
            for each in self.series:
                value = each.values[index]
                said.append(f"{value:,.0f} {each.name}")
                if value:
                    tall = max(1.5, value / top * (HEIGHT - 4))
                    foot -= tall
                    pieces.append(
                        f'<rect class="{each.style}" x="{x:.1f}" y="{foot:.1f}"'
                        f' width="{step - GAP:.1f}" height="{tall:.1f}"/>'
                    )
            title = html.escape(f"{moment}: {', '.join(said)}")
            whole = f'<rect class="reach" x="{x:.1f}" y="0" width="{step:.1f}" height="{HEIGHT}"/>'
            bars.append(f"<g><title>{title}</title>{whole}{''.join(pieces)}</g>")
        return (
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" role="img"'
            f' aria-label="{html.escape(f"{self.title}: {self.about}")}">'
            f'<path class="ground" d="M0 {HEIGHT - 0.5}H{WIDTH}"/>{"".join(bars)}</svg>'
        )
