"""Suspected health data about a person: words of illness and care, judged by their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.recognizers.base import Hit, Recognizer

VERSION = "4"
TRIGGER = (
    r"(?i:sjuk(?:\b|s|dom|e|h|p|i)|diagnos|cancer|diabet|dement|demens|alzheimer|depres|deprim"
    r"|psykisk|[Åå]ngest|utmatt|utbr[Ää]nd|adhd|autis|handikapp|funktionsneds|funktionshind"
    r"|rullstol|rehab|l[Ää]karintyg|insulin|dialys|syrgas|oxygenk|respirator|assisten|assistans"
    r"|hospice|gravid|missbruk|f[Ää]rdtj[Ää]nst|allergi|laktosint|k[Ää]nslig|livsuppeh"
    r"|prioriterad vid|medicin|trygghetslarm|cellgift|stroke|epilep|parkinson|hj[Ää]rtinf"
    r"|sm[Ää]rtor)|\b(?:MS|KOL|LSS)\b"
)
REACH = 400

_W = "A-Za-zÅÄÖåäöÉéÜü"
_STATE = (
    r"el(?:över)?känslig(?:a|t|het(?:en)?)?|elöverkänslig(?:a|t|het(?:en)?)?|elallergi(?:n|sk[at]?)?"
    r"|sjukskriv(?:en|na|et)|långtidssjuk(?:skriven)?|kroniskt sjuk|dement|demens(?:sjuk|sjukdom)?"
    r"|alzheimers?|diabetiker|diabetes|cancersjuk|cancer(?!fond)|gravid(?!itet)|utbränd"
    r"|rullstolsburen|multihandikapp(?:ad|at)|funktionsnedsatt"
    r"|funktionshindrad|psykiskt sjuk|missbrukare|epilep(?:si|tiker)"
    r"|adhd|autis(?:m|tisk)|parkinsons?|strokedrabbad|glutenallergi|nötallergi|laktosintolerans"
    r"|livsuppehållande (?:utrustning|apparatur)|prioriterad vid (?:elavbrott|avbrott|strömavbrott)"
    r"|hemrespirator|hemdialys|trygghetslarm|hemsjukvård(?:en)?|cellgiftsbehandling"
    r"|oxygenkoncentrator|personlig(?:a)? assisten(?:t|ter|s)|medicin i kyl(?:en)?"
)
_THING = (
    r"sjukpenning|sjukskrivning(?:en)?|läkarintyg(?:et)?|sjukintyg(?:et)?|dialys(?:maskin(?:en)?)?"
    r"|insulin|syrgas|respirator(?:n)?|rullstol(?:en)?|hospice|rehab(?:ilitering(?:en)?)?"
    r"|färdtjänst|stroke|hjärtinfarkt(?:en)?|depression(?:en)?|medicinteknisk(?:t|a)? \w+"
    r"|funktionsnedsättning(?:en)?|funktionshinder|psykisk ohälsa|missbruk(?:et)?|allergi(?:sk)?"
    r"|MS|KOL|LSS"
)
_WEAK = (
    r"sjuk|ångest|utmattning(?:en)?|utmattad|diagnos(?:en)?|medicin(?:en|er)?|assistans"
    r"|deprimerad|smärtor"
)
_CUE = re.compile(
    rf"(?<![{_W}\d_-])(?:(?P<icd>(?i:diagnos(?:en|kod)?):? [A-TV-Z]\d{{2}}(?:\.\d{{1,2}})?)"
    rf"|(?P<state>(?i:{_STATE}))|(?P<thing>{_THING}|(?i:{_THING.removesuffix('|MS|KOL|LSS')}))"
    rf"|(?P<weak>(?i:{_WEAK})))(?![{_W}\d_-])"
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*")
_SUBJECT = re.compile(
    rf"(?<![{_W}])(?:hon|han|hen|hennes|hans|henne|honom|jag|mig|min|mitt|mina|kund(?:en|ens)?"
    r"|patient(?:en|ens)?|boende|hyresgäst(?:en)?|anställd(?:e|a)?|medarbetare(?:n)?|deltagare"
    r"|barn(?:et)?|son(?:en)?|dotter(?:n)?|fru(?:n)?|hustru(?:n)?|make(?:n)?|maka(?:n)?|sambo(?:n)?"
    r"|mamma(?:n)?|pappa(?:n)?|mor|far|mormor|morfar|farmor|farfar|syster|bror|granne(?:n)?"
    rf"|anhörig|brukare(?:n)?|personen|herr|fru)(?![{_W}])",
    re.IGNORECASE,
)
_IMPLIED = re.compile(
    r"^\W*(?:har|är|fick|får|lider|ligger|använder|behöver|vårdas|drabbad|väntar|beroende)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?<!\w)(?:inte|ej|aldrig|ingen|inget|inga|utan|varken|slipper|frisk från)(?: \w+)?\s*$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?i)\b(?:personer|människor|patienter(?:na)?|äldre|unga|ungdomar|alla|individer|grupper"
    r"|de som|den som|regeringen|vården|kampen|eu|samhället|befolkningen|kunder(?:na)?)\b"
)
_FACILITY = re.compile(
    r"(?i)\b\w*(?:sjukhus|vårdcentral|klinik|avdelning|läkarhus|rehabcenter|apotek\w*"
    r"|sjukvårdsregion|regionen|fond(?:en)?|fakultet|policy|policyn|statistik|forskning)\w*"
)
_MACHINE = re.compile(
    r"(?i)\b(?:laddbox\w*|mätar\w*|elmätar\w*|kabel\w*|diagnostik|dator\w*|server\w*|programvara\w*"
    r"|rökgas\w*|excel|lager|artikel|elpris\w*|1930-talet|kraftverk\w*|produkt\w*)\b"
)
_EDIFACT = re.compile(r"UN[ABH]\+|PRODAT|UTILTS|MSCONS|APERAK|\b(?:BGM|NAD|LOC|FTX)\+")


def suspected(text: str) -> Iterator[tuple[int, int, float]]:
    """Spans and scores of words that tell of one person's health.

    Ediel messages are never judged: their codes look like diagnoses.
    """
    return ((hit.start, hit.end, hit.score) for hit in _hits(text))


def _hits(text: str) -> Iterator[Hit]:
    if _EDIFACT.search(text):
        return
    for sentence in _SENTENCE.finditer(text):
        yield from _sentence(sentence[0], sentence.start())


def _sentence(sentence: str, first: int) -> Iterator[Hit]:
    cues = [cue for cue in _CUE.finditer(sentence) if not _is_negated(sentence, cue)]
    if not cues:
        return
    person = _SUBJECT.search(sentence) is not None or _IMPLIED.match(sentence) is not None
    machine = _MACHINE.search(sentence) is not None
    elsewhere = machine or _FACILITY.search(sentence) is not None
    clear = any(cue["state"] or cue["icd"] for cue in cues)
    several = len({cue[0].casefold() for cue in cues}) > 1
    length = len(sentence.split())
    if (length > 8 and not person) or _GROUP.search(sentence) is not None:
        return
    for cue in cues:
        score = (
            _weak(person=person and not machine, elsewhere=elsewhere, several=several or clear)
            if cue["weak"]
            else _strong(
                cue, person=person, elsewhere=elsewhere, alone=length <= 4 or several or clear
            )
        )
        reason = "diagnosis code" if cue["icd"] else "word of illness or care"
        reasons = (reason, "a person is spoken of") if person else (reason,)
        yield Hit(first + cue.start(), first + cue.end(), score, reasons)


def _is_negated(sentence: str, cue: re.Match[str]) -> bool:
    return _NEGATED.search(sentence[max(0, cue.start() - 40) : cue.start()]) is not None


def _strong(cue: re.Match[str], *, person: bool, elsewhere: bool, alone: bool) -> float:
    if cue["thing"] and cue[0].isupper() and len(cue[0]) <= 3:
        return 0.75 if person else 0.3
    if cue["thing"]:
        return 0.75 if person else 0.6 if alone and not elsewhere else 0.3
    return 0.85 if person else 0.3 if elsewhere else 0.65


def _weak(*, person: bool, elsewhere: bool, several: bool) -> float:
    if person:
        return 0.55 if elsewhere else 0.65
    return 0.6 if several and not elsewhere else 0.3


class Health(Recognizer):
    """Finds words that tell of a person's health."""

    ENTITY = "HEALTH"

    def find(self, text: str) -> Iterator[Hit]:
        """Suspected health data in the text."""
        return _hits(text)


PLUGIN = Health
