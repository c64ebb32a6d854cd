"""What is said of a number by the words, keys and table headers around it."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors import context

_WORDS = context.Words.of(
    ("personn", "pers nr", "persnr", "pnr", "fodelsenum", "orgnr", "org nr", "social security"),
    ("ocr", "order", "faktura", "artikel", "version", "belopp", "referens"),
    {"orgnr": "sole trader", "org nr": "sole trader"},
)
_PHONE = context.Words.of(
    ("telefon", "tel", "tfn", "telnr", "tel nr", "mobil", "ring", "nås på"),
    ("ocr", "order", "faktura"),
    {},
)

_CUE = "cue word"
_ABOVE = "line above"
_HEADER = "table header"
_AGAINST = "words speak against"
_HEADER_AGAINST = "table header speaks against"

_SAID = [
    # Sentences before.
    ("Hennes personnummer är «8112289874» enligt Anna", _CUE),
    ("Kundpersonnumret är «8112289874» i avtalet", _CUE),
    ("PERSONNUMMER «8112289874»", _CUE),
    ("Vi fick kundens personnumer igår, nämligen «8112289874»", _CUE),
    ("person-nummer «8112289874»", _CUE),
    ("person nummer «8112289874»", _CUE),
    ("Personnummer (tio siffror): «8112289874»", _CUE),
    ("Personnummer för make: «8112289874»", _CUE),
    ("Personnummer eller samordningsnummer: «8112289874»", _CUE),
    ("personnr 811228-9874 och «8504011236»", _CUE),
    ("Personnummer: 811228-9874, 850401-1236, «8504011236»", _CUE),
    ("mitt personnummer uppgavs 2024-01-02: «8112289874»", _CUE),
    ("hennes personnummer\när «8112289874» tror jag", _ABOVE),
    ("Ordern är klar. Personnumret stämmer. «8112289874» är alltså rätt", _CUE),
    # Abbreviations.
    ("pnr «8112289874»", _CUE),
    ("pnr:t är «8112289874»", _CUE),
    ("p.nr «8112289874»", _CUE),
    ("P-nr «8112289874»", _CUE),
    ("pers.nr «8112289874»", _CUE),
    ("pers. nr. «8112289874»", _CUE),
    ("org. nr «8112289874»", _CUE),
    ("kund.pnr=«8112289874»", _CUE),
    ("kundPnr=«8112289874»", _CUE),
    # Sentences after.
    ("«811228-9874» (personnummer)", _CUE),
    ("«8112289874» är hans personnummer", _CUE),
    ("OCR: «8112289874» (personnummer enligt banken)", _CUE),
    # Keys.
    ("Personnummer: «8112289874»", _CUE),
    ("personnr=«8112289874»", _CUE),
    ('{"personnummer": "«8112289874»", "ocr": "1"}', _CUE),
    ('{"personnummer": {"value": "«8112289874»"}}', _CUE),
    ("<personnummer>«8112289874»</personnummer>", _CUE),
    ("<td><b>Personnummer</b></td><td>«8112289874»</td>", _CUE),
    ("pnr;«8112289874»", _CUE),
    ("Personnummer ........ «8112289874»", _CUE),
    ("Personnummer " + "." * 90 + " «8112289874»", _CUE),
    ("Personnummer ______ «8112289874»", _CUE),
    ("Personnummer" + " " * 90 + "«8112289874»", _CUE),
    ("OCR-nummer: 123, personnummer: «811228-9874»", _CUE),
    ("ordernr=17&pnr=«8112289874»&x=1", _CUE),
    ("pnr=«8112289874»&ocr=17", _CUE),
    ('<field name="personnummer">«8112289874»</field>', _CUE),
    ('<td data-label="Pnr" class="w">«8112289874»</td>', _CUE),
    ('<field id="4711" name="orderNo">«8112289874»</field>', _AGAINST),
    ("<key>personnummer</key>\n<string>«8112289874»</string>", _ABOVE),
    ("<item><name>Personnummer</name><string>«8112289874»</string></item>", _CUE),
    # Questions and answers.
    ("Fråga: Ditt personnummer?\nSvar: «8112289874»", _ABOVE),
    ("AGENT (00:14): Vad har du för personnummer?\nKUND (00:19): «8112289874»", _ABOVE),
    ("Q: What is your social security no?\nA: «8112289874»", _ABOVE),
    ("09:14 Anna: Hur var personnumret?\n09:15 Mamma: «8112289874»", _ABOVE),
    ("Har ni mitt personnummer?\nKundnr: «8112289874»", ""),
    ("Har ni mitt personnummer?\nOCR: «8112289874»", _AGAINST),
    ("Vad är personnumret?\nKund: inget\nSaldo: «8112289874»", ""),
    ("Är personnumret rätt? Ja.\nBelastning: «8112289874»", ""),
    # The line above.
    ("Personnummer\n«8112289874»", _ABOVE),
    ("Personnummer:\r\n   «8112289874»", _ABOVE),
    ("Personnummer\n\n«8112289874»", _ABOVE),
    ("Personnummer\n" + " " * 80 + "«8112289874»", _ABOVE),
    ("Ordernummer\nPersonnummer\n4711\n«8112289874»", _ABOVE),
    ("Personnummer\nOrdernummer\n«8112289874»\n4711", _ABOVE),
    ("Personnummer\n" + "850401-1236\n" * 30 + "«8112289874»\n850401-1236", _ABOVE),
    # Table headers.
    ("Namn\tPersonnummer\tOCR\nAnna\t«8112289874»\t17", _HEADER),
    ("Namn;Personnummer;OCR\nAnna;850401-1236;5\nBo;«8112289874»;17", _HEADER),
    ("Namn|Pnr|OCR\nAnna|«8112289874»|17", _HEADER),
    ("namn,personnr,ocr\nAnna,«8112289874»,17", _HEADER),
    ('"namn","personnr","ocr"\n"Ek, Anna","«8112289874»","17"', _HEADER),
    ("namn;kundPnr;belopp\nAnna;«8112289874»;17", _HEADER),
    ("Namn       Personnummer   Belopp\nAnna Ek    «8112289874»      17,50", _HEADER),
    ("Namn       Personnummer   Belopp\n" + "-" * 32 + "\nAnna       «8112289874»      1", _HEADER),
    ("Namn       Belopp         Pnr\nAnna         17,50  «8112289874»", _HEADER),
    ("| Namn | Personnummer |\n|------|--------------|\n| Anna | «8112289874» |", _HEADER),
    ("+------+-----+\n| Namn | Pnr |\n+------+-----+\n| Anna | «8112289874» |", _HEADER),
    ("Lista 2024;;\nNamn;Pnr;Ort\nAnna;«8112289874»;Kalmar", _HEADER),
    ("Namn;Pnr;Ort\nBo;;Växjö\nUlf;saknas;Ängelholm\nAnna;«8112289874»;Kalmar", _HEADER),
    ("Namn;Pnr;Ort\n" + "Bo;850401-1236;Kalmar\n" * 150 + "Anna;«8112289874»;Kalmar", _HEADER),
    # Rows that do not stand under their header's letters, or hold decimal commas.
    ("Namn   Kund   Pnr\nAnna Maria Ekström-Bergqvist   1784   «8112289874»", _HEADER),
    ("Namn   Kund   Pnr\nAnna Maria Ekström   17   850401-1236\nBo   1   «8112289874»", _HEADER),
    ("Pnr,Kort,kWh\n8504011236,17,165,45\n«8112289874»,18,75,61", _HEADER),
    ("Datum,Pnr,kWh,Kr\n2401,850401-1236,5,45,7,61\n2402,«811228-9874»,5,45,7,61", _HEADER),
    # Column lists of SQL.
    ("INSERT INTO kund (id, pnr, ort) VALUES (17, '«8112289874»', 'Kalmar');", _HEADER),
    ("insert into kund(id,pnr) values\n('Ek, B','850401'),\n('O''Hara','«8112289874»')", _HEADER),
    ("INSERT INTO kund (pnr, ocr) VALUES (NULL, '«8112289874»');", _HEADER_AGAINST),
    ("INSERT INTO kund (pnr, saldo) VALUES (NULL, '«8112289874»');", ""),
    ("INSERT INTO kund (saldo, pnr) VALUES ('17', '18'); SELECT '«8112289874»'", ""),
    # Schemes of ISO 20022, and words broken over lines.
    ("<Othr><Id>«8112289874»</Id><SchmeNm><Prtry>PNR</Prtry></SchmeNm></Othr>", _CUE),
    ("<Id>«8112289874»</Id>\n  <SchmeNm>\n    <Cd>ORDER</Cd>", _AGAINST),
    ("<Id>«8112289874»</Id><SchmeNm><Cd>BANK</Cd></SchmeNm>", ""),
    ("hennes person-\nnummer «8112289874» enligt", _CUE),
    # Headings of lists.
    ("Lista över personnummer\nAnna Ek, 850401-1236\nBo Ek, «811228-9874»", _ABOVE),
    ("Personnummerlista\n1 Anna Ek, 850401-1236\n2 Bo Ek, «811228-9874»", _ABOVE),
    ("Personnummerlista\nSe bilagan.\nBo Ek, «811228-9874»", ""),
    ("Personnummerlista\nBo Ek, 850401-1236\n\nAnnat\nBo Ek, «811228-9874»", ""),
    # Other words nearer.
    ("personnummer saknas, OCR «8112289874»", _AGAINST),
    ("Personnummer: 811228-9874\nOrdernr: «8112289874»", _AGAINST),
    ('{"personnummer": "811228-9874", "ocr": "«8112289874»"}', _AGAINST),
    ("<pnr>811228-9874</pnr><belopp>«8112289874»</belopp>", _AGAINST),
    ("OCR 8506143216 och «8112289874»", _AGAINST),
    ("«8112289874» (OCR)", _AGAINST),
    ("«8112289874» är ett ordernummer", _AGAINST),
    ("Fakturor «8112289874»", _AGAINST),
    ("Personnummer\nOrdernummer\n811228-9874\n«8112289874»", _AGAINST),
    ("Ordernummer\n4711\n4712\n«8112289874»\n4714", _AGAINST),
    # Headers of other things.
    ("Personnummer;OCR\n811228-9874;«8112289874»", _HEADER_AGAINST),
    ("Kommentar;OCR;Ort\npersonnummer saknas;«8112289874»;Kalmar", _HEADER_AGAINST),
    ("Namn\tOrdernr\tPnr\nAnna\t«8112289874»\t8504011236", _HEADER_AGAINST),
    ("| Pnr | Artikel |\n|---|---|\n| 850401-1236 | «8112289874» |", _HEADER_AGAINST),
    ("Personnummer   Fakturanr    Ort\n850401-1236    «8112289874»   Kalmar", _HEADER_AGAINST),
    # Several fields and forms on a line.
    ("Namn: Anna    Personnr: «8112289874»    Tel: 0701740605", _CUE),
    ("Personnr: 850401-1236    Kundnr: «8112289874»    Tel: 0701740605", ""),
    ("2024-01-02 12:00:01 INFO pnr=«8112289874» ocr=5", _CUE),
    ("personnummer: [850401-1236, «8112289874»]", _CUE),
    ('{"personnummer": ["850401-1236", "«8112289874»"]}', _CUE),
    ("personnummer:\n  - 850401-1236\n" + "  - 850401-1236\n" * 9 + "  - «8112289874»", _ABOVE),
    ("Personnr/kundnr: «8112289874»", _CUE),
    ("Her social security number is «8112289874»", _CUE),
    ("Personnummer «8112289874» (order 17)", _CUE),
    ("«8112289874» (tio siffror, personnummer)", _CUE),
    ("«8112289874» är fakturanumret, inget annat", _AGAINST),
    ('Namn;Pnr;Ort\nAnna;="«8112289874»";Kalmar', _HEADER),
    ("\ufeffPnr;Namn;Ort\r\n«8112289874»;Anna;Kalmar\r\n", _HEADER),
    ("Namn; Pnr; OCR\nAnna; «8112289874»; 17", _HEADER),
    ("Pnr; Namn\n8504011236; Bo\n\nOCR; Namn\n«8112289874»; Anna", _HEADER_AGAINST),
    ("Typ\tFaktura\nPersonnummer\t«8112289874»", _CUE),
    ("Typ            Faktura\nPersonnummer   «8112289874»", _CUE),
    ("Typ;Personnummer\nOCR;«8112289874»", _AGAINST),
    ("Order;Ort;Pnr\n4711;Växjö;850401-1236\nHej;du;där\n4712;Ystad;«8112289874»", _HEADER),
    # Nothing.
    ("«8112289874»", ""),
    ("Kunden ringde om «8112289874» igår", ""),
    ("spnrs «8112289874»", ""),
    ("«8112289874», personnummer: 850401-1236", ""),
    ("«8112289874»; personnr 850401-1236", ""),
    ("«8112289874» personnr 850401-1236", ""),
    ("«8112289874»\nPersonnummer: 850401-1236", ""),
    ("personnummer " + "x " * 40 + "«8112289874»", ""),
    ("Personnamn på kunden «8112289874»", ""),
    ("personnummer 811228-9874 kundnummer «8112289874»", ""),
    ("Personnummer saknas. Kundnr «8112289874»", ""),
    ("Personnummer saknas: «8112289874»", ""),
    ("Personnummer finns inte, «8112289874»", ""),
    ("Detta är inte ett personnummer: «8112289874»", ""),
    ("«8112289874» är inte ett personnummer", ""),
    ('{"personnummer": "811228-9874", "saldo": "«8112289874»"}', ""),
    ('{"personnummer": null, "saldo": "«8112289874»"}', ""),
    ("pnr=811228-9874&kund=«8112289874»", ""),
    ("<pnr>811228-9874</pnr><kund>«8112289874»</kund>", ""),
    ("Personnummer: 811228-9874. Saldo: «8112289874»", ""),
    ("Personnummer: 811228-9874\nSaldo: «8112289874»", ""),
    ("Personnummer:\nSaldo: «8112289874»", ""),
    ("Personnumret godkänt\n2024-01-02 12:00 jobb «8112289874»", ""),
    ("OCR 123456, «811228-9874»", ""),
    ("Order 4711 gäller «811228-9874»", ""),
    ("Namn;Personnummer;Kund\nAnna;811228-9874;«8112289874»", ""),
    ("Namn;Kommentar;Kund\nAnna;personnummer saknas;«8112289874»", ""),
    ("Pnr;Kund;Ort\n850401-1236;«8112289874»;Kalmar", ""),
    ("Bo;personnr saknas;\nAnna;;«8112289874»", ""),
    ("Personnummer   Kund         Ort\n850401-1236    «8112289874»   Kalmar", ""),
    ("Personnummer;Ort\nBo bor i Kalmar.\n\nHej!\nAnna;«8112289874»", ""),
    ("Personnummer är 811228-9874. Vi bad honom ringa om «8112289874» igen", ""),
    ("Jag undrar om fakturan. Kunden är alltså «811228-9874» och hon har ringt", ""),
    ("Kunden «811228-9874» undrar över fakturan", ""),
    ('Namn;Adress\n"Anna";"Storgatan 1;«8112289874»;x"', ""),
    ('Namn;Personnummer\n"Anna";"f.d. nr;«8112289874»;x"', "table header"),
]  # fmt: skip


def _around(text: str, start: int, end: int, words: context.Words) -> context.Said:
    return context.Surroundings(text).of(start, end, words)


def _unmarked(marked: str) -> tuple[str, int, int]:
    start, end = marked.index("«"), marked.index("»") - 1
    return marked.replace("«", "").replace("»", ""), start, end


def _expected(reason: str) -> float:
    return 0.0 if not reason else -context.DOUBT if "against" in reason else context.CUE


@pytest.mark.parametrize(("marked", "reason"), _SAID, ids=lambda each: each[:60])
def test_words_keys_and_headers(marked: str, reason: str) -> None:
    said = _around(*_unmarked(marked), _WORDS)
    assert said.reasons[:1] == ((reason,) if reason else ())
    assert said.change == _expected(reason)


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("Tel. «0701740605»", _CUE),
        ("tel: «0701740605»", _CUE),
        ("tel.nr «0701740605»", _CUE),
        ("Mobilen är «0701740605»", _CUE),
        ("Hon nås på «0701740605»", _CUE),
        ("jobbtelefonen «0701740605»", _CUE),
        ("tfn:s växel «0701740605»", _CUE),
        ("Namn;Tel. 1;Tel. 2\nAnna;;«0701740605»", _HEADER),
        ("hotell «0701740605»", ""),
        ("Ringvägen «0701740605»", ""),
        ("personnr 811228-9874 tel «0701740605»", _CUE),
        ("telefon 0701740606, personnr «8112289874»", ""),
    ],
)
def test_short_words_stand_alone(marked: str, reason: str) -> None:
    said = _around(*_unmarked(marked), _PHONE)
    assert said.reasons[:1] == ((reason,) if reason else ())


def test_a_cue_may_say_more() -> None:
    for marked in ("orgnr «8112289874»", "org. nr. «8112289874»", "a;orgnr\nb;«8112289874»"):
        assert "sole trader" in _around(*_unmarked(marked), _WORDS).reasons
    assert context.of_label("Org.nr", _WORDS, agrees=False, contradicts=False).reasons == (
        "label",
        "sole trader",
    )


@pytest.mark.parametrize(
    ("label", "change"),
    [
        ("kundPersonNr", context.LABEL),
        ("person_number", context.LABEL),
        ("PNR", context.LABEL),
        ("ocr_nr", -context.DOUBT),
        ("personnamn", 0.0),
        ("saldo", 0.0),
        ("", 0.0),
    ],
)
def test_labels(label: str, change: float) -> None:
    said = context.of_label(label, _WORDS, agrees=False, contradicts=False)
    assert said.change == change


def test_what_is_said_does_not_depend_on_what_was_asked_before() -> None:
    rows = [f"Anna {index};81122898{index % 90 + 10};{index}" for index in range(400)]
    text = "Hej!\n\nNamn;Personnummer;OCR\n" + "\n".join(rows) + "\n\nNamn;OCR;Pnr\nBo;17;18"
    hits = [(at := text.index(row) + row.index(";") + 1, at + 10) for row in rows]
    forward = context.Surroundings(text)
    said = [forward.of(*hit, _WORDS) for hit in hits]
    backward = context.Surroundings(text)
    assert [backward.of(*hit, _WORDS) for hit in reversed(hits)] == said[::-1]
    assert [context.Surroundings(text).of(*hit, _WORDS) for hit in hits[::57]] == said[::57]
    assert {each.reasons for each in said} == {(_HEADER,)}


_LINES = st.sampled_from(
    (
        "", "-----", "Namn;Pnr;Ort", "OCR;Ort;Pnr", "Anna;8112289874;Kalmar", "8112289874;Bo;Ystad",
        "Anna;8112289874", ";8112289874;", "Bo;;Ystad", "Lista;;", "Pnr   Ort", "8112289874   Bo",
        "Personnummer", "Order", "8112289874", "- 8112289874", "Hej, pnr, order", "a, 8112289874",
        '"Anna";"Bo;8112289874;x"', '5" rör;8112289874', '"Namn;Pnr";Ort',
        "|Pnr|OCR|", "|8112289874|8112289874|", "|---|---|", "pnr saknas för 8112289874",
    )
)  # fmt: skip


@given(st.lists(_LINES, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_asking_does_not_matter(lines: list[str], random: Random) -> None:
    text = "\n".join(lines)
    hits = [found.span() for found in re.finditer("8112289874", text)]
    alone = {hit: context.Surroundings(text).of(*hit, _WORDS) for hit in hits}
    for _ in range(3):
        random.shuffle(hits)
        shared = context.Surroundings(text)
        assert {hit: shared.of(*hit, _WORDS) for hit in hits} == alone


class _Counted(str):
    """A text that counts the characters looked at to find its lines."""

    __slots__ = ("looked",)
    looked: int

    def _count(self, start: int, end: int) -> None:
        self.looked = getattr(self, "looked", 0) + max(0, end - start)

    def rfind(self, part: str, start: int = 0, end: int = 0) -> int:  # type: ignore[override]
        at = super().rfind(part, start, end)
        self._count(at if at >= 0 else start, end)
        return at

    def find(self, part: str, start: int = 0, end: int = 0) -> int:  # type: ignore[override]
        at = super().find(part, start, end)
        self._count(start, at if at >= 0 else end)
        return at


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Namn;Personnummer;OCR", "Anna;{};17"),
        ("Namn         Personnummer   OCR", "Anna         {}     17"),
        ("Kunder, ordnade", "Anna, {}, ringde"),
        ("", "Anna;{};17"),
        ("Personnummer", "{}"),
    ],
)
def test_the_work_grows_as_the_table(head: str, row: str) -> None:
    def looked(rows: int) -> float:
        text = _Counted("\n".join([head, *[row.format("8112289874")] * rows]))
        surroundings = context.Surroundings(text)
        at = -1
        for _ in range(2):
            while (at := str.find(text, "8112289874", at + 1)) >= 0:
                surroundings.of(at, at + 10, _WORDS)
        return text.looked / rows

    assert looked(2000) < 1.5 * looked(500)


@pytest.mark.parametrize("filler", ["a", "0", " ", ";", ".", "\n", ", ", "<", '"', "nr ", "a:"])
def test_endless_runs_cost_little(filler: str) -> None:
    text = filler * 100_000 + "8112289874" + filler * 100_000
    at = text.index("8112289874")
    surroundings = context.Surroundings(text)
    for _ in range(200):
        surroundings.of(at, at + 10, _WORDS)
