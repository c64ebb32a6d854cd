"""Names of persons: given names and surnames of the register, initials, titles and greetings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from detectors import lexicon
from detectors.recognizers.base import Hit, Recognizer

VERSION = "4"
REACH = 110

_CAPITAL = "[A-ZÀ-ÖØ-Þ?]"
_SMALL = "[a-zß-öø-ÿ?'A-ZÀ-ÖØ-Þ-]"
_GREETING = (
    "[Hh][Ee][Jj](?:[Ss][Aa][Nn])?|[Hh]allå|[Tt]jena|[Mm][Vv][Hh]|heter|[Rr]ing(?:de)?|[Kk]ontakta"
    "|(?:[Pp]rata|[Tt]ala)de med|[Ff]råga|[Kk]ollega|[Ss]on|[Dd]otter|[Ff]ru|[Mm]ak[ea]|[Ss]ambo"
    "|[Gg]ranne|[Kk]und|[Hh]älsn(?:ing|ingar|[.])|[Hh]err|[Hh]r|[Ff]röken|[Ff]amiljen|[Ff]am[.]"
    "|[Dd]oktor|[Dd]r|[Aa]dvokat|[Dd]irektör|[Oo]rdförande"
)


def TRIGGER() -> str:
    """Two capitalised words, initials, a word of greeting, a given name in small letters."""
    plain, other = _alternatives(ascii_first=True), _alternatives(ascii_first=False)
    particle = "[Aa]l|[Aa]f|[Dd][aei]|[Dd]e[nr]|[Ee]l|[Ll]a|[Vv][ao]n|[Bb]in"
    return (
        rf"{_CAPITAL}{_SMALL}{{1,20}}(?:,|,? |  |\t)(?:(?:{particle}) )?"
        rf"(?:{_CAPITAL}[a-zß-öø-ÿ?'.-]|[A-ZÀ-ÖØ-Þ]{{3}}|[A-ZÀ-ÖØ-Þ][A-Z]\b|[A-ZÀ-Þ][À-ÖØ-Þ])"
        rf"|{_CAPITAL}(?:[.] ?|-[A-ZÅÄÖ] ){_CAPITAL}"
        rf"|(?:{_GREETING})[ ,:!\t\r\n]{{1,6}}{_CAPITAL}"
        rf"|(?:\b(?:{plain})|{other}) {{1,2}}[A-Za-zÀ-ÿ?]"
        r"|NAD[+](?:UD|IV)[+]"
    )


def _alternatives(*, ascii_first: bool) -> str:
    """Given names that count in small letters; a word boundary knows only ASCII."""
    chosen = (name for name in _small_given() if name[0].isascii() is ascii_first)
    return "|".join(sorted(re.escape(name) for name in chosen))


@cache
def _small_given() -> frozenset[str]:
    """Given names that nothing else is written as: they count in small letters too."""
    return lexicon.frequent_given(1000)


Span = tuple[int, int, float]
_Found = tuple[int, float, str]
"""A name's last word, its score and why."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_PARTICLES = frozenset(
    {"von", "af", "de", "van", "der", "den", "al", "el", "bin", "da", "di", "la"}
)
_CALENDAR = frozenset(
    {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september"}
    | {"oktober", "november", "december", "måndag", "tisdag", "onsdag", "torsdag", "fredag"}
    | {"lördag", "söndag", "jul", "påsk"}
)
_SURNAME_END = re.compile(
    r".{2,}(?:sson|sdotter|ström|berg|qvist|kvist|lund|gren|dahl|sted|stedt|löf|löv|feldt|borg|holm"
    r"|mark|ski|ska|wski|ović|ovic|vić|enko|wall|vall|blad|ander|ström|strand|hult|bäck|beck|lind"
    r"|mann|ell|én|lin|dén|zadeh|oğlu|oglu|akis|opoulos|ulla)$"
)
_ORDINARY_END = re.compile(
    r".+(?:ering|ning|ningen|ingar|het|heten|tion|tionen|tjänst|tjänster|avtal|avtalet|erna|arna|ande|nät"
    r"|nätet|bolag|bolaget|mätare|mätaren|område|kraft|energi|värme|pris|priset|paket|skolan|verket"
    r"|kyrka|kyrkan|kommun|län|gatan|gata|vägen|väg|torget|torg|station|stationen|center|box|laddbox|kort|plus|bas|sol|cell"
    r"|celler|vind|vatten|nord|syd|öst|väst|norr|söder)$"
)
_BRANDS = frozenset({"deere", "storz", "laval", "kamstrup", "zaptec", "omnia", "easee", "philips"})
_STREET_AFTER = re.compile(
    r" ?-?s?(?: [^\W\d_]+s?)? (?:gata|gatan|väg|vägen|torg|plats|plan|gränd|stig|allé|backe|park"
    r"|parken|kyrka|skola|minnesfond|stiftelse|fond|pris)\b",
    re.IGNORECASE,
)
_FIRM_AFTER = re.compile(
    r"s?(?: +(?:&|och|i|[A-ZÅÄÖ][\w.-]*)){0,5}? +(?:AB|Ab|HB|KB|Aktiebolag|Handelsbolag|& Co|& Son"
    r"|Inc|Ltd|GmbH|AS|A/S|Oy|Förlag|Åkeri|Bygg|Rör|Måleri|Advokatbyrå)(?!\w)"
)
_FIRM_BEFORE = re.compile(
    r"(?:stiftelsen|firman?|firma|\w+firman?|bolaget|företaget|koncernen|restaurang|kvarteret|kv\."
    r"|sankt|s:t|sankta|drottning|kung|varumärket|modell(?:en)?|skolan|stormen|orkanen"
    r"|fartyget) +$",
    re.IGNORECASE,
)
_GIVEN_CUE = re.compile(
    r"(?:\b(?:hej|hejsan|hallå|tjena|mvh|heter|ring|ringde|kontakta|pratade med|talade med|fråga"
    r"|kollega|son|dotter|fru|make|maka|sambo|granne|kund)|hälsn(?:ing|ingar|\.)?)"
    r"[ ,:!]{0,3}\s{0,3}$",
    re.IGNORECASE,
)
_SURNAME_CUE = re.compile(
    r"\b(?:herr|hr|fru|fröken|familjen|fam\.|doktor|dr|advokat|direktör|ordförande) {1,3}$",
    re.IGNORECASE,
)
_CUE_WORDS = frozenset(
    {"hej", "hejsan", "hallå", "tjena", "mvh", "heter", "ring", "ringde", "kontakta", "med"}
    | {"fråga", "kollega", "son", "dotter", "fru", "make", "maka", "sambo", "granne", "kund"}
    | {"hälsning", "hälsningar", "hälsn", "herr", "hr", "fröken", "familjen", "fam", "doktor"}
    | {"dr", "advokat", "direktör", "ordförande"}
)
"""The words that the two expressions above end in: a look-up spares most of their searches."""
_EDIEL_NAME = re.compile(
    r"NAD\+(?:UD|IV)\+(?P<id>[^+']{0,40})\+[^+']{0,20}\+(?P<name>[^+'\d:]{3,70})(?=[+':])"
)
_FIRM_NAME = re.compile(r"\b(?:AB|HB|KB|kommun|BRF|Brf|förening|stiftelse)\b")


class _Word:
    """A token and what the lexicon says of it."""

    __slots__ = ("end", "start", "text")

    def __init__(self, hit: re.Match[str]) -> None:
        self.text = hit[0].removesuffix(".") if len(hit[0]) > 2 else hit[0]
        self.start = hit.start()
        self.end = hit.start() + len(self.text)

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 or (len(self.text) == 2 and self.text[1] == ".")

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_lower(self) -> bool:
        return self.text.islower()

    def given(self) -> float:
        """0 to 3: how much the word looks like a given name."""
        return _given(self.text)

    def surname(self) -> float:
        """0 to 3: how much the word looks like a surname."""
        return _surname_of(self.text)


class _Words(Sequence[_Word]):
    """The words of a text, each made when it is asked for: few of them may belong to a name."""

    __slots__ = ("_made", "_tokens")

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self._tokens = tokens
        self._made: dict[int, _Word] = {}

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, index: int) -> _Word:  # type: ignore[override]  # never a slice
        word = self._made.get(index)
        if word is None:
            word = self._made[index] = _Word(self._tokens[index])
        return word


@lru_cache(maxsize=8192)
def _given(text: str) -> float:
    name = text.casefold()
    bearers = max(lexicon.given(name), min(map(lexicon.given, name.split("-"))))
    if not bearers or len(text.removesuffix(".")) == 1 or lexicon.is_place(name):
        return 0.0 if bearers < 5000 else 1.9
    if lexicon.is_word(name) or name in _CALENDAR:
        common = bearers >= 20000 and name not in {"hans", "per"}
        return 2.5 if common else 1.9 if bearers >= 5000 else 0.5
    return 3.0 if bearers >= 1000 else 2.0 if bearers >= 100 else 1.0


@lru_cache(maxsize=8192)
def _surname_of(text: str) -> float:
    name = text.casefold()
    whole = max(_surname(name), *(_surname(part) for part in name.split("-")))
    if whole >= 2 or not name.endswith("s"):
        return whole
    return max(whole, _surname(name[:-1]))


def _surname(name: str) -> float:
    if name in _CALENDAR or name in _BRANDS or len(name) < 2:
        return 0.0
    if lexicon.surname(name):
        return 2.0 if lexicon.is_word(name) or lexicon.is_place(name) else 3.0
    if lexicon.is_word(name) or lexicon.is_place(name):
        return 0.0
    if _ORDINARY_END.fullmatch(name):
        return 0.0
    if len(name) >= 6 and _SURNAME_END.fullmatch(name):
        return 2.5
    return 2.0 if lexicon.patronymic(name) >= 100 else 1.0


def names(text: str) -> Iterator[Span]:
    """Spans and scores of names of persons, in order; none overlap."""
    return ((hit.start, hit.end, hit.score) for hit in _hits(text))


def _hits(text: str) -> Iterator[Hit]:
    tokens = list(_TOKEN.finditer(text))
    words = _Words(tokens)
    taken = -1
    ediel = _named_by_ediel(text) if "NAD+" in text else []
    yield from ediel
    index = 0
    given = _small_given()
    while index < len(tokens):
        name = tokens[index][0]
        if name not in given and name[0].islower() and "-" not in name:
            index += 1
            continue
        found = _at(text, words, index)
        if found is None or _is_other(text, words[index].start, words[found[0]].end):
            index += 1
            continue
        last, score, reason = found
        start, end = words[index].start, _end(words[last])
        index = last + 1
        if start > taken and not any(hit.start < end and start < hit.end for hit in ediel):
            taken = end
            yield Hit(start, end, score, (reason,))


def _named_by_ediel(text: str) -> list[Hit]:
    return [
        Hit(*hit.span("name"), 0.8, ("Ediel field",))
        for hit in _EDIEL_NAME.finditer(text)
        if ":SE1" not in hit["id"] and not _FIRM_NAME.search(hit["name"])
    ]


def _end(word: _Word) -> int:
    """The word's end without a genitive s."""
    name = word.text.casefold()
    genitive = name.endswith("s") and _surname(name) < 2 <= _surname(name[:-1])
    return word.end - 1 if genitive else word.end


def _at(text: str, words: Sequence[_Word], index: int) -> _Found | None:
    """The name that begins at this word."""
    word = words[index]
    if word.text[0].islower():
        given = _small_given()
        small = all(part in given for part in word.text.split("-"))
        return _full(text, words, index) if small else None
    return (
        _of_several(text, words, index)
        if index + 1 < len(words) and _may_go_on(word, words[index + 1])
        else None
    ) or _cued(text, words, index)


def _may_go_on(word: _Word, following: _Word) -> bool:
    near = following.start - word.end <= 2
    return near and (following.text[0].isupper() or following.text in _PARTICLES)


def _of_several(text: str, words: Sequence[_Word], index: int) -> _Found | None:
    return (
        _full(text, words, index) or _reversed(text, words, index) or _initials(text, words, index)
    )


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether the name is a part of a street's, a firm's or a thing's name."""
    after = text[end : end + 80].split("\n", 1)[0]
    return (
        _STREET_AFTER.match(after) is not None
        or _FIRM_AFTER.match(after) is not None
        or _FIRM_BEFORE.search(text[max(0, start - 30) : start]) is not None
    )


def _is_next(text: str, left: _Word, right: _Word) -> bool:
    return (
        0 < right.start - left.end <= 2
        and text[left.end : right.start].isspace()
        and ("\n" not in text[left.end : right.start])
    )


def _full(text: str, words: Sequence[_Word], index: int) -> _Found | None:
    """Given names, initials and particles, then a surname."""
    first = words[index]
    given = first.given()
    if not given:
        return None
    best: _Found | None = None
    for last in range(index + 1, min(index + 5, len(words))):
        if not _is_next(text, words[last - 1], words[last]):
            break
        word = words[last]
        if word.text in _PARTICLES or word.is_initial:
            continue
        surname = _fitting(first, word, given)
        weight = given + surname
        if surname and weight >= 3:
            best = (last, min(0.9, 0.55 + (weight - 3) * 0.1), "given name and surname")
        if not word.given() and surname < 2:
            break
    return best


def _fitting(first: _Word, word: _Word, given: float) -> float:
    """How much the word looks like a surname beside this given name, in its way of writing."""
    surname = word.surname()
    if first.is_lower or word.is_lower:
        return surname if given >= 3 and surname >= 2.5 and first.is_lower else 0.0
    if word.text.isupper() and surname < 2:
        return 0.0
    return surname


def _reversed(text: str, words: Sequence[_Word], index: int) -> _Found | None:
    """`Andersson, Karin` and `Andersson Karin`."""
    if index + 1 >= len(words) or not words[index].is_capital or words[index].given() >= 1.9:
        return None
    left, right = words[index], words[index + 1]
    between = text[left.end : right.start]
    if between not in {" ", ", ", ","} or not right.is_capital or right.given() < 2:
        return None
    if left.surname() < (2.5 if between != " " else 3) or right.given() < 3 > left.surname():
        return None
    last = index + 1
    if last + 1 < len(words) and _is_next(text, right, words[last + 1]):
        following = words[last + 1]
        if following.is_capital and following.given() >= 2:
            last += 1
        elif following.is_capital and following.surname() >= 2:
            return None
    return last, 0.7, "surname and given name"


def _initials(text: str, words: Sequence[_Word], index: int) -> _Found | None:
    """`K. Andersson`, `K-G Bergström`."""
    first = words[index]
    dotted = first.is_initial and first.is_capital and first.text.endswith(".")
    double = len(first.text) == 3 and first.text[1] == "-" and first.text.isupper()
    if not (dotted or double):
        return None
    last = index + 1
    while last < len(words) and words[last].is_initial and last - index < 3:
        last += 1
    if last >= len(words) or not words[last].is_capital or words[last].surname() < 2.5:
        return None
    between = text[words[last - 1].end : words[last].start]
    return (last, 0.6, "initials and surname") if between in {" ", ""} else None


def _cued(text: str, words: Sequence[_Word], index: int) -> _Found | None:
    """A single name after a greeting or a title."""
    word = words[index]
    if not word.is_capital or word.is_initial:
        return None
    # at the window's beginning a cue may be cut in two: the expressions decide then
    if index and words[index - 1].text.casefold() not in _CUE_WORDS:
        return None
    before = text[max(0, word.start - 30) : word.start]
    if word.given() >= 1.9 and _GIVEN_CUE.search(before):
        return index, 0.6, "name after a greeting"
    if word.surname() >= 2 and _SURNAME_CUE.search(before):
        return index, 0.6, "name after a title"
    return None


class Person(Recognizer):
    """Finds names of persons."""

    ENTITY = "PERSON"

    def find(self, text: str) -> Iterator[Hit]:
        """Names in the text."""
        return _hits(text)


PLUGIN = Person
