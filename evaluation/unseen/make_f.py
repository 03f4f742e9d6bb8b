"""Makes the documents and the labels of round5/ from sources_f/, in the manner of make_e.py (its docstring has the markup).

    python evaluation/unseen/make_f.py [NUMBER …]

Beyond make_e's checks, the first and last words of every section are looked up in what the drawn document prints
between the section's heading and the next one.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import docx  # noqa: E402
from layouts_f import LAYOUTS  # noqa: E402
from make_e import make  # noqa: E402


class Words(HTMLParser):
    """The text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []

    def handle_data(self, data: str) -> None:
        self.out.append(data)


def printed(path: Path) -> str | None:
    """What the drawn document says, in its own order; nothing where no reader is at hand."""
    if path.suffix == ".txt":
        return path.read_text("utf-8")
    if path.suffix == ".html":
        words = Words()
        words.feed(path.read_text("utf-8"))
        return " ".join(words.out)
    if path.suffix == ".docx":
        body = docx.Document(str(path)).element.body
        return " ".join(
            "".join(t.text or "" for t in p.iter() if t.tag.endswith("}t")) for p in body.iter() if p.tag.endswith("}p")
        )
    try:
        import pypdfium2
    except ImportError:
        return None
    pages = pypdfium2.PdfDocument(str(path))
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def borders(gold: dict[str, Any], name: str, text: str | None) -> None:
    """Titles, headings, first and last words stand in the document in this order, the last words before the next heading."""
    if text is None:
        return
    squeeze = lambda t: re.sub(r"[\W_]+", "", t.lower())  # noqa: E731
    flat, at = squeeze(text), 0
    for item in gold["items"]:
        for s in item["sections"]:
            for words in (s["heading"], s["first"], s["last"]):
                start = at if words is not s["last"] else max(at - len(squeeze(s["first"])), 0)
                found = flat.find(squeeze(words), start)
                if found < 0:
                    print(name, item["number"], "not in this order:", words)
                else:
                    at = found + len(squeeze(words))


if __name__ == "__main__":
    for target, gold in make("sources_f", "round5", LAYOUTS, sys.argv[1:]):
        borders(gold, target.name, printed(target))
