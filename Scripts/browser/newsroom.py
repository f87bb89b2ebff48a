"""Captures of a few made-up articles over a week, as the JSON Lines that `stet import jsonl` reads: what the browser checks
and the screenshots are made of. The same lines each time."""

import json
import sys

PAGE = """<!doctype html>
<html lang="{lang}"{dir}><head><meta charset="utf-8"><title>{title} - {site}</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="{site}">
<meta property="article:published_time" content="{published}">{modified}<meta name="author" content="{author}"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>{title}</h1>
<p class="byline">{author}</p>
{body}
</article><footer><p>Copyright {site}</p></footer></body></html>
"""
WALL = """<!doctype html><html><head><title>{site}</title></head><body><div class="consent"><h1>We value your privacy</h1>
<p>We and our partners store and read information on a device.</p>
<button>Accept all</button><button>Reject all</button></div></body></html>
"""

BRIDGE = [
    "The harbour council approved a new contract for the island ferry on Thursday after a debate of four hours.",
    "The contract is worth 4 million crowns a year and runs until 2031, the council said in a statement.",
    "“We have listened to the islanders, and this contract gives them the boats they need,” said Mayor Ingrid Solberg.",
    "The ferry company Nordkai will run eight crossings a day in summer and five in winter.",
    "Opponents of the contract said that the company had not kept its promises in the past.",
    "The oldest of the three ferries, the Heron, was built in 1974 and will be replaced next year.",
    "A spokesman for Nordkai did not answer questions about the delay last spring.",
    "The island has 2,300 inhabitants, most of whom work on the mainland.",
]


def paragraphs(lines, notice=None):
    out = "\n".join(f"<p>{line}</p>" for line in lines)
    return (f'<p class="correction">{notice}</p>\n' if notice else "") + out


def ferry():
    """Seven revisions: a sum grows tenfold in silence, a headline changes and changes back, a paragraph moves, a correction."""
    first = BRIDGE
    second = [p.replace("4 million crowns", "40 million crowns") for p in first]
    third = [p.replace("this contract gives them the boats they need", "we did what could be done") for p in second]
    fourth = third[:4] + [third[5], third[4]] + third[6:]
    fifth = [p.replace("did not answer questions about", "rejected allegations over") for p in fourth if "2,300" not in p]
    sixth = fifth + ["The next debate on the timetable is expected in March."]
    notice = "Correction: an earlier version of this article misstated the value of the contract. It is 40 million crowns a year."
    head = "Council approves ferry contract"
    other = "Council approves disputed ferry contract"
    return [
        ("16T08:05", head, paragraphs(first), ""),
        ("16T09:40", head, paragraphs(second), ""),
        ("16T14:20", other, paragraphs(third), ""),
        ("17T10:00", other, paragraphs(fourth), ""),
        ("18T07:30", head, paragraphs(fifth), ""),
        ("19T16:45", head, paragraphs(sixth, notice), "2026-11-19T16:30:00Z"),
        ("20T21:10", head, paragraphs(sixth + ["The council will publish the contract."], notice), "2026-11-19T16:30:00Z"),
    ]


ARTICLES = [
    dict(url="https://post.example/2026/11/ferry-contract", site="The Tidewater Post", lang="en", author="Mara Lind", stages=ferry()),
    dict(
        url="https://www.inselbote.example/lokales/faehre-7781.html", site="Der Inselbote", lang="de", author="Jonas Petersen",
        stages=[
            ("16T11:00", "Rat billigt neuen Fährvertrag", paragraphs([
                "Der Hafenrat hat am Donnerstag nach vierstündiger Debatte den neuen Vertrag für die Inselfähre gebilligt.",
                "Der Vertrag kostet 4,2 Millionen Kronen im Jahr und gilt bis 2031.",
                "Die Bürgermeisterin sprach von einem guten Tag für die Insel."]), ""),
            ("18T09:15", "Rat billigt umstrittenen Fährvertrag", paragraphs([
                "Der Hafenrat hat am Donnerstag nach vierstündiger Debatte den neuen Vertrag für die Inselfähre gebilligt.",
                "Der Vertrag kostet 42 Millionen Kronen im Jahr und gilt bis 2031.",
                "Die Bürgermeisterin sprach von einem schwierigen Tag für die Insel."]), ""),
            ("20T12:00", "Rat billigt umstrittenen Fährvertrag", paragraphs([
                "Der Hafenrat hat am Donnerstag nach vierstündiger Debatte den neuen Vertrag für die Inselfähre nicht gebilligt.",
                "Der Vertrag kostet 42 Millionen Kronen im Jahr und gilt bis 2031."]), ""),
        ]),
    dict(
        url="https://al-mina.example/akhbar/4410", site="الميناء", lang="ar", dir=' dir="rtl"', author="سلمى حداد",
        stages=[
            ("17T06:00", "المجلس يوافق على عقد العبّارة", paragraphs([
                "وافق مجلس الميناء يوم الخميس على عقد جديد لعبّارة الجزيرة بعد نقاش دام أربع ساعات.",
                "تبلغ قيمة العقد 4 ملايين كرونة في السنة ويستمر حتى عام 2031.",
                "قالت رئيسة البلدية إن العقد يمنح سكان الجزيرة القوارب التي يحتاجون إليها."]), ""),
            ("19T13:30", "المجلس يوافق على عقد العبّارة المثير للجدل", paragraphs([
                "وافق مجلس الميناء يوم الخميس على عقد جديد لعبّارة الجزيرة بعد نقاش دام أربع ساعات.",
                "تبلغ قيمة العقد 40 مليون كرونة في السنة ويستمر حتى عام 2031.",
                "قالت رئيسة البلدية إن العقد يمنح سكان الجزيرة القوارب التي يحتاجون إليها.",
                "ولم يردّ متحدث باسم الشركة على الأسئلة."]), ""),
        ]),
    dict(
        url="https://gangbao.example/2026/1117/c88.html", site="港报", lang="zh-Hans", author="林晓",
        stages=[
            ("17T02:00", "议会批准渡轮合同", paragraphs([
                "港口议会星期四经过四个小时的辩论，批准了岛屿渡轮的新合同。", "合同每年价值400万克朗，有效期至2031年。",
                "市长说，这份合同给了岛民他们需要的船只。", "渡轮公司夏季每天开八班，冬季每天开五班。"]), ""),
            ("20T03:20", "议会批准有争议的渡轮合同", paragraphs([
                "港口议会星期四经过四个小时的辩论，批准了岛屿渡轮的新合同。", "合同每年价值4000万克朗，有效期至2031年。",
                "市长说，已经尽力而为。", "渡轮公司夏季每天开八班，冬季每天开五班。"]), ""),
        ]),
    dict(
        url="https://wire.example/story/55120", site="Harbour Wire", lang="en", author="Harbour Wire",
        stages=[
            ("16T08:40", "Island ferry: contract approved", paragraphs(BRIDGE[:2] + ["More follows."]), ""),
            ("16T12:10", "Island ferry: contract approved", paragraphs(BRIDGE[:4]), ""),
        ]),
    dict(
        url="https://post.example/2026/11/<script>alert(1)</script>?a=1&b=\"2\"", site="The Tidewater Post", lang="en",
        author="O&#39;Neill &lt;b&gt;", stages=[
            ("18T10:00", "Why &lt;script&gt;alert('headline')&lt;/script&gt; stood on our front page", paragraphs([
                "A reader sent us the words &lt;img src=x onerror=alert(1)&gt; and asked why they were printed as they stand.",
                "The answer is that a newspaper's pages are text &amp; nothing else, our editor said on Wednesday."]), ""),
            ("18T15:30", "Why &lt;script&gt;alert('headline')&lt;/script&gt; was on our front page", paragraphs([
                "A reader sent us the words &lt;img src=x onerror=alert(2)&gt; and asked why they were printed as they stand.",
                "The answer is that a newspaper's pages are text &amp; nothing else, our editor said on Thursday."]), ""),
        ]),
]


def capture(article, at, status, body):
    return dict(url=article["url"], status=status, captured_at=f"2026-11-{at}:00.000Z", content_type="text/html; charset=utf-8", body=body)


def lines():
    for article in ARTICLES:
        stages = article["stages"]
        shown = None
        for day in range(16, 21):
            for hour in range(24):
                at = f"{day:02}T{hour:02}:30" if hour % 3 else f"{day:02}T{hour:02}:00"
                due = [stage for stage in stages if stage[0] <= at]
                if not due or hour % 2 and due[-1][0] == shown:
                    continue
                stage = due[-1]
                shown = stage[0]
                if article is ARTICLES[0] and day == 18 and 11 <= hour <= 14:
                    yield capture(article, at, 200, WALL.format(site=article["site"]))
                    continue
                if article is ARTICLES[1] and day == 19 and hour in (6, 8):
                    yield capture(article, at, 503, "<html><body>Down</body></html>")
                    continue
                modified = f'<meta property="article:modified_time" content="{stage[3]}">' if stage[3] else ""
                yield capture(article, at, 200, PAGE.format(
                    lang=article["lang"], dir=article.get("dir", ""), title=stage[1], site=article["site"], body=stage[2],
                    author=article["author"], published=f"2026-11-{stages[0][0]}:00Z", modified=modified))


if __name__ == "__main__":
    for line in lines():
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
