#!/bin/sh
# Checks what Stet writes against the field's own tools: warcio, cdxj-indexer, wacz and pywb from PyPI, in a virtual
# environment under .build. Needs python3 with venv, and the network for the first run.
#
#   Scripts/interop.sh                      an archive made here
#   CORPUS=captures.jsonl Scripts/interop.sh    and the captures of a file as well (at most CORPUS_LINES, 1000)
#
# STET names the program (.build/release/stet), INTEROP_ENV the environment.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
stet=${STET:-$root/.build/release/stet}
environment=${INTEROP_ENV:-$root/.build/interop-env}
if [ ! -x "$stet" ]; then
  echo "interop: no program at $stet: run \`swift build -c release\` first, or set STET" >&2
  exit 1
fi
if [ ! -x "$environment/bin/wayback" ]; then
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --requirement "$root/Scripts/interop/requirements.txt"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
PYTHONDONTWRITEBYTECODE=1 PATH="$environment/bin:$PATH" python "$root/Scripts/interop/export.py" "$stet" "$work" "${CORPUS:-}" "${CORPUS_LINES:-1000}"
PYTHONDONTWRITEBYTECODE=1 PATH="$environment/bin:$PATH" python "$root/Scripts/interop/replay.py" "$stet" "$work" "$work/made.jsonl"
