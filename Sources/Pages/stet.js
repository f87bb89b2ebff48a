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
  let count = 0;
  const events = new EventSource("/api/v1/events");
  events.addEventListener("revision", () => {
    count += 1;
    const link = document.createElement("a");
    link.href = "/";
    link.textContent = count === 1 ? "1 new revision: show it" : count + " new revisions: show them";
    live.replaceChildren(link);
  });
  addEventListener("pagehide", () => events.close());
})();
