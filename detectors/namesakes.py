"""What looks like a person's name and is none: firms, streets and ships, roles, months, headers."""

from __future__ import annotations

import re

from detectors import lexicon

_LISTED = 100
_TRADES = (
    r"AB|HB|KB|Agentur(?:er)?|Aktiebolag|Advokatbyrå|Anläggning|Arkitekt(?:er|kontor)?|Asfalt|Bageri"
    r"|Begravningsbyrå|Bemanning|Betong|Bil(?:ar|service|verkstad|vård)?|Blommor|Bokhandel|Buss(?:ar)?"
    r"|Bygg(?:are|nads?|service|tjänst)?|Café|Cykel|Data|Däck(?:service)?|Design|El|Elektriska|Elektronik"
    r"|El(?:teknik|service|installation(?:er)?|tjänst|montage)|Energi(?:teknik)?|Entreprenad(?:er)?"
    r"|Fastighet(?:er)?|Fiber|Finans|Fisk|Flytt(?:service)?|Fönster(?:puts)?|Förlag|Förvaltning|Foto|Frisör"
    r"|Fysioterapi|Glas(?:mästeri)?|Golv(?:service)?|Grus|Gräv(?:tjänst|service|teknik)?|Group|Gruppen|Gård"
    r"|Handel(?:s|sbolag)?|Holding|Hotell|Hudvård|Industri(?:er)?|Ingenjörs(?:firma|byrå)|Installation(?:er)?"
    r"|Invest(?:ment)?|IT|Järn(?:handel)?|Juridik|Kakel|Kapital|Kiosk|Konditori|Konsult(?:er|ing)?|Kraft"
    r"|Kyl(?:a|teknik|service)?|Kök|Lantbruk|Larm|Lastbilar|Livs(?:medel)?|Låsservice|Mark(?:service)?"
    r"|Maskin(?:er|service)?|Mat|Media|Mekaniska|Motor(?:er)?|Musik|Måleri|Möbler|Nail|Optik|Plåt(?:slageri)?"
    r"|Partners?|Pizzeria|Plast|Pump(?:ar|service)?|Redovisning|Rekrytering|Resor|Restaurang|Revision"
    r"|Rör(?:mokeri|teknik|service|jour)?|Salong|Schakt(?:ning)?|Service|Skog|Skogs(?:vård|tjänst|maskiner)"
    r"|Skrot|Smide|Snickeri(?:er)?|Sol|Sol(?:ar|el|energi|teknik)|Städ(?:service|ning)?|Ställningar|Svets"
    r"|Såg(?:verk)?|Tak|Tak(?:service|läggning)|Taxi|Teknik|Telecom|Tele|Trafik(?:skola)?|Transport(?:er)?"
    r"|Trä|Trädgård(?:ar)?|Tryckeri|Tvätt|Uthyrning|Ventilation|Verkstad|Verktyg|VVS|Vård|Värme|Åkeri"
    r"|Återvinning"
)
_PLACES = (
    r"gata|väg|plats|plan|park|torg|gränd|allé|backe|stig|bro|brygga|kaj|led|äng|mosse|kulle|hage|udde"
    r"|minne(?:sfond)?|stiftelse|fond|pris|sjukhus|barnsjukhus|skola|gymnasium|förskola|kyrka|kapell"
    r"|museum|stipendium|bibliotek"
)
_AFTER = re.compile(
    rf"(?:s|['’])?(?: (?:{_TRADES})(?![\w-])| ?& ?(?:Co|Son|Söner|Partners?)\b| och Söner\b)"
)
_PLACE_AFTER = re.compile(
    rf"(?:s|['’])? (?:(?i:{_PLACES})|[A-ZÅÄÖ]\w+(?:gata|platsen|mosse))(?![\w-])"
)
"""A genitive stands before these; the name's own end may be its s."""
_CELL_AFTER = re.compile(
    r"(?:[ -]v?[A-Z]?\d{1,3}|-[A-ZÅÄÖ]{1,5}|\.[A-Z]{2,4}"
    r"| (?P<noun>[^\W\d_]{3,})(?: v?\d{1,3})?)\Z"
)
"""What ends a cell that a system, a code or a product's name fills."""
_BEFORE = re.compile(
    r"(?:(?<!\w)(?:kvarteret|kv\.?|stormen|orkanen|ovädret|fartyget|färjan|båten|skeppet|[mMsS]/[sS]"
    r"|isbrytaren|tåget|loket|rummet|konferensrum(?:met)?|mötesrum(?:met)?|(?:möte|konferens)?sal(?:en)?"
    r"|servern|server|hosten?|klustret|databasen|systemet|appen|boten|chattboten|roboten|modulen|skrivaren"
    r"|hunden|katten|hästen|projektet|projekt|kampanjen|produkten|varumärket|märket|modellen"
    r"|aggregat(?:et)?|turbin(?:en)?|vindkraftverket|kranen|maskinen|borren|tunnelborren"
    r"|förskolan?|skolan|gymnasiet|restaurang(?:en)?|krogen|caféet|café|hotell(?:et)?|butiken|salongen"
    r"|[bB][rR][fF]|bostadsrättsföreningen|stiftelsen|bolaget|företaget|byrån|ön|sjön|byn|orten"
    r"|(?:nät)?stationen?|ställverket|linjen|ledningen|bryggan|gruvan|tunneln|bron)"
    r"|\b(?:Stormen|Orkanen|Brf|Förskolan|Skolan|Restaurang|Hotell|Café|Kvarteret|Kv\.?|Projekt|Stiftelsen"
    r"|Servern?|Sal|Rum|Station|Enhet|Anläggning|Central|Distrikt|Område|Region|Team|Grupp|Avdelning"
    r"|Kontor|Fack|Fördelning|HR)) [\"”'»]?\Z"
)
_GOODS = re.compile(
    r"s?(?: [^\W\d_]+){1,3} \d[\d,.]* ?(?:mm|cm|m|st|pack|kg|g|l|W|kW|kWh|A|V|kVA)\Z"
)
"""What follows the name in a list of goods."""
_TRADE = re.compile(_TRADES)
_ORDINARY_END = re.compile(
    r"(?:givare|ledare|chef|ansvarig|läggare|tekniker|montör|ingenjör|assistent|koordinator|specialist"
    r"|konsult|ordnare|controller|direktör|sekreterare|administratör|förvaltare|säljare|mästare"
    r"|service|support|torn(?:et)?|skolan?|ering|ning(?:en)?|tion(?:en)?|tjänst(?:er)?|avtal|avtalet"
    r"|gatan?|vägen|torget|gränd(?:en)?|stigen|backen|platsen|kyrkan?|stationen|center|parken|gården)\Z"
)
_TECHNICAL_END = re.compile(
    r"(?:värme|styrning|service|arkiv|riktare|värden?|karta|kartan|central|prognos|ärenden?|bott?|data"
    r"|system|backup|portal|app|dms|eid|ami|scada|nät|moln|lager|logg|mätning|kraft|pump)\Z"
)
_NOTHING = frozenset(
    {"deere", "storz", "laval", "kamstrup", "zaptec", "omnia", "easee", "philips", "outlook"}
    | {"teams", "tricot", "return-path", "reply-to", "message-id", "x-mailer", "content-type"}
    | {"mime-version", "selga", "bilia", "ragn-sells", "bergendahls", "ahlsell", "wallenstam"}
    | {"wihlborgs", "elgiganten", "beijer", "rexel", "storel", "onninen", "elektroskandia"}
)
"""Brands, and headers of mails."""
_CODE = re.compile(
    r"[A-ZÅÄÖ]{2,3}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
"""What alone is a code or a part of a date before it is a name."""
_ASKED = frozenset(("Ring", "Mejla", "Maila", "Sms", "Kind"))
"""What begins a request or ends a letter before it is a name."""
_SYSTEM = re.compile(r"[A-ZÅÄÖ]{2,}-(?P<tail>[A-ZÅÄÖ]{1,3})")
_INITIALS = re.compile(r"(?:[A-ZÅÄÖ][.] ?)+")
_MONTH = re.compile(
    r"(?i)\b(?:januari|februari|mars|april|juni?|juli|augusti|september|oktober)\b|[0-9]"
)
"""What a month that is a name too stands among when it is a month."""
_MONTHS_TOO = frozenset(("maj", "juni", "august", "april", "juli"))
_REACH = 30


def is_namesake(text: str, start: int, end: int) -> bool:
    """Whether what stands between these places is no person's name, by its words or others."""
    words = text[start:end].split()
    if _INITIALS.fullmatch(text, start, end) or words[-1].casefold() in _NOTHING:
        return True
    if _is_ordinary(words[-1]) or (len(words) == 1 and _is_single(text, start, end)):
        return True
    if len(words) > 1 and _TRADE.fullmatch(words[-1]) and not _is_listed(words[-1]):
        return True
    if _AFTER.match(text, end) or _PLACE_AFTER.match(text, end):
        return True
    if not start and len(words) == 1 and _is_product(text, end):
        return True
    return _BEFORE.search(text[max(0, start - _REACH) : start]) is not None


def _is_product(text: str, end: int) -> bool:
    """Whether a number, a code or a thing's word ends the cell that a given name begins."""
    if _GOODS.match(text, end):
        return True
    after = _CELL_AFTER.match(text, end)
    if after is None:
        return False
    noun = after["noun"]
    if noun is None:
        return True
    low = noun.casefold()
    ordinary = lexicon.is_word(low) or _ORDINARY_END.search(low) or _TECHNICAL_END.search(low)
    return bool(ordinary) and not _is_listed(low)


def _is_listed(word: str) -> bool:
    return lexicon.surname(word) > 0 or lexicon.given(word) >= _LISTED


def _is_ordinary(word: str) -> bool:
    """Whether a word ends as streets, schools, roles and things do, and no list knows it."""
    low = word.casefold().strip(",.")
    return not _is_listed(low) and _ORDINARY_END.search(low) is not None


def _is_single(text: str, start: int, end: int) -> bool:
    """Whether one word is a code, a day, a month or a place before it is a name."""
    word = text[start:end]
    if _CODE.fullmatch(word) or word in _ASKED or (lexicon.is_place(word) and not _is_listed(word)):
        return True
    system = _SYSTEM.fullmatch(word)
    if system and not lexicon.given(system["tail"]):
        return True
    return word.casefold() in _MONTHS_TOO and _is_dated(text, start, end)


def _is_dated(text: str, start: int, end: int) -> bool:
    """Whether a day or a month stands beside."""
    around = f"{text[max(0, start - 20) : start]} {text[end : end + 20]}"
    return _MONTH.search(around) is not None
