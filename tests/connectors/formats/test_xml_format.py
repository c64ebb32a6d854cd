import io
import tracemalloc
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.base import ReadError
from connectors.formats import xml as xml_format
from connectors.formats.base import Document
from connectors.formats.read import read
from scanner.model import Batch

PNR = "19121212-1212"


def batches(data: bytes | str, name: str = "a.xml", location: str = "") -> list[Batch]:
    raw = data.encode() if isinstance(data, str) else data
    parts = list(read(Document(name, io.BytesIO(raw), location)))
    found = [part for part in parts if isinstance(part, Batch)]
    assert found == parts
    return found


def columns(data: bytes | str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for batch in batches(data):
        found[batch.location] = found.get(batch.location, ()) + batch.values
    return found


CUSTOMERS = f"""<?xml version="1.0"?>
<kunder xmlns:x="urn:x">
  <kund id="7"><personnr>{PNR}</personnr><adress><ort>Växjö</ort></adress></kund>
  <kund id="8"><x:personnr>19000101-9802</x:personnr></kund>
  <!-- gammal: 070-174 06 05 -->
  <kund id="9"><adress><ort>Åmål &amp; Säffle</ort></adress></kund>
</kunder>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("declared", ['"1.0"', '"1.0" encoding="ISO-8859-1"', '"1.0" encoding="u"'])
def test_repeated_elements_are_rows_of_columns(encoding: str, declared: str) -> None:
    data = CUSTOMERS.replace('"1.0"', declared).encode(encoding)
    group = "export.txt#kunder/kund"
    assert batches(data, "export.txt") == [
        Batch("kunder/kund/@id", ("7", "8", "9"), "id", group),
        Batch("kunder/kund/personnr", (PNR, "19000101-9802", ""), "personnr", group),
        Batch("kunder/kund/adress/ort", ("Växjö", "", "Åmål & Säffle"), "ort", group),
        Batch(
            "kunder/comment()", ("gammal: 070-174 06 05",), "comment()", "export.txt#kunder"
        ),
    ]  # fmt: skip


def test_place_of_a_member_leads_the_path() -> None:
    (batch,) = batches("<kund><namn>Bo</namn></kund>", location="in.zip!a.xml")
    assert batch == Batch("in.zip!a.xml#kund/namn", ("Bo",), "namn", "in.zip!a.xml#kund")


def test_one_record_is_one_row() -> None:
    assert columns("<kund nr='1'><namn>Bo</namn><tel>1</tel><tel>2</tel></kund>") == {
        "kund/@nr": ("1",),
        "kund/namn": ("Bo",),
        "kund/tel": ("1\n2",),
    }


def test_two_people_never_share_a_row() -> None:
    person = "<kund><namn>{}</namn><tel typ='hem'>{}</tel><tel typ='jobb'>3</tel></kund>"
    data = f"<kunder>{person.format('Bo', 1)}{person.format('Eva', 2)}</kunder>"
    assert columns(data) == {
        "kunder/kund/namn": ("Bo", "Eva"),
        "kunder/kund/tel/@typ": ("hem\njobb", "hem\njobb"),
        "kunder/kund/tel": ("1\n3", "2\n3"),
    }


def test_what_was_a_record_once_stays_one() -> None:
    order = "<order>{}</order>"
    row = "<rad><art>{}</art></rad>"
    data = "".join(order.format("".join(row.format(n) for n in range(k))) for k in (3, 1, 2))
    assert columns(f"<a>{data}</a>") == {"a/order/rad/art": ("0", "1", "2", "0", "0", "1")}


def test_text_with_elements_in_it_reads_on() -> None:
    data = '<doc><p>Hej <b>Anna <i>Ek</i></b>, <a href="mailto:a@example.se">se här</a></p></doc>'
    assert columns(data) == {
        "doc/p": ("Hej Anna Ek, se här",),
        "doc/p/a/@href": ("mailto:a@example.se",),
    }
    assert columns("<a>om <b>Bo</b><c>19121212-1212</c></a>") == {"a": (f"om Bo\n{PNR}",)}


def test_cdata_and_character_references_are_read() -> None:
    assert columns("<a><b><![CDATA[<p>19121212-1212</p>]]></b><c>19&#49;21212</c></a>") == {
        "a/b": ("<p>19121212-1212</p>",),
        "a/c": ("19121212",),
    }


def test_comments_around_the_document_are_read() -> None:
    assert columns(f"<!-- {PNR} --><a>1</a><!--slut-->")["comment()"] == (f" {PNR} ", "slut")


@pytest.mark.parametrize(
    "data",
    [
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
        '<!DOCTYPE r SYSTEM "http://example.se/r.dtd"><r/>',
    ],
)
def test_dtd_is_refused(data: str) -> None:
    with pytest.raises(ReadError) as caught:
        batches(data)
    assert str(caught.value) == "refused: XML with a DTD"


@pytest.mark.parametrize(
    "text",
    [
        "<Anna> hej\n<Bo> 19121212-1212\n",
        "<34>Oct 11 su: Anna\n",
        "<a><b>1</b><b>19121212",
        "<a>R&D 19121212-1212</a>",
        "<a>&aring;</a>",
        "<a b=1>Bo</a>",
        "<a/><a/>",
        "<a",
        "<a><b></a></b>",
        "<b>\n" * 200_000,
    ],
)
def test_what_is_not_well_formed_is_text_as_it_stands(text: str) -> None:
    found = batches(text)
    assert {batch.location for batch in found} == {""}
    assert "".join(value for batch in found for value in batch.values) == text


RECORD = f"<kund><namn>Bo Ek</namn><pnr>{PNR}</pnr><not>{'ö ' * 100}</not></kund>\n"


def test_large_truncated_document_gives_its_columns_and_the_rest_as_text() -> None:
    data = "<kunder>" + RECORD * 5000 + "<kund><namn>Eva & Co 19000101-9802"
    found = columns(data)
    assert found["kunder/kund/pnr"].count(PNR) == 5000
    assert found[""] == ("<namn>Eva & Co 19000101-9802",)


def test_large_document_takes_little_memory() -> None:
    raw = ("<kunder>" + RECORD * 20_000 + "</kunder>").encode()
    count, numbers = 0, list[int]()
    tracemalloc.start()
    for batch in xml_format.read(Document("a", io.BytesIO(raw))):
        assert isinstance(batch, Batch)
        if batch.location == "kunder/kund/pnr":
            count += batch.values.count(PNR)
            numbers.append(batch.first)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert numbers == sorted(set(numbers))
    assert peak < 15 << 20


def test_text_of_one_endless_line_is_read_whole() -> None:
    text = f"ord {PNR} " * 500_000
    found = columns(f"<a><b>{text}</b><c>Bo</c></a>")
    assert "".join(found["a/b"]).replace("\n", "").strip() == text.strip()
    assert found["a/c"] == ("Bo",)


def test_endless_tag_is_text() -> None:
    text = "<a b='" + "x " * (5 << 20)
    found = batches(text)
    assert "".join(value for batch in found for value in batch.values) == text


@pytest.mark.parametrize(
    "data", ["<a/>", "<a></a>", "<a><b/> <b/></a>", "<?xml version='1.0'?><a/>"]
)
def test_empty_elements_hold_nothing(data: str) -> None:
    assert batches(data) == []


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
).map(lambda text: " ".join(text.split()))  # fmt: skip
TREES = st.recursive(
    TEXTS.map(escape),
    lambda inner: st.lists(
        st.tuples(st.sampled_from(["kund", "namn", "ns:b"]), TEXTS, inner), max_size=5
    ).map(
        lambda parts: "".join(f"<{n} a={quoteattr(a)}>{body}</{n}>" for n, a, body in parts)
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=100)
@given(st.lists(TEXTS, max_size=6), TREES)
def test_every_text_appears(texts: list[str], tree: str) -> None:
    leaves = "".join(f"<t v={quoteattr(text)}><u>{escape(text)}</u></t>" for text in texts)
    found = [v for batch in batches(f"<r>{leaves}<s>{tree}</s></r>") for v in batch.values]
    for text in texts:
        assert sum(value.count(text) for value in found) >= 2 or not text
