"""Captures to try tools on, as JSON Lines for `stet import jsonl`: redirects, 304s, payloads that come again, missing pages,
other encodings, fields of content codings, odd URLs. The same each time."""

import base64
import datetime
import hashlib
import json

START = datetime.datetime(2026, 11, 20, 10, 0, 0, tzinfo=datetime.timezone.utc)


def instant(minutes, milliseconds=0):
    at = START + datetime.timedelta(minutes=minutes, milliseconds=milliseconds)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (at.microsecond // 1000)


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def digest(line, body):
    """A capture's digest, as docs/FORMAT.md says."""
    fields = base64.b64decode(line["fields_base64"])
    text = "stet capture 1\norigin -\nurl %s\nat %s\nseq %d\nstatus %d\nfields %s\npayload %s\nrefers-to %s\n" % (
        line["url"], line["captured_at"], line.get("seq", 0), line["status"], sha256(fields),
        "-" if line["status"] == 304 else sha256(body), line.get("refers_to", "-"))
    return sha256(text.encode())


def page(headline, sentences, charset="utf-8", furniture="dry"):
    text = "".join("<p>%s</p>\n" % s for s in sentences)
    return ('<!doctype html><html lang="en"><head><meta charset="%s"><title>%s - The Tidewater Post</title>'
            '<meta property="og:type" content="article"></head><body><nav><a href="/">Home</a></nav>'
            "<div>Weather: %s</div><article><h1>%s</h1>\n%s</article></body></html>\n"
            % (charset, headline, furniture, headline, text)).encode(charset)


class Captures:
    def __init__(self):
        self.lines = []

    def add(self, url, minutes, status, fields, body=b"", milliseconds=0, **more):
        """Adds one; gives its digest. Fields are octets: name and value."""
        line = {"url": url, "captured_at": instant(minutes, milliseconds), "status": status}
        line["fields_base64"] = base64.b64encode(b"".join(n + b": " + v + b"\n" for n, v in fields)).decode()
        if status != 304:
            line["body_base64"] = base64.b64encode(body).decode()
        line.update(more)
        line["digest"] = digest(line, body)
        self.lines.append(line)
        return line["digest"]

    def write(self, path):
        with open(path, "w") as out:
            for line in self.lines:
                out.write(json.dumps(line) + "\n")


HTML = (b"Content-Type", b"text/html; charset=utf-8")


def make(articles=40):
    captures = Captures()
    for n in range(articles):
        url = "https://post.example/2026/11/story-%d?b=2&a=1" % n
        sentences = ["The harbour council approved contract number %d for the island ferry on Thursday." % n,
                     "It is worth %d million euros a year and runs until 2030." % (n + 2),
                     "\u201cIt is a good day for the island\u201d, said Ada Brown, who chairs the council."]
        first = page("Council approves contract %d" % n, sentences)
        gzip = [HTML, (b"Content-Encoding", b"gzip"), (b"Content-Length", b"321"), (b"ETag", b'W/"%d"' % n)]
        kept = captures.add(url, 10 * n, 200, gzip, first)
        captures.add(url, 10 * n + 1, 304, [(b"ETag", b'W/"%d"' % n)], refers_to=kept)
        captures.add(url, 10 * n + 2, 200, [HTML, (b"Transfer-Encoding", b"chunked"), (b"Server", b"other")], first)
        sentences[1] = "It is worth %d million euros a year and runs until 2031." % (n + 12)
        second = page("Council approves contract %d" % n, sentences, furniture="rain")
        captures.add(url, 10 * n + 3, 200, [HTML, (b"Content-Length", b"%d" % len(second))], second, milliseconds=250)
        captures.add(url, 10 * n + 4, 404, [HTML], b"<h1>Not found</h1>")
        captures.add(url, 10 * n + 5, 200, gzip, first, milliseconds=999)
    old = "http://www.post.example/old"
    captures.add(old, 1000, 301, [(b"Location", b"https://post.example/moved"), (b"Content-Length", b"0")])
    captures.add("https://post.example/moved", 1000, 200, [HTML], page("Moved page", ["It stands elsewhere now, " * 5]),
                 milliseconds=1200, article=old, seq=1)
    captures.add(old, 1010, 302, [(b"Location", b"/login?next=1"), HTML], b"<a href='/login'>Log in</a>")
    captures.add("https://post.example/f%C3%A4hre/%7Etide", 1020, 200, [(b"Content-Type", b"text/html; charset=iso-8859-1"),
                 (b"X-Town", "M\u00fcnchen".encode("latin-1"))], page("F\u00e4hre f\u00e4llt aus", ["Die F\u00e4hre f\u00e4hrt nicht. " * 4], "latin-1"))
    captures.add("https://post.example/empty", 1030, 200, [HTML], b"")
    captures.add("https://post.example/empty", 1031, 200, [HTML], b"")
    captures.add("https://post.example/no-fields", 1040, 200, [], b"nothing is known of this")
    captures.add("https://post.example/octets", 1050, 200, [(b"content-type", b"application/octet-stream"),
                 (b"X-Orig-Content-Length", b"7"), (b"X-Empty", b"")], bytes(range(256)) * 64)
    captures.add("https://post.example/503", 1060, 503, [(b"Retry-After", b"60"), HTML], b"busy")
    captures.add("https://post.example:8443/Port/../port/?sid=0123456789abcdef0123456789abcdef&x=1", 1070, 200, [HTML],
                 page("A port", ["It has a port and a session id in its address, which says nothing. " * 2]))
    captures.add("https://post.example/not modified", 1080, 304, [(b"ETag", b'"x"'), (b"Content-Length", b"12")])
    captures.add("http://127.0.0.1:8080/plain.txt", 1090, 200, [(b"Content-Type", b"text/plain")], b"plain\r\n\r\ntext")
    return captures


def corpus(path, out, limit):
    """The first captures of a file of capture lines, their URLs made http ones."""
    with open(path) as lines, open(out, "w") as made:
        for number, line in enumerate(lines):
            if number == limit:
                break
            capture = json.loads(line)
            url = capture["url"]
            if not url.startswith("http"):
                url = "https://" + url.split("://", 1)[-1]
            capture["url"] = url.replace(" ", "%20")
            for key in ("digest", "article"):
                capture.pop(key, None)
            made.write(json.dumps(capture) + "\n")
