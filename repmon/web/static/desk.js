/* The desk's own script: keys, copying, and a question before unsaved words are left. Everything works without it. */
"use strict";
(() => {
  const OFF = "repmon-keys-off";
  const find = (selector) => document.querySelector(selector);
  const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private windows keep nothing */ } };

  /* ---- copying ---- */
  const copy = async (field) => {
    field.focus();
    field.select();
    try { await navigator.clipboard.writeText(field.value); return true; } catch { return document.execCommand("copy"); }
  };
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const done = copy(document.getElementById(button.dataset.copy));  // a link goes on to open the site
      if (button.dataset.copied) done.then((copied) => { if (copied) button.textContent = button.dataset.copied; });
    });
  }

  /* ---- words that are not saved ---- */
  const editor = find("[data-editor]");
  if (editor) {
    const field = editor.elements.text;
    let sending = false;
    editor.addEventListener("submit", () => { sending = true; });
    addEventListener("beforeunload", (event) => {
      if (!sending && field.value !== field.defaultValue) event.preventDefault();
    });
  }

  /* ---- keys ---- */
  const links = () => [...document.querySelectorAll(".entry-link")];
  const go = (element) => { if (element) { element.focus(); element.scrollIntoView({ block: "nearest" }); } };
  const step = (by) => {
    const all = links();
    const here = all.indexOf(document.activeElement?.closest?.(".entry")?.querySelector(".entry-link"));
    go(all[Math.min(Math.max(here + by, 0), all.length - 1)]);
  };
  const reveal = (id) => {
    const element = document.getElementById(id);
    if (!element) return false;
    for (let outer = element.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    go(id === "reject" ? document.getElementById("reject-reason") : element);
    return true;
  };
  const act = (id) => {
    if (reveal(id)) return;
    const link = document.activeElement?.closest?.(".entry")?.querySelector(".entry-link");
    if (link) location.assign(`${link.href}#${id}`);
  };
  const keys = find("#keys");
  const does = {
    j: () => step(1), k: () => step(-1),
    a: () => act("approve"), e: () => act("reply-text"), r: () => act("reject"),
    u: () => { const up = find("[data-up]"); if (up) up.click(); },
    "/": () => { const field = find("#q"); if (field) { field.focus(); field.select(); } else location.assign("/#q"); },
    "?": () => keys?.showModal(),
  };
  const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog[open]");
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
    if (!Object.hasOwn(does, event.key) || (stored(OFF) && event.key !== "?")) return;
    event.preventDefault();
    does[event.key]();
  });
  if (keys) {
    const box = keys.querySelector("#keys-on");
    box.checked = !stored(OFF);
    box.addEventListener("change", () => store(OFF, box.checked ? "" : "1"));
    find("[data-keys-hint]").hidden = false;
  }
  if (["#approve", "#reply-text", "#reject", "#q"].includes(location.hash)) reveal(location.hash.slice(1));
})();
