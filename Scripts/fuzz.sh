#!/bin/sh
# Fuzzes what reads input from outside: fuzz.sh TARGET SECONDS [libFuzzer options]. TARGET is a file in Fuzz/Targets
# without its suffix. What is found lands in .build/fuzz/TARGET: the grown corpus, and crash-*, timeout-*, oom-* files.
set -eu

target=${1:?"usage: fuzz.sh TARGET SECONDS [libFuzzer options]"}
seconds=${2:?"usage: fuzz.sh TARGET SECONDS [libFuzzer options]"}
shift 2
root=$(cd "$(dirname "$0")/.." && pwd)
built=${FUZZ_BUILD:-$root/.build/fuzz}
mkdir -p "$built/$target/corpus"

cd "$root/Fuzz"
swift build -c release --product Fuzzed --scratch-path "$built/package" >&2
products=$(swift build -c release --product Fuzzed --scratch-path "$built/package" --show-bin-path)
swiftc -g -O -use-ld=lld -sanitize=fuzzer,address -parse-as-library -swift-version 6 \
  -I "$products/Modules" -I "$products/CMyHTML.build" -I "$products/CICU.build" -I Sources/CCrypto -I Sources/CDeflate \
  -I Sources/CZlib -I Sources/CZstd -I Sources/CBrotli \
  "Targets/$target.swift" "$products/libFuzzed.a" -lmodest -licuuc -lcrypto -ldeflate -lz -lzstd -lbrotlidec -o "$built/$target/fuzz"

words=$root/Fuzz/Dictionaries/$target
[ -f "$words" ] && set -- "-dict=$words" "$@"
cd "$built/$target"
# Swift's own backtrace would hold on to a crashed process; an input may take 30 s by the clock of a machine that does other things, and 1 GB. What the libraries leak
# on purpose (tables made once) is no finding. Whence each octet was allocated is dear to keep and cheap to find out again.
SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0:malloc_context_size=1:quarantine_size_mb=32 nice -n 19 ./fuzz \
  -max_total_time="$seconds" -timeout=30 -rss_limit_mb=1024 -max_len=16384 -print_final_stats=1 "$@" \
  corpus "$root/Fuzz/Seeds/$target"
