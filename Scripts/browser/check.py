"""What `make browser` runs: every page and flow in headless Chromium, at phone and desktop width, light and dark, with the
program and without. Fails on any error in the console, any request elsewhere, and any finding of the accessibility checks
below; takes the screenshots of docs/screenshots when asked to.

    check.py --stet .build/release/stet                  makes an archive of newsroom.py and serves it
    check.py --url http://127.0.0.1:8040                 checks what is served there (an archive of newsroom.py)
    check.py --stet … --screenshots docs/screenshots

Needs Chromium (Debian: chromium) and Playwright for Python (PyPI: playwright); $CHROMIUM names another browser.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import urllib.request

from playwright.sync_api import sync_playwright

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
TOKEN = "browser-check-token-0123456789"

# Returns the findings of one page as a list of sentences. Own checks, after WCAG 2.2: each names its criterion.
ACCESSIBILITY = r"""
() => {
  const found = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const tell = (criterion, what, element) =>
    found.push(criterion + ": " + what + (element ? " <" + element.tagName.toLowerCase() + "> " + (element.textContent || element.outerHTML).trim().slice(0, 60) : ""));
  const isShown = (e) => { const s = getComputedStyle(e); const r = e.getBoundingClientRect(); return s.visibility !== "hidden" && s.display !== "none" && r.width > 1 && r.height > 1; };
  const name = (e) => {
    const by = e.getAttribute("aria-labelledby");
    if (by) return by.split(/\s+/).map((id) => document.getElementById(id)?.textContent || "").join(" ").trim();
    return (e.getAttribute("aria-label") || (e.labels && [...e.labels].map((l) => l.textContent).join(" ")) || e.textContent || e.getAttribute("title") || "").trim();
  };
  if (!document.documentElement.lang) tell("3.1.1", "the page has no language");
  if (!document.title) tell("2.4.2", "the page has no title");
  if (all("h1").length !== 1) tell("1.3.1", "not one first heading but " + all("h1").length);
  for (const landmark of ["header", "main", "nav", "footer"]) if (!all(landmark).length) tell("1.3.1", "no " + landmark);
  if (all("main").length > 1) tell("1.3.1", "more than one main");
  let level = 0;
  for (const h of all("h1,h2,h3,h4,h5,h6")) { const next = Number(h.tagName[1]); if (next > level + 1) tell("1.3.1", "heading " + next + " after " + level, h); level = next; }
  const ids = new Set();
  for (const e of all("[id]")) { if (ids.has(e.id)) tell("4.1.1", "the id " + e.id + " stands twice"); ids.add(e.id); }
  for (const e of all("a[href],button,summary")) if (!name(e)) tell("2.4.4", "no name", e);
  for (const e of all("input:not([type=hidden]),select,textarea")) if (!name(e)) tell("3.3.2", "no label", e);
  for (const e of all("svg[role=img],iframe")) if (!name(e)) tell("1.1.1", "no text", e);
  for (const e of all("table")) if (!e.querySelector("th[scope=col]")) tell("1.3.1", "a table without headers", e);
  for (const e of all("nav,[role=region]")) if (!name(e) || (e.tagName !== "NAV" && !e.getAttribute("aria-label"))) tell("1.3.1", "a landmark without a name", e);
  for (const e of all("del,ins")) {
    const line = getComputedStyle(e).textDecorationLine;
    if (!line.includes(e.tagName === "DEL" ? "line-through" : "underline")) tell("1.4.1", "told by colour alone", e);
  }
  const first = all("a[href],button,input,select,summary,[tabindex]")[0];
  if (!first || !(first.getAttribute("href") || "").startsWith("#")) tell("2.4.1", "the first stop is no skip link");

  // Contrast of every text with what is behind it.
  const channels = (c) => { const m = c.match(/[\d.]+/g).map(Number); return c.startsWith("color(srgb") ? [m[0] * 255, m[1] * 255, m[2] * 255, m[3] ?? 1] : [m[0], m[1], m[2], m[3] ?? 1]; };
  const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const ground = (e) => { const stack = []; for (let at = e; at; at = at.parentElement) stack.push(channels(getComputedStyle(at).backgroundColor)); return stack.reverse().reduce((below, c) => over(c, below), [255, 255, 255, 1]); };
  const light = (c) => { const f = (v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }; return .2126 * f(c[0]) + .7152 * f(c[1]) + .0722 * f(c[2]); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(e) || !isShown(e) || e.closest(".aid, .skip, title, desc")) continue;
    seen.add(e);
    const style = getComputedStyle(e);
    const isDrawn = e.namespaceURI.endsWith("svg");
    if (isDrawn && e.classList.contains("ordinal")) continue;
    const back = ground(e);
    const front = over(channels(isDrawn ? style.fill : style.color), back);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const ratio = (a + .05) / (b + .05);
    if (ratio < needed) tell("1.4.3", "contrast " + ratio.toFixed(2), e);
  }
  // Targets big enough for a finger, but for links within a line of text.
  for (const e of all("button,input:not([type=hidden]):not([type=checkbox]),select,summary,nav a")) {
    const r = e.getBoundingClientRect();
    if (isShown(e) && (r.height < 24 || r.width < 24) && !e.closest("p,li .headline")) tell("2.5.8", "a target of " + r.width.toFixed(0) + " by " + r.height.toFixed(0), e);
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) tell("1.4.10", "the page scrolls sideways: " + document.documentElement.scrollWidth + " in " + innerWidth);
  return found;
}
"""


def pages(page, base):
    """The targets to look at: one of each kind, and those of scripts that are hard."""
    page.goto(base + "/article/1")
    capture = page.locator("nav.actions a", has_text="Evidence").get_attribute("href")
    return [
        "/", "/?order=stealth", "/?class=number&class=quote", "/?since=2030-01-01", "/articles", "/articles?q=ferry", "/articles?q=zzz",
        "/article/1", "/article/2", "/article/3", "/article/6", "/article/1/compare?from=3&to=4", "/article/1/compare?from=4&to=5&view=side",
        "/article/1/compare?from=1&to=7", "/article/3/compare", "/article/4/compare?view=side", "/article/6/compare", "/article/1/revision/6",
        "/article/3/revision/2", "/article/1/blame", "/article/4/blame", "/phrase", "/phrase?q=ferry+contract", "/phrase?q=zzz", "/search",
        "/search?q=ferry+contract", "/search?q=%E6%B8%A1%E8%BD%AE", "/search?q=a", "/sources", "/status", "/about", capture, "/article/99",
    ]


def flows(page, base, tell):
    """What a reader does: with keys, forms and links."""
    page.goto(base + "/article/1/compare?from=4&to=6")
    count = page.locator("[id^=e]").count()
    for step, key in enumerate(["n", "n", "p"]):
        page.keyboard.press(key)
        at = page.evaluate("location.hash")
        if at != "#e" + str([1, 2, 1][step]):
            tell(f"flow: {key} went to {at} of {count}")
    page.goto(base + "/")
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.className") != "skip":
        tell("flow: the first stop of the Tab key is not the skip link")
    page.fill("#find", '"ferry contract" disputed')
    page.press("#find", "Enter")
    if page.locator(".results mark").count() == 0:
        tell("flow: the search found nothing")
    page.locator(".results a", has_text="revision").first.click()
    page.get_by_role("link", name="What it changed").click()
    page.get_by_role("link", name="Side by side").click()
    if page.locator("table.sides ins").count() == 0:
        tell("flow: side by side shows nothing inserted")
    page.locator(".cite a", has_text="/compare?url=").click()
    if "Revisions" not in page.title():
        tell("flow: the lasting link does not lead to the comparison")
    page.goto(base + "/")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("number", exact=True).check()
    page.get_by_role("button", name="Show").click()
    if page.locator(".tag-number").count() == 0 or page.locator(".tag-caption").count() > 0:
        tell("flow: the filter shows something else")
    page.goto(base + "/article/1")
    page.get_by_role("link", name="Evidence").click()
    page.get_by_text("Show its source").click()
    frame = page.frame_locator("iframe.raw")
    if "<article>" not in frame.locator("body").inner_text():
        tell("flow: the raw body is not shown as text")
    with page.expect_download() as download:
        page.get_by_role("link", name="Proof file").click()
    if not open(download.value.path()).read().startswith("stet proof 1"):
        tell("flow: the proof is none")


def writing(page, base, token, tell):
    page.goto(base + "/sources")
    if page.locator("form[method=post]").count() == 0:
        return tell("flow: a writable server shows no forms")
    page.get_by_text("Watch something new").click()
    form = page.locator("form[aria-label='Watch something new']")
    form.get_by_label("URL").fill("https://browser.example/feed")
    form.get_by_label("Token").fill(token)
    form.get_by_role("button", name="Watch").click()
    if "is watched" not in page.locator("[role=status]").inner_text():
        tell("flow: the form did not add the source")


SCREENSHOTS = [
    ("today", "/", "desktop", "light", 1100), ("article", "/article/1", "desktop", "light", 1000),
    ("compare", "/article/1/compare?from=4&to=5", "desktop", "light", 950),
    ("side-by-side-dark", "/article/1/compare?from=1&to=4&view=side", "desktop", "dark", 950),
    ("blame", "/article/1/blame", "desktop", "light", 950), ("arabic", "/article/3/compare", "phone", "light", 844),
    ("phone-dark", "/", "phone", "dark", 844),
]


def served(stet, folder):
    """An archive of newsroom.py behind `stet serve`: process and address."""
    archive = os.path.join(folder, "archive.stet")
    lines, token = os.path.join(folder, "lines.jsonl"), os.path.join(folder, "token")
    with open(lines, "w") as file:
        subprocess.run([sys.executable, os.path.join(HERE, "newsroom.py")], stdout=file, check=True)
    with open(token, "w") as file:
        file.write(TOKEN + "\n")
    for command in [["init"], ["import", "jsonl", lines], ["add", "https://post.example/feed", "https://al-mina.example/sitemap.xml"], ["pause", "al-mina.example/sitemap"]]:
        subprocess.run([stet, *command, "--archive", archive], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [stet, "serve", "--archive", archive, "--listen", "127.0.0.1:0", "--json", "--writable", "--token-file", token],
        stdout=subprocess.PIPE, text=True)
    return server, json.loads(server.stdout.readline())["url"].rstrip("/")


def shrink(path):
    """A picture of 64 colours, a third as large; left as it is where Pillow (PyPI: pillow) is not there."""
    try:
        from PIL import Image
    except ImportError:
        return
    Image.open(path).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def check(base, folder, writes):
    failures = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            for scheme in ["light", "dark"]:
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                at = [""]

                def tell(what):
                    failures.append(f"{at[0]} ({size}, {scheme}): {what}")

                def on_console(message):
                    is_expected = "status of 40" in message.text and (at[0].endswith("q=a") or at[0].endswith("/99"))
                    if message.type in ("error", "warning") and not is_expected:
                        tell("console: " + message.text)

                page.on("console", on_console)
                page.on("pageerror", lambda error: tell("error: " + str(error)))
                page.on("request", lambda request: None if request.url.startswith((base, "data:")) else tell("asks elsewhere: " + request.url))
                for target in pages(page, base):
                    at[0] = target
                    page.goto(base + target)
                    for what in page.evaluate(ACCESSIBILITY):
                        tell(what)
                at[0] = "flows"
                if scheme == "light":
                    flows(page, base, tell)
                    if size == "desktop" and writes:
                        writing(page, base, writes, tell)
                context.close()
        # Without the program every page is the same but for its keys.
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(base + "/article/1/compare?from=4&to=5")
        if page.locator("ins").count() == 0 or page.locator("del").count() == 0:
            failures.append("without the program: no edits")
        context.close()
        if folder:
            os.makedirs(folder, exist_ok=True)
            for name, target, size, scheme, height in SCREENSHOTS:
                context = browser.new_context(viewport={"width": SIZES[size][0], "height": height}, color_scheme=scheme)
                page = context.new_page()
                page.goto(base + target)
                path = os.path.join(folder, name + ".png")
                page.screenshot(path=path)
                shrink(path)
                context.close()
        browser.close()
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--stet")
    parser.add_argument("--url")
    parser.add_argument("--screenshots")
    options = parser.parse_args()
    if bool(options.stet) == bool(options.url):
        parser.error("give --stet or --url")
    with tempfile.TemporaryDirectory() as folder:
        server, base = served(options.stet, folder) if options.stet else (None, options.url.rstrip("/"))
        try:
            urllib.request.urlopen(base + "/about").read()
            failures = check(base, options.screenshots, TOKEN if server else None)
        finally:
            if server:
                server.terminate()
                server.wait()
    for failure in sorted(set(failures)):
        print(failure)
    print(f"{len(set(failures))} findings" if failures else "every page and flow is as it should be")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
