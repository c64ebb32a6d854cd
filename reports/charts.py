"""Bar charts as inline SVG: drawn by leather, dressed by the page's own style."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

import leather

from reports.names import cut, visible

WIDTH = 480
ROW = 34
"""Height of one bar with its gap."""
_LABEL = 24
_TOP, _BOTTOM = 20, 44
"""What leather leaves empty above the bars, and below them for its ruler."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `tone` is the class that colours it."""

    label: str
    value: int
    tone: str
    shown: str
    """The value as people write it."""


def bars(rows: Sequence[Bar], name: str, title: str, description: str) -> str:
    """A horizontal bar chart that reads aloud as its title and description.

    `name` makes the ids; whatever the labels hold, they are text in it.
    """
    if not rows:
        return ""
    height = ROW * len(rows) + _TOP + _BOTTOM
    labels = [cut(visible(row.label), _LABEL) for row in rows]
    widest = max(map(len, labels))
    keys = [f"{index:0{widest}d}" for index in range(len(rows))]  # as wide as what they stand for
    chart = leather.Chart()
    chart.add_x_scale(0, max(1, *(row.value for row in rows)) * 1.12)
    chart.add_bars(list(zip((row.value for row in rows), keys, strict=True)))
    drawn: ET.Element = chart.to_svg_group(WIDTH, height)
    _undress(drawn)
    for text in drawn.iter("text"):
        text.text = labels[keys.index(text.text or "")]
    rects = sorted(drawn.iter("rect"), key=lambda rect: float(rect.get("y", "0")))
    series = next(group for group in drawn.iter("g") if group.get("class") == "series bars")
    for row, rect in zip(rows, rects, strict=True):
        rect.set("class", f"bar {row.tone}")
        series.append(_value(rect, row.shown))
    return _framed(drawn, height, name, title, description)


def _undress(drawn: ET.Element) -> None:
    """Takes away ground, ruler and colours."""
    for parent in list(drawn.iter()):
        for child in list(parent):
            ground = child.tag == "rect" and parent.get("class") != "series bars"
            ruler = child.get("class") == "axis bottom" or child.tag == "line"
            if ground or ruler:
                parent.remove(child)
            for key in ("fill", "font-family"):
                child.attrib.pop(key, None)


def _value(rect: ET.Element, shown: str) -> ET.Element:
    end = float(rect.get("x", "0")) + float(rect.get("width", "0"))
    middle = float(rect.get("y", "0")) + float(rect.get("height", "0")) / 2
    place = {"x": f"{end + 6:.1f}", "y": f"{middle:.1f}", "dy": "0.32em", "font-size": "14"}
    text = ET.Element("text", place)
    text.text = shown
    return text


def _framed(drawn: ET.Element, height: int, name: str, title: str, description: str) -> str:
    box = f"0 {_TOP} {WIDTH} {height - _TOP - _BOTTOM}"
    ids = f"{name}-title {name}-desc"
    svg = ET.Element("svg", {"viewBox": box, "role": "img", "aria-labelledby": ids})
    ET.SubElement(svg, "title", {"id": f"{name}-title"}).text = visible(title)
    ET.SubElement(svg, "desc", {"id": f"{name}-desc"}).text = visible(description)
    svg.append(drawn)
    return ET.tostring(svg, encoding="unicode")
