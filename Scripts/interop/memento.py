"""Compares Memento (RFC 7089) and CDX answers of two archives that hold the same captures: Stet's and pywb's.

    memento.py http://127.0.0.1:8040/web http://127.0.0.1:8080/web captures.cdxj

The third argument is an index of what both hold, as `stet export cdxj` writes it: it gives the URLs and instants to ask
for. pywb is to run with `framed_replay: false` and `redirect_to_exact: true`, which is how it answers as RFC 7089 has it.
Host names are normalised. A difference is either one of those that docs/MEMENTO.md gives reasons for, and is counted, or
it is printed and the exit status is 1. Needs nothing but Python.
"""

import collections
import http.client
import json
import random
import re
import sys
import urllib.parse
from datetime import datetime, timedelta, timezone

FORMAT = "%Y%m%d%H%M%S"
HTTP_DATE = "%a, %d %b %Y %H:%M:%S GMT"


class Archive:
    """One of the two, asked over a connection of its own."""

    def __init__(self, base):
        parts = urllib.parse.urlsplit(base)
        self.base, self.host, self.path = base.rstrip("/"), parts.netloc, parts.path.rstrip("/")
        self.connection = None

    def get(self, path, headers=None):
        for attempt in (1, 2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection(self.host, timeout=60)
                self.connection.request("GET", self.path + path, headers=headers or {})
                answer = self.connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (http.client.HTTPException, OSError):
                self.connection = None
                if attempt == 2:
                    raise

    def normal(self, text):
        """Without the host: addresses inside the archive begin with ARCHIVE."""
        if text is None:
            return None
        text = text.replace(self.base, "ARCHIVE")
        return "ARCHIVE" + text[len(self.path):] if text.startswith(self.path + "/") else text

    def links(self, text):
        """A set of (relations, address, datetime) of a Link field or a TimeMap."""
        found = set()
        for target, rest in re.findall(r"<([^>]*)>((?:\s*;\s*[\w-]+=\"[^\"]*\")*)", text or ""):
            attributes = dict(re.findall(r"([\w-]+)=\"([^\"]*)\"", rest))
            found.add((attributes.get("rel"), self.normal(target), attributes.get("datetime")))
        return found


def plain(links):
    """Without what is said of a memento beyond that it is one; those that are only neighbours left out."""
    return {(("memento" if "memento" in rel.split() else rel), target, at) for rel, target, at in links}


def requested(links, theirs):
    """Of our links those that a memento, or the way to it, must have: the URL's, and the memento's own."""
    own = {target for rel, target, _ in theirs if rel == "memento"}
    return {link for link in plain(links) if link[0] != "memento" or link[1] in own}


class Comparison:
    def __init__(self, ours, theirs):
        self.ours, self.theirs = Archive(ours), Archive(theirs)
        self.asked, self.justified, self.differences = collections.Counter(), collections.Counter(), 0

    def same(self, kind, what, a, b, reasons=()):
        """Counts a question; a difference is reported unless one of the reasons (text, whether it holds) explains it."""
        self.asked[kind] += 1
        if a == b:
            return
        for text, holds in reasons:
            if holds:
                self.justified[text] += 1
                return
        self.differences += 1
        if self.differences <= 40:
            if isinstance(a, (list, set)) and len(a) + len(b) > 4:
                a, b = [x for x in a if x not in b] or "the same", [x for x in b if x not in a] or "in another order"
            print(f"{kind} {what}\n  stet {a}\n  pywb {b}")

    def both(self, path, headers=None):
        return self.ours.get(path, headers), self.theirs.get(path, headers)

    # Memento

    def time_gate(self, url, at):
        headers = {} if at is None else {"Accept-Datetime": at.strftime(HTTP_DATE)}
        (status, fields, _), (status2, fields2, _) = self.both("/" + url, headers)
        what = f"{url} at {at}"
        self.same("TimeGate status", what, status, status2, [
            ("a TimeGate answers 302 where pywb answers 307 (RFC 7089 §4.2.1)", (status, status2) == (302, 307))])
        if status >= 400:
            return
        self.same("TimeGate Location", what, self.ours.normal(fields["Location"]), self.theirs.normal(fields2["Location"]))
        self.same("TimeGate Vary", what, "accept-datetime" in fields["Vary"].lower(), "accept-datetime" in (fields2["Vary"] or "").lower())
        theirs = plain(self.theirs.links(fields2["Link"]))
        self.same("TimeGate Link", what, requested(self.ours.links(fields["Link"]), theirs), theirs)

    def inexact(self, url, digits):
        (status, fields, _), (status2, fields2, _) = self.both(f"/{digits}/{url}")
        what = f"{digits} {url}"
        self.same("inexact time: redirect", what, 300 <= status < 400, 300 <= status2 < 400)
        self.same("inexact time: Location", what, self.ours.normal(fields["Location"]), self.theirs.normal(fields2["Location"]))

    def memento(self, url, digits, status304, redirects_to_itself):
        for form in ("", "id_"):
            (status, fields, body), (status2, fields2, body2) = self.both(f"/{digits}{form}/{url}")
            what = f"{digits}{form} {url}"
            confirmed = ("a 304 is shown as the capture that it confirms, where pywb shows a 304", status304)
            itself = ("raw, a redirect of a URL to another spelling of itself is had as it was; pywb passes it over",
                      redirects_to_itself and form == "id_")
            moved = ("a redirect by the archive is a 302 where pywb sends 307",
                     (status, status2) == (302, 307) and "Memento-Datetime" not in fields)
            self.same("memento status", what, status, status2, [confirmed, moved, itself])
            if status2 == 307 and status == 302:
                self.same("memento Location", what, self.ours.normal(fields["Location"]), self.theirs.normal(fields2["Location"]))
                continue
            at = fields2["Memento-Datetime"]
            self.same("Memento-Datetime", what, fields["Memento-Datetime"], at, [itself])
            theirs = plain(self.theirs.links(fields2["Link"]))
            self.same("memento Link", what, requested(self.ours.links(fields["Link"]), theirs), theirs, [itself])
            if 300 <= status2 < 400 and status2 != 304:
                self.same("memento Location", what, self.ours.normal(fields["Location"]), self.theirs.normal(fields2["Location"]), [
                    itself,
                    ("raw, pywb leaves Location as it was, which leads out of the archive", form == "id_"),
                    ("pywb writes the scheme of the URL asked for, not of the one captured",
                     re.sub("https?:", "", self.ours.normal(fields["Location"] or "")) == re.sub("https?:", "", self.theirs.normal(fields2["Location"] or "")))])
            elif form == "id_":
                self.same("memento octets", what, body, body2, [confirmed])

    def time_map(self, url):
        (status, fields, body), (status2, fields2, body2) = self.both(f"/timemap/link/{url}")
        self.same("TimeMap status", url, status, status2)
        if status != 200 or status2 != 200:
            return
        self.same("TimeMap type", url, fields["Content-Type"].split(";")[0], fields2["Content-Type"].split(";")[0])
        self.same("TimeMap links", url, plain(self.ours.links(body.decode())), plain(self.theirs.links(body2.decode())))

    # CDX

    def cdx(self, **parameters):
        fields = ("urlkey", "timestamp", "url", "mime", "status", "digest")
        query = urllib.parse.urlencode(dict(parameters, output="json", allowFuzzy=0), doseq=True)
        (status, _, body), (status2, _, body2) = self.both("/cdx?" + query)
        self.same("CDX status", query, status, status2)
        if status != 200 or status2 != 200:
            return

        def lines(text):
            found = []
            for line in text.decode().splitlines():
                row = json.loads(line)
                values = {name: row.get(name) for name in fields}
                if values["mime"] == "unk":  # pywb's word for a response that named no type
                    values["mime"] = None
                if values["mime"] == "warc/revisit":  # pywb leaves out a revisit's status
                    values["status"] = None
                found.append(tuple(values.values()))
            return found

        a, b = lines(body), lines(body2)
        self.same("CDX lines", query, a, b, [
            ("captures of one second in another order: by the millisecond, where pywb has the order of text",
             sorted(a, key=str) == sorted(b, key=str) and [line[:2] for line in a] == [line[:2] for line in b]),
            ("captures of one second in another order, cut by the limit",
             "limit" in parameters and [line[:2] for line in a] == [line[:2] for line in b]
             and len({line[1] for line in a}) < len(a))])


def main(ours, theirs, index):
    captures = collections.defaultdict(list)
    with open(index, encoding="utf-8") as lines:
        for line in lines:
            key, timestamp, rest = line.split(" ", 2)
            item = json.loads(rest)
            captures[key].append((timestamp, item))
    for key, found in list(captures.items()):
        # Of other schemes, and of fragments that a crawler kept, pywb finds no captures by their URL. Of a 304 whose
        # original is not here it shows an empty answer, where Stet has nothing to show.
        if any(not item["url"].startswith(("http://", "https://")) or "#" in item["url"]
               or item.get("status") == "304" and item.get("mime") != "warc/revisit" for _, item in found):
            del captures[key]
    comparison = Comparison(ours, theirs)
    chance = random.Random(7089)
    for key, found in captures.items():
        urls = sorted({item["url"] for _, item in found})
        times = sorted({datetime.strptime(at, FORMAT).replace(tzinfo=timezone.utc) for at, _ in found})
        span = (times[-1] - times[0]).total_seconds()
        instants = [None, times[0] - timedelta(days=900), times[-1] + timedelta(days=1)]
        instants += [times[0] + timedelta(seconds=round(chance.random() * span)) for _ in range(10)]
        instants += [a + (b - a) // 2 for a, b in list(zip(times, times[1:]))[:5]]
        for url in urls:
            comparison.time_map(url)
            for at in instants:
                comparison.time_gate(url, at and at.replace(microsecond=0))
            for digits in ("1996", "2026", "202611", times[0].strftime("%Y%m%d"), "20290101000000", times[-1].strftime("%Y%m%d%H")):
                comparison.inexact(url, digits)
            comparison.cdx(url=url)
            comparison.cdx(url=url, limit=3)
            comparison.cdx(url=url, sort="reverse", limit=3)
            comparison.cdx(url=url, **{"from": times[len(times) // 2].strftime(FORMAT)})
            comparison.cdx(url=url, to=times[len(times) // 2].strftime("%Y%m%d"))
            comparison.cdx(url=url, filter="=status:404")
            comparison.cdx(url=url, filter=["mime:html", "!mime:revisit"])
            comparison.cdx(url=url, filter="~timestamp:20[0-9]*(1|2)0")
            for at in instants[1:8]:
                comparison.cdx(url=url, closest=at.strftime(FORMAT), limit=4)
        for at, item in found[:200]:
            status304 = item.get("mime") == "warc/revisit" and item.get("status") in ("304", None)
            same_second = [other for when, other in found if when == at]
            comparison.memento(item["url"], at, status304,
                               any((other.get("status") or "200").startswith("3") for other in same_second))
        host = urllib.parse.urlsplit(urls[0]).netloc
        comparison.cdx(url="http://" + host, matchType="host")
        comparison.cdx(url="http://" + host, matchType="domain")
        if ":" not in host:  # what stands before a port, pywb takes for a scheme
            comparison.cdx(url=host + "/*")
            comparison.cdx(url="*." + host)
        comparison.cdx(url=urls[0][:-3], matchType="prefix")
        comparison.cdx(url=urls[0].rsplit("/", 1)[0] + "/*", limit=50)
    for url in ("http://nothing.example/", "https://nothing.example/a?b=c"):
        comparison.time_gate(url, None)
        comparison.time_map(url)
        comparison.cdx(url=url)
    for bad in ({"url": "http://a.example/", "matchType": "other"}, {"url": "http://a.example/", "output": "other"}):
        status, status2 = (archive.get("/cdx?" + urllib.parse.urlencode(bad))[0] for archive in (comparison.ours, comparison.theirs))
        comparison.same("CDX error", bad, status, status2)
    for kind, count in sorted(comparison.asked.items()):
        print(f"{count:7} {kind}")
    for text, count in sorted(comparison.justified.items()):
        print(f"{count:7} differ for a reason: {text}")
    print(f"{comparison.differences:7} differ")
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
