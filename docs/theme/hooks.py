"""What mkdocs does not do: files outside docs/ that pages link come along, decisions find their place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"\[(\w+\.md)\]\(((?=\1)[^)]+)")
LINK = re.compile(r"\]\((?:\.\./)+([\w./-]+)\)")


def _title(name: str) -> str:
    return (ROOT / "docs" / name).read_text().partition("\n")[0].removeprefix("# ")


def on_config(config: Any) -> Any:
    """Each decision stands in the navigation, without a line for it in mkdocs.yml."""
    docs = Path(config["docs_dir"])
    for section in config["nav"]:
        if "Decisions" in section:
            section["Decisions"] = [str(page.relative_to(docs)) for page in sorted((docs / "adr").glob("*.md"))]
    return config


def on_files(files: Any, config: Any) -> Any:
    """Linked files that are no pages lie in the site as text."""
    from mkdocs.structure.files import File

    for page in sorted(Path(config["docs_dir"]).rglob("*.md")):
        for name in LINK.findall(page.read_text()):
            at = f"files/{name}.txt"
            if (ROOT / name).is_file() and files.get_file_from_path(at) is None:
                files.append(File.generated(config, at, content=(ROOT / name).read_text()))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Links to them lead there, and links to pages show their titles instead of their files' names."""
    up = "../" * page.file.src_uri.count("/")
    markdown = NAMED.sub(lambda m: f"[{_title(m[1])}]({m[2]}", markdown)
    return LINK.sub(lambda m: f"]({up}files/{m[1]}.txt)" if (ROOT / m[1]).is_file() else m[0], markdown)
