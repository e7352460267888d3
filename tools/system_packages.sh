#!/usr/bin/env bash
# Install what the tests need and no wheel brings: Chromium, a font with Hangul, kana and Han, and OpenMP, which
# LightGBM asks for. Debian and Ubuntu with root or sudo; elsewhere it says what to install, and those tests skip.
set -euo pipefail

packages=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || packages+=(chromium)
{ command -v fc-list >/dev/null && fc-list :lang=ko | grep -q .; } || packages+=(fontconfig fonts-noto-cjk)
ldconfig -p 2>/dev/null | grep -q libgomp.so.1 || packages+=(libgomp1)
[ ${#packages[@]} -gt 0 ] || exit 0

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo -n)
if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    echo "Some tests need: ${packages[*]}. Install them; until then they are skipped." >&2
    exit 0
fi
echo "Installing ${packages[*]} ..."
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq >/dev/null
"${as_root[@]}" apt-get install -qq --no-install-recommends "${packages[@]}" >/dev/null
