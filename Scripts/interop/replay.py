"""Serves an archive made for it with `stet serve`, and its WARC with pywb, and compares what they answer. Usage:
replay.py STET WORK LINES

LINES is a file of JSON Lines for `stet import jsonl`. Needs pywb's commands in the path."""

import json
import os
import socket
import subprocess
import sys
import time

import memento

STET, WORK, LINES = sys.argv[1:4]
ARCHIVE = os.path.join(WORK, "replay.stet")
CONFIGURATION = "framed_replay: false\nredirect_to_exact: true\nenable_memento: true\n"


def run(*arguments, folder=None):
    result = subprocess.run(arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0:
        sys.exit("%s: %s" % (" ".join(arguments), result.stdout))


def pywb(folder, warc):
    """pywb over a WARC file, and the address of its collection."""
    os.mkdir(folder)
    run("wb-manager", "init", "web", folder=folder)
    run("wb-manager", "add", "web", warc, folder=folder)
    with open(os.path.join(folder, "config.yaml"), "w") as file:
        file.write(CONFIGURATION)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(["wayback", "-b", "127.0.0.1", "-p", str(port)], cwd=folder, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process, "http://127.0.0.1:%d/web" % port
        except OSError:
            time.sleep(0.2)
    process.terminate()
    sys.exit("pywb did not start")


def stet():
    """`stet serve` over the archive, and the address of its captures."""
    process = subprocess.Popen([STET, "serve", "--listen", "127.0.0.1:0", "--json", "--archive", ARCHIVE],
                               stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    if not line:
        sys.exit("stet serve did not start")
    return process, json.loads(line)["url"] + "web"


warc, index = os.path.join(WORK, "replay.warc.gz"), os.path.join(WORK, "replay.cdxj")
run(STET, "init", "--archive", ARCHIVE)
run(STET, "import", "jsonl", LINES, "--archive", ARCHIVE)
run(STET, "export", "warc", "-o", warc, "--captures-only", "--archive", ARCHIVE)
run(STET, "export", "cdxj", "-o", index, "--captures-only", "--archive", ARCHIVE)
theirs, base2 = pywb(os.path.join(WORK, "replay-pywb"), warc)
try:
    ours, base = stet()
    try:
        failed = memento.main(base, base2, index)
    finally:
        ours.terminate()
        ours.wait()
finally:
    theirs.terminate()
    theirs.wait()
sys.exit(failed)
