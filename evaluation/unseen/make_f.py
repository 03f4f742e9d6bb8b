"""Makes the documents and the labels of round5/ from sources_f/, in the manner of make_e.py (its docstring has the markup).

    python evaluation/unseen/make_f.py [NUMBER …]

Beyond make_e's checks, the first and last words of every section are looked up in what the drawn document prints
between the section's heading and the next one.
"""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import docx  # noqa: E402
from layouts_f import LAYOUTS  # noqa: E402
from make_e import PARAGRAPHS, Labels, bare, check, plain  # noqa: E402


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


def main() -> None:
    wanted = sys.argv[1:]
    for source in sorted((HERE / "sources_f").glob("*.txt")):
        number, target = source.name[:3], HERE / "round5" / source.stem
        if wanted and number not in wanted:
            continue
        form = target.suffix[1:]
        labels, lines = Labels(form), []
        for line in source.read_text("utf-8").splitlines():
            if line.startswith("!"):
                labels.say(line)
                if form in PARAGRAPHS and lines and not lines[-1].startswith("|"):
                    lines.append("")
                continue
            lines.append(line)
            if labels.text is not None:
                labels.text.append(plain(line, form))
        labels.close()
        if form in {"txt", "html"}:
            target.write_text("\n".join(lines).strip("\n") + "\n", "utf-8")
        else:
            LAYOUTS[number].draw(lines, target)
        check(labels.gold, source.stem, " ".join(plain(line, form) for line in lines))
        borders(labels.gold, source.stem, printed(target))
        text = json.dumps(bare(labels.gold), ensure_ascii=False, indent=1)
        target.with_name(target.name + ".json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
