"""Words that stand before a car's plate and number nothing: verbs, prepositions, persons."""

from __future__ import annotations

LEADS = frozenset(
    (
        "till", "med", "av", "ut", "bort", "starta", "för", "är", "var", "blir", "blev", "har",
        "hade", "haft", "på", "i", "vid", "från", "mot", "och", "eller", "men", "om", "ang",
        "angående", "gäller", "avser", "som", "att", "där", "bakom", "bredvid", "framför", "hos",
        "efter", "innan", "åt", "utan", "inte", "heter", "kring", "både", "även", "bara", "vår",
        "er", "kör", "köra", "kört", "körde", "hämta", "hämtar", "hämtade", "hämtat", "lämna",
        "lämnar", "lämnade", "lämnat", "låna", "lånar", "lånade", "lånat", "boka", "bokar",
        "bokade", "bokat", "avboka", "tvätta", "tvättade", "tvättat", "flytta", "flyttar",
        "flyttade", "flyttat", "tanka", "ladda", "laddar", "laddade", "laddat", "ta", "tar", "tog",
        "tagit", "använda", "använder", "använde", "äger", "ägde", "köpt", "köpte", "köper", "sålt",
        "sålde", "säljer", "såg", "sett", "repat", "repade", "rensa", "städa", "städat", "nu", "to",
        "with", "for", "in", "nyckel", "nyckeln", "nycklar", "nycklarna", "debitering", "vita",
        "svarta", "röda", "blå", "grå", "gröna", "is", "and", "from", "of", "move", "moved", "take",
        "took", "drove", "borrowed", "our", "åker", "åkte", "troligen", "kanske", "samt", "return",
        "leasade", "hyrde", "hyra", "hyr", "ställa", "samma", "hittade", "noterade", "skickar",
        "skickade",
    )
)  # fmt: skip
"""What stands before a car's plate in prose. A noun there numbers things: `skåp`, `felkod`."""
WEAK_LEADS = frozenset(
    (
        "till", "av", "på", "i", "vid", "från", "om", "heter", "in", "from", "of", "to", "och",
        "eller", "samt", "mot", "is", "and", "som", "var", "är", "for", "för", "with",
    )
)  # fmt: skip
"""Such as stand before rooms and cabinets too: the sentence must speak of people or driving."""
BETWEEN = frozenset(
    (
        "gick", "enligt", "avseende", "nr", "nr.", "no", "ner", "upp", "igen", "läste", "vittne",
        "tippsläp", "kärra", "kärran", "rental", "bokstäver", "för", "via", "per", "under", "över",
        "utom", "genom", "dock", "också", "själv", "hej", "tack", "ok", "okej", "ja", "nej", "sen",
        "sedan", "bil", "mc", "eller", "den", "det", "denna", "vit", "svart", "röd", "grön", "gul",
        "silver", "beige", "brun", "mörkblå", "vår", "våran", "vårat", "ert", "mitt", "ditt",
        "sitt", "deras", "nummer", "numret", "nya", "gamla", "ny", "gammal", "kvar", "hemma", "ute",
        "inne", "först", "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
        "september", "oktober", "november", "december", "mån", "tis", "ons", "tors", "tor",
        "fre", "lör", "sön", "måndag", "tisdag", "onsdag", "torsdag",
        "fredag", "lördag", "söndag", "idag", "igår", "imorgon", "morgon", "kväll", "natt", "dag",
        "in", "ut", "av", "hem", "dit", "hit", "the", "a", "your", "driver", "by", "at", "on", "or",
        "jag", "du", "han", "hon", "hen", "vi", "ni", "de", "dom", "man",
    )
)  # fmt: skip
"""Other words that number nothing."""
CALLED = frozenset(("märkt", "märkta", "märks", "döpt"))
"""Before what is a thing's mark."""
NAMING = frozenset(("regnr", "registreringsnummer", "regnummer", "reg"))
OWNERS = frozenset(("min", "din", "sin", "hans", "hennes", "my", "his", "her"))
_PERSONS = frozenset(
    (
        "kompis", "kompisen", "polare", "polaren", "vän", "vännen", "väninna", "granne", "grannen",
        "sambo", "sambon", "särbo", "man", "mannen", "fru", "frun", "make", "maken", "maka",
        "makan", "mamma", "pappa", "mor", "far", "mormor", "morfar", "farmor", "farfar", "syster",
        "systern", "bror", "brodern", "dotter", "dottern", "son", "sonen", "svärfar", "svärmor",
        "svåger", "svägerska", "kusin", "kusinen", "morbror", "farbror", "moster", "faster",
        "tjej", "tjejen", "kille", "killen", "flickvän", "pojkvän", "barnvakt", "barnvakten",
        "kollega", "kollegan", "kollegor", "chef", "chefen", "hyresgäst", "hyresgästen", "gäst",
        "gästen", "gäster", "besökare", "besökaren", "kund", "kunden", "medlem", "medlemmen",
        "förare", "föraren", "chaufför", "chauffören", "montör", "montören", "tekniker",
        "teknikern", "hantverkare", "hantverkaren", "entreprenör", "entreprenören", "budet",
        "målare", "målaren", "snickare", "snickaren", "elektriker", "elektrikern", "städare",
        "städaren", "vaktmästare", "vaktmästaren", "konsult", "konsulten", "lärling", "lärlingen",
        "ordförande", "ordföranden", "kassör", "kassören", "säljare", "säljaren", "lärare",
        "läraren", "tränare", "tränaren", "läkare", "läkaren", "sköterska", "sköterskan",
        "hemtjänsten", "färdtjänsten", "bonden", "markägare", "markägaren", "jägaren", "piloten",
        "rörmokare", "rörmokaren", "sotare", "sotaren", "vakten", "väktare", "väktaren", "boende",
        "inneboende", "bärgare", "bärgaren", "köpare", "köparen", "ägare", "ägaren", "husse",
        "friend", "neighbour", "neighbor", "wife", "husband", "son", "daughter", "colleague",
        "tenant", "guest", "visitor", "customer", "technician", "contractor", "owner",
    )
)  # fmt: skip
_PLATES = frozenset(
    (
        "plåt", "plåten", "plåtar", "plåtarna", "skyltad", "skyltat", "vems", "vilkens", "whose",
        "hej", "hejsan", "halloj", "tjena", "hallå", "hi", "hello", "alltså", "ju", "väl", "nog",
    )
)  # fmt: skip
"""What is asked and said right before a plate."""

_SAID = frozenset(
    (
        "aldrig", "alltid", "also", "alternativt", "always", "anmälde", "anmäldes", "anmäler",
        "anmält", "annars", "antingen", "avregistrerad", "avregistrerades", "avställd", "avsåg",
        "backade", "backar", "backat", "bakåt", "behind", "behövde", "behöver", "behövs",
        "belonging", "belongs", "berör", "berörde", "beside", "besiktades", "besiktas", "besiktat",
        "besiktigades", "betalade", "betalar", "betalas", "betalat", "blockerade", "blockerar",
        "blockerat", "bogserades", "bokades", "bokas", "byta", "byter", "byts", "bytt", "bytte",
        "byttes", "bärgade", "bärgades", "bärgas", "charge", "charged", "collect", "collected",
        "dessutom", "direkt", "disponerade", "disponerar", "drive", "drives", "driving", "drop",
        "dropped", "däremot", "därför", "då", "eftersom", "emellan", "exempelvis", "exklusive",
        "fanns", "fast", "fick", "finns", "flyttades", "flyttas", "fortfarande", "framåt", "fuel",
        "fuelled", "fungerar", "funnits", "fyll", "fylla", "fyllde", "fylldes", "får", "fått",
        "följ", "följde", "följer", "förbi", "förut", "förutom", "gav", "ge", "genast", "ger",
        "gett", "gällde", "gå", "går", "had", "has", "have", "hittills", "huruvida", "hyrdes",
        "hyrs", "hämtad", "hämtades", "hämtas", "här", "ibland", "ifall", "igenom", "inklusive",
        "innanför", "intill", "iväg", "just", "kolla", "kollade", "kollar", "kom", "komma",
        "kommer", "kommit", "krockade", "krockat", "köpts", "kördes", "körs", "la", "laddades",
        "laddas", "lade", "lagt", "leasas", "left", "let", "ligger", "liksom", "loss", "lyder",
        "lägg", "lägger", "lämnad", "lämnades", "lämnas", "längs", "läser", "läses", "låg",
        "lånades", "lånas", "medan", "medans", "mellan", "mittemot", "möter", "mött", "mötte",
        "near", "nedanför", "never", "numera", "nämligen", "när", "nära", "ofta", "ovanför", "park",
        "parked", "parkera", "parkerad", "parkerade", "parkerar", "parkerat", "parks", "passerade",
        "passerar", "passerat", "pick", "picked", "precis", "påställd", "rammade", "rammat",
        "reads", "redan", "registrerade", "registrerades", "registreras", "registrerat", "remove",
        "removed", "repades", "reservera", "reserverad", "reserverat", "respektive", "returned",
        "returns", "ringde", "ringer", "rullade", "rullar", "rullat", "runt", "rör", "rörde",
        "saknades", "saknar", "saknas", "satt", "satte", "saw", "see", "seen", "senast", "ser",
        "servades", "servas", "sist", "sitter", "skadade", "skadades", "skadat", "skrev", "skriver",
        "skrotad", "skrotades", "skrotat", "snart", "sold", "spärrade", "spärrar", "spärrat",
        "stal", "stals", "stanna", "stannade", "stannar", "startade", "startar", "startat",
        "stavas", "still", "stod", "strax", "stulen", "stulit", "ställ", "ställd", "ställde",
        "ställer", "ställt", "ställts", "stå", "stående", "står", "stått", "syns", "syntes",
        "synts", "sällan", "sätt", "sätter", "så", "sågs", "sålts", "tankade", "tankades", "tankas",
        "tankat", "tappade", "tappar", "tappat", "tex", "then", "tillbaka", "tilldelad",
        "tilldelades", "tillhör", "tillhörde", "tow", "towed", "trillade", "trots", "tvättades",
        "tvättas", "typ", "undan", "ungefär", "utanför", "varför", "varken", "vart", "visade",
        "visar", "vägrade", "vägrar", "vält", "välte", "vänta", "väntade", "väntar", "was", "wash",
        "washed", "were", "ägdes", "ägs", "ännu", "åter", "överlät", "överlåter", "överlåts",
    )
)  # fmt: skip
"""Verbs and adverbs of whatever is done with cars, and where."""


def is_person(word: str) -> bool:
    """Whether a word in lower case is somebody, or somebody's: `kompis`, `grannens`."""
    return word in _PERSONS or word.removesuffix("s") in _PERSONS


def numbers_nothing(word: str) -> bool:
    """Whether a word in lower case is no noun that a code right after would number."""
    known = word in LEADS or word in BETWEEN or word in OWNERS or word in _PLATES
    return known or word in _SAID or is_person(word)
