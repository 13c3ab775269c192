#!/usr/bin/env bash
# Make the README's pictures from the real program; needs Chromium and poppler.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
pictures=docs/pictures
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

shoot() { # page, picture, width, height
    chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync \
        --hide-scrollbars --user-data-dir="$work/profile" --window-size="$3,$4" --screenshot="$pictures/$2" "file://$1" \
        2>/dev/null
}

mkdir -p "$pictures"
./run exam -o "$work/exam" --seed 7 --format html,pdf >/dev/null
./run show ch2.body.train_step --notes --solution --format html >"$work/solution.html"
./run solve docs/example-network.toml --format html >"$work/walkthrough.html"
pdftoppm -png -r 60 -f 1 -l 2 "$work/exam/sheet.pdf" "$work/page"
cp "$work"/page-*1.png "$pictures/title-page.png"
cp "$work"/page-*2.png "$pictures/page.png"
shoot "$work/solution.html" solution.png 820 900
shoot "$work/walkthrough.html" walkthrough.png 820 900
