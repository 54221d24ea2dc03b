// What makes the pages quicker to use. Every page works without it.
const policy = globalThis.trustedTypes?.createPolicy("lm", { createHTML: text => text });
const parse = text => document.createRange().createContextualFragment(policy ? policy.createHTML(text) : text);
const all = (what, from = document) => [...from.querySelectorAll(what)];
const one = (what, from = document) => from.querySelector(what);

// Parts that follow what happens: <section data-poll="URL" data-every="SECONDS" data-times="N">. Asked with an ETag, never while the page
// is hidden, and only so many times. An answer of 204 ends it. What the reader has in hand is not replaced.
for (const part of all("[data-poll^='/']")) {
  let tag = part.dataset.etag ?? "";
  let left = Number(part.dataset.times ?? 200);
  const wait = Number(part.dataset.every ?? 15) * 1000;
  const ask = async () => {
    if (document.hidden || part.contains(document.activeElement)) return next();
    if (left-- <= 0) return;
    try {
      const answer = await fetch(part.dataset.poll, { headers: tag ? { "If-None-Match": tag } : {}, redirect: "error" });
      if (answer.status === 204 || answer.status === 404) return;
      if (answer.ok) {
        tag = answer.headers.get("ETag") ?? "";
        part.replaceChildren(parse(await answer.text()));
        if (one("[data-go]", part)) return location.reload();
      }
    } catch {
      // Away from the network: asked again at the next turn.
    }
    next();
  };
  const next = () => setTimeout(ask, wait);
  next();
}

// Rows that are scrolled sideways on a phone show the part that is open, in browsers that do not do so by themselves.
for (const part of all("nav.tabs [aria-current],.chips [aria-current]")) {
  const row = part.closest("ul");
  if (row.scrollLeft === 0) row.scrollLeft = part.offsetLeft - row.offsetLeft - (row.clientWidth - part.offsetWidth) / 2;
}

// Lists: select, all on this page, how many.
for (const form of all("form[data-bulk]")) {
  const boxes = all("input[name=link]", form);
  const every = one("[data-all]", form);
  const told = one("[data-selected]", form);
  const tell = () => {
    const count = boxes.filter(box => box.checked).length;
    if (told) told.textContent = count ? `${count} selected` : "";
    if (every) {
      every.checked = count > 0 && count === boxes.length;
      every.indeterminate = count > 0 && count < boxes.length;
    }
  };
  if (every) every.hidden = false;
  every?.addEventListener("change", () => {
    for (const box of boxes) box.checked = every.checked;
    tell();
  });
  form.addEventListener("change", tell);
  tell();
}

// Files dropped on or chosen for a text area.
for (const area of all("textarea[data-drop]")) {
  const take = async file => {
    if (file) area.value = await file.text();
  };
  area.addEventListener("dragover", event => event.preventDefault());
  area.addEventListener("drop", event => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
}

for (const button of all("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(one(button.dataset.copy).textContent.trim());
    button.textContent = "Copied";
  });
}

// Keys: / ? j k x r. They can be switched off (WCAG 2.1.4), and never take a browser's own.
const off = "lm-keys-off";
const help = one("#keys");
const toggle = one("#keys-off");
if (toggle) {
  toggle.checked = localStorage.getItem(off) === null;
  toggle.addEventListener("change", () => toggle.checked ? localStorage.removeItem(off) : localStorage.setItem(off, "1"));
}
for (const opener of all("[data-opens]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => one(opener.dataset.opens).showModal());
}

let at = -1;
const move = by => {
  const rows = all("tr[data-row]");
  if (!rows.length) return;
  rows[at]?.classList.remove("on");
  at = Math.min(rows.length - 1, Math.max(0, at + by));
  rows[at].classList.add("on");
  one("a", rows[at])?.focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
};

// A row has no form of its own: one goes with the page's token, and says where to come back to.
const recheck = row => {
  const token = one("input[name=__RequestVerificationToken]");
  if (!token) return;
  const form = document.createElement("form");
  form.method = "post";
  form.action = row.dataset.check;
  for (const [name, value] of [[token.name, token.value], ["place", location.pathname + location.search]]) {
    const field = document.createElement("input");
    [field.type, field.name, field.value] = ["hidden", name, value];
    form.append(field);
  }
  document.body.append(form);
  form.requestSubmit();
};
const acts = {
  "/": () => one("input[type=search]")?.focus(),
  "?": () => help?.showModal(),
  j: () => move(1),
  k: () => move(-1),
  x: () => all("tr[data-row]")[at]?.querySelector("input[type=checkbox]")?.click(),
  r: () => {
    const row = all("tr[data-row]")[at];
    return row?.dataset.check ? recheck(row) : one("[data-recheck]")?.click();
  },
};
document.addEventListener("keydown", event => {
  const typing = event.target.closest?.("input:not([type=checkbox],[type=radio]),textarea,select,dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || localStorage.getItem(off) !== null) return;
  const act = acts[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});
