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
pdftoppm -png -r 60 -singlefile -f 1 "$work/exam/sheet.pdf" "$pictures/title-page"
pdftoppm -png -r 60 -singlefile -f 6 "$work/exam/sheet.pdf" "$pictures/page"
shoot "$work/solution.html" solution.png 820 900
shoot "$work/walkthrough.html" walkthrough.png 820 900
