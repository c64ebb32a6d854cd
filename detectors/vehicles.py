"""What a text says of vehicles: whether a code in it is a car's plate or something else's."""

from __future__ import annotations

import re
from functools import lru_cache

from detectors import leads, lexicon, things
from detectors.keys import KEY_ENDS
from detectors.words import Words, letters

SEEN = 0.5
"""Score of a plate of which a text says that it is one."""
THING = -1.0
"""Of a code that words of things stand close to: no cue around is of it."""
OWNED = 0.85
"""Score of `min ABC123` and `körde du ABC123`: no doubt around takes that away."""
_OF_A_CAR = re.compile(
    r"(?:[ ]?[/|;,\t][ ]?[0-2][0-9][:.][0-5][0-9]){2}(?![0-9:.])"
    r"|[?!.,)]{0,2} (?i:den )?(?i:(?:har|är|was|is|has) )?(?i:stod|står|stått|fick|körde|kört"
    r"|backa[dt]e?|parkera|blockera|rulla[drt]|stanna[dt]e?|krocka[dt]e?|åkte|svängde|avställd|påställd"
    r"|registrerad som|besiktigad (?:till|i|den)|gått [0-9 ]{1,7}mil|parked|drove)"
    r"|[ ]\((?:pool|[A-ZÅÄÖ][a-zåäö]+[ ][A-ZÅÄÖ][a-zåäö]+)\)"
    r"|[ ,\t]{1,4}(?i:behörig|nekad|insläppt|utsläppt)(?![a-zåäö])"
    r"|[ ;,|\t(]{1,4}(?:(?:vit|svart|röd|grå|blå|grön|silver|gul|mörkblå|beige) )?"
    r"(?:Volvo|VW|Volkswagen|Toyota|Ford|Renault|Peugeot|Citroën|Mercedes|Nissan|Kia"
    r"|Hyundai|Skoda|Škoda|Audi|BMW|Opel|Saab|Tesla|Polestar|Mazda|Scania|Iveco|Fiat|Seat|Caddy"
    r"|Hilux|Transit|Transporter|Sprinter|Crafter|Passat|Golf)(?![a-zåäö])"
    r"|[ ;,|\t]{1,4}(?i:dubb|friktion|vinterdäck|sommardäck)(?![a-zåäö])"
    r"|[ ;,|\t]{1,4}(?i:skåp(?:bil|[ ]4x4)|kombi|pickup|lastbil|personbil|kranbil)(?![a-zåäö])"
)
"""After it: times of coming and going, what a car does, its driver, its tyres, its kind."""
_AROUND = 50
"""Characters before and after in which a sentence may speak of things that have codes."""
CLOSE = 30
"""Characters from a thing's word to a code that it speaks of."""
_CELLS = re.compile(r"[|;\t]| {2,}")
_BEHIND = 6
"""Characters that a word behind counts as farther off."""
_SENTENCE = re.compile(r"[.!?] +(?=[A-ZÅÄÖ])")
_WORD_BEFORE = 32
_DRIVING = re.compile(
    r"(?i:(?<![a-zåäö])(?:kör(?:a|t)?|tanka(?:de|t)?|tvätta(?:de|t)?|parkera(?:de|t)?|låna(?:de|t)?"
    r"|hyr(?:de|t)?|åk(?:er|te)?(?: i)?|bilen|drove|parked)(?: (?:ner|upp|hem|in|ut|dit|tillbaka"
    r"|bort))?(?: med)?|\bpå väg(?: (?:dit|hit|hem|ut|in|ner|upp))? i"
    r"|\blasta(?:r|de|t)? (?:om|över) (?:till|i|på)"
    r"|(?<![a-zåäö])vem (?:har|äger|tog|lånade?)) \Z"
)
"""Right before it: nothing else is driven."""
_DRIVER = re.compile(
    r"(?i:(?<![a-zåäö])(?:kör|tanka|låna|hyr|parkera|åk)(?:de|te|er|r)?)"
    r" (?:du|ni|jag|han|hon|vi|de|hen|[A-ZÅÄÖ][a-zåäöé]+) \Z|(?<![a-zåäö])[Kk]örde \Z"
)
"""Right before it, who drives: what words before may say else is not of it."""
_PASSED = re.compile(
    r"(?<![0-9])[0-2]?[0-9][:.][0-5][0-9](?:[:.][0-5][0-9])? {1,2}(?i:in|ut|out|entry|exit) {1,2}\Z"
)
"""Right before it, in a gate's log: when, and which way."""
_MADE = re.compile(
    r"(?:Volvo|VW|Toyota|Ford|Renault|Peugeot|Mercedes|Nissan|Kia|Skoda|Audi|BMW|Opel|Saab|Tesla"
    r"|(?i:(?:\A|[^a-zåäö])(?:[a-zåäö]{2,12})?(?:bil|bilen|buss|bussen|släp|släpet|vagn|vagnen)))"
    r",? \Z"
)
"""A car, right before its plate."""
_PARTS = (
    " dack ", " dacken", "vinterdack", "sommardack", "dubbdack", "dackskift", "dackbyt",
    "dackhotell", "dackfirm", "sommarhjul", "vinterhjul", "framhjul", "bakhjul", "vindrut",
    "stenskott", "backspegel", "stotfangar", "kamrem", "motorlampa", "oljebyte", " olja pa ",
    "bromsarna", "dragkrok", "bakluck", "nummerplat", "punktering", "punka ", "krockkudd", "buckla",
    "repor ", " repa ", "forarsidan", "passagerarsidan", "framsate", "baksate", "bagageluck",
    "tyres", "torkarna", "torkarblad", "startmotor", "backkamera", "varningslamp", " baltet ",
    "handbroms", "krossad ruta", "rutan krossad", "sidorut", "bakrut", " ac n ",
    "batteriet ar dott", "lackering", "startar inte", "stold ur ", "inbrott i ", "karosseri",
    "kylarvatt", "spolarv", "avgasror", "farthallare", "helljus", "halvljus", "vaxellada",
    "kopplingen pa ", "avgastest", "rattlas",
)  # fmt: skip
_KINDS = (
    "bilar ", "bilarna ", "bilen ", "bilens ", "bilpark", "bilpool", "bilforman", "formansbil",
    "tjanstebil", "skapbil", "lastbil", "personbil", "poolbil", "lanebil", "hyrbil", "hyresbil",
    "elbil", "servicebil", "jourbil", "kranbil", "dragbil", "privatbil", "egen bil ", "liftbil",
    "slapvagn", "slapkarr", " slap ", " slapet ", " karran ", "husvagn", "husbil", "minibuss",
    "motorcykel", "moped", "skoter", "fyrhjuling", "hjulingen", "bandvagn", "skylift", "traktor",
    "gravmaskin", "hjullastar", "pickup", " kombi ", "fordon", "vehicle", " taxi ", " taxin ",
    "chauffor", "rental car", "hire car", "truck ", "fleet", "mileage", " bil ", "caddyn", "tesla ",
    "tesla model", "volvo ", "polestar", "volkswagen", "renault", "toyota", "nissan", "hyundai",
    "peugeot", "citroen", "mercedes", " audi ", " bmw ", " kia ", " skoda ", "rental ", "car park",
    "full tank", " plate no ", " leaf ", " zoe ", " golf ", " polo ", "passat", "tiguan", " caddy ",
    "transporter", "sprinter ", " vito ", " hiace ", " hilux ", "proace", " yaris ", "corolla",
    " rav ", " ranger ", " transit ", "berlingo", " partner ", " expert ", "kangoo", " master ",
    " trafic ", " kona ", " niro ", "ioniq", "octavia", "enyaq", "superb", "fabia", " crafter ",
    " amarok ", " vivaro ", " boxer ", " jumper ", " ducato ",
)  # fmt: skip
_USE = (
    "tankning", "tankkort", "fulltank", "bensin", " diesel ", " hvo ", "drivmedel", "branslekvitto",
    "bilkvitto", "biltvatt", "korjournal", "fardskrivar", "korkort", " passager ", "passagerar",
    "milersattning", "miltal", " mil ", "korstrack", "rackvidd", "besiktning", "ombesikt",
    "bilprovning", "trafikforsakr", "halvforsakr", "helforsakr", "sjalvrisk", "avstalld",
    "avstallning", "stall av ", "stalla av ", "pastallning", "stall pa ", "agarbyte",
    "registreringsbevis", "registrerad som ", "transportstyrelsen", "vagtrafikreg", "trangselskatt",
    "infrastrukturavgift", "bropassage", "betalstation", "vagtull", "sundsbron", " farja ",
    "farjebiljett", "leasad", "leasar", "restvarde", "korforbud", "miljozon", "tung transport",
    "verkstad", "mekonomen", " bilia ", " macken ", "regnr", "reg nr", "laddkonto", "laddsession",
    "laddlogg", "hemmaladd", "autocharge", "autoladd", "plug charge", "plug and charge", "eldrift",
    "kopplade in ", "gps larm", "adblue", "veckokontroll", "laddade hemma", "forarbyte", "p avtal",
    "akeri", "motorvarm", "overgiven ", "gpslarm", "geostaket", "geofence", "sparsand",
    "positionen for ", "formansvard", " maut ", "storebalt", "anvandningsforb", "punktering",
    "servicepaminne", "fardigserv",
    "dackhotell", "reserakning", "skatten for ", "fordonsskatt", "bargning", "assistanskar",
    "autocharge", "laddning av ", " anpr ", " rutt ", "leasingavtal", "kopplad till ", "milersatt",
    "flotta ", "flottan ", "flottkort", "flottrapp", "vagnpark", "boendekort", "nyttokort",
    "fleet card", "bropass", "vagtull", " dkv ", "eurowag", " circle k ", " okq8 ", " preem ",
    "dieselkop", "matarbytare", "matarmont", "sjuktransport", "ambulans", "manskapsvagn",
    "egen bil", "fulltankad", "glasmaster", "koncern bil", "forare ", "foraren ", "bilist",
)  # fmt: skip
_ROADS = (
    "parkering", "parkerad", "p tillstand", "p plats", "p biljett", "p skiva", "p anmark",
    "p bolag", "p bot",
    "felparker", "lapp pa rutan", "lapp i rutan", "bogser", "klampa ", "fortkorning", "fartkamer",
    "boteslapp", "hastighetsover", "passagelogg", "grindlogg", "bomlogg", "bomsystem", " bommen ",
    " infarten ", " uppfarten ", "inslappt", "krock", "bargning", "barga ", "bargad", "bargar",
    "pakord", "pakorning", "viltolycka", "algolycka", "fick sladd", " diket ", "motpart",
    "lamnat omrade", "backad pa ", "garageplats", " carport",
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
_OF_CARS = Words.of(
    (
        *_KINDS, *_USE, *_ROADS, "regnum", "regnr", "bilnr", "bilnum", "reg nr", " reg ",
        "registrering", "skylt", "plate", "registration", "bil ", "leasing", "fordon", "charging",
        " ev ", "driver", "volvo", "saab", "tesla", "polestar", "volkswagen", " vw ", " audi ",
        " bmw ", "mercedes", "toyota", " kia ", "hyundai", "skoda", "renault", "nissan", "peugeot",
        "citroen", " opel ", " ford ", "mazda", "subaru", " fiat ", " byd ", " scania ", " van ",
        " buss ", "bussen", " suv ", "forsakring", "tillstand", "dack", "laddning", " mc ", "vagn",
        "evito", "kaross", "service", "skatt", "avgift", "motor", "passage", "rutt", "adr", "besok",
        "agare", "stold", "skada", "trailer", "lyftkran", "mobilkran", "hjullast", "skotare",
        "skordare",
    ),
    (),
    {},
)  # fmt: skip
"""Words of cars, their papers, makers and models: what they name is no other thing."""
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
_LISTING = (", ", " och ", " samt ", " eller ", " till ")
_CALLED = ("heter", "kallas", "benämns")
_FOR = ("för ", "till ", "FÖR ", "TILL ", "För ", "Till ")
_NUMBERS = ("nr", "nummer", "numret")
"""How what the patterns below find ends, or what stands in it: most text holds none."""
_LISTED = re.compile(r"(?:[A-Za-z]{3}[ -]?[0-9]{2}[0-9A-Za-z](?:,| och| samt| eller| till) )+\Z")
"""Other codes of a list, right before."""
_CALLING = re.compile(
    r" (?:heter|kallas|benämns)(?: (?:någo?t|nåt)(?: (?:med|som|i stil med))?| typ)? \Z"
)
_FITTING = re.compile(
    r"(?:driver|drivrutin|toner|patron|firmware|mjukvara)(?:e[nrt]|n|er)?(?: v?[0-9][0-9.]*)?"
    r" (?:för|till) \Z",
    re.IGNORECASE,
)
"""Right before a printer or the like that something is for."""
_CODE_NUMBER = re.compile(
    r"([A-Za-zÅÄÖåäö]{2,20})(?:[.-]|\. | )?(nr|nummer|numret)\.?:? \Z", re.IGNORECASE
)
"""`best.nr`, `art nr:`: what the number is of."""
_NAME = re.compile(r"[A-ZÅÄÖ][^\W\d_]+[ -][A-ZÅÄÖ][^\W\d_]+ \Z")
"""Two words with capitals, right before."""
_FEW = 100
"""Bearers of a given name from which on it tells a person."""
_PROSE = Words.of(
    (
        "p anmark", "polisen ", "vakten ", " jag ", " du ", " han ", " hon ", " min ", " mitt ",
        " ditt ", " din ", " sin ", " nan ", " nagon ", " vem ", " mig ", " dig ", " mamma",
        " pappa", "granne", " sambo", " fru ", "dotter", "kollega", "kompis", "nyckel", "nycklar",
        " kor ", " kora ", " korde ", " kort ", " akte ", " aka ", " hem ", "hemma", "glomde",
        "glomt", " lana ", " lanad", " lanat", " hyr", "tvatt", " tank", " dack", "punka", "buckl",
        " repa", "lukta", "torkar", "barnstol", "passagerare", " ratten", "resan", "skriven",
        " agare", " agaren", " agar ", " boka", "lamna", "besikt", "forsakr", "avgift", "kvitto",
        "abonnemang", " appen", "debiter", " tack ", " laddade ", " my ", " your ", " someone ",
        " drove ", " key ", " keys ", "hoppa in", "ivag ", "fardskrivar", "dackhotell",
        "betalstation", "avtalet ", " parker", " sald ", " salt ", " salde ", " kopt ", " kopte ",
    ),
    things.THINGS,
    {},
)  # fmt: skip
"""Words of people and driving, and doubts: what has codes of the same form."""


def told(text: str, start: int, end: int, *, common: bool) -> float:
    """What a car's doings, its owner, or prose about nothing that has codes are worth.

    `common`: the letters are a word's or a code's, so that prose alone proves nothing.
    """
    head = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    word = _word(head).lower()
    if word in leads.NAMING:
        return 0.0  # `regnr` speaks for itself
    if (word in leads.OWNERS and text[start].isupper()) or _DRIVER.search(head, _near(head)):
        return OWNED
    said = _said(text, head, end)
    # `ABC-123` is a task's key as often
    is_task = False in said and text[start + 3] == "-"
    if _PASSED.search(head, _near(head)) or (_OF_A_CAR.match(text, end) and not is_task):
        return SEEN
    if False in said:
        return _beside_thing(text, start, end, head, common=common)
    if _is_topic(text, start, end):
        return SEEN
    alone = common or _is_series(text, head, start, end) or not _is_named(text, end, head)
    return SEEN if not alone and (True in said or not _is_weak(text, start, head)) else 0.0


def _beside_thing(text: str, start: int, end: int, head: str, *, common: bool) -> float:
    """What is left of a code where words of things that have codes stand around."""
    if not common and _is_car_nearer(text, head, end):
        return SEEN
    if not common and _is_held(head) and not _is_thing_near(head):
        return SEEN
    cell = _CELLS.split(head)[-1]
    # a key speaks for itself, and so does a heading about cars
    if cell[-1:] in KEY_ENDS or _is_topic(text, start, end):
        return 0.0
    return THING if _is_thing_near(cell) else 0.0


def is_numbered(text: str, start: int) -> bool:
    """Whether the word right before is a noun that numbers things: `skåp ABC 123`."""
    head = text[max(0, start - _WORD_BEFORE) : start]
    if head.endswith(_FOR) and _FITTING.search(head):
        return True
    head = _LISTED.sub("", head) if head.endswith(_LISTING) else head
    head = _CALLING.sub(" ", head) if any(map(head.__contains__, _CALLED)) else head
    if head.rstrip(" .:").lower().endswith(_NUMBERS):
        head = _CODE_NUMBER.sub(lambda found: f"{found[1]}{found[2]} ".lower(), head)
    if head[-1:] != " ":
        return False
    word = head[:-1].rpartition(" ")[2].rpartition("\n")[2]
    if not word.isalpha() or (word[0].isupper() and _NAME.search(head)):
        return False
    return _is_noun(word)


@lru_cache(maxsize=4096)
def _is_noun(word: str) -> bool:
    """Whether a word names things that are no cars."""
    low = word.lower()
    if leads.numbers_nothing(low):
        return False
    if low in leads.CALLED or things.ends_as_thing(low):
        return True
    if _OF_CARS.pattern.search(letters(f" {low} ")):
        return False
    if word[0].isupper() and (lexicon.given(word) or lexicon.surname(word)):
        return False
    return things.may_number(low)


def is_driven(text: str, start: int) -> bool:
    """Whether somebody is said right before to drive or park it."""
    return _DRIVING.search(text, max(0, start - _WORD_BEFORE), start) is not None


def is_made(text: str, start: int) -> bool:
    """Whether a car is named right before."""
    return _MADE.search(text, max(0, start - _WORD_BEFORE), start) is not None


def _word(head: str) -> str:
    """The word before."""
    return head.rstrip(" (").rpartition(" ")[2]


def _near(head: str) -> int:
    return max(0, len(head) - _WORD_BEFORE)


def _is_named(text: str, end: int, head: str) -> bool:
    """Whether a sentence names it as people name a car."""
    word = _word(head)
    if word.lower() in leads.LEADS or _DRIVING.search(head, _near(head)) or _is_held(head):
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
    return coded or word not in leads.LEADS or word in leads.WEAK_LEADS


def _said(text: str, head: str, end: int) -> frozenset[bool]:
    """Whether the line around speaks of people and driving, of what has codes, or of both."""
    tail = _tail(text, end, whole=_DRIVING.search(head, _near(head)) is None)
    found = _PROSE.pattern.finditer(letters(f" {head}, {tail} "))
    return frozenset(_PROSE.said[(each.lastindex or 1) - 1][0] for each in found)


def _is_series(text: str, head: str, start: int, end: int) -> bool:
    """Whether another of the same letters stands beside: tasks and rooms are numbered so."""
    plate, code = text[start:end], text[start : start + 3]
    around = f"{head} {text[end : end + _AROUND]}"
    return code in around.replace(plate, "")


def _tail(text: str, end: int, *, whole: bool) -> str:
    """What follows on its line, or in its sentence."""
    tail = text[end : end + _AROUND].partition("\n")[0]
    return tail if whole else _SENTENCE.split(tail, maxsplit=1)[0]


def _is_thing_near(head: str) -> bool:
    """Whether a word of a thing that has codes stands close before."""
    line = letters(f" {head} ")
    if _OF_CARS.pattern.search(letters(f" {_word(head)} ")):
        return False
    return _nearest(_PROSE, line, len(head), wanted=False) < CLOSE


def _is_car_nearer(text: str, head: str, end: int) -> bool:
    """Whether a word of cars stands nearer on its line than any of a thing that has codes."""
    line = letters(f" {head}, {_tail(text, end, whole=True)} ")
    car = _nearest(_TOPIC, line, len(head), wanted=True)
    return car <= _nearest(_PROSE, line, len(head), wanted=False)


def _nearest(words: Words, line: bytes, at: int, *, wanted: bool) -> int:
    """Characters between the place and the nearest word that says what is wanted."""
    return min(
        (
            at - each.end() if each.end() <= at + 1 else each.start() - at + _BEHIND
            for each in words.pattern.finditer(line)
            if words.said[(each.lastindex or 1) - 1][0] is wanted
        ),
        default=_AROUND * 2,
    )


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
