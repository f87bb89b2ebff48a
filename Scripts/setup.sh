#!/bin/sh
# Installs the Debian packages that building and testing need. Does nothing, quickly, when they are there.
set -eu

command -v swift >/dev/null || {
  echo "stet: setup: Swift 6.2 or later is not installed" >&2
  echo "hint: see https://www.swift.org/install/linux/" >&2
  exit 1
}

# The libraries Stet stands on, in the order of the layers that use them; docs/decisions/0002 gives the reasons.
packages="pkg-config libssl-dev libicu-dev libmodest-dev libcurl4-openssl-dev libdeflate-dev zlib1g-dev libzstd-dev libbrotli-dev"
packages="$packages libsqlite3-dev git"

missing=""
for package in $packages; do
  dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "installing$missing"
sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get -o DPkg::Lock::Timeout=300 -q update
# shellcheck disable=SC2086  # a list of words is meant
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -q install -y --no-install-recommends $missing
