"""Vehicle registration numbers. Article codes look alike: a cue, a label or plain prose tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import lexicon
from detectors.recognizers.base import Hit, Recognizer
from detectors.words import Words, letters

VERSION = "8"
TRIGGER = (
    r"\b[A-HJ-PR-UW-Z]{3}[ -]?[0-9]{2}[0-9A-HJ-NPR-UW-Z]\b"
    r"|\b[a-hj-pr-uw-z]{3}[0-9]{2}[0-9a-hj-npr-uw-z]\b"
    r"|(?:[Nn][Rr]|[Nn]ummer|[Nn]umret|[Pp]late|[Ss]kylt|[Ss]kylten)"
    r"[.:=]{0,2} {0,2}[A-Za-z]{3}[ -]?[0-9]{2}[0-9A-Za-z]\b"
    r"|(?:[Bb]il|[Bb]ilen) [a-hj-pr-uw-z]{3} [0-9]{2}[0-9a-hj-npr-uw-z]\b"
    r"|\b[Aa]ng(?:ående)?[.:]? [a-hj-pr-uw-z]{3} [0-9]{2}[0-9a-hj-npr-uw-z]\b"
    r"|[Pp]ersonlig[at]? (?:[a-z]{0,14}skylt(?:en)?|reg\.?nr)[ :=]{1,3}[A-ZÅÄÖ0-9]{2,7}"
)
REACH = 140

_AFTER = r"(?![A-Za-zÅÄÖåäö0-9_])(?!-[0-9])"
_LETTER = "[A-HJ-PR-UW-Za-hj-pr-uw-z]"
_PATH = ("/", "\\")
_SHAPE = re.compile(
    rf"[0-9][0-9](?<![0-9]..)[A-HJ-NPR-UW-Za-hj-npr-uw-z0-9]{_AFTER}"
    rf"(?:(?<=\b{_LETTER}{{3}}...)|(?<=\b{_LETTER}{{3}}[ -]...))"
)
"""From the first digit on, as `re` skips to a digit faster than to a word."""
_NAMED = re.compile(
    r"(?:reg\.? ?(?:nr|nummer|num|no)|registreringsn(?:r|ummer|umret)"
    r"|(?:licen[cs]e|number|registration) plate|(?:registrerings|nummer|reg)skylt(?:en)?)"
    r"[.:=]{0,2} {0,2}\Z",
    re.IGNORECASE,
)
_BEFORE = 24
_SUBJECT = re.compile(r"\b[Aa]ng(?:ående)?[.:]? \Z")
_DRIVEN = re.compile(
    r"\b(?:bil(?:en|ar|arna)?|fordon(?:et)?|flytta|kör(?:a|de)?|parker[a-z]{2,5})\b"
)
_CAR = re.compile(r"\b[Bb]il(?:en)? \Z")
_WORD = frozenset(
    (
        "all", "bar", "bor", "den", "der", "des", "dom", "dra", "dro", "far", "fem", "fes", "for",
        "gar", "ger", "gor", "had", "han", "har", "hos", "kan", "kom", "kor", "kwh", "lag", "mal",
        "man", "max", "med", "mer", "mot", "nar", "nas", "nya", "per", "ser", "som", "tag", "tar",
        "tog", "ton", "tre", "typ", "upp", "sen", "bak", "sex", "ute", "fyr", "ett", "att", "och",
    )
)  # fmt: skip
"""Words that stand between a car and an ordinary number."""
_PERSONAL = re.compile(
    r"[Pp]ersonlig[at]? (?:[a-z]{0,14}skylt(?:en)?|reg\.?nr)[ :=]{1,3}"
    rf"(?P<plate>[A-ZÅÄÖ0-9]{{2,7}}){_AFTER}"
)
_FUSE = re.compile("[A-Z]{3} (?:06|10|13|16|20|25|30|32|35|40|50|63|80)[ABC]")
"""Devices with their current or curve, as `MCB 16C`, where a plate would have its last three."""
_WORDS = frozenset(
    (
        "SEK", "EUR", "NOK", "DKK", "USD", "GBP", "KWH", "MWH", "GWH", "TWH", "KVA", "MVA", "LGH",
        "TEL", "FAX", "TFN", "SFS", "RFC", "EKK", "FKK", "EKL", "EKR", "RKK", "LED", "USB", "GSM",
        "LTE", "RPM", "MAX",
    )
)  # fmt: skip
"""Units, currencies, cables: never the letters of a plate in what companies write."""
_TECHNICAL = frozenset(
    (
        "ABB", "REF", "REL", "RED", "RET", "REV", "RTU", "CMU", "VER", "ART", "KST", "AVD", "HUS",
        "RUM", "SAL", "SAS", "KAP", "KAM", "KAB", "NST", "DOK", "ORD", "KOD", "BOX", "TAB", "ROW",
        "RAD", "PEX", "MCB", "RCD", "EMH", "ERR", "EVC", "TWC", "SRV", "CCS", "AXK", "JAN", "FEB",
        "MAR", "APR", "MAJ", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEC",
    )
)  # fmt: skip
"""Codes of devices, places and months as often as plates: a label is needed."""
_COMMON = frozenset(
    (
        "DEN", "DET", "BUT", "SHA", "CAT", "PAR", "NSX", "TRE", "GPS", "APP", "WEB", "NAS", "LAN",
        "WAN", "SSH", "TCP", "UDP", "ARP", "PLC", "UPS", "LCD", "CPU", "GPU", "RAM", "SSD", "HDD",
        "PDF", "SMS", "EAN",
    )
)  # fmt: skip
"""Words and codes as often as plates, where no word about vehicles stands."""
_OF_A_CAR = re.compile(
    r"(?:[ ]?[/|;,\t][ ]?[0-2][0-9][:.][0-5][0-9]){2}(?![0-9:.])"
    r"|[?!.,)]{0,2} (?i:(?:har|är|was|is|has) )?(?i:stod|står|stått|fick|körde|kört|backa[dt]e?"
    r"|parkera|blockera|rulla[dt]|stanna[dt]e?|krocka[dt]e?|åkte|svängde|parked|drove)"
    r"|[ ]\((?:pool|[A-ZÅÄÖ][a-zåäö]+[ ][A-ZÅÄÖ][a-zåäö]+)\)"
    r"|[ ;,|\t]{1,4}(?i:skåp(?:bil|[ ]4x4)|kombi|pickup|lastbil|personbil|kranbil)(?![a-zåäö])"
)
"""After it: times of coming and going, what a car does, its driver, its kind."""
_NEW = 0.35
"""Score of the form with a letter last."""
_SEEN = 0.5
"""Score of a plate of which that is said."""
_OWNED = 0.85
"""Score of `min ABC123`: no doubt around takes that away."""
_AROUND = 50
_WORD_BEFORE = 13
"""Characters before and after in which a sentence may speak of things that have codes."""
_LEADS = frozenset(
    (
        "till", "med", "av", "ut", "bort", "starta", "för", "är", "var", "blir", "blev", "har",
        "hade", "haft", "på", "i", "vid", "från", "mot", "och", "eller", "men", "om", "ang",
        "angående", "gäller", "avser", "som", "att", "där", "bakom", "bredvid", "framför", "hos",
        "efter", "innan", "åt", "utan", "inte", "heter", "kring", "både", "även", "bara", "vår",
        "er", "kör", "köra", "kört", "körde", "hämta", "hämtar", "hämtade", "hämtat", "lämna",
        "lämnar", "lämnade", "lämnat", "låna", "lånar", "lånade", "lånat", "boka", "bokar",
        "bokade", "bokat", "tvätta", "tvättade", "tvättat", "flytta", "flyttar", "flyttade",
        "flyttat", "tanka", "ladda", "laddar", "laddade", "laddat", "ta", "tar", "tog", "tagit",
        "använda", "använder", "använde", "äger", "ägde", "köpt", "köpte", "köper", "sålt",
        "sålde", "säljer", "såg", "sett", "repat", "repade", "rensa", "städa", "städat", "nu",
        "to", "with", "for", "in", "nyckel", "nyckeln", "nycklar", "nycklarna", "debitering",
        "vita", "svarta", "röda", "blå", "grå", "gröna", "is", "and", "from", "of", "move",
        "moved", "take", "took", "drove", "borrowed", "our",
    )
)  # fmt: skip
"""What stands before a car's plate in prose. A noun there numbers things: `skåp`, `felkod`."""
_WEAK_LEADS = frozenset(
    ("till", "av", "på", "i", "vid", "från", "om", "heter", "in", "from", "of", "to")
)
"""Such as stand before rooms and cabinets too: the sentence must speak of people or driving."""
_NAMING = frozenset(("regnr", "registreringsnummer", "regnummer", "reg"))
_OWNERS = frozenset(("min", "din", "sin", "hans", "hennes", "my", "his", "her"))
_DRIVING = re.compile(
    r"(?i)(?<![a-zåäö])(?:kör(?:a|de|t)?|tanka(?:de|t)?|tvätta(?:de|t)?|parkera(?:de|t)?|låna(?:de|t)?"
    r"|hyr(?:de|t)?|bilen|drove|parked) \Z"
)
"""Right before it: nothing else is driven, and no doubt around takes that away."""
_TOPIC = re.compile(
    r"(?i)(?:däck|bilar\b|bilpark|bilförmån|bilpool|förmånsbil|tjänstebil|fordon|parkering(?!sautomat)"
    r"|p-tillstånd|p-plats|besiktning|verkstad|biltvätt|körjournal|regnr|reg\.nr|vehicles?|car park"
    r"|fleet|tankning|bensin|diesel|hvo100|stenskott|förarsidan|passagerarsidan|punka|punktering"
    r"|bärgning|bärga|krock|buckla|vindrut|trängselskatt|infrastrukturavgift|bropassage|passager\b"
    r"|sundsbron|vägtull|felparker|p-bolag|laddkonto|laddsession|elbil|eldrift|plate no"
    r"|(?<![a-zåäö])(?:leaf|zoe|golf|polo|passat|tiguan|caddy|transporter|sprinter|vito|hiace|hilux"
    r"|proace|yaris|corolla|rav4|ranger|transit|berlingo|partner|expert|kangoo|master|trafic|kona|niro"
    r"|ioniq|octavia|enyaq|superb|fabia|id\.?[34]|ex30|xc40|xc60|xc90|v60|v70|v90|model [3y]|mg4"
    r"|hyrbil|bilen|bilarna|skåpbil|lastbil|släpvagn|kranbil|minibuss|motorcykel|moped)(?![a-zåäö]))"
)
"""Cars and what is done with them."""
_BACK = 130
"""Characters before it in which a heading may speak of cars."""
_CLAUSE = ("", ":", ".", "?", "!", ",")
_VERB = re.compile(
    r" (?:är|var|ska|skall|har|behöver|står|stod|går|gick|startar|kommer|blev|blir|fick|får|låter"
    r"|laddar|laddade|läcker|luktar|drar|tappar|tappat|ute|inne|bokad|ledig|kvar|hemma|borta|tvättad|tankad"
    r"|is|was|has|needs)\b"
)
_HOLDER = re.compile(
    r"(?P<names>[A-ZÅÄÖ][a-zåäöé]+(?:[ -][A-ZÅÄÖ][^\W\d_]+){0,3})(?:,? \(|, |: ?|\t| {1,4})\Z"
)
_FEW = 100
"""Bearers of a given name from which on it tells a person."""
_PROSE = Words.of(
    (
        " jag ", " du ", " han ", " hon ", " min ", " mitt ", " din ", " sin ", " nan ", " nagon ",
        " vem ", " mig ", " dig ", " mamma", " pappa", "granne", " sambo", " fru ", "dotter",
        "kollega", "kompis", "nyckel", "nycklar", " kor ", " kora ", " korde ", " kort ", " akte ",
        " aka ", " hem ", "hemma", "glomde", "glomt", " lana ", " lanad", " lanat", " hyr", "tvatt",
        " tank", " dack", "punka", "buckl", " repa", "lukta", "torkar", "barnstol", "passagerare",
        " ratten", "resan", "skriven", " agare", " agaren", " agar ", " boka", "lamna", "besikt",
        "forsakr", "avgift", "kvitto", "abonnemang", " appen", "debiter", " tack ", " laddade ",
        " my ", " your ", " someone ", " drove ", " key ", " keys ",
    ),
    (
        "artikel", " art ", "order", "bestall", "lager", "lagret", "hylla", "forrad", " typ",
        "modell", "serie", "batch", "felkod", "larm", "skap", "rela", "brytare", "sakring",
        "skarv", "kontaktor", "transformator", "natstation", "stallverk", "ritning", "ledning",
        "linje", "signal", " rtu ", "scada", " plc ", "skrivare", "skriv ut", "server", "skript",
        "script", "patch", "version", "firmware", " fil ", " filen", " filer", "kod ", "koden",
        "koder", "reservdel", " del ", "delen ", "delar ", " prov ", "provet", "prover", "markt ",
        "markning", " rum ", "rummet", "salen", " lokal", "korridor", " kurs", " flyg", "flight",
        "styck", " st ", "projekt", "produkt", "leverans", "leverant", "installer", "uppdater",
        "kabel", "matare", "matpunkt", "givare", "sensor", "pump", "ventil", "trumma", "packning",
        "lampa", "panel", "spanning", "jordfel", "stativ", " drift", "driften", "slut ", "ersatt",
        "ersatter", "passar", " ange", " mata ", " mm ", " kw ", " kv ", " kva ", "laddstolpe",
        "laddbox", "growatt", "vaxelriktare", "modem", "databas", "tabell", "kolumn", "bilaga",
        "template", " mall", "hash", "branch", "commit", "ticket", "jira", " part ", "item",
        "article", "drawing", "cabinet", "relay", " fuse", "printer", " error", " code", " model",
        "replaced", "material", "anlaggning", "station ", "grupp ", "avsnitt", "kapitel",
        "standard", "norm ", "resurs", "etapp", "pris ", "priset", "tariff", "instruktion",
        "avtal nr", "booking", "bokningsn",
    ),
    {},
)  # fmt: skip
"""Words of people and driving, and doubts: what has codes of the same form."""
_FORM = ("form",)
_PERSONAL_PLATE = ("personal plate",)


def is_valid(number: str) -> bool:
    """Whether the string is three letters, two digits and a digit or letter of a plate.

    Transportstyrelsen: 23 letters, never I, Q, V, Å, Ä, Ö; the last place a digit or, since 2019,
    a letter but O.
    """
    found = _SHAPE.search(number)
    if found is None or found.end() < len(number) or _start(number, found):
        return False
    return _form(number) > 0 and number[:3].upper() not in _WORDS


class Plate(Recognizer):
    """Ordinary plates beside words about vehicles or in prose; personal plates by name."""

    ENTITY = "SE_VEHICLE_REGISTRATION"
    CUES = (
        "regnr", "reg nr", "regno", "reg no", "registreringsn", "registreringsskylt", "regskylt",
        "nummerskylt", "regnum", "reg num", "registration plate", "registration num", " reg ",
        " plate ", " plates ", "licenseplate", "license plate", "licenceplate", "licence plate",
        "numberplate", "number plate", "plate no", "plate num", "personlig skylt", "bil ",
        "bilen ", "bilens ", "leasing",
        "vi star med ", "jag star med ", "fordonslist", "fordonsforteck", "dackskift",
        "bilar ", "bilarna ", "bilnr", "bilnum", "husvagn", "bilpool",
        "laddhybrid", "motorcykel", "fordon ", "fordonet", "fordonen", "fordonsn", "fordons id",
        "fordonsid", "fordonsreg", " slap ", " slapet ", "slapvagn", "slapkarra", "traktor", " mc ",
        "korjournal", "trangselskatt", "vehicle", " car ", " cars ", " truck ", " trailer ",
        "parker", " parking ", " parked ", "felparker", "bogser", "dackbyte", "dacken",
        "p plats", "garageplats", " plats ", "laddplats", "laddningen ar klar", "laddning klar",
        "laddning avslut", "laddning pa bor", "laddning pabor", "laddning start", "fulladda",
        " skylt ", " skylten ", " skyltar", "kanner igen", "laddning av", "laddningen av",
        "charging of", " ev ", " driver ", "forare", " boter", "p bot", "besikt", "tankade",
        "tankat", "tankning", "barga", "bargning", "milersattning", "krockade", "krockat", "krock ",
        "pakord av", "anpr", " lpr ", "kameran laste", "verkstad", "uppfart", "infart", "carport",
        " van ", " buss ", "minibuss", "pickup", " suv ", "moped", "snoskoter",
        "kontrollavgift", " registration ", "volvo", " saab ", " tesla ", "polestar", "volkswagen",
        " vw ", " audi ", " bmw ", "mercedes", "toyota", " kia ", "hyundai", " skoda ", "renault",
        "nissan", "peugeot", "citroen", " opel ", " ford ", "mazda", "subaru", " fiat ", " byd ",
        " scania ",
    )  # fmt: skip
    DOUBTS = (
        "artikel", "order", "serie", "bilaga", "produkt", "modell", "kod ", "batch", "bestall",
        " typ ", "fordonstyp", "enligt", "matare", "laddstolpe", "laddbox", "laddpunkt", "flyg",
        "flight", "kabel", " rum ", " i sal ", "salen ", " lgh ", "projekt", " kst ", "station ",
        "kundref", "version", "firmware", "relaskydd", "template", " hash ", "mobil ", "mobilen ",
        "automobil", "stabil ", "hylla", "ritning", "anlaggning", "matarplats", "matplats",
        " grupp ", "trumma ", "kabelskap", "scada", " server ", " ror ", "skrivare", "servrar",
        "booking", "bokningsn", "material",
    )  # fmt: skip

    def find(self, text: str) -> Iterator[Hit]:
        """Codes of a plate's shape: weak where nothing around tells a car."""
        named = frozenset[int]()
        if "ersonlig" in text:
            plates = [found.span("plate") for found in _PERSONAL.finditer(text)]
            named = frozenset(start for start, _ in plates)
            for start, end in plates:
                yield Hit(start, end, 0.5, _PERSONAL_PLATE)
        for found in _SHAPE.finditer(text):
            start = _start(text, found)
            if start not in named and text[start - 1 : start] not in _PATH:
                score = _score(text, start, found.end())
                if score:
                    yield Hit(start, found.end(), score, _FORM)


def _start(text: str, found: re.Match[str]) -> int:
    """Where the letters before a match's digits begin."""
    digits = found.start()
    return digits - 3 if text[digits - 1] not in " -" else digits - 4


def _form(plate: str) -> float:
    """The score of a plate's capitals and small letters; 0 where they are no plate's."""
    letters, last = plate[:3], plate[-1]
    if letters.isupper():
        return 0.3 if last.isdigit() else _NEW if last.isupper() else 0.0
    return 0.2 if len(plate) == 6 and plate.islower() else 0.0


def _score(text: str, start: int, end: int) -> float:
    plate = text[start:end]
    code = plate[:3].upper()
    if code in _WORDS:
        return 0.3 if _form(plate) and _is_named(text, start) else 0.0
    form = _form(plate)
    if form and code not in _TECHNICAL:
        form = max(form, _told(text, start, end))
    if not form:
        if _is_subject(text, start, end):
            return _SEEN
        return 0.3 if _is_named(text, start) or _is_car(text, start) else 0.0
    if code in _TECHNICAL:
        return 0.3 if _is_named(text, start) else 0.12
    if form == _NEW and _FUSE.fullmatch(plate):
        return 0.3 if _is_named(text, start) else 0.2
    return form


def _told(text: str, start: int, end: int) -> float:
    """What a car's doings, its owner, or prose about nothing that has codes are worth."""
    if _OF_A_CAR.match(text, end):
        return _SEEN
    if not text[start].isupper():
        return _SEEN if _is_subject(text, start, end) else 0.0
    before = text[max(0, start - _WORD_BEFORE) : start].rpartition("\n")[2]
    written = before.rstrip(" ").rpartition(" ")[2]
    word = written.lower()
    if word in _OWNERS or word in _NAMING:
        return _OWNED if word in _OWNERS else 0.0  # `regnr` speaks for itself
    if _is_of_cars(text, start, end):
        return _SEEN
    if word not in _LEADS and written == word and word.isalpha():
        return 0.0
    return _SEEN if _DRIVING.search(before) or _is_prose(text, start, end, word) else 0.0


def _is_prose(text: str, start: int, end: int, word: str) -> bool:
    """Whether a sentence names it as people name a car, and nothing that has codes."""
    code = text[start : start + 3]
    head = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    weak = word in _WEAK_LEADS
    if code in _COMMON:
        return False
    if word not in _LEADS and not _is_held(head):
        if not _is_clause(text, head, end):
            return False
        weak = True
    tail = text[end : end + _AROUND].partition("\n")[0]
    if code in head or code in tail:  # a series of codes
        return False
    found = _PROSE.pattern.finditer(letters(f" {head}, {tail} "))
    said = {_PROSE.said[(each.lastindex or 1) - 1][0] for each in found}
    return said == {True} or (not said and not weak)


def _is_of_cars(text: str, start: int, end: int) -> bool:
    """Whether cars are spoken of around, and its line names nothing that has codes."""
    if not _TOPIC.search(text, max(0, start - _BACK), end + _AROUND):
        return False
    head = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    tail = text[end : end + _AROUND].partition("\n")[0]
    found = _PROSE.pattern.finditer(letters(f" {head}, {tail} "))
    return all(_PROSE.said[(each.lastindex or 1) - 1][0] for each in found)


def _is_clause(text: str, head: str, end: int) -> bool:
    """Whether a clause begins here and goes on as one about a car."""
    return head.rstrip(" ")[-1:] in _CLAUSE and _VERB.match(text, end) is not None


def _is_held(head: str) -> bool:
    """Whether somebody's name stands right before."""
    found = _HOLDER.search(head)
    return found is not None and any(lexicon.given(n) >= _FEW for n in found["names"].split())


def _is_subject(text: str, start: int, end: int) -> bool:
    """Whether a letter is about it, and says something of a car."""
    if not _SUBJECT.search(text, max(0, start - _BEFORE), start):
        return False
    return _DRIVEN.search(text, end, end + _AROUND) is not None


def _is_named(text: str, start: int) -> bool:
    """Whether a word that means nothing but plates stands right before."""
    return _NAMED.search(text, max(0, start - _BEFORE), start) is not None


def _is_car(text: str, start: int) -> bool:
    """Whether small letters apart from their digits come after a car, and are no word."""
    if text[start + 3] == " " and text[start : start + 3].lower() in _WORD:
        return False
    return _CAR.search(text, max(0, start - 8), start) is not None


PLUGIN = Plate
