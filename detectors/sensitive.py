"""Sentences that say something sensitive of a person: who is spoken of, and what speaks against.

What counts is the law's list (GDPR articles 9 and 10) and what a Swedish energy company holds
besides. A class's words are `detectors.cues`'; whether they speak of a person is judged here: a
negation, a question or a law in general, a firm or a thing of the trade says nothing of anybody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from detectors import couples, gist, judge, lexicon
from detectors.cues import Found, Vocabulary, vocabulary
from detectors.recognizers.base import Hit, Places

_START = attrgetter("start")
RULES = f"8 {judge.version()} {gist.version()}"
"""Changed when the rules of judging may change results; the words' own changes are seen."""
REACH = 400
LEAST = 1.05
"""What judge and sense together must say for a person."""
SURE = 3.8
"""And what must, where a rule of the language or the class speaks against."""
SHARE, MIDDLE = 0.8, -1.5
"""Of the sense of the words around in what is judged, and the sense that says neither."""
FOREIGN = -6.0
"""The sense beside which not even a certain cue means what it says."""
CLEAR = 0.6
"""The sense that says it without any cue but a hint."""
_APART = 1.5
"""How far another class's sense may be ahead of one that only a hint tells."""
_TOLD_IN = 5
"""Words of a sentence that a hint may tell something in: a cell of a table has fewer."""
_COUPLE = "couple"
"""The hints beside which it matters who is whose partner."""
_AROUND = 160
"""Characters on either side of a cue that bear on it: far less than the reach, so that it does not
matter how a long text is cut."""
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=[^\s.!?])[^.!?\n]+)*\??")
_VERB = re.compile(
    r"(?i)(?<![\w-])(?:är|var|har|hade|får|fick|går|gick|ska|skulle|vill|kan|kom|står|stod|bor|tog"
    r"|gav|ger|tar|sa|la|ser|såg|mår|ber|bad|dog|låg|blev|drog|slog|höll|åt|grät|skrev|gjorde"
    r"|\w{2,}(?:ar|er|ade|te|de|at|it|tt|as|es))(?!\w)"
)
_STREET = ("gatan", "vägen", "gränd", "torget")
_EDIFACT = re.compile(r"UN[ABH]\+|PRODAT|UTILTS|MSCONS|APERAK|\b(?:BGM|NAD|LOC|FTX|LIN)\+")

_SUBJECT = re.compile(
    r"(?<![\w-])(?:hon|han|hen|hennes|hans|henne|honom|jag|mig|min(?! sid)|mitt|mina(?! sid)"
    r"|själv"
    r"|kund(?:en|ens)?|kd|knd|kundnr|anst\.?nr|patient(?:en|ens)?|boende|hyresgäst(?:en|ens)?"
    r"|anställd(?! ska)(?:e|a)?|medarbetaren?s?|deltagare|sökanden?|kandidaten?|lärling(?:en)?"
    r"|praktikant(?:en)?|barn(?:et|en|ens)?|flicka[ns]?|pojke[ns]?|son(?:en)?|dotter(?:n)?"
    r"|fru(?:n)?"
    r"|hustru(?:n)?|make(?:n)?|maka(?:n)?|man(?:nen)|sambo(?:n)?|mamma[ns]?|pappa[ns]?|mor|far"
    r"|mormor|morfar|farmor|farfar|syster|bror|granne(?:n)?|anhörig|brukare(?:n)?|personen|person"
    r"|kvinna[n]?|herr|familjen|hushållet|paret|kollega[ns]?|montör(?:en|ens)?|tekniker(?:n)?"
    r"|säljare(?:n)?|chefen|vikarien?|handläggaren?|kontaktpersonen?|ägaren|kille[n]?"
    r"|tjej(?:en)?|gubbe[n]?|tant(?:en)?"
    r"|abonnent(?:en)?|elev(?:en)?|arbetsledaren?|exman(?:nen)?|exfru(?:n)?|änkan|änklingen"
    r"|exet|särbo(?:n)?"
    r"|svär(?:mor|far|son|dotter)|(?:mor|far)bror(?:n)?|moster|faster|kusin(?:en)?"
    r"|pojkvän(?:nen)?"
    r"|flickvän(?:nen)?|fadern|modern|föräldern|(?:fler|två|tre|fyra)barns\w+|ung(?:en|ar|arna)"
    r"|fam\."
    r"|tonåring(?:en)?|ungdomarna|barnbarn(?:et)?|damen|herrn|husse|matte|kunds|gäldenär(?:en)?"
    r"|(?:med)?låntagare(?:n)?|innehavare(?:n)?|fullmaktshavare(?:n)?|fastighetsägaren"
    r"|villaägaren"
    r"|arbetstagare(?:n)?|konsulten|projektledaren|ekonomiassistenten|assistenten|inringare(?:n)?"
    r"|uppringare(?:n)?|den som bor|customer(?:id)?|employee|mvh|hälsningar)(?![\w])",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:\b(?:[Kk]und|[Gg]äller|[Aa]ng\.?|[Aa]vseende|[Hh]os|[Mm]ot|[Aa]v|[Tt]ill|familjen) |/ ?)"
    r"(?P<name>[A-ZÅÄÖ][a-zåäöéü]{2,})(?:,|$|[.!?]| och\b| [A-ZÅÄÖ\d])"
)
"""What a note ends with: whom it is about, by surname only."""
_NAME = re.compile(r"(?<![\w-])[A-ZÅÄÖÉ][a-zåäöéü]{2,}(?![\w-])")
_IMPLIED = re.compile(
    r"(?i)^\W*(?:har|är|fick|får|lider|ligger|använder|behöver|vårdas|drabbad|väntar|beroende|ber"
    r"|bor|lever|saknar|lånar|fryser|orkar|undrar|skäms|gråter|grät|duschar|sover|sov|söker"
    r"|uppger"
    r"|berättar|förlorat|blivit|betalar)\b"
)
_GIVEN_BEFORE = re.compile(r"(?<![\w-])([A-ZÅÄÖÉ][a-zåäöéü]{2,}) $")
_WORD_AFTER = re.compile(r" [A-ZÅÄÖÉ][a-zåäöéü]{2,}")
_BEARERS = 100
"""Of a given name that is one wherever it stands."""
_NAMED_THING = re.compile(r"gatan|vägen|väg \d|AB|torg|gården|skola|kyrka")
_NEGATED = re.compile(
    r"(?<!\w)(?:inte|ej|aldrig|ingen|inget|inga|utan|varken|slipper|nej|icke|saknar|frisk från)"
    r"(?: (?!men|och|att|så|sedan|eftersom|när|då|pga|på grund|efter|fast|trots)\w+){0,3} $",
    re.IGNORECASE,
)
_NEGATED_AFTER = re.compile(
    r"(?i)^\w*(?: inte för\b|:? ?(?:nej|nekas|saknas)\b|=(?:0|nej|false)\b|:? (?:ej"
    r"|inte) (?:tagen"
    r"|aktuell|längre|relevant|behövs)| (?:behövs|efterfrågades|önskas|begärdes|finns"
    r"|registreras|lagras|krävs|togs|tas|gjordes|görs|blev|gäller)"
    r" (?:ej|inte|aldrig)\b|: 0\b|: -|\? ?\[ \])"
)
_DENIED = re.compile(r"(?i)^\W*nej,.*\b(?:inte|ej|ingen|inget|inga|aldrig)\b")
_SUPPOSED = re.compile(
    r"(?i)\b(?:om|när|ifall) (?:någon|man|(?:en|ett) (?:kund|person|anställd|medarbetare"
    r"|kollega|granne|boende|montör|barn|familj|hyresgäst))\b"
)
_HEADING = re.compile(
    r"(?i)^\W*(?:rutin(?:er|en)?|instruktion|utbildning(?:en)?|checklista|mall|blankett|kurs"
    r"|föreläsning"
    r"|föredrag|tips|lathund|tabell\w*|kolumn\w*|fält\w*|faq|broschyr|guide|webbinarium|tema"
    r"|andel(?:en)?"
    r"|så (?:gör|fungerar|här|hanterar|säger|går|ansöker|undviker)|antal inkasso\w*"
    r"|varning för bluff)\b"
)
_QUESTION = re.compile(
    r"(?i)^\W*(?:vad (?:händer|gäller|betyder|räknas|kan|är|innebär|kostar|gör)|hur (?:hanterar"
    r"|når"
    r"|många|bemöter|ändrar|gör|ska man|funkar|fungerar|länge|stor|vanligt)|vilk\w+|vem ska|borde"
    r"|får (?:arbetsgivar|man|vi|företag|ni)\w*|ska vi|finns det|kan (?:man|vi|kunder)|blir man"
    r"|är det|måste (?:man|vi|en|jag)|varför (?:är|blir|får|har) (?:man|vi|det)|när (?:får|ska"
    r"|måste) (?:man|vi)"
    r"|när (?:går|blir|skickas|hamnar|räknas) (?:en|ett|man)|behöver (?:man|en)|påverkas|tar ni"
    r"|gör ni"
    r"|erbjuder ni|(?:kan|får) (?:kronofogden|socialtjänsten|polisen|grannen|ett|en|någon))\b"
)
_LAW = re.compile(
    r"(?i)(?:känslig\w* (?:person)?uppgift|särskilda kategorier|artikel \d|\bgdpr\b|\blagen om"
    r"|dataskyddsf|enligt (?:lag|las|huvudregel)\w*\b|\bär förbjud|förbjud\w* enligt"
    r"|diskrimineringslag|arbetsmiljölag|policy|riktlinje|uppgift\w* om (?:hälsa|religi|politisk"
    r"|etnisk|fackl|lagöver|sexual|sexuell)\w*"
    r"|behandlas endast|alla som \w+ ska|utbildning (?:i|om|för)|föredrag|seminari|webbinari"
    r"|\bkurs (?:i|om|den|för)\b|forskning|statistik|enligt kommission)"
)
_FORBIDDEN = re.compile(
    r"(?i)får (?:inte|ej) (?:lagras|registreras|sparas|använda|behandlas|fråga)"
)
_GENERAL = re.compile(
    r"(?i)(?<!\w)(?:personer|människor|patienter(?:na)?|äldre|unga|ungdomar|alla|individer"
    r"|grupper"
    r"|de som|den som(?! bor| ring)|regeringen|vården|kampen|eu|samhället|befolkningen"
    r"|kunder(?:na)?|anställda|vi"
    r"|arbetsgivaren?|medborgare|konsumenter|företag(?:et|en)?|bolag(?:et|en)?|(?<!min )(?<!en )"
    r"(?<!god )man|du|dig|din|ditt|dina|branschen|kommuner(?:na)?|myndigheter|pensionärer"
    r"|studenter"
    r"|(?<!enligt )rutin\w*|instruktion\w*|blankett|kampanj\w*|tidningen|rapporten|sponsra\w*"
    r"|medlemmarna|procent|i fjol|normalt|i genomsnitt|vanligtvis|gallras|efter \d+ dagar"
    r"|beslutas av|hanteras av"
    r"|tillväxt|invånare|hushåll(?:en)? med|visselblås\w*|tipsa|seminarie\w*)(?!\w)"
)
_FACILITY = re.compile(r"(?<!\w)(?:AB|HB|KB|BRF|Brf)\b|\b\d+ (?:A|kW|kV|mm2?)\b|\b[Aa]nl\.? ?\d")
_FACILITY_SAID = re.compile(
    r"(?:har flyttat till|har bytt|har flyttat kontor|säg upp avtalet|önskar lägre|kostnadsställe"
    r"|avtal om|peppol|stiftelse|laddbox till|serviceavgift|fakturaadress|laddplats"
    r"|verksamhetsel|är vår|byter adress|är kund|ny mätare|anläggning \d|sjukvårdsregion"
    r"|version|offert|timpris|e-faktura)"
)
_FACILITIES = re.compile(
    r"(?:sjukhus(?:et)?|vårdcentral(?:en)?|klinik(?:en)?|avdelning(?:en)?|läkarhus(?:et)?"
    r"|regionen"
    r"|fond(?:en)?|fakultet(?:en)?|förening(?:en|ens)?|lokal(?:en|er|erna)?|skola[n]?|kyrka[n]?"
    r"|moskén"
    r"|tempel|templet|klostret|äldreboendet?|stödboendet|.hemmet|butik(?:en)?|krog(?:en)?|byrån"
    r"|kansli(?:et)?|expedition(?:en)?|banken|servis(?:en)?|leverantör(?:en)?|ramavtal|aktien"
    r"|inflytt"
    r"|belysning(?:en)?|stolp(?:e|en|ar|arna|e)|kab(?:el|eln|lar|larna)|station(?:en)?|motorn?)$"
)
_THINGS = (
    "rehabcent", "apotek", "solcell", "laddstolp", "laddplats", "transformator", "upphandl", "relä",
    "kraftverk", "produkt", "stolp", "kabel", "ventil", "fläns", "motor", "brytar", "isolator",
    "pellet", "växelriktar", "driftstopp", "nätstation", "matning", "korrosion", "undercentral",
    "belysning", "lokaler", "sträckan", "firmware", "mjukvar", "e-faktura", "ramavtal", "inflytt",
)  # fmt: skip


class Judgement(NamedTuple):
    """A cue that is not denied, what the rules say of its sentence and what the model sees."""

    cue: Found
    is_doubtful: bool
    """Whether the sentence asks, forbids or supposes, or means something of the trade."""
    is_personal: bool
    is_backed: bool
    """Whether a cue that is more than weak stands beside it, or a hint at a couple tells of one."""
    features: frozenset[str]
    sentence: str
    around: str
    """The sentence and what stands beside it."""


def hits(entity: str, text: str, fired: Places | None = None) -> Iterator[Hit]:
    """What a text says of a person by one class's words; Ediel messages say nothing.

    Where its trigger `fired` in the text is searched for if it is not given.
    """
    for one in judgements(entity, text, fired):
        if _is_said(entity, one):
            reasons = (
                (one.cue.kind, "a person is spoken of") if one.is_personal else (one.cue.kind,)
            )
            yield Hit(one.cue.start, one.cue.end, _score(one), reasons)


def _is_said(entity: str, one: Judgement) -> bool:
    """A certain cue needs no judge unless something speaks against it; a hint a clear sense."""
    if one.cue.kind == _COUPLE:
        return one.is_backed
    sense = gist.score(entity, one.sentence)
    if one.around != one.sentence and (one.cue.level != "hint" or sense > CLEAR):
        sense = min(sense, gist.score(entity, one.around))
    if one.cue.level == "hint":
        return sense > CLEAR and max(gist.scores(one.sentence).values()) - sense < _APART
    if one.cue.level == "certain" and not one.is_doubtful and sense > FOREIGN:
        return True
    least = SURE if one.is_doubtful else LEAST
    return judge.score(one.features) + SHARE * (sense - MIDDLE) > least


def judgements(entity: str, text: str, fired: Places | None = None) -> Iterator[Judgement]:
    """The cues of a text and what is to be judged of them; none in a message."""
    words, is_message = vocabulary(entity), None
    for sentence in _awake(text, words.wakes(text) if fired is None else fired):
        found = words.find(text, *sentence)
        if found and is_message is None:
            is_message = _EDIFACT.search(text) is not None
        if is_message:
            return
        cues = [cue for cue in found if cue.level != "hint"]
        for cue in cues:
            yield from judgement(words, text, sentence, cue, cues)
        hints = {cue.kind: cue for cue in reversed(found)} if found and not cues else {}
        for hint in hints.values():
            yield from _hinted(words, text, _window(sentence, hint), hint)


def _awake(text: str, fired: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences that hold what a cue must hold: few, and others need not be read."""
    places = iter(fired)
    place = next(places, None)
    for sentence in _SENTENCE.finditer(text):
        while place is not None and place[1] <= sentence.start():
            place = next(places, None)
        if place is None:
            return
        if place[0] < sentence.end():
            yield sentence.span()


def _window(sentence: tuple[int, int], cue: Found) -> tuple[int, int]:
    return max(sentence[0], cue.start - _AROUND), min(sentence[1], cue.end + _AROUND)


def judgement(
    words: Vocabulary, text: str, sentence: tuple[int, int], cue: Found, found: list[Found]
) -> Iterator[Judgement]:
    """Nothing if it is denied, or weak beside a stronger, which says it all; alone it hints."""
    low, high = _window(sentence, cue)
    if _is_negated(text, low, high, cue) or _is_name(text, low, cue):
        return
    first, last = (bisect_left(found, place, key=_START) for place in (low, high))
    near = [one for one in found[first:last] if one.end <= high]
    own = text[cue.start : cue.end].casefold()
    other = [one for one in near if text[one.start : one.end].casefold() != own]
    is_backed = any(one.level != "weak" for one in other)
    if cue.level == "weak" and not other:
        yield from _hinted(words, text, (low, high), cue._replace(level="hint"))
    if cue.level == "weak" and (is_backed or not other):
        return
    around = text[low:high]
    is_personal = is_person(around)
    is_thing = _is_thing(around) and not is_personal
    doubtful = _is_doubtful(words, around, own) or (
        cue.level != "certain" and (is_thing or _FORBIDDEN.search(around) is not None)
    )
    beside = f"{text[max(0, low - _AROUND) : low]} {text[high : high + _AROUND]}"
    flags = [
        f"{cue.level} {is_personal}",
        f"{words.entity} {cue.level}",
        f"{words.entity} {is_personal}",
        f"{cue.level} beside {len(other[:2])} {is_backed}",
        f"person {is_personal}",
        f"thing {is_thing}",
        f"general {_GENERAL.search(around) is not None} {is_personal}",
        f"implied {_IMPLIED.match(around) is not None}",
        f"nearby {is_person(beside)} {is_personal}",
        f"doubtful {doubtful} {is_personal}",
    ]
    marks = [(one.start - low, one.end - low) for one in near]
    features = frozenset(judge.features(around, marks, flags))
    whole = text[max(0, low - _AROUND) : high + _AROUND]
    yield Judgement(cue, doubtful, is_personal, is_backed, features, around, whole)


def _hinted(
    words: Vocabulary, text: str, window: tuple[int, int], cue: Found
) -> Iterator[Judgement]:
    """A hint at a person of whom no more is said than the sense of the words tells."""
    low, high = window
    around = text[low:high]
    if cue.kind != _COUPLE and not _is_told_whole(around):
        return
    if is_person(around) and not _is_doubtful(words, around, text[cue.start : cue.end].casefold()):
        whole = text[max(0, low - _AROUND) : high + _AROUND]
        is_told = cue.kind == _COUPLE and couples.is_told(around)
        yield Judgement(cue, False, True, is_told, frozenset(), around, whole)  # noqa: FBT003


def _is_told_whole(around: str) -> bool:
    """Whether it is a sentence, not a cell or a label."""
    return len(around.split()) >= _TOLD_IN and _VERB.search(around) is not None


def _score(one: Judgement) -> float:
    if one.cue.level in {"weak", "hint"}:
        return 0.55
    if one.cue.level == "certain":
        return 0.75
    if one.cue.level == "near":
        return 0.65 if one.is_personal else 0.55
    scores = (0.7, 0.8) if one.is_personal else (0.6, 0.7)
    return scores[one.is_backed]


def _is_doubtful(words: Vocabulary, around: str, own: str) -> bool:
    if words.is_vetoed(around) or _is_general(around):
        return True
    if not around.endswith("?"):
        return False
    return around.strip(" ?").casefold() == own or _QUESTION.match(around) is not None


def _is_general(text: str) -> bool:
    """Whether a law, a rule or a heading is said, a case is supposed or the whole is denied."""
    says = _LAW.search(text) or _HEADING.match(text) or _SUPPOSED.search(text)
    return says is not None or _DENIED.match(text) is not None


def _is_thing(text: str) -> bool:
    """Whether a firm, a building or a thing of the trade is spoken of."""
    if _FACILITY.search(text) or _FACILITY_SAID.search(text.casefold()):
        return True
    words = text.casefold().replace("-", " ").split()
    return any(
        word.startswith(_THINGS) or _FACILITIES.search(word.rstrip('.,:;!?)"')) for word in words
    )


def _is_negated(text: str, low: int, high: int, cue: Found) -> bool:
    if _NEGATED.search(text[max(low, cue.start - 45) : cue.start]):
        return True
    return _NEGATED_AFTER.match(text[cue.end : min(high, cue.end + 20)]) is not None


def _is_name(text: str, low: int, cue: Found) -> bool:
    """Whether the cue is only what somebody or a street is called: Hanna Ahmadi, Lo Sandell."""
    word = text[cue.start : cue.end]
    if word[:1].isupper() and word.endswith(_STREET):
        return True
    if not _NAME.fullmatch(word):
        return False
    before = _GIVEN_BEFORE.search(text, max(low, cue.start - 20), cue.start)
    if before is not None and lexicon.given(before[1]) >= _BEARERS:
        return not lexicon.is_word(before[1])
    return lexicon.given(word) >= _BEARERS and _WORD_AFTER.match(text, cue.end) is not None


def is_person(text: str) -> bool:
    """Whether a person is spoken of: a pronoun, a role, a relative or a name."""
    if _SUBJECT.search(text):
        return True
    if any(lexicon.surname(signed["name"]) for signed in _SIGNED.finditer(text)):
        return True
    return any(
        _is_called(name[0]) and not _NAMED_THING.match(text, name.end(), name.end() + 8)
        for name in _NAME.finditer(text)
    )


@lru_cache(maxsize=16384)
def _is_called(word: str) -> bool:
    """Whether somebody is called so, or something is somebody's who is."""
    names = (word, word.removesuffix("s"))
    if any(lexicon.is_word(name) or lexicon.is_place(name) for name in names):
        return False
    return any(lexicon.given(name) >= _BEARERS or lexicon.surname(name) > 0 for name in names)
