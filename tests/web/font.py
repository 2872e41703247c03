#!/usr/bin/env python3
"""Makes src/report/html/fonts.css: the page's typeface, small enough to travel inside the page.

    pip install fonttools==4.68.0 brotli==1.2.1
    python3 tests/web/font.py            # writes the file
    python3 tests/web/font.py --check    # says whether the file is what would be written

The two weights of Inter in assets/fonts (the charts draw with the same files) are cut down to what a page in English
writes and what a European runner's own words need; other scripts are left to the reader's system. Kept are the
tabular figures (`font-variant-numeric: tabular-nums`); kerning would be a third of the file. A few plain shapes that Inter has not, such as the
triangles of a change, are drawn here: a system's own may be an emoji in colour, and each has another size.
Inter is under the SIL Open Font License without a reserved name, so a changed copy may bear it (assets/fonts/OFL.txt).
"""

import base64
import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "src/report/html/fonts.css"
WEIGHTS = {400: "Inter-Regular.ttf", 700: "Inter-Bold.ttf"}

# Both faces as text, bytes: the page of a year has 250 kB for everything.
MOST_BYTES = 40_000

# Letters of western Europe, and the marked ones of its neighbours that names and notes have most.
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "ČčĎďĚěŇňŘřŠšŤťŮůŽžĆćĐđĄąĘęŁłŃńŚśŹźŻżĞğİıŞşŐőŰűŒœŸĀāĒēĪīŌōŪū")]
MARKS = [ord(c) for c in "‐‑–—‘’‚“”„†•…′″⁻₁€™←↑→↓−√≈≠≤≥■●⚠✓ρτΔΣμπ"]

EM = 1000

# Drawn here, in units of the em, from the baseline: a box of 0 to 700, as high as the capitals.
LEFT, RIGHT, LOW, HIGH = 60, 760, 0, 700
MIDDLE, CENTRE = (LEFT + RIGHT) // 2, (LOW + HIGH) // 2
SMALL = [180, 640, 120, 580]
SHAPES = {
    "▲": [(LEFT, LOW + 40), (MIDDLE, HIGH - 40), (RIGHT, LOW + 40)],
    "▼": [(LEFT, HIGH - 40), (RIGHT, HIGH - 40), (MIDDLE, LOW + 40)],
    "▶": [(LEFT + 40, LOW), (LEFT + 40, HIGH), (RIGHT - 40, CENTRE)],
    "▸": [(SMALL[0], SMALL[2]), (SMALL[0], SMALL[3]), (SMALL[1], CENTRE)],
    "▾": [(SMALL[0], SMALL[3]), (SMALL[1], SMALL[3]), (MIDDLE, SMALL[2])],
    "◆": [(LEFT, CENTRE), (MIDDLE, HIGH), (RIGHT, CENTRE), (MIDDLE, LOW)],
}
# The same outline with a hole: what is hollow was not judged.
HOLLOW = {"◇": "◆", "△": "▲", "▽": "▼"}
STROKE = 0.62


def main() -> int:
    text = page_fonts()
    size = len(text.encode())
    if size > MOST_BYTES:
        print(f"{size} bytes are more than {MOST_BYTES}")
        return 1
    if "--check" in sys.argv[1:]:
        same = TARGET.read_text() == text
        print("fonts.css is up to date" if same else "fonts.css is not what font.py writes")
        return 0 if same else 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text)
    print(f"{TARGET.relative_to(ROOT)}: {size} bytes")
    return 0


def page_fonts() -> str:
    head = "/* Inter, cut down by tests/web/font.py. SIL Open Font License 1.1: assets/fonts/OFL.txt. */\n"
    return head + "".join(face(weight, ROOT / "assets/fonts" / name) for weight, name in WEIGHTS.items())


def face(weight: int, path: Path) -> str:
    data = base64.b64encode(small(path)).decode()
    source = f"url(data:font/woff2;base64,{data})format('woff2')"
    return f"@font-face{{font-family:Inter;font-style:normal;font-weight:{weight};src:{source}}}\n"


def small(path: Path) -> bytes:
    font = TTFont(path, recalcTimestamp=False)
    for char, points in SHAPES.items():
        draw(font, char, [points])
    for char, outer in HOLLOW.items():
        draw(font, char, [SHAPES[outer], hole(SHAPES[outer])])
    options = subset.Options(
        layout_features=["tnum"],
        flavor="woff2",
        hinting=False,
        desubroutinize=True,
        name_IDs=[1, 2, 13, 14],
        drop_tables=["STAT", "GDEF", "gasp"],
    )
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[*LETTERS, *MARKS, *map(ord, [*SHAPES, *HOLLOW])])
    cut.subset(font)
    # A thousandth of an em is finer than any screen or printer shows at the page's sizes, and a tenth smaller.
    scale_upem(font, EM)
    out = io.BytesIO()
    font.flavor = "woff2"
    font.save(out, reorderTables=False)
    return out.getvalue()


def hole(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The outline drawn in towards its centre and run through backwards."""
    x = sum(p[0] for p in points) / len(points)
    y = sum(p[1] for p in points) / len(points)
    return [(round(x + (px - x) * STROKE), round(y + (py - y) * STROKE)) for px, py in reversed(points)]


def draw(font: TTFont, char: str, outlines: list[list[tuple[int, int]]]) -> None:
    """Adds a glyph of straight lines."""
    scale = font["head"].unitsPerEm / EM
    pen = TTGlyphPen(None)
    for points in outlines:
        corners = [(round(x * scale), round(y * scale)) for x, y in points]
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    name = f"uni{ord(char):04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = pen.glyph()
    font["glyf"][name].recalcBounds(font["glyf"])
    font["hmtx"][name] = (round((RIGHT + LEFT) * scale), font["glyf"][name].xMin)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(char)] = name


if __name__ == "__main__":
    sys.exit(main())
