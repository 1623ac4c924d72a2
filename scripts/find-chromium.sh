#!/bin/sh
# Prints the path of a Chromium for the tests in a browser; prints nothing and ends with 1 where there is none.
# The variable CHROMIUM names one that is elsewhere.
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$name" ] && command -v "$name"; then
        exit 0
    fi
done
exit 1
