// What the pages do better with a program: keys that go from edit to edit, and word of new edits. All else needs none.
"use strict";
(() => {
  const edits = [...document.querySelectorAll("[id]")].filter((one) => /^e\d+$/.test(one.id));
  edits.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
  const go = (step) => {
    const now = edits.findIndex((one) => "#" + one.id === location.hash);
    const next = edits[now < 0 ? (step > 0 ? 0 : edits.length - 1) : now + step];
    if (!next) return;
    location.hash = next.id;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };
  // Keys without a modifier can be turned off (WCAG 2.2, 2.1.4).
  const line = document.querySelector(".keys");
  if (line && edits.length) {
    line.hidden = false;
    let isOn = true;
    try { isOn = localStorage.getItem("keys") !== "off"; } catch { /* not kept then */ }
    const button = document.createElement("button");
    const tell = () => { button.textContent = isOn ? "Turn keys off" : "Turn keys on"; };
    button.type = "button";
    button.addEventListener("click", () => {
      isOn = !isOn;
      try { localStorage.setItem("keys", isOn ? "on" : "off"); } catch { /* not kept then */ }
      tell();
    });
    tell();
    line.append(" ", button);
    document.addEventListener("keydown", (event) => {
      if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest("input, select, textarea, [contenteditable]")) return;
      if (event.key === "n") go(1);
      if (event.key === "p") go(-1);
    });
  }

  const live = document.getElementById("live");
  if (!live || location.search || !("EventSource" in window) || !location.protocol.startsWith("http")) return;
  const revisions = new Set();
  const events = new EventSource("/api/v1/events");
  events.addEventListener("edit", (event) => {
    const edit = JSON.parse(event.data);
    revisions.add(edit.url + "@" + edit.revision);
    const link = document.createElement("a");
    link.href = "/";
    link.textContent = revisions.size === 1 ? "1 new revision: show it" : revisions.size + " new revisions: show them";
    live.replaceChildren(link);
  });
  addEventListener("pagehide", () => events.close());
})();
