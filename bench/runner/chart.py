"""Plots as inline SVG whose colours come from the style sheet of the page. Pure.

Debian's matplotlib cannot be installed beside Boost 1.81, and would not follow light and dark.
"""

import dataclasses
import html
import math

WIDTH, HEIGHT = 520, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 14, 12, 44
BAR_HEIGHT, BAR_GAP, BAR_LEFT = 18, 8, 190
BAR_RIGHT = 120


@dataclasses.dataclass(frozen=True)
class Line:
    """`points` are (x, y, least, most); `style` names a class of the style sheet."""

    name: str
    style: str
    points: list


@dataclasses.dataclass(frozen=True)
class Bar:
    """`words` stand instead of the bar when there is no value."""

    name: str
    style: str
    value: float | None
    least: float = 0
    most: float = 0
    text: str = ""
    words: str = ""


def lines_over_logs(lines, x_title, y_title, x_ticks):
    """Both axes logarithmic. `x_ticks`: (value, label)."""
    lines = [line for line in lines if line.points]
    if not lines:
        return ""
    bottom, top = _decades([value for line in lines for point in line.points
                            for value in point[1:]])
    x_place = _log_scale(x_ticks[0][0], x_ticks[-1][0], LEFT + 12, WIDTH - RIGHT - 12)
    y_place = _log_scale(bottom, top, HEIGHT - BOTTOM, TOP)
    parts = [_frame(x_title, y_title)]
    for value, label in x_ticks:
        parts.append(_text(x_place(value), HEIGHT - BOTTOM + 16, label, "middle"))
    for value in _marks(bottom, top):
        parts.append(_rule(y_place(value)))
        parts.append(_text(LEFT - 6, y_place(value) + 4, short(value), "end"))
    parts += [_polyline(line, x_place, y_place) for line in lines]
    return _svg(WIDTH, HEIGHT, f"{y_title} by {x_title}", parts)


def bars(rows, title, limit=None, limit_text=""):
    """Horizontal bars from 0, with a whisker from least to most; `limit` is a rule across."""
    known = [row.most or row.value for row in rows if row.value is not None]
    if not known:
        return ""
    width, height = WIDTH, len(rows) * (BAR_HEIGHT + BAR_GAP) + BAR_GAP + (18 if limit else 0)
    most = max([*known, limit or 0])
    scale = (width - BAR_LEFT - BAR_RIGHT) / most if most else 0
    parts = []
    if limit is not None:
        x = BAR_LEFT + limit * scale
        parts.append(f'<line class="limit" x1="{x:.1f}" y1="2" x2="{x:.1f}" y2="{height - 16}"/>')
        parts.append(_text(x, height - 4, limit_text, "middle"))
    for number, row in enumerate(rows):
        parts += _bar(row, BAR_GAP + number * (BAR_HEIGHT + BAR_GAP), scale)
    return _svg(width, height, title, parts)


def legend(lines):
    """The names of lines beside their colours, as HTML."""
    names = {line.name: line.style for line in lines if line.points}
    return '<p class="legend">' + "".join(
        f'<span><i class="{style}"></i>{html.escape(name)}</span>'
        for name, style in names.items()) + "</p>"


def short(value):
    """For axes: 1,000,000 is 1M, 0.5 stays."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def _decades(values):
    """The nearest 1, 2 or 5 times a power of ten below and above all of them."""
    known = [value for value in values if value and value > 0]
    return _step(min(known), math.floor), _step(max(known), math.ceil)


def _step(value, round_):
    power = 10.0 ** math.floor(math.log10(value))
    steps = (1, 2, 5, 10)
    part = value / power
    if round_ is math.floor:
        return max(step for step in steps if step <= part + 1e-9) * power
    return min(step for step in steps if step >= part - 1e-9) * power


def _marks(bottom, top):
    """Powers of ten, and 2 and 5 times them where the range is small."""
    steps = (1,) if top / bottom >= 1000 else (1, 2, 5)
    exponents = range(math.floor(math.log10(bottom)), math.ceil(math.log10(top)) + 1)
    marks = [step * 10.0 ** exponent for exponent in exponents for step in steps]
    return [mark for mark in marks if bottom * 0.999 <= mark <= top * 1.001]


def _log_scale(low, high, start, end):
    span = math.log(high / low) or 1.0
    return lambda value: start + (end - start) * math.log(value / low) / span


def _frame(x_title, y_title):
    middle = (TOP + HEIGHT - BOTTOM) / 2
    return (_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, x_title, "middle", "title")
            + f'<text class="title" text-anchor="middle" transform="translate(14 {middle:.1f}) '
              f'rotate(-90)">{html.escape(y_title)}</text>')


def _polyline(line, x_place, y_place):
    places = [(x_place(x), y_place(y), y_place(max(least, y / 1e3)), y_place(most))
              for x, y, least, most in line.points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _, _ in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
                   f'<line x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}"/>'
                   for x, y, low, high in places) if len(places) <= 12 else ""
    return (f'<g class="{line.style}"><title>{html.escape(line.name)}</title>'
            f'<polyline points="{path}"/>{dots}</g>')


def _bar(row, y, scale):
    middle = y + BAR_HEIGHT / 2
    parts = [_text(BAR_LEFT - 8, middle + 4, row.name, "end")]
    if row.value is None:
        return parts + [_text(BAR_LEFT + 4, middle + 4, row.words, "start", "words")]
    length = max(row.value * scale, 1)
    parts.append(f'<rect class="{row.style}" x="{BAR_LEFT}" y="{y}" width="{length:.1f}" '
                 f'height="{BAR_HEIGHT}" rx="2"/>')
    end = BAR_LEFT + max(length, row.most * scale)
    if row.most > row.least:
        low, high = BAR_LEFT + row.least * scale, BAR_LEFT + row.most * scale
        parts.append(f'<path class="whisker" d="M{low:.1f} {middle}H{high:.1f}'
                     f'M{low:.1f} {middle - 4}v8M{high:.1f} {middle - 4}v8"/>')
    return parts + [_text(end + 6, middle + 4, row.text, "start")]


def _rule(y):
    return f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>'


def _text(x, y, words, anchor, style=""):
    kind = f' class="{style}"' if style else ""
    return (f'<text{kind} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
            f'{html.escape(str(words))}</text>')


def _svg(width, height, title, parts):
    return (f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{html.escape(title)}">'
            + "".join(parts) + "</svg>")
