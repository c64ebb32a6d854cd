"""Which lines of a text are about the subject."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scanner.dsar_forms import Seeker, Sight, fold, pattern
from scanner.dsar_hits import Certainty, Haul, Hit, around, is_protected, masked
from scanner.dsar_rows import certainty_of
from scanner.model import Batch, Resource
from scanner.subject import HALF, Kind

LETTER = 20_000
"""Characters up to which a document is one matter, such as a letter or a contract."""
NEAR = 600
"""Characters within which a name and its second identifier stand in a longer one."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """One sight, and where."""

    part: int
    sight: Sight
    line: str


@dataclass(slots=True)
class Text:
    """A document: what of the subject stands in its parts. Keeps only the lines that match."""

    seen: list[_Seen] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    """Location and media type of each part."""
    marks: set[int] = field(default_factory=set)
    """Parts that speak of protected identity."""
    size: int = 0
    kinds: dict[Kind, Sight] = field(default_factory=dict)

    def add(self, batch: Batch, seeker: Seeker) -> None:
        """Note what stands in the batch's values."""
        for value in batch.values:
            part = len(self.places)
            folded = fold(value)
            self.size += len(value)
            sights = list(seeker.sights(folded))
            self.places.append((batch.location, batch.media) if sights else ("", ""))
            if is_protected(folded):
                self.marks.add(part)
            lines = value.split("\n") if sights else []
            for sight in sights:
                line = lines[min(folded.count("\n", 0, sight.start), len(lines) - 1)]
                shown = around(line, pattern(sight.identifier))
                self.seen.append(_Seen(part, sight, masked(shown, seeker)))

    def conclude(self, resource: Resource, haul: Haul) -> None:
        """Add the lines that are about the subject to the haul, each once an entity."""
        self.seen.sort(key=_place)
        told: dict[tuple[str, str, str], Hit] = {}
        for one in self.seen:
            second = self._second(one)
            if one.sight.is_weak and second is None:
                continue
            location, media = self.places[one.part]
            entity = _entity(one.sight, media)
            via = one.sight.identifier.chain + (f" + {second}" if second else "")
            certainty = Certainty.LIKELY if one.sight.is_weak else certainty_of(one.sight)
            place = resource.source, resource.key, location
            hit = Hit(*place, None, entity, one.line, via, certainty)
            told.setdefault((location, entity, one.line), hit)
        haul.hits += told.values()
        haul.is_protected |= bool(told) and self._is_marked()

    def _second(self, one: _Seen) -> str | None:
        """What stands near a weak sight and makes it the subject's; None: nothing, or no need."""
        if not one.sight.is_weak:
            return None
        for other in self._near(one):
            is_strong = not other.is_weak and other.kind not in HALF
            is_pair = Kind.NAME in {one.sight.kind, other.kind}
            if other.kind is not one.sight.kind and (is_strong or is_pair):
                return other.kind.word
        return None

    def _near(self, one: _Seen) -> Iterator[Sight]:
        """What else stands in a letter, or close by in a longer document; each kind is enough."""
        if self.size <= LETTER:
            yield from self._kinds()
            return
        start = bisect_left(self.seen, (one.part, one.sight.start - NEAR), key=_place)
        end = bisect_right(self.seen, (one.part, one.sight.start + NEAR), key=_place)
        yield from (other.sight for other in self.seen[start:end])

    def _kinds(self) -> Iterable[Sight]:
        """One sight of each kind, a strong one where there is one."""
        if not self.kinds:
            ordered = sorted((one.sight for one in self.seen), key=lambda s: not s.is_weak)
            self.kinds = {sight.kind: sight for sight in reversed(ordered)}
        return self.kinds.values()

    def _is_marked(self) -> bool:
        if self.size <= LETTER:
            return bool(self.marks)
        return bool(self.marks & {one.part for one in self.seen})


def _place(one: _Seen) -> tuple[int, int]:
    return one.part, one.sight.start


def _entity(sight: Sight, media: str) -> str:
    if media.startswith("audio/"):
        return "VOICE_RECORDING"
    if media.startswith("video/"):
        return "CCTV_FOOTAGE"
    return sight.kind.entity


def search_key(resource: Resource, seeker: Seeker, haul: Haul) -> None:
    """A file's own name may tell whose it is; a recording's name is read as its content."""
    if any(hit.location == "" and hit.row is None for hit in haul.hits):
        return
    text = Text()
    text.add(Batch("", (resource.key,)), seeker)
    text.conclude(resource, haul)
