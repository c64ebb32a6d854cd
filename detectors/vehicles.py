"""What a text says of vehicles: whether a code in it is a car's plate or something else's."""

from __future__ import annotations

import re

from detectors import lexicon
from detectors.words import Words, letters

SEEN = 0.5
"""Score of a plate of which a text says that it is one."""
OWNED = 0.85
"""Score of `min ABC123` and `körde du ABC123`: no doubt around takes that away."""
_OF_A_CAR = re.compile(
    r"(?:[ ]?[/|;,\t][ ]?[0-2][0-9][:.][0-5][0-9]){2}(?![0-9:.])"
    r"|[?!.,)]{0,2} (?i:(?:har|är|was|is|has) )?(?i:stod|står|stått|fick|körde|kört|backa[dt]e?"
    r"|parkera|blockera|rulla[drt]|stanna[dt]e?|krocka[dt]e?|åkte|svängde|avställd|påställd"
    r"|registrerad som|besiktigad (?:till|i|den)|gått [0-9 ]{1,7}mil|parked|drove)"
    r"|[ ]\((?:pool|[A-ZÅÄÖ][a-zåäö]+[ ][A-ZÅÄÖ][a-zåäö]+)\)"
    r"|[ ,\t]{1,4}(?i:behörig|nekad|insläppt|utsläppt)(?![a-zåäö])"
    r"|[ ;,|\t(]{1,4}(?:Volvo|VW|Volkswagen|Toyota|Ford|Renault|Peugeot|Citroën|Mercedes|Nissan|Kia"
    r"|Hyundai|Skoda|Škoda|Audi|BMW|Opel|Saab|Tesla|Polestar|Mazda|Scania|Iveco|Fiat|Seat|Caddy"
    r"|Hilux|Transit|Transporter|Sprinter|Crafter|Passat|Golf)(?![a-zåäö])"
    r"|[ ;,|\t]{1,4}(?i:dubb|friktion|vinterdäck|sommardäck)(?![a-zåäö])"
    r"|[ ;,|\t]{1,4}(?i:skåp(?:bil|[ ]4x4)|kombi|pickup|lastbil|personbil|kranbil)(?![a-zåäö])"
)
"""After it: times of coming and going, what a car does, its driver, its tyres, its kind."""
_AROUND = 50
"""Characters before and after in which a sentence may speak of things that have codes."""
_WORD_BEFORE = 32
_LEADS = frozenset(
    (
        "till", "med", "av", "ut", "bort", "starta", "för", "är", "var", "blir", "blev", "har",
        "hade", "haft", "på", "i", "vid", "från", "mot", "och", "eller", "men", "om", "ang",
        "angående", "gäller", "avser", "som", "att", "där", "bakom", "bredvid", "framför", "hos",
        "efter", "innan", "åt", "utan", "inte", "heter", "kring", "både", "även", "bara", "vår",
        "er", "kör", "köra", "kört", "körde", "hämta", "hämtar", "hämtade", "hämtat", "lämna",
        "lämnar", "lämnade", "lämnat", "låna", "lånar", "lånade", "lånat", "boka", "bokar",
        "bokade", "bokat", "avboka", "tvätta", "tvättade", "tvättat", "flytta", "flyttar",
        "flyttade", "flyttat", "tanka", "ladda", "laddar", "laddade", "laddat", "ta", "tar", "tog",
        "tagit", "använda", "använder", "använde", "äger", "ägde", "köpt", "köpte", "köper",
        "sålt", "sålde", "säljer", "såg", "sett", "repat", "repade", "rensa", "städa", "städat",
        "nu", "to", "with", "for", "in", "nyckel", "nyckeln", "nycklar", "nycklarna",
        "debitering", "vita", "svarta", "röda", "blå", "grå", "gröna", "is", "and", "from", "of",
        "move", "moved", "take", "took", "drove", "borrowed", "our", "åker", "åkte", "troligen",
        "kanske", "samt", "return", "leasade", "hyrde", "hyra", "hyr", "ställa", "samma",
    )
)  # fmt: skip
"""What stands before a car's plate in prose. A noun there numbers things: `skåp`, `felkod`."""
_WEAK_LEADS = frozenset(
    (
        "till", "av", "på", "i", "vid", "från", "om", "heter", "in", "from", "of", "to", "och",
        "eller", "samt", "mot", "is", "and", "som", "var", "är", "for", "för", "with",
    )
)  # fmt: skip
"""Such as stand before rooms and cabinets too: the sentence must speak of people or driving."""
_NAMING = frozenset(("regnr", "registreringsnummer", "regnummer", "reg"))
_OWNERS = frozenset(("min", "din", "sin", "hans", "hennes", "my", "his", "her"))
_DRIVING = re.compile(
    r"(?i:(?<![a-zåäö])(?:kör(?:a|t)?|tanka(?:de|t)?|tvätta(?:de|t)?|parkera(?:de|t)?|låna(?:de|t)?"
    r"|hyr(?:de|t)?|åk(?:er|te)?|bilen|drove|parked)(?: (?:ner|upp|hem|in|ut|tillbaka|bort))?) \Z"
)
"""Right before it: nothing else is driven."""
_DRIVER = re.compile(
    r"(?i:(?<![a-zåäö])(?:kör|tanka|låna|hyr|parkera|åk)(?:de|te|er|r)?)"
    r" (?:du|ni|jag|han|hon|vi|de|hen|[A-ZÅÄÖ][a-zåäöé]+) \Z|(?<![a-zåäö])[Kk]örde \Z"
)
"""Right before it, who drives: what words before may say else is not of it."""
_PARTS = (
    " dack ", " dacken", "vinterdack", "sommardack", "dubbdack", "dackskift", "dackbyt",
    "dackhotell", "dackfirm", "sommarhjul", "vinterhjul", "framhjul", "bakhjul", "vindrut",
    "stenskott", "backspegel", "stotfangar", "kamrem", "motorlampa", "oljebyte", " olja pa ",
    "bromsarna", "dragkrok", "bakluck", "nummerplat", "punktering", "punka ", "krockkudd", "buckla",
    "repor ", " repa ", "forarsidan", "passagerarsidan", "framsate", "baksate", "bagageluck",
    "tyres",
    "farthallare", "helljus", "halvljus", "vaxellada", "kopplingen pa ", "avgastest", "rattlas",
)  # fmt: skip
_KINDS = (
    "bilar ", "bilarna ", "bilen ", "bilens ", "bilpark", "bilpool", "bilforman", "formansbil",
    "tjanstebil", "skapbil", "lastbil", "personbil", "poolbil", "lanebil", "hyrbil", "hyresbil",
    "elbil", "servicebil", "jourbil", "kranbil", "dragbil", "privatbil", "egen bil ", "liftbil",
    "slapvagn", "slapkarr", " slap ", " slapet ", " karran ", "husvagn", "husbil", "minibuss",
    "motorcykel", "moped", "skoter", "fyrhjuling", "hjulingen", "bandvagn", "skylift", "traktor",
    "gravmaskin", "hjullastar", "pickup", " kombi ", "fordon", "vehicle", " taxi ",
    " taxin ", "chauffor", "rental car", "hire car", "truck ", "fleet", "mileage",
    "car park", "full tank", " plate no ", " leaf ", " zoe ", " golf ", " polo ", "passat",
    "tiguan", " caddy ", "transporter", "sprinter ", " vito ", " hiace ", " hilux ", "proace",
    " yaris ", "corolla", " rav ", " ranger ", " transit ", "berlingo", " partner ", " expert ",
    "kangoo", " master ", " trafic ", " kona ", " niro ", "ioniq", "octavia", "enyaq", "superb",
    "fabia", " crafter ", " amarok ", " vivaro ", " boxer ", " jumper ", " ducato ",
)  # fmt: skip
_USE = (
    "tankning", "tankkort", "fulltank", "bensin", " diesel ", " hvo ", "drivmedel",
    "branslekvitto", "bilkvitto", "biltvatt", "korjournal", "fardskrivar", "korkort", " passager ",
    "passagerar", "milersattning", "miltal", " mil ", "korstrack", "rackvidd", "besiktning",
    "ombesikt", "bilprovning", "trafikforsakr", "halvforsakr", "helforsakr", "sjalvrisk",
    "avstalld", "avstallning", "stall av ", "stalla av ", "pastallning", "stall pa ", "agarbyte",
    "registreringsbevis", "registrerad som ", "transportstyrelsen", "vagtrafikreg", "trangselskatt",
    "infrastrukturavgift", "bropassage", "betalstation", "vagtull", "sundsbron", " farja ",
    "farjebiljett", "leasad", "leasar", "restvarde", "korforbud", "miljozon", "tung transport",
    "verkstad", "mekonomen", " bilia ", " macken ", "regnr", "reg nr", "laddkonto", "laddsession",
    "laddlogg", "hemmaladd", "autocharge", "autoladd", "plug charge", "plug and charge", "eldrift",
    "kopplade in ", "glasmaster", "koncern bil", "forare ", "foraren ", "bilist",
)  # fmt: skip
_ROADS = (
    "parkering", "parkerad", "p tillstand", "p plats", "p skiva", "p anmark", "p bolag", "p bot",
    "felparker", "lapp pa rutan", "lapp i rutan", "bogser", "klampa ", "fortkorning", "fartkamer",
    "boteslapp", "hastighetsover", "passagelogg", "grindlogg", "bomlogg", "bomsystem", " bommen ",
    " infarten ", " uppfarten ", "inslappt", "krock", "bargning", "barga ", "bargad",
    "bargar", "pakord", "pakorning", "viltolycka", "algolycka", "fick sladd", " diket ", "motpart",
    "backad pa ", "garageplats", " carport",
)  # fmt: skip
_TOPIC = Words.of(
    (*_PARTS, *_KINDS, *_USE, *_ROADS),
    (
        "mobil ", "mobilen ", "mobilens ", "parkeringsautomat", "parkeringshus", "parkeringsbelys",
        "transporterad", "transporteras", "truckbatteri", "lyft", "dackmonst", "dackdimension",
        "fordonstyp", "fordonsladd", "elbilsladd", "bilbatteri", "bilradio", "laddstolpe",
    ),
    {},
)  # fmt: skip
"""Cars and what is done with them, and words that hold such a word and mean another thing."""
_BACK = 130
"""Characters before it in which a heading may speak of cars."""
_CLAUSE = ("", ":", ".", "?", "!", ",")
_VERB = re.compile(
    r" (?:är|var|ska|skall|har|behöver|står|stod|går|gick|startar|kommer|blev|blir|fick|får|låter"
    r"|laddar|laddade|läcker|luktar|drar|tappar|tappat|ute|inne|bokad|ledig|kvar|hemma|borta|tvättad|tankad"
    r"|hämtar|is|was|has|needs)\b"
)
_HOLDER = re.compile(
    r"(?P<names>[A-ZÅÄÖ][a-zåäöé]+(?:[ -][A-ZÅÄÖ][^\W\d_]+){0,3})(?:,? \(|, |: ?|\t| {1,4})\Z"
)
_FEW = 100
"""Bearers of a given name from which on it tells a person."""
_PROSE = Words.of(
    (
        " jag ", " du ", " han ", " hon ", " min ", " mitt ", " ditt ", " din ", " sin ",
        " nan ", " nagon ",
        " vem ", " mig ", " dig ", " mamma", " pappa", "granne", " sambo", " fru ", "dotter",
        "kollega", "kompis", "nyckel", "nycklar", " kor ", " kora ", " korde ", " kort ", " akte ",
        " aka ", " hem ", "hemma", "glomde", "glomt", " lana ", " lanad", " lanat", " hyr", "tvatt",
        " tank", " dack", "punka", "buckl", " repa", "lukta", "torkar", "barnstol", "passagerare",
        " ratten", "resan", "skriven", " agare", " agaren", " agar ", " boka", "lamna", "besikt",
        "forsakr", "avgift", "kvitto", "abonnemang", " appen", "debiter", " tack ", " laddade ",
        " my ", " your ", " someone ", " drove ", " key ", " keys ", "hoppa in", "ivag ",
        "fardskrivar", "dackhotell", "betalstation",
        "avtalet ", " parker", " sald ", " salt ", " salde ", " kopt ", " kopte ",
    ),
    (
        "artikel", " art ", "order", "bestall", "lager", "lagret", "hylla", "forrad", " typ",
        "modell", "serie", "batch", "felkod", "larm", "skap ", "skapet", "rela", "brytare",
        "sakring", "skarv", "kontaktor", "transformator", "natstation", "stallverk", "ritning",
        "ledning", "linje", "signal", " rtu ", "scada", " plc ", "skrivare", "skriv ut", "server",
        "skript", "script", "patch", "version", "firmware", " fil ", " filen", " filer", "kod ",
        "koden", "koder", "reservdel", " del ", "delen ", "delar ", " prov ", "provet", "prover",
        "markt ", "markning", " rum ", "rummet", "salen", " lokal", "korridor", " kurs", " flyg",
        "flight", "styck", "projekt", "produkt", "leverans", "leverant", "installer", "uppdater",
        "kabel", "matare", "matpunkt", "givare", "sensor", "pump", "ventil", "trumma", "packning",
        " lampa ", " lampan ", "panel", "spanning", "jordfel", "stativ", " drift", "driften",
        "slut ", "ersatt",
        "ersatter", "passar", " ange ", " mata ", " mm ", " kv ", " kva ", "laddstolpe",
        "laddbox", "growatt", "vaxelriktare", "modem", "databas", "tabell", "kolumn", "bilaga",
        "template", " mall", "hash", "branch", "commit", "ticket", "jira", " part ", "item",
        "article", "drawing", "cabinet", "relay", " fuse", "printer", " error", " code", " model",
        "replaced", "material", "anlaggning", "station ", "grupp ", "avsnitt", "kapitel",
        "standard", "norm ", "normer", "resurs", "etapp", "pris ", "priset", "tariff",
        "instruktion", "avtal nr", "booking", "bokningsn", " sprint ", "sprinten", "backlog",
        "merga", "merge", "release", "kanban", " epic ", "story", "staging", " bugg", "avgang",
        "ankomst", "incheck", "boarding", " gate ", "terminal", "mellanland", "hotellet ",
        "hotell betal",
        "bokning ut ", " reser ", "skillnad", "krav ", "kravet", "utgava", "foreskrift", "remiss",
        "schakt", " grav ", " lade ", " lades ", "lagger", "forlagg", "installning",
        "stalls in ", "provade med", " linan ", "jorda ", "jordad", "frankoppl",
        "franskilj", " i fack ", "tenta", "delkurs", "aktie", "huvudbok", "kostnads", "aktivitet",
        "paket", "voucher", "kampanj", "tagg ", "automat", "filter", "dimension", "belagg",
        "fargkod", "container", "lyftok", "kranen ", "turbin", "panna", "prov visar", "aggregat",
        "reservkraft", "dieseltank", "uttag ", "laddare ", "bestallda", "i lager", "monster ",
        "omkopplare", "automaten", "stadning", "i kassan", "rabatt", "villkor", "blankett",
        "paragraf",
        "policy nr",
    ),
    {},
)  # fmt: skip
"""Words of people and driving, and doubts: what has codes of the same form."""


def told(text: str, start: int, end: int, *, common: bool) -> float:
    """What a car's doings, its owner, or prose about nothing that has codes are worth.

    `common`: the letters are a word's or a code's, so that prose alone proves nothing.
    """
    head = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    word = _word(head).lower()
    if word in _NAMING:
        return 0.0  # `regnr` speaks for itself
    if (word in _OWNERS and text[start].isupper()) or _DRIVER.search(head, _near(head)):
        return OWNED
    said = _said(text, head, end)
    # `ABC-123` is a task's key as often
    if _OF_A_CAR.match(text, end) and not (False in said and text[start + 3] == "-"):
        return SEEN
    if False in said:
        return 0.0
    if _is_topic(text, start, end):
        return SEEN
    series = text[start : start + 3] in head
    alone = common or series or not _is_named(text, end, head)
    return SEEN if not alone and (True in said or not _is_weak(text, start, head)) else 0.0


def _word(head: str) -> str:
    """The word before."""
    return head.rstrip(" (").rpartition(" ")[2]


def _near(head: str) -> int:
    return max(0, len(head) - _WORD_BEFORE)


def _is_named(text: str, end: int, head: str) -> bool:
    """Whether a sentence names it as people name a car."""
    word = _word(head)
    if word.lower() in _LEADS or _DRIVING.search(head, _near(head)) or _is_held(head):
        return True
    return _is_clause(text, head, end)


def _is_weak(text: str, start: int, head: str) -> bool:
    """Whether people would name a room or a task so, too."""
    if _DRIVING.search(head, _near(head)):
        return False
    word = _word(head).lower()
    if _is_held(head):
        return False
    coded = text[start + 3] == "-" or text[start].islower()
    return coded or word not in _LEADS or word in _WEAK_LEADS


def _said(text: str, head: str, end: int) -> frozenset[bool]:
    """Whether the line around speaks of people and driving, of what has codes, or of both."""
    tail = text[end : end + _AROUND].partition("\n")[0]
    found = _PROSE.pattern.finditer(letters(f" {head}, {tail} "))
    return frozenset(_PROSE.said[(each.lastindex or 1) - 1][0] for each in found)


def _is_topic(text: str, start: int, end: int) -> bool:
    """Whether cars are spoken of around."""
    around = f"{text[max(0, start - _BACK) : start]}, {text[end : end + _AROUND]}"
    found = _TOPIC.pattern.finditer(letters(f" {around} "))
    return any(_TOPIC.said[(each.lastindex or 1) - 1][0] for each in found)


def _is_clause(text: str, head: str, end: int) -> bool:
    """Whether a clause begins here and goes on as one about a car."""
    return head.rstrip(" ")[-1:] in _CLAUSE and _VERB.match(text, end) is not None


def _is_held(head: str) -> bool:
    """Whether somebody's name stands right before."""
    found = _HOLDER.search(head)
    return found is not None and any(lexicon.given(n) >= _FEW for n in found["names"].split())
