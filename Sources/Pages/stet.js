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
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (edits.length && event.key === "n") go(1);
    if (edits.length && event.key === "p") go(-1);
    if (event.key === "/") {
      const find = document.getElementById("find");
      if (find) { event.preventDefault(); find.focus(); }
    }
  });

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
