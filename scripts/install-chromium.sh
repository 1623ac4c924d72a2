#!/bin/sh
# Installs Debian's or Ubuntu's Chromium for the tests in a browser: as root, or with sudo.
set -e
command -v apt-get >/dev/null || { echo "No apt-get here: install Chromium or Chrome by hand."; exit 1; }
as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo"
$as_root apt-get update --quiet
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends chromium
