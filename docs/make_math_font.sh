#!/usr/bin/env bash
# Make the math font that HTML pages carry: the glyphs our formulas use, of TeX Gyre Pagella Math.
# Needs Debian's fonts-texgyre-math and, from PyPI, fonttools and brotli.
set -euo pipefail
source=${1:-/usr/share/texmf/fonts/opentype/public/tex-gyre-math/texgyrepagella-math.otf}
target="$(dirname "${BASH_SOURCE[0]}")/../quizbank/formats/templates/math.woff2"
letters="U+0020-007E,U+00A0,U+00B1,U+00B7,U+00D7,U+00F7,U+0131,U+02C6,U+02DC,U+00AF,U+0302-0304"
greek="U+0393,U+0394,U+0398,U+039B,U+03A3,U+03A6,U+03A9,U+03B1-03C9,U+03D5,U+03F5"
marks="U+2016,U+2026,U+2032,U+2033,U+203E,U+2061-2064,U+20D7"
sets="U+2102,U+210D,U+210E,U+2112,U+2113,U+2115,U+211D,U+2124,U+1D4A9,U+1D53C"
arrows="U+2190-2194,U+21D0-21D4,U+21A6"
operators="U+2200,U+2202,U+2203,U+2205-2208,U+220F,U+2211-2213,U+2217,U+2218,U+221A,U+221D,U+221E,U+2223,U+2225"
operators+=",U+2227-222B,U+223C,U+2248,U+2260,U+2261,U+2264,U+2265,U+226A,U+226B,U+2295-2299,U+22A4,U+22C5,U+22EE-22F1"
brackets="U+2308-230B,U+27E8,U+27E9"
alphabets="U+1D400-1D467,U+1D6A8-1D6DA,U+1D6DC-1D71B"
pyftsubset "$source" --layout-features="" --flavor=woff2 --no-hinting --desubroutinize --output-file="$target" \
    --unicodes="$letters,$greek,$marks,$sets,$arrows,$operators,$brackets,$alphabets"
