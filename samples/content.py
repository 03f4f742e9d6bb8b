"""What the samples say: invented meetings of invented places and people, apart from how they are printed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Item:
    number: str
    title: str
    case: str
    sections: list[tuple[str, str, list[str]]]
    """Kind, heading, paragraphs; a paragraph that begins with `- ` is a list item, with `| ` a table row."""
    attachments: list[str] = field(default_factory=list)
    closed: bool = False


@dataclass
class Meeting:
    authority: str
    body: str
    date: str
    shown_date: str
    start: str
    end: str | None
    place: str
    present: list[str]
    absent: list[str]
    items: list[Item]


PEOPLE = [
    "Asger Nymark (A)",
    "Birgit Holtegaard (V)",
    "Carl Tranum (C)",
    "Ditte Sand Madsen (F)",
    "Erik Fuglsang (Ø)",
    "Gudrun Aakjær (A)",
    "Hans-Peter Lind (O)",
]

COUNCIL = Meeting(
    "Fjordby Kommune",
    "Teknik- og Miljøudvalget",
    "2024-03-12",
    "12. marts 2024",
    "16:30",
    "18:05",
    "Mødelokale 2, Fjordby Rådhus",
    PEOPLE[:6],
    PEOPLE[6:],
    [
        Item(
            "1",
            "Godkendelse af dagsorden",
            "24-000101",
            [("beslutning", "Beslutning", ["Dagsordenen blev godkendt.", "Hans-Peter Lind (O) var fraværende."])],
        ),
        Item(
            "2",
            "Anlægsbevilling til cykelsti mellem Nørre Fjordby og Havnepladsen",
            "23-018842",
            [
                (
                    "resume",
                    "Resume",
                    [
                        "Der er i budget 2024 afsat 6,4 mio. kr. til en dobbeltrettet cykelsti på strækningen mellem Nørre Fjordby og Havnepladsen. Udvalget skal tage stilling til, om bevillingen kan frigives, og om arbejdet kan udbydes i hovedentreprise før sommerferien."
                    ],
                ),
                (
                    "indstilling",
                    "Indstilling",
                    [
                        "Forvaltningen indstiller til Teknik- og Miljøudvalget, at Økonomiudvalget anbefaler Byrådet,",
                        "1. at der gives en anlægsbevilling på 6.400.000 kr. til cykelstien,",
                        "2. at udgiften finansieres af rådighedsbeløbet for 2024, og",
                        "3. at forvaltningen bemyndiges til at indgå aftaler med lodsejerne.",
                    ],
                ),
                (
                    "sagsfremstilling",
                    "Sagsfremstilling",
                    [
                        "Strækningen er i dag en smal landevej uden fortov, hvor skoleelever cykler på kørebanen sammen med op til 3.200 biler i døgnet. Forvaltningen har talt med de berørte grundejere, og de fleste er positive over for projektet, når hegn og beplantning bliver genetableret.",
                        "Stien anlægges på vejens østlige side med en bredde på tre meter. Ved Åbækken bygges en ny bro af genbrugsstål, og ved skolen etableres en hævet flade med belysning.",
                        "- belysning på hele strækningen",
                        "- cykelparkering ved Havnepladsen",
                        "- nye træer, hvor der fældes",
                        "Beslutning om broens udformning træffes senere i et særskilt punkt.",
                    ],
                ),
                (
                    "oekonomi",
                    "Økonomi",
                    [
                        "Udgiften fordeler sig således:",
                        "| Post|2024|2025",
                        "| Anlæg|4.100.000|1.700.000",
                        "| Bro|0|600.000",
                        "Afledt drift udgør 45.000 kr. om året.",
                    ],
                ),
                ("lovgrundlag", "Lovgrundlag", ["Vejloven, kapitel 2 og 10."]),
                (
                    "beslutning",
                    "Beslutning",
                    [
                        "Indstillingen anbefales med 5 stemmer mod 1.",
                        "For stemte: A, C, F og Ø. Imod stemte: V.",
                        "Birgit Holtegaard (V) ønsker tilført protokollen, at stien bør føres over engen.",
                    ],
                ),
                ("bilag", "Bilag", []),
            ],
            ["Bilag 1 - Oversigtskort", "Bilag 2 - Overslag over anlægsudgifter"],
        ),
        Item(
            "3",
            "Forslag til lokalplan 118 for boliger ved Teglværksvej",
            "22-009317",
            [
                (
                    "resume",
                    "Resume",
                    [
                        "Forslaget har været i offentlig høring i otte uger. Der er kommet ni svar, som især handler om trafik og om bebyggelsens højde mod engen."
                    ],
                ),
                (
                    "indstilling",
                    "Indstilling",
                    [
                        "Forvaltningen indstiller, at lokalplanen vedtages endeligt med de ændringer, der fremgår af bilag 3."
                    ],
                ),
                ("baggrund", "Baggrund", ["Byrådet vedtog den 14. november 2023 at sende forslaget i høring."]),
                (
                    "vurdering",
                    "Forvaltningens vurdering",
                    ["Højden mod engen kan sænkes til otte meter, uden at antallet af boliger falder."],
                ),
                ("hoering", "Høring", ["Ældrerådet har ingen bemærkninger."]),
                ("beslutning", "Beslutning", ["Sagen udsættes, da udvalget ønsker en besigtigelse."]),
                ("bilag", "Bilag", []),
            ],
            ["Bilag 3 - Hvidbog", "Bilag 4 - Skyggediagrammer"],
        ),
        Item(
            "4",
            "Lukket: Salg af erhvervsgrund",
            "24-001220",
            [("beslutning", "Beslutning", ["Godkendt."])],
            closed=True,
        ),
        Item("5", "Eventuelt", "24-000101", [("beslutning", "Beslutning", ["Intet."])]),
    ],
)
