"""Makes the documents that are measured: PDFs of 1 to 40 pages, DOCX and HTML, printed by the samples' own printers.

    python benchmarks/inputs.py FOLDER [--documents N]

The text is `samples/content.py`, taken apart and put together anew with other words and amounts, and decisions of several
forms, so that hardly a line is printed twice: a cache of lines must not look better than it is. The same bytes on every run.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "samples"))

import make_samples as printers  # noqa: E402
from content import COUNCIL, PEOPLE, Item, Meeting  # noqa: E402

PAGES = (1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 8, 10, 14, 20, 30, 40)
"""Pages of 18 documents; most minutes are short."""


FORMULAS = (
    "Godkendt.",
    "Indstillingen blev godkendt.",
    "Tiltrådt.",
    "Anbefales.",
    "Taget til efterretning.",
    "Drøftet.",
)
DECISIONS = (
    ("Indstillingen blev godkendt med den tilføjelse, at {clause}.",),
    (
        "Indstillingen anbefales med {n} stemmer mod {m}.",
        "For stemte: A, C, F og Ø. Imod stemte: V.",
        "{who} ønsker tilført protokollen, at {clause}.",
    ),
    ("Udvalget godkendte indstillingens punkt 1 og udsatte punkt 2, idet {clause}.",),
    ("Sagen udsættes, da {clause}.", "{who} deltog ikke i behandlingen af punktet."),
    (
        "{who} foreslog, at {clause}.",
        "For forslaget stemte {m} ({who}). Imod stemte {n}. Forslaget blev forkastet.",
        "Indstillingen blev herefter godkendt.",
    ),
)
"""What was decided: a third of the items by a formula, the others in words of their own."""
NAMES = {person.split(" ")[0] for person in PEOPLE}


class Writer:
    """Writes paragraphs of the samples' clauses, with other words of theirs and other amounts."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        text = [p for item in COUNCIL.items for _, _, body in item.sections for p in body if p[0] not in "|-123"]
        self.clauses = [c for p in text for c in re.split(r"(?<=[,.])\s+", p) if len(c) > 15]
        self.words = sorted({w for p in text for w in re.findall(r"\b[a-zæøå]{6,}\b", p)})

    def clause(self) -> str:
        words = self.random.choice(self.clauses).rstrip(",.").split(" ")
        for n, word in enumerate(words):
            if word.islower() and len(word) > 5 and self.random.random() < 0.5:
                words[n] = self.random.choice(self.words)
            elif word[0].isdigit():
                words[n] = re.sub(r"\d", lambda _: self.random.choice("123456789"), word)
        return " ".join(words)

    def sentence(self) -> str:
        clauses = [self.clause() for _ in range(self.random.randint(1, 3))]
        text = ", ".join(c if c.split(" ")[0] in NAMES else c[0].lower() + c[1:] for c in clauses)
        return text[0].upper() + text[1:] + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 5)))

    def decision(self) -> list[str]:
        """A formula or a decision of two or three sentences."""
        if self.random.random() < 0.35:
            return [self.random.choice(FORMULAS)]
        n = self.random.randint(1, 12)
        given = {"n": n + self.random.randint(1, 12), "m": n, "who": self.random.choice(PEOPLE)}
        return [line.format(clause=self.clause(), **given) for line in self.random.choice(DECISIONS)]

    def item(self, number: int, tables: bool, short: bool = False) -> Item:
        """One of the samples' longer items with new text of about one printed page, or its first part only."""
        model = self.random.choice(COUNCIL.items[1:3])
        sections = []
        for kind, heading, body in model.sections[:2] if short else model.sections:
            if kind in ("bilag", "lovgrundlag"):
                sections.append((kind, heading, body))
            elif kind == "beslutning":
                sections.append((kind, heading, self.decision()))
            elif kind == "indstilling":
                points = [f"{n}. at {self.clause()}," for n in range(1, self.random.randint(2, 4))]
                sections.append((kind, heading, [body[0], *points]))
            else:
                count = self.random.randint(2, 4) if kind == "sagsfremstilling" else 1
                rows = [p for p in body if p[0] in "-|" and (tables or p[0] == "-")]
                sections.append((kind, heading, [*(self.paragraph() for _ in range(count)), *rows]))
        title = f"{model.title.split(' ', 1)[0]} {self.clause()}"[:80].rstrip(" ,")
        case = f"{self.random.randint(20, 24)}-{self.random.randint(1, 99999):06}"
        return Item(str(number), title, case, sections, list(model.attachments))

    def meeting(self, items: int, tables: bool = False) -> Meeting:
        """The samples' meeting with `items` new items between its first and last; one short item for 0."""
        first, last = COUNCIL.items[0], COUNCIL.items[-1]
        if not items:
            return Meeting(**{**vars(COUNCIL), "items": [first, self.item(2, tables, short=True)]})
        between = [self.item(n, tables) for n in range(2, items + 2)]
        ends = Item(str(items + 2), last.title, last.case, last.sections)
        return Meeting(**{**vars(COUNCIL), "items": [first, *between, ends]})


def embedded_fonts() -> tuple[str, str]:
    """The names of a plain and a bold TrueType font, which reportlab brings and embeds in part."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, file))
    return "Vera", "VeraBd"


PRINTERS = ((printers.firstagenda_pdf, 0.66, 3), (printers.edoc_pdf, 1.04, 2), (printers.agenda_pdf, 1.1, 0))
"""Each with the items that it prints on a page, and the pages that it prints besides."""


class Runs(printers.Pdf):
    """Prints as word processors do: embedded fonts, four or five runs a line, a rule under the page's head."""

    run = re.compile(r"(?:\S+\s*){1,3}")

    def line(self, text: str, x: float = 70, size: float = 11, bold: bool = False, lead: float = 14) -> None:
        if self.y < 80:
            self.new_page()
        self.canvas.setFont(self.fonts[bold], size)
        for run in self.run.findall(text):
            self.canvas.drawString(x, self.y, run)
            x += self.measure(run, self.fonts[bold], size)
        self.y -= lead

    def new_page(self, *, first: bool = False) -> None:
        super().new_page(first=first)
        self.canvas.line(70, 776, 560, 776)


class Letters(Runs):
    """Prints as browsers do: every letter is placed by itself."""

    run = re.compile(r"\S\s*")


def pdf(seed: int, pages: int, tables: bool = False) -> bytes:
    """A PDF of about `pages` pages in one of the samples' three layouts, printed in one of three ways."""
    printer, share, more = PRINTERS[2 if pages == 1 else (seed + seed // 18) % 3]
    meeting = Writer(seed).meeting(0 if pages == 1 else max(1, round((pages - more) * share)), tables)
    plain = printers.Pdf
    try:
        Runs.fonts = embedded_fonts()
        printers.Pdf = (plain, Runs, Letters)[seed // 3 % 3]  # the class that the printers draw with
        return printer(meeting)
    finally:
        printers.Pdf = plain


def main() -> None:
    """Write `pdf/`, `tables/`, `docx/`, `html/` in the folder."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--documents", type=int, default=180, help="how many PDFs")
    given = arguments.parse_args()
    for name in ("pdf", "tables", "docx", "html"):
        (given.folder / name).mkdir(parents=True, exist_ok=True)
    for seed, pages in zip(range(given.documents), itertools.cycle(PAGES), strict=False):
        (given.folder / "pdf" / f"{seed:05}.pdf").write_bytes(pdf(seed, pages))
    for seed in range(12):
        (given.folder / "tables" / f"{seed:05}.pdf").write_bytes(pdf(10_000 + seed, 6, tables=True))
    for seed in range(40):
        meeting = Writer(20_000 + seed).meeting(4 + seed % 12, tables=True)
        printer = printers.acadre_docx if seed % 2 else printers.board_docx
        (given.folder / "docx" / f"{seed:05}.docx").write_bytes(printer(meeting))
        page = printers.firstagenda_html if seed % 2 else printers.drupal_html
        (given.folder / "html" / f"{seed:05}.html").write_bytes(page(meeting))


if __name__ == "__main__":
    main()
