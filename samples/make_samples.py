"""Makes the samples and their labels: `python samples/make_samples.py`. The same bytes on every run.

Each function prints the invented meeting of `content.py` as one Danish publishing system does; the labels come from
the content, never from the program.
"""

from __future__ import annotations

import copy
import datetime
import html
import io
import json
import sys
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from content import COUNCIL, Item, Meeting

HERE = Path(__file__).resolve().parent
LABELS = HERE.parent / "evaluation" / "labels"
WHEN = datetime.datetime(2024, 3, 13, 9, 0, 0)


def paragraphs(item: Item) -> list[tuple[str, str, list[str]]]:
    """The item's sections with the attachments as paragraphs of their own."""
    return [(kind, heading, item.attachments if kind == "bilag" else text) for kind, heading, text in item.sections]


def words(text: str, count: int, *, last: bool = False) -> str:
    parts = [p for p in text.replace("|", " ").split() if p != "-"]
    return " ".join(parts[-count:] if last else parts[:count])


def labels(
    meeting: Meeting,
    kind: str,
    *,
    heading: Callable[[str], str] = str,
    keep: Callable[[str], bool] = lambda k: True,
    numbers: bool = True,
    cases: bool = True,
    **facts: Any,
) -> dict[str, Any]:
    """The labels of a printing of the meeting, in the scorer's format."""
    items = []
    for item in meeting.items:
        sections = []
        for section, title, text in paragraphs(item):
            if not keep(section):
                continue
            body = " ".join(text)
            sections.append(
                {"kind": section, "heading": heading(title), "first": words(body, 5), "last": words(body, 5, last=True)}
            )
        entry: dict[str, Any] = {
            "number": item.number if numbers else None,
            "title": [item.title, item.title.removeprefix("Lukket: ")],
            "closed": item.closed,
            "sections": sections,
        }
        entry["attachments"] = item.attachments if keep("bilag") else []
        if cases:
            entry["case_number"] = item.case
        items.append(entry)
    known = {
        "body": meeting.body,
        "date": meeting.date,
        "start": meeting.start,
        "end": None,
        "place": meeting.place,
        "present": None,
        "absent": None,
    } | facts
    return {"kind": kind, "meeting": known, "items": items}


def bare(people: list[str]) -> list[str]:
    """The names without party letters, as the labels list them."""
    return [person.split(" (")[0] for person in people]


def save(layout: str, name: str, data: bytes, label: dict[str, Any]) -> None:
    folder = HERE / layout
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    (LABELS / layout).mkdir(parents=True, exist_ok=True)
    (LABELS / layout / f"{name}.json").write_text(json.dumps(label, ensure_ascii=False, indent=1) + "\n", "utf-8")


# -- PDF -------------------------------------------------------------------------------------------------------------


class Pdf:
    """Draws lines with reportlab: wrapped, hyphenated, with running headers."""

    fonts = ("Helvetica", "Helvetica-Bold")
    """Plain and bold; the benchmark prints with embedded ones too."""

    def __init__(self, header: Callable[[Any, int], None] | None = None, width: int = 78) -> None:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfgen import canvas

        self.buffer = io.BytesIO()
        self.canvas = canvas.Canvas(self.buffer, pagesize=A4, invariant=1, initialFontName="Helvetica")
        self.measure = pdfmetrics.stringWidth
        self.header, self.width = header, width
        self.page = 0
        self.new_page(first=True)

    def new_page(self, *, first: bool = False) -> None:
        if not first:
            self.canvas.showPage()
        self.page += 1
        self.y = 760.0
        if self.header:
            self.header(self.canvas, self.page)

    def line(self, text: str, x: float = 70, size: float = 11, bold: bool = False, lead: float = 14) -> None:
        if self.y < 80:
            self.new_page()
        self.canvas.setFont(self.fonts[bold], size)
        self.canvas.drawString(x, self.y, text)
        self.y -= lead

    def skip(self, points: float) -> None:
        self.y -= points

    def flow(self, text: str, x: float = 70, size: float = 11, hyphenate: bool = False) -> None:
        """A paragraph, wrapped to the right margin; long words are cut at the line's end where asked."""
        right = 525.0
        row = ""
        for word in text.split():
            trial = f"{row} {word}".strip()
            if self.measure(trial, self.fonts[0], size) + x <= right:
                row = trial
                continue
            cut = len(word) // 2 + 1
            if (
                hyphenate
                and len(word) > 9
                and word.isalpha()
                and self.measure(f"{row} {word[:cut]}-", self.fonts[0], size) + x <= right
            ):
                self.line(f"{row} {word[:cut]}-", x, size)
                row = word[cut:]
            else:
                self.line(row, x, size)
                row = word
        self.line(row, x, size)
        self.skip(8)

    def table(self, rows: list[list[str]], x: float = 70) -> None:
        """A ruled table."""
        widths = [160, 90, 90]
        top = self.y + 12
        for n, row in enumerate(rows):
            at = x
            for cell, width in zip(row, widths, strict=True):
                self.canvas.setFont(self.fonts[n == 0], 10)
                self.canvas.drawString(at + 4, self.y, cell)
                at += width
            self.y -= 16
        low = top - 16 * len(rows)
        for n in range(len(rows) + 1):
            self.canvas.line(x, top - 16 * n, x + sum(widths), top - 16 * n)
        at = x
        for width in [0, *widths]:
            at += width
            self.canvas.line(at, top, at, low)
        self.skip(10)

    def body(self, text: list[str], *, hyphenate: bool = False) -> None:
        rows: list[list[str]] = []
        for paragraph in [*text, ""]:
            if paragraph.startswith("| "):
                rows.append(paragraph[2:].split("|"))
                continue
            if rows:
                self.table(rows)
                rows = []
            if paragraph.startswith("- "):
                self.line("• " + paragraph[2:], 84)
            elif paragraph:
                self.flow(paragraph, hyphenate=hyphenate)

    def done(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def firstagenda_pdf(meeting: Meeting) -> bytes:
    pdf = Pdf()
    pdf.line(f"REFERAT {meeting.body} d. 12-03-2024", bold=True)
    pdf.line(f"Mødedato Tirsdag den {meeting.shown_date} kl. 16.30", bold=True)
    pdf.line(f"Mødested {meeting.place}", bold=True)
    pdf.line("Mødedeltagere " + ", ".join(p.split(" (")[0] for p in meeting.present[:4]), bold=True)
    pdf.skip(12)
    pdf.line("Indholdsfortegnelse", size=13.5, bold=True, lead=20)
    for n, item in enumerate(meeting.items, 2):
        pdf.line(f"{item.title} .................... {n}", size=10)
    for item in meeting.items:
        pdf.new_page()
        title = f"Punkt {item.number}: {item.title}"
        for row in textwrap.wrap(title, 52):
            pdf.line(row, size=16, bold=True, lead=20)
        pdf.skip(6)
        pdf.line(item.case, lead=18)
        for kind, heading, text in paragraphs(item):
            pdf.skip(6)
            pdf.line(heading, size=13.5, bold=True, lead=18)
            if kind == "bilag":
                for name in text:
                    pdf.line(name)
            else:
                pdf.body(text)
    return pdf.done()


def edoc_pdf(meeting: Meeting) -> bytes:
    def header(canvas: Any, page: int) -> None:
        canvas.setFont("Helvetica-Bold", 8)
        canvas.drawRightString(560, 812, meeting.body)
        canvas.setFont("Helvetica", 8)
        canvas.drawRightString(560, 802, "Referat")
        canvas.drawRightString(560, 792, "Dato: 12.03.2024")
        canvas.drawRightString(560, 782, f"Side {page}")

    pdf = Pdf(header)
    pdf.line("Referat", 250, 24, True, 40)
    pdf.line(meeting.body, 180, 11, True)
    pdf.line("tirsdag den 12. marts 2024, kl. 16:30", 172, 11, True)
    pdf.line(f"i {meeting.place}", 154, 11, True, 30)
    pdf.line("Tilstede", bold=True, size=10)
    for person in meeting.present:
        pdf.line(person, size=10)
    pdf.line("Afbud/Fraværende", bold=True, size=10)
    for person in meeting.absent:
        pdf.line(person, size=10)
    pdf.new_page()
    for item in meeting.items:
        pdf.canvas.setFont("Helvetica-Bold", 12)
        pdf.canvas.drawString(50, pdf.y, f"{item.number}.")
        for row in textwrap.wrap(item.title, 70):
            pdf.line(row, 75, 12, True, 15)
        pdf.skip(8)
        pdf.line(f"Sagsnr.: {item.case}", size=10, lead=20)
        for kind, heading, text in paragraphs(item):
            shown = (
                f"{meeting.body}s beslutning den 12.03.2024 Punkt {item.number}".replace(
                    "ets beslutning", "ets beslutning"
                )
                if kind == "beslutning"
                else heading
            )
            pdf.line(shown, bold=kind != "beslutning")
            if kind == "bilag":
                for name in text:
                    pdf.line(name)
            else:
                pdf.body(text, hyphenate=True)
            pdf.skip(6)
        pdf.skip(18)
    return pdf.done()


def agenda_pdf(meeting: Meeting) -> bytes:
    pdf = Pdf()
    pdf.line(f"Dagsorden til møde i {meeting.body}", size=15, bold=True, lead=22)
    pdf.line(f"{meeting.shown_date} kl. 16.30 - 18.00")
    pdf.line(f"Sted: {meeting.place}")
    for item in meeting.items:
        pdf.skip(16)
        pdf.line(f"Pkt. {item.number} {item.title}", size=12.5, bold=True, lead=20)
        for kind, heading, text in paragraphs(item):
            pdf.line(f"{heading}:", bold=True)
            if kind == "bilag":
                for name in text:
                    pdf.line(name)
            elif kind != "beslutning":
                pdf.body(text)
            pdf.skip(6)
    return pdf.done()


# -- DOCX ------------------------------------------------------------------------------------------------------------


def docx_bytes(document: Any) -> bytes:
    """The document with fixed times, so that the bytes are the same on every run."""
    document.core_properties.created = document.core_properties.modified = WHEN
    document.core_properties.author = "Fjordby Kommune"
    raw = io.BytesIO()
    document.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2024, 3, 13, 9, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def acadre_docx(meeting: Meeting) -> bytes:
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = f"{meeting.authority} - {meeting.body}"
    document.add_heading("Referat", 1)
    cover = document.add_table(3, 2)
    for row, (label, value) in zip(
        cover.rows,
        (("Udvalg:", meeting.body), ("Mødedato:", f"{meeting.shown_date} kl. 16:30"), ("Mødested:", meeting.place)),
        strict=True,
    ):
        row.cells[0].text, row.cells[1].text = label, value
    document.add_paragraph("Deltagere: " + ", ".join(meeting.present))
    document.add_paragraph("Fraværende: " + ", ".join(meeting.absent))
    for item in meeting.items:
        document.add_heading(f"{item.number}. {item.title}", 2)
        document.add_paragraph(f"Sagsnr.: {item.case}")
        for kind, heading, text in paragraphs(item):
            document.add_heading(heading, 3)
            if kind == "bilag":
                for name in text:
                    document.add_paragraph(name)
                continue
            word_body(document, text)
    return docx_bytes(document)


def word_body(document: Any, text: list[str]) -> None:
    """Paragraphs; numbered points by Word's automatic numbering, list items as bullets, rows as a table."""
    rows = [p[2:].split("|") for p in text if p.startswith("| ")]
    for paragraph in text:
        if paragraph.startswith("| "):
            if rows:
                table = document.add_table(len(rows), len(rows[0]))
                table.style = "Table Grid"
                for row, cells in zip(table.rows, rows, strict=True):
                    for cell, value in zip(row.cells, cells, strict=True):
                        cell.text = value
                rows = []
        elif paragraph[:2] in ("1.", "2.", "3."):
            document.add_paragraph(paragraph[3:], style="List Number")
        elif paragraph.startswith("- "):
            document.add_paragraph(paragraph[2:], style="List Bullet")
        else:
            document.add_paragraph(paragraph)


def board_docx(meeting: Meeting) -> bytes:
    import docx

    document = docx.Document()
    first = document.add_paragraph()
    first.add_run(f"Referat af møde i {meeting.body} den {meeting.shown_date} kl. 16.30 i {meeting.place}").bold = True
    for item in meeting.items:
        document.add_paragraph().add_run(f"Ad {item.number}. {item.title}").bold = True
        for kind, heading, text in paragraphs(item):
            if kind == "bilag":
                continue
            lead = document.add_paragraph()
            lead.add_run(f"{heading}: ").bold = True
            plain = [p for p in text if not p.startswith("| ")]
            lead.add_run(plain[0])
            for paragraph in plain[1:]:
                document.add_paragraph(paragraph)
    return docx_bytes(document)


def memo_docx(meeting: Meeting) -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph("Fjordby Kommune")
    document.add_heading("Notat om støj fra havnen", 1)
    document.add_paragraph("Til: Teknik- og Miljøudvalget")
    document.add_paragraph("Dato: 2. februar 2024")
    for heading, text in (
        ("Baggrund", "Udvalget bad på mødet den 9. januar 2024 om et notat om støjen fra havnens nye kran."),
        ("Målinger", "Der er målt ni steder. Grænseværdien er overskredet to steder om natten."),
        ("Økonomi", "En skærm koster 900.000 kr."),
        ("Vurdering", "Forvaltningen vurderer, at kranen kan flyttes."),
    ):
        document.add_heading(heading, 2)
        document.add_paragraph(text)
    return docx_bytes(document)


# -- HTML ------------------------------------------------------------------------------------------------------------


def html_body(text: list[str]) -> str:
    out, rows, bullets = [], [p for p in text if p.startswith("| ")], [p for p in text if p.startswith("- ")]
    numbers = [p for p in text if p[:2] in ("1.", "2.", "3.")]
    for paragraph in text:
        if paragraph.startswith("| "):
            if rows:
                out.append(
                    "<table>"
                    + "".join(
                        "<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in r[2:].split("|")) + "</tr>" for r in rows
                    )
                    + "</table>"
                )
                rows = []
        elif paragraph.startswith("- "):
            if bullets:
                out.append("<ul>" + "".join(f"<li>{html.escape(b[2:])}</li>" for b in bullets) + "</ul>")
                bullets = []
        elif paragraph in numbers:
            if paragraph is numbers[0]:
                out.append("<ol>" + "".join(f"<li>{html.escape(p[3:])}</li>" for p in numbers) + "</ol>")
        else:
            out.append(f"<p>{html.escape(paragraph)}</p>")
    return "".join(out)


def firstagenda_html(meeting: Meeting) -> bytes:
    rows = []
    for item in meeting.items:
        inner = []
        for kind, heading, text in paragraphs(item):
            if kind == "bilag":
                inner.append(
                    f"<h3>{heading}</h3><ul class='list-unstyled'>"
                    + "".join(
                        f"<li><span class='label pdf-label'>PDF</span><a class='bilag-link' href='/bilag/{n}'>{html.escape(b)}</a></li>"
                        for n, b in enumerate(text, 1)
                    )
                    + "</ul>"
                )
            else:
                inner.append(f"<h3>{heading}</h3><span>{html_body(text)}</span>")
        rows.append(
            f"<tr class='punktrow'><td><span class='label label-default'>{item.number}</span></td><td><h2 class='overskrift'>{html.escape(item.title)}</h2>"
            f"<div class='details'><span class='sagsnummer'>{item.case}</span><div class='punkt'>{''.join(inner)}</div><div class='expand'><a>Hent som PDF</a> <a>Kopier link</a></div></div></td></tr>"
        )
    people = "".join(f"<li>{html.escape(p)}</li>" for p in meeting.present)
    return (
        f"<!DOCTYPE html><html lang='da'><head><meta charset='utf-8'><title>{meeting.body} - {meeting.authority}</title><style>.x{{color:red}}</style></head><body>"
        f"<nav><ul><li><a href='/'>Forside</a></li><li><a href='/politik'>Politik</a></li></ul></nav><h1 class='dato'>Referat {meeting.shown_date} kl. 16.30</h1><h2>{meeting.body}</h2>"
        f"<div class='moede-info'><b>Udvalg:</b> <span class='udvalg'>{meeting.body}</span><br><b>Mødedato:</b> <span>tirsdag den {meeting.shown_date} kl. 16.30</span><br><b>Mødested:</b> <span class='sted'>{meeting.place}</span><br><b>Mødedeltagere:</b><ul>{people}</ul></div>"
        f"<table class='table'><thead><tr><th>Punkt</th><th>Titel</th></tr></thead><tbody>{''.join(rows)}</tbody></table><footer><p>{meeting.authority}, Rådhuspladsen 1</p></footer></body></html>\n"
    ).encode()


def drupal_html(meeting: Meeting) -> bytes:
    """A municipality's own web page: navigation, breadcrumb, headings h2 and h4, Windows-1252 under a UTF-8 declaration."""
    out = [
        "<!DOCTYPE html><html><head><meta http-equiv='Content-Type' content='text/html; charset=utf-8'><title>Referat</title><script>var a = 'Indstilling';</script></head><body>",
        "<div class='cookie-banner'>Vi bruger cookies</div><header><a href='#main'>Gå til indhold</a></header><div class='breadcrumb'><a href='/'>Forside</a> / <a href='/p'>Politik</a></div><main>",
        f"<h1>{meeting.body}, referat</h1><p>Mødedato: {meeting.shown_date} kl. 16.30-18.05<br>Mødested: {meeting.place}</p><p>Fraværende: {', '.join(meeting.absent)}</p>",
    ]
    for item in meeting.items:
        out.append(f"<h2>{item.number}. {html.escape(item.title)}</h2><p>Sagsnummer: {item.case}</p>")
        for kind, heading, text in paragraphs(item):
            out.append(
                f"<h4>{heading}</h4>"
                + ("<p>" + "<br>".join(html.escape(t) for t in text) + "</p>" if kind == "bilag" else html_body(text))
            )
        out.append("<p><a href='#top'>Til toppen</a></p>")
    out.append("</main><footer>Rådhuset, Havnegade 4</footer></body></html>\n")
    return "".join(out).encode("cp1252")


def item_html(meeting: Meeting) -> bytes:
    """One case a page."""
    item = meeting.items[1]
    out = [
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Punkt 2</title></head><body><nav><a href='/'>Søg</a></nav><div class='meta'>Mødedato: {meeting.shown_date}, kl. 16:30<br>Mødested: {meeting.place}</div>",
        f"<h1>{html.escape(item.title)}</h1><a href='#bilag'>Se alle bilag</a>",
    ]
    for kind, heading, text in paragraphs(item):
        out.append(
            f"<h2>{heading}</h2>"
            + (
                "<ul>" + "".join(f"<li><a href='/b'>{html.escape(t)}</a></li>" for t in text) + "</ul>"
                if kind == "bilag"
                else html_body(text)
            )
        )
    out.append("<p><a href='#'>Til top</a></p></body></html>\n")
    return "".join(out).encode()


# -- text ------------------------------------------------------------------------------------------------------------


def plain_body(text: list[str], width: int = 0) -> list[str]:
    out = []
    for paragraph in text:
        if paragraph.startswith("| "):
            out.append("\t".join(paragraph[2:].split("|")))
        elif width:
            out += [*textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False), ""]
        else:
            out += [paragraph, ""]
    return out


def dated_text(meeting: Meeting) -> bytes:
    """Windows-1252: decisions' headings name body and date."""
    out = [
        f"{meeting.shown_date} kl. 16:30",
        "Mødelokale 2, Fjordby Rådhus",
        "",
        "Medlemmer",
        "",
        *meeting.present,
        "",
        "Afbud",
        "",
        *meeting.absent,
        "",
    ]
    for item in meeting.items:
        out += ["", f"Nr.{item.number} - {item.title}", "", f"Sagsnr.: {item.case}", ""]
        for kind, heading, text in paragraphs(item):
            out += [
                f"Beslutning i {meeting.body} den 12-03-2024" if kind == "beslutning" else heading,
                "",
                *plain_body(text),
                "",
            ]
    return "\r\n".join(out).encode("cp1252") + b"\r\n"


def capitals_text(meeting: Meeting) -> bytes:
    """Headings in capitals, contents list, wrapped lines, a title printed twice."""
    out = [
        "UDVALG",
        "",
        meeting.body,
        "",
        "STED",
        "",
        meeting.place,
        "",
        "STARTTIDSPUNKT",
        "",
        "12-03-2024 16:30:00",
        "",
        "PUNKTER",
        "",
    ]
    out += [f"{i.number}. {i.title}" for i in meeting.items]
    for item in meeting.items:
        out += ["", "", f"{item.number}. {item.title}", "", item.title, ""]
        for _, heading, text in paragraphs(item):
            out += [heading.upper(), "", *plain_body(text, 78), ""]
    return ("\n".join(out) + "\n").encode("utf-8-sig")


def case_first_text(meeting: Meeting) -> bytes:
    """The case number stands before the title."""
    out = [
        f"Referat til mødet i {meeting.body} den {meeting.shown_date} kl. 16:30 i {meeting.place}",
        "",
        "Åbne dagsordenspunkter",
        "",
    ]
    for item in meeting.items:
        out += [item.case, f"{item.number}. {item.title}", ""]
        for _, heading, text in paragraphs(item):
            out += [heading, "", *plain_body(text), ""]
    return ("\n".join(out) + "\n").encode("utf-16")


def inline_text(meeting: Meeting) -> bytes:
    """A board's minutes: headings with a colon in front of their text, DOS letters."""
    out = ["Fjordby Havnebestyrelse", "Referat", f"Møde {meeting.shown_date} kl. 16.30", f"Sted: {meeting.place}", ""]
    for item in meeting.items:
        out += [f"Ad {item.number}) {item.title}", f"Sagsnr.: {item.case}"]
        for kind, heading, text in paragraphs(item):
            if kind == "bilag":
                continue
            body = plain_body(text)
            out += [f"{heading}: {body[0]}", *(line for line in body[1:] if line)]
        out.append("")
    return ("\r\n".join(out) + "\r\n").encode("cp865")


def main() -> None:
    """Write every sample and its labels."""
    sys.path.insert(0, str(HERE))
    council = COUNCIL
    decided = f"{council.body}s beslutning den 12.03.2024 Punkt"
    absent = {"absent": bare(council.absent)}  # the first item says so in every printing
    people = absent | {"present": bare(council.present)}

    save(
        "firstagenda",
        "referat.pdf",
        firstagenda_pdf(council),
        labels(council, "minutes", present=bare(council.present[:4]), **absent),
    )
    save(
        "edoc",
        "referat.pdf",
        edoc_pdf(council),
        labels(council, "minutes", heading=lambda h: decided if h == "Beslutning" else h, **people),
    )
    agenda = copy.deepcopy(council)
    for item in agenda.items:
        item.sections = [(k, h, [] if k == "beslutning" else t) for k, h, t in item.sections]
    save("agenda", "dagsorden.pdf", agenda_pdf(council), labels(agenda, "agenda", cases=False))
    save("acadre", "referat.docx", acadre_docx(council), labels(council, "minutes", **people))
    save(
        "board",
        "referat.docx",
        board_docx(council),
        labels(without_tables(council), "minutes", keep=lambda k: k != "bilag", cases=False, **absent),
    )
    save("memo", "notat.docx", memo_docx(council), {"kind": "other", "meeting": {}, "items": []})
    save("firstagenda-web", "referat.html", firstagenda_html(council), labels(council, "minutes", **people))
    save("web", "referat.html", drupal_html(council), labels(council, "minutes", end="18:05", **absent))
    single = copy.deepcopy(council)
    single.items = single.items[1:2]
    save("item-web", "punkt.html", item_html(council), labels(single, "item", numbers=False, cases=False, body=None))
    save("dated", "referat.txt", dated_text(council), labels(council, "minutes", place=None, **people))
    save("capitals", "referat.txt", capitals_text(council), labels(council, "minutes", cases=False, **absent))
    save("case-first", "referat.txt", case_first_text(council), labels(council, "minutes", **absent))
    save(
        "inline",
        "referat.txt",
        inline_text(council),
        labels(council, "minutes", keep=lambda k: k != "bilag", body="Fjordby Havnebestyrelse", **absent),
    )


def without_tables(meeting: Meeting) -> Meeting:
    meeting = copy.deepcopy(meeting)
    for item in meeting.items:
        item.sections = [(k, h, [p for p in t if not p.startswith("| ")]) for k, h, t in item.sections]
    return meeting


if __name__ == "__main__":
    main()
