"""Makes minutes of the usual kind by chance, in every format, together with what a careful secretary reads in them.

Each holds what parsers fall over: the same decision in every item, the same words in two cases, numbered lists, titles
that are headings' words, sub-headings, groups, a page for each item, running feet.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import docx
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

TITLES = """Godkendelse af dagsorden|Køb af Storegade 4|Lokalplan 112 for Nordhavnen|Budgetopfølgning pr. 31. marts|Eventuelt
Ny skole i Vestbyen|Orientering om status på klimaplan|Valg af medlem til Hegnsynet|Meddelelser|Orientering|Fraværende
Takster for renovation 2023|Forslag til cykelsti langs Åvej|Anlægsregnskab for svømmehallen|Beslutning om fælles beredskab
Indstilling af dommere|Referat fra Ældrerådet|Økonomi og budget 2023-2026|Bilag til budgettet|Høring om trafikplan
Forslag til lokalplan 214 for et område til boliger og offentlige formål ved Nordre Landevej i Havby med tilhørende tillæg
Bemærkninger til dagsordenen""".replace("\n", "|").split("|")
BODY = """Byrådet har bedt om en samlet plan for området, og forvaltningen har derfor gennemgået alle ejendomme.
Der er afsat 2,5 mio. kr. i budgettet for 2023.
Forslaget har været sendt i høring fra den 3. januar til den 1. marts 2022, og der kom fire svar.
Ingen bemærkninger.
Intet.
Udvalget drøftede sagen den 4. april 2022 og ønskede flere oplysninger om trafikken.
Sagen afgøres i Byrådet.
- at støj dæmpes med en vold
1. Der etableres en sti.
2. Skiltningen ændres.
Se vedlagte notat.
Indstillingen fra ældrerådet er vedlagt som bilag.
Beslutningen skal træffes inden den 1. juni.
Kommunens ejendomme er i dag 214 bygninger, hvoraf omkring en fjerdedel står foran en større renovering inden for de næste år, \
og det er forvaltningens vurdering, at en samlet plan vil give et bedre overblik over udgifterne.
På mødet i marts bad udvalget om en redegørelse for, hvordan de forskellige modeller påvirker familiernes hverdag, og den er nu \
udarbejdet sammen med skolebestyrelserne og de faglige organisationer.""".split("\n")  # noqa: SIM905
DECISIONS = [
    "Godkendt.", "Godkendt", "Indstillingen blev godkendt.", "Taget til efterretning.", "Til efterretning", "Udsat.", "Drøftet.", "Intet.", "-",
    "Anbefales godkendt.", "Et flertal (A, B og F) godkendte indstillingen. V stemte imod.", "Godkendt, idet Bo Hald (V) ikke ønskede at medvirke.",
    "1. Godkendt.\n2. Udsat til juni.", "Ad 1) Godkendt.\nAd 2) Ikke godkendt.", "Udvalget anbefaler over for Byrådet,\nat planen vedtages\nat beløbet frigives",
    "For stemte: A og B (12 stemmer).\nImod stemte: V (7 stemmer).\nIndstillingen er dermed vedtaget.",
]  # fmt: skip
ADVICE = [
    "Forvaltningen indstiller, at planen godkendes.", "Det indstilles, at sagen drøftes.", "at orienteringen tages til efterretning.",
    "Direktionen indstiller,\n- at budgettet ændres\n- at beløbet frigives",
]  # fmt: skip
FILES = ["Kort over området", "Notat om trafik", "Høringssvar samlet", "Oversigtskort", "Udkast til aftale"]
PARTS = {
    "resume": ("Resumé", "Resume", "Sagsresumé"), "sagsfremstilling": ("Sagsfremstilling", "Sagsbeskrivelse"), "baggrund": ("Baggrund",),
    "oekonomi": ("Økonomi", "Økonomiske konsekvenser"), "lovgrundlag": ("Lovgrundlag",), "hoering": ("Høring",),
    "vurdering": ("Forvaltningens vurdering",), "indstilling": ("Indstilling",), "bilag": ("Bilag",),
}  # fmt: skip
OPENED = ["Punkt {n}: {t}", "{n}. {t}", "Pkt. {n} {t}", "Sag nr. {n} {t}", "{n} {t}", "Punkt {n} - {t}", "{n}) {t}"]
CASES = ["Sagsnr.: 22/{n}", "Sagsnr. 2022-00{n}", "Sags id: 22/{n}", "J.nr. 00.01.00-P00-{n}-22"]
FRONT = [
    "Havby Kommune", "Teknik- og Miljøudvalget", "Referat", "Tirsdag den 3. maj 2022 kl. 16.00", "Mødelokale 2",
    "Deltagere: Anna Holm (A), Bo Hald (V), Carl Lind (C)",
]  # fmt: skip
ENDS: list[list[str]] = [[], ["Mødet hævet kl. 18.30"], ["Underskriftsark"], ["Underskrifter", "Anna Holm", "Bo Hald"]]
SUB = "##"
"""Before a sub-heading that belongs to its section's text."""


@dataclass
class Item:
    number: str
    title: str
    line: str
    case: str
    group: str
    sections: list[tuple[str, str, list[str]]] = field(default_factory=list)
    """Kind, heading and lines of each."""


@dataclass
class Minutes:
    """One document: what it says, and how it is to be drawn."""

    chance: random.Random
    items: list[Item]
    contents: bool
    end: list[str]


def minutes(seed: int, *, numbered: bool = True, cased: bool = True) -> Minutes:
    """The same on every machine for one seed; without numbers, no title is a heading's word, and each item has a case
    unless they are not `cased`."""
    r = random.Random(seed)
    order = [(kind, r.choice(names)) for kind, names in PARTS.items() if r.random() < 0.6]
    colon, capitals, first = r.choice(["", ":"]), r.random() < 0.15, r.choice([1, 1, 12, 98])
    decisive = r.choice([["Beslutning"], ["Teknik- og Miljøudvalgets beslutning den 03-05-2022"],
        ["Beslutning i Teknik- og Miljøudvalget den 3. maj 2022", "Beslutning i Byrådet den 31. maj 2022"]])  # fmt: skip
    decided_first, absent, same = r.random() < 0.3, r.random() < 0.3, r.choice([*DECISIONS, *[""] * 3 * len(DECISIONS)])
    opened, case, grouped = (
        r.choice(OPENED),
        r.choice(["", *CASES] if numbered else CASES) if cased else "",
        r.random() < 0.3,
    )
    heading: Callable[[str], str] = lambda text: (text.upper() if capitals else text) + colon  # noqa: E731
    items = []
    count = r.randint(2, 8)
    titles = r.sample(TITLES if numbered else [title for title in TITLES if title != "Fraværende"], count)
    for n, title in enumerate(titles, first):
        group = {first: "Åbne punkter", first + count - 1: "Lukkede punkter"}.get(n, "") if grouped else ""
        item = Item(str(n), title, opened.format(n=n, t=title), case.format(n=1000 + n), group)
        if not numbered:
            item.number, item.line = "", title
        texts = [(kind, heading(name), _text(r, kind)) for kind, name in order if r.random() < 0.8]
        told = [("beslutning", heading(name), (same or r.choice(DECISIONS)).split("\n")) for name in decisive]
        told += [("deltagere", heading("Fraværende"), ["Ditte Krogh (F)"])] * absent
        files = [part for part in texts if part[0] == "bilag"]
        texts = [part for part in texts if part[0] != "bilag"]
        item.sections = (told + texts if decided_first else texts + told) + files
        items.append(item)
    return Minutes(r, items, r.random() < 0.4, r.choice(ENDS))


def _text(r: random.Random, kind: str) -> list[str]:
    if kind == "indstilling":
        return r.choice(ADVICE).split("\n")
    if kind == "bilag":
        return r.sample(FILES, r.randint(1, 3))
    under = (
        [f"{SUB}{r.choice(['Trafik', 'Naboforhold'])}", BODY[-1]]
        if kind == "sagsfremstilling" and r.random() < 0.4
        else []
    )
    return r.sample(BODY, r.randint(1, 4)) + under


def as_text(made: Minutes) -> bytes:
    """Plain text, a blank line above each heading; sub-headings would be headings here, and are left out."""
    lines = [*FRONT, ""]
    if made.contents:
        lines += ["Indholdsfortegnelse", *(f"{i.line} {'.' * 20} {n}" for n, i in enumerate(made.items, 2)), ""]
    for item in made.items:
        lines += ["", item.group] * bool(item.group) + ["", item.line] + [item.case] * bool(item.case)
        for _, heading, texts in item.sections:
            texts[:] = [text for text in texts if not text.startswith(SUB)]
            lines += ["", heading, *texts]
    return "\n".join([*lines, "", *made.end]).encode()


def as_html(made: Minutes) -> bytes:
    title, heading = made.chance.choice([("h2", "h3"), ("h2", "h4"), ("h3", "strong")])
    page = ["<html><head><title>Referat</title></head><body><nav><a href='/'>Forside</a></nav><main>"]
    page += [f"<h1>{FRONT[1]}</h1>", *(f"<p>{line}</p>" for line in FRONT[2:])]
    if made.contents:
        page += [
            "<h2>Dagsorden</h2><ul>",
            *(f"<li><a href='#p{i.number}'>{i.line}</a></li>" for i in made.items),
            "</ul>",
        ]
    for item in made.items:
        if item.group:
            page.append(f"<h2>{item.group}</h2>" if title == "h3" else f"<p>{item.group}</p>")
        page += [f"<{title}>{item.line}</{title}>"] + [f"<p>{item.case}</p>"] * bool(item.case)
        for _, shown, texts in item.sections:
            page.append(
                f"<p><strong>{shown}</strong></p>" if heading == "strong" else f"<{heading}>{shown}</{heading}>"
            )
            page += [f"<p><em>{t[2:]}</em></p>" if t.startswith(SUB) else f"<p>{t}</p>" for t in texts]
    page += [
        *(f"<p>{line}</p>" for line in made.end),
        "</main><footer><p>Havby Kommune, Torvet 1</p></footer></body></html>",
    ]
    return "".join(page).encode()


def as_docx(made: Minutes) -> bytes:
    document = docx.Document()
    styled = made.chance.random() < 0.5

    def put(text: str, level: int, size: int) -> None:
        if styled:
            document.add_heading(text, level)
        else:
            run = document.add_paragraph().add_run(text)
            run.bold, run.font.size = True, Pt(size)

    for line in FRONT:
        document.add_paragraph(line)
    if made.contents:
        document.add_paragraph("Indholdsfortegnelse")
        for n, item in enumerate(made.items, 2):
            document.add_paragraph(f"{item.line}\t{n}")
    for item in made.items:
        if item.group:
            run = document.add_paragraph().add_run(item.group)
            run.bold, run.font.size = True, Pt(16)
        put(item.line, 1, 14)
        if item.case:
            document.add_paragraph(item.case)
        for _, heading, texts in item.sections:
            put(heading, 2, 11)
            for text in texts:
                document.add_paragraph().add_run(text.removeprefix(SUB)).italic = text.startswith(SUB)
    for line in made.end:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(made: Minutes) -> bytes:
    text = ParagraphStyle("text", fontSize=10, leading=13, spaceAfter=made.chance.choice([0, 0, 6]))
    head = ParagraphStyle(
        "head", fontName="Helvetica-Bold", fontSize=made.chance.choice([10, 11, 12]), leading=14, spaceBefore=6
    )
    title = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=14, spaceAfter=4)
    group = ParagraphStyle("group", fontName="Helvetica-Bold", fontSize=18, leading=22)
    head.keepWithNext = title.keepWithNext = group.keepWithNext = 1
    apart = made.chance.random() < 0.4

    def story() -> Iterator[Flowable]:
        yield from (Paragraph(line, text) for line in FRONT)
        if made.contents:
            yield Paragraph("Indholdsfortegnelse", head)
            yield from (Paragraph(f"{i.line} {'.' * 30} {n}", text) for n, i in enumerate(made.items, 2))
        for item in made.items:
            yield from [PageBreak()] * apart
            yield from [Paragraph(item.group, group)] * bool(item.group)
            yield Paragraph(item.line, title)
            yield from [Paragraph(item.case, text)] * bool(item.case)
            for _, heading, texts in item.sections:
                yield Paragraph(heading, head)
                yield from (Paragraph(f"<i>{t[2:]}</i>" if t.startswith(SUB) else t, text) for t in texts)
        yield from (Paragraph(line, text) for line in made.end)

    def foot(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 20, "Teknik- og Miljøudvalget 03-05-2022")
        canvas.drawRightString(540, 20, f"Side {template.page}")

    out = io.BytesIO()
    margins = {"leftMargin": 60, "rightMargin": 60, "topMargin": 50, "bottomMargin": 50}
    SimpleDocTemplate(out, pagesize=A4, invariant=1, **margins).build(
        list(story()), onFirstPage=foot, onLaterPages=foot
    )
    return out.getvalue()


FORMATS = (as_text, as_html, as_docx, as_pdf)
