"""Exports archives as WARC, CDXJ and WACZ and has warcio, cdxj-indexer, wacz and pywb read them. Usage:
export.py STET WORK CORPUS LINES"""

import base64
import glob
import http.client
import json
import os
import socket
import subprocess
import sys
import time

import captures

STET, WORK, CORPUS, LINES = sys.argv[1:5]
failures = []


def check(holds, what):
    print(("ok    " if holds else "FAIL  ") + what, flush=True)
    if not holds:
        failures.append(what)


def run(*arguments, folder=None):
    return subprocess.run(arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def octets(path):
    with open(path, "rb") as file:
        return file.read()


class Archive:
    def __init__(self, name, lines):
        self.name = name
        self.folder = os.path.join(WORK, name)
        os.mkdir(self.folder)
        self.file = os.path.join(self.folder, "archive.stet")
        self.stet("init")
        self.stet("import", "jsonl", lines)
        self.stet("export", "jsonl", "-o", self.path("captures.jsonl"))
        with open(self.path("captures.jsonl")) as file:
            self.captures = [json.loads(line) for line in file]

    def path(self, name):
        return os.path.join(self.folder, name)

    def stet(self, *arguments):
        result = run(STET, *arguments, "--archive", self.file)
        if result.returncode != 0:
            sys.exit("stet %s: %s" % (" ".join(arguments), result.stdout))
        return result.stdout


def check_files(archive, label, pattern, cdxj, *options):
    """A WARC export with some options, and its index."""
    archive.stet("export", "warc", "-o", archive.path(pattern % ""), *options)
    names = sorted(glob.glob(archive.path(pattern % "*")))
    result = run("warcio", "check", "-v", *names)
    passed = result.stdout.count("digest pass")
    bad = [line for line in result.stdout.splitlines() if "fail" in line or "no digest" in line or "exception" in line]
    check(result.returncode == 0 and passed > 0 and not bad,
          "%s: warcio check -v: %d files, %d digests pass %s" % (label, len(names), passed, "".join(bad[:3])))
    theirs = run("cdxj-indexer", "-s", *names).stdout
    archive.stet("export", "cdxj", "-o", archive.path(cdxj), "--warc", os.path.basename(archive.path(pattern % "")), *options)
    ours = octets(archive.path(cdxj)).decode()
    check(ours == theirs and ours.count("\n") > 0, "%s: %d lines equal those of cdxj-indexer -s" % (label, ours.count("\n")))
    if ours != theirs:
        for mine, other in zip(ours.splitlines(), theirs.splitlines()):
            if mine != other:
                print("  ours   " + mine + "\n  theirs " + other)
                break
    return names


def check_wacz(archive):
    path = archive.path("captures.wacz")
    archive.stet("export", "wacz", "-o", path)
    result = run("wacz", "validate", "-f", path)
    check(result.returncode == 0 and "is valid" in result.stdout, "%s: wacz validate -f" % archive.name)
    if result.returncode != 0:
        print(result.stdout)
    again = archive.path("again.wacz")
    archive.stet("export", "wacz", "-o", again)
    check(octets(path) == octets(again), "%s: the same WACZ twice" % archive.name)
    check(run("python", "-m", "zipfile", "-t", path).returncode == 0, "%s: the ZIP's checksums" % archive.name)
    return path


class Pywb:
    """pywb over some WARC files or a WACZ, as a process on a free port."""

    def __init__(self, folder, files):
        os.mkdir(folder)
        run("wb-manager", "init", "t", folder=folder)
        # Our index beside the files would be enough; what pywb makes of the files itself is the harder test.
        unpack = ["--unpack-wacz"] if files[0].endswith(".wacz") else []
        added = run("wb-manager", "add", "t", *files, *unpack, folder=folder)
        if added.returncode != 0:
            sys.exit(added.stdout)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = open(os.path.join(folder, "log"), "w")
        self.process = subprocess.Popen(
            ["wayback", "-b", "127.0.0.1", "-p", str(self.port)], cwd=folder, stdout=self.log, stderr=self.log)
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.2)
        sys.exit("pywb did not start")

    def get(self, timestamp, url):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", "/t/%sid_/%s" % (timestamp, url))
            response = connection.getresponse()
            return response.status, response.getheader("Memento-Datetime"), response.read()
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


def body(capture):
    if "body_base64" in capture:
        return base64.b64decode(capture["body_base64"])
    return capture.get("body", "").encode()


def escaped(url):
    return "".join(c if 32 < ord(c) < 127 else "".join("%%%02X" % b for b in c.encode()) for c in url)


def check_replay(archive, files, label):
    """Every capture's body, asked of pywb at its instant."""
    import surt
    by_digest = {c["digest"]: c for c in archive.captures}
    places = {}
    for c in archive.captures:
        c["key"] = (surt.surt(escaped(c["url"])), "".join(filter(str.isdigit, c["captured_at"]))[:14])
        places.setdefault(c["key"], []).append(c)
    server = Pywb(archive.path("pywb-" + label), files)
    same, skipped, different = 0, {}, []
    try:
        for c in archive.captures:
            still = by_digest.get(c.get("refers_to")) if c["status"] == 304 else c
            if not c["url"].startswith("http") or len(places[c["key"]]) > 1:
                skipped["two in one second"] = skipped.get("two in one second", 0) + 1
                continue
            if "#" in c["url"]:  # an import keeps what it is given; over HTTP no such URL can be asked for
                skipped["fragment"] = skipped.get("fragment", 0) + 1
                continue
            if still is None:
                skipped["304 without what it refers to"] = skipped.get("304 without what it refers to", 0) + 1
                continue
            status, _, got = server.get(c["key"][1], escaped(c["url"]))
            if got == body(still):
                same += 1
            else:
                different.append("%s %s %d: pywb %d, %d octets for %d" % (
                    c["captured_at"], c["url"], c["status"], status, len(got), len(body(still))))
    finally:
        server.stop()
    check(not different and same > 0, "%s: pywb replays %s: %d of %d captures byte for byte, not asked: %s" % (
        archive.name, label, same, len(archive.captures), skipped))
    for line in different[:10]:
        print("  " + line)


def check_round_trip(archive, kind, file):
    """What is read back from a file is what was written into it, octet for octet."""
    if "  %s " % kind not in run(STET, "import", "--help").stdout:
        print("not checked: this program has no `stet import %s`" % kind)
        return
    copy = archive.path("from-%s.stet" % kind)
    run(STET, "init", "--archive", copy)
    result = run(STET, "import", kind, file, "--archive", copy)
    check(result.returncode == 0, "%s: import %s: %s" % (archive.name, kind, result.stdout.splitlines()[-1:]))

    def exported(source, *arguments):
        out = archive.path("round-trip")
        run(STET, "export", *arguments, "-o", out, "--archive", source)
        return octets(out)
    check(exported(archive.file, "jsonl") == exported(copy, "jsonl"), "%s: %s and back: the same captures" % (archive.name, kind))

    def records(source):
        os.path.exists(archive.path("round-trip")) and os.remove(archive.path("round-trip"))
        # The first record names the archive itself.
        return exported(source, "warc", "--no-gzip").split(b"\r\n\r\n\r\n", 1)[1]
    check(records(archive.file) == records(copy), "%s: %s and back: the same records, texts and edits" % (archive.name, kind))


def examine(archive):
    files = check_files(archive, archive.name + " gzip", "captures%s.warc.gz", "captures.cdxj")
    check_files(archive, archive.name + " plain", "plain%s.warc", "plain.cdxj", "--no-gzip")
    check_files(archive, archive.name + " without derived", "only%s.warc.gz", "only.cdxj", "--captures-only")
    check_files(archive, archive.name + " split", "split%s.warc.gz", "split.cdxj", "--max-size", "100k")
    before = octets(files[0])
    os.remove(files[0])
    archive.stet("export", "warc", "-o", archive.path("captures.warc.gz"))
    check(octets(files[0]) == before, "%s: the same WARC twice" % archive.name)
    wacz = check_wacz(archive)
    check_round_trip(archive, "warc", files[0])
    check_round_trip(archive, "wacz", wacz)
    check_replay(archive, files, "warc")
    check_replay(archive, [wacz], "wacz")


lines = os.path.join(WORK, "made.jsonl")
captures.make().write(lines)
examine(Archive("made", lines))
if CORPUS:
    lines = os.path.join(WORK, "corpus.jsonl")
    captures.corpus(CORPUS, lines, int(LINES))
    examine(Archive("corpus", lines))
print("%d failed" % len(failures))
sys.exit(1 if failures else 0)
