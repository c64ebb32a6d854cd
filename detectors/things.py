"""Words for things that have codes or numbers: articles, documents, rooms, relays, tasks."""

from __future__ import annotations

import re
from functools import lru_cache

THINGS = (
    "artikel", " art ", "order", "bestall", " lager ", "lagret", "lagerp", "lagers", "lagerh",
    "hylla", "forrad", " typ", "modell", "serie", "batch", "felkod", "larm", " skap ", " skapet",
    "kabelskap", "natskap", "elskap", "matarskap", "apparatskap", "fordelningsskap",
    "kopplingsskap", "larmskap", "styrskap", "kontrollskap", "fiberskap", "teleskap",
    "belysningsskap",
    "relaskydd", "relaet", "rela ", "brytare", "sakring", "skarv", "kontaktor", "transformator",
    "natstation", "stallverk", "ritning", "ledning", "linje", "signal", " rtu ", "scada", " plc ",
    "skrivare", "skriv ut", "server", "skript", "script", "patch", "version", "firmware", " fil ",
    " filen", " filer", "kod ", "koden", "koder", "reservdel", " del ", "delen ", "delar ",
    " prov ", "provet", "prover", "markt ", "markning", " rum ", "rummet", "salen", " lokal",
    "korridor", " kurs", " flyg", "flight", "styck", "projekt", "produkt", "leverans", "leverant",
    "installer", "uppdater", "kabel", "matare", "matpunkt", "givare", "sensor", "pump", "ventil",
    "trumma", "packning", " lampa ", " lampan ", "panel", "spanning", "jordfel", "stativ", " drift",
    "driften", "slut ", "ersatt", "ersatter", "passar", " ange ", " mata ", " mm ", " kv ", " kva ",
    "laddstolpe", "laddbox", "growatt", "vaxelriktare", "modem", "databas", "tabell", "kolumn",
    "bilaga", "template", " mall", "hash", "branch", "commit", "ticket", "jira", " part ", "item",
    "article", "drawing", "cabinet", "relay", " fuse", "printer", " error", " code", " model",
    "replaced", "material", "anlaggning", "station ", "grupp ", "avsnitt", "kapitel", "standard",
    "norm ", "normer", "resurs", "etapp", "pris ", "priset", "tariff", "instruktion", "avtal nr",
    "booking", "bokningsn", " sprint ", "sprinten", "backlog", "merga", "merge", "release",
    "kanban", " epic ", "story", "staging", " bugg", "avgang", "ankomst", "incheck", "boarding",
    " gate ", "terminal", "mellanland", "hotellet ", "hotell betal", "bokning ut ", " reser ",
    "skillnad", "krav ", "kravet", "utgava", "foreskrift", "remiss", "schakt", " grav ", " lade ",
    " lades ", "lagger", "forlagg", "installning", "stalls in ", "provade med", " linan ", "jorda ",
    "jordad", "frankoppl", "franskilj", " i fack ", "tenta", "delkurs", "aktie", "huvudbok",
    "kostnads", "aktivitet", "paket", "voucher", "kampanj", "tagg ", "automat", "filter",
    "dimension", "belagg", "fargkod", "container", "lyftok", "kranen ", "turbin", "panna",
    "prov visar", "aggregat", "reservkraft", "dieseltank", "laddare ", "bestallda", "i lager",
    "monster ", "omkopplare", "automaten", "stadning", "i kassan", "rabatt", "villkor", "blankett",
    "paragraf", "policy nr", "kalibrer", "multimeter", "instrument", "matning", "uppmatt",
    "jordtag", "verktyg", "nyckelskap", "skyddsutr", " sele", "stege", "kompressor", "tandstift",
    "oljefilt", "luftfilt", " rem ", " remmen ", "kilrem", " hotell", "frukost", " natter", " hytt",
    "natomrade", "elomrade", "avrakningsomr", "schablon", " rack", "switch", "backup", " jobbet",
    "testmiljo", "siffror", "stationen", "kartan", "skiss", "plint", "samlingssk", "matdon",
    "stolpe", "belysning", "armatur", "brandslack", "nodutgang", "termostat", "varmepump",
    "kammare", "brunn", "vagg", "kontorsplats", "skrivbord", "konferens", "motesrum", "salong",
    "garageport", "porten till ", "slinga", "chips", "skylten pa s", "skylten pa d", "skylten pa v",
    "markskylt", "vagskylt", "parkeringsskylt", "barnstol", "bilbatteri", "bildata", "kolli ",
    " pall ", "container", "spolning", "dammsug", "ventilation", "turbul", "filial", "verifikat",
    "valuta", "kurs ", "vaxlas", "hash", "pipeline", "deploy", "kluster", "nod ", "noden", "kanal ",
    "radio", "frekvens",
)  # fmt: skip
"""As `detectors.words` folds them."""
_HEADS = re.compile(
    r"(?:skåp|stolp|låd|box|automat|rum|sal|station|central|ledning|kabel|kabl|relä|skydd|brytare"
    r"|(?<!för)säkring|uttag|larm|givare|sensor|pump|ventil|filter|filtr|server|skrivare|rack|kod"
    r"|projekt|ritning|kurs|stol|batteri|lampa|panel|(?:märk|väg|parkerings|gatu)skylt|laddare|fack"
    r"|punkt|hylla|sele|stege|protokoll|rapport|hiss|dörr|hållplats|modul|kontaktor|hytt|brunn|kammare|mätare|transformator|växelriktare"
    r"|tavla|grupp|linje|slinga|version|artikel|order|(?:garage|grind|hall|\A)port)"
    r"(?:e|en|er|et|t|n|a|an|ar|arna|erna|na|met|s)?\Z"
)
"""How a compound ends that is a thing, whatever it is for: `bilbatteri`, `garageport`."""
_NUMBERED = re.compile(
    r"(?:[a-zåäö]*(?:dokument|(?<!be)handling|mapp|pärm|parti|batch|sede?l|ritning|förteckning"
    r"|diarie|ärende|artik[eu]?l|reservdel|inventarie|protokoll|rapport|certifikat|intyg"
    r"|paragraf|budgetpost|kostnadsbärare|verifika(?:t|tion)|fakturor|plomb|trumma|trummor|kolli"
    r"|container|standard|blankett|littera|detalj|sektion|position|objekt|order|ordra|licens"
    r"|licensnyckel|modell|revision|kurs|avvikelse|projekt|aktivitet|mätpunkt|mätare|serie"
    r"|remiss|yttrande|bilag(?:a|or)?|rulle|rullar|mikrofilm|volym|underlag|kalkyl|pump|ventil"
    r"|komponent|modul|aggregat|packning|armatur|givare|sensor|lagerplats|kapit[eu]?l|avsnitt"
    r"|(?:passer|tank|bensin)kort|(?:tids?|fel|produkt|orsaks|streck|varu|konterings)kod"
    r"|(?<!kontakt)(?<!telefon)(?<!ring)(?<!jour)list(?:a|or)|utskick|nyhetsbrev|enkät|försändels?e"
    r"|kampanj"
    r"|(?:analys|vatten|stick|jord|olje|bränsle|borr)prov|ritningsblad"
    r"|version|utgåva|utgåvor)"
    r"|lot|akt|mål|blad|typ|pall|prov|punkt|art|best|tillgång|program|post|rad|d|dok|reg"
    r"|koncession|deviation|document|drawing|folder|serial|part|ticket|invoice|item|article"
    r"|project|asset|parcel|oid)"
    r"s?(?:\.? ?(?:nr|nummer|numret|no)|en|et|e?n|t|ar|a?r|arna|e?rna|na)?"
)
"""What a number right after is of. No word that a switchboard answers to, as `felanmälan` does."""
_DESKS = frozenset(("faktura", "upphandling", "tillstånd", "avtal", "avtalet", "koncession"))
"""Things that have a desk with a telephone too."""
_DONE = re.compile(
    r" (?:är|var|blev|har|gäller|avser|utgår|löper|upphör|[a-zåäö]{3,}(?:as|des|t[st]?s))\b"
)
"""What happens to things, not to desks."""
_FILED = re.compile(
    r"\b(?:(?:diarie|bok)för|registrera|arkivera|katalogisera|märk|numrera|beteckna)[a-zåäö]{0,4}"
    r"(?: (?:som|under|med))? \Z|\b(?:finns|ligger|sparas|lagras) under \Z"
)
_ALSO = (", ", " och ", " samt ", " eller ", " and ", " av ", " ersätter ", " mot ")
_LISTED = re.compile(
    r"(?:[0-9][0-9 /-]{3,14}[0-9]"
    r"(?:,? (?:rev(?:ision)?|utg(?:åva)?|version|blad)\.? ?[A-Z0-9]{1,3}\b)?"
    r"(?:,(?: ersätt(?:er|s av))?| och| samt| eller| and| ersätts av| ersätter"
    r"|(?: är)? byt(?:s|t|ts) mot) )+\Z"
)
"""Numbers of a list, right before its last."""
_REACH = 72
_CLAUSE = frozenset("\n.;|,\t(")
_VERB = re.compile(
    r"(?:ade|nde|ats?|at|te|it|[ae]r|des|tts?|[a-zåäö]a|[adt]s"
    r"|[a-zåäö]{3}(?<!blad)(?<!kostn)(?<!byggn)(?<!markn)(?<!mån)(?<!st)(?<!gr)(?<!ombudsr)ad)\Z"
)
_SHORTEST = 3
_NUMBERS = frozenset(("nr", "nummer", "no"))


def ends_as_thing(word: str) -> bool:
    """Whether a compound in lower case is a thing by its last part."""
    return _HEADS.search(word) is not None


def may_number(word: str) -> bool:
    """Whether a word in lower case that is no car may be a noun that numbers things."""
    return len(word) >= _SHORTEST and word.isalpha() and not _VERB.search(word)


_PARTICLES = (" von", " af", " de")
"""Before a surname that is a noun too: `von Post`."""


def is_number(text: str, start: int, end: int) -> bool:
    """Whether a noun right before says that digits, alone or in a list, number a thing."""
    head = text[max(0, start - _REACH) : start]
    if head.endswith(_ALSO):
        head = _LISTED.sub("", head)
    said = head.rstrip(" :#(\"'")
    before, _, word = said.replace("\n", " \n").rpartition(" ")
    word = _bare(word)
    if word in _NUMBERS:
        before, _, word = before.rstrip(" .").rpartition(" ")
        word = _bare(word)
    if before.endswith(_PARTICLES):
        return False
    if word in _DESKS:
        return _DONE.match(text, end) is not None
    if not _has_number(word):
        return _FILED.search(head) is not None
    keyed = ":" in head[len(said) :] and not word.endswith(("nr", "nummer"))
    return not keyed or not before or before[-1] in _CLAUSE or said.endswith(f"\n{word}")


def _bare(word: str) -> str:
    """A word in lower case without what stands around it."""
    return word.lstrip("\n([\"'").rstrip(".").lower()


@lru_cache(maxsize=4096)
def _has_number(word: str) -> bool:
    """Whether a word in lower case names things by their number."""
    return _NUMBERED.fullmatch(word) is not None
