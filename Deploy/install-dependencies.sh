#!/usr/bin/env bash
# Installs what Millrace needs to be built on Debian 12 or Ubuntu 24.04, and only what is missing.
#   Deploy/install-dependencies.sh           the libraries
#   Deploy/install-dependencies.sh --tests   and what the tests need: their own Python environment, in .venv, and a browser
set -euo pipefail

checkout=$(cd "$(dirname "$0")/.." && pwd)
packages=(librdkafka-dev libjansson-dev libopenblas-dev libsimdjson-dev zlib1g-dev pkg-config g++ make)
case "${1:-}" in
"") tests=no ;;
--tests)
    tests=yes
    packages+=(python3 python3-venv)
    # Ubuntu has it as a snap alone; without a browser the test of the report's page is left out.
    if grep -qs '^ID=debian' /etc/os-release; then packages+=(chromium); fi
    ;;
*)
    echo "install-dependencies.sh: unknown option $1; allowed is --tests" >&2
    exit 2
    ;;
esac

say() { printf '%s\n' "$*" >&2; }

missing=()
if command -v dpkg-query >/dev/null; then
    for package in "${packages[@]}"; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || missing+=("$package")
    done
else
    say "This isn't Debian or Ubuntu: install the equivalents of ${packages[*]} yourself."
fi

if [ ${#missing[@]} -gt 0 ]; then
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            say "Missing are ${missing[*]}, and there is no sudo here."
            say "As root: apt-get install ${missing[*]}"
            exit 1
        }
        as_root=(sudo)
    fi
    say "Installing ${missing[*]}"
    # sudo drops the environment, so the variable is set behind it.
    apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@" >&2; }
    install_missing() { apt install -y --no-install-recommends "${missing[@]}"; }
    # A fresh machine has no package lists, and an old one has stale ones.
    install_missing 2>/dev/null || { apt update && install_missing; }
fi

if ! command -v swift >/dev/null; then
    say "Swift is missing. Millrace needs Swift 6.3: get it with swiftly from https://www.swift.org/install/linux,"
    say "or use the container image swift:6.3-bookworm."
    exit 1
fi
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
if [ "$(printf '%s\n6.3\n' "$version" | sort -V | head -n 1)" != 6.3 ]; then
    say "Millrace needs Swift 6.3 or newer, this is ${version:-unknown}: see https://www.swift.org/install/linux"
    exit 1
fi

if [ "$tests" = yes ]; then
    wanted=$(sha256sum "$checkout/Tests/requirements.txt" | cut -d ' ' -f 1)
    stamp="$checkout/.venv/requirements.sha256"
    if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
        say "Making the tests' Python environment in .venv"
        rm -rf "$checkout/.venv"
        python3 -m venv "$checkout/.venv"
        "$checkout/.venv/bin/pip" install --quiet --disable-pip-version-check -r "$checkout/Tests/requirements.txt" >&2
        printf '%s\n' "$wanted" >"$stamp"
    fi
fi
