// Takes a page's document from the bookmark that opened this window, and files that are dropped. Nothing is sent before somebody clicks.
const form = document.querySelector("form[data-hand-over]");
const told = document.querySelector("[data-told]");
const max = Number(form.dataset.max);
const { html, url, file, way } = form.elements;
const say = (text, bad) => {
  told.textContent = text;
  told.classList.toggle("error", !!bad);
};
const originOf = text => URL.canParse(text) ? new URL(text).origin : null;

if (form.dataset.from === "bookmark") {
  const take = event => {
    if (event.source !== window.opener || event.data?.linkmonitor !== "page") return;
    const { html: text, url: from } = event.data;
    if (typeof text !== "string" || typeof from !== "string" || !/^https?:/.test(from) || originOf(from) !== event.origin) return;
    removeEventListener("message", take);
    clearTimeout(timer);
    const size = new Blob([text]).size;
    if (size > max) return say(`The page is ${Math.ceil(size / 1048576)} MB long; at most ${max / 1048576} MB are taken.`, true);
    html.value = text;
    url.value = from;
    way.value = "bookmark";
    say(`${Math.ceil(size / 1024)} KB came from ${from}. Nothing is sent yet: click “Judge this page”.`);
    form.querySelector("button").focus();
  };
  const timer = setTimeout(() => {
    removeEventListener("message", take);
    say("Nothing came from the page. Go back to its tab and click the bookmark again, or paste its HTML below.", true);
  }, 15000);
  if (window.opener) {
    addEventListener("message", take);
    // Whoever opened us learns only that we are ready; what it sends is taken only if it is from where it says.
    window.opener.postMessage("linkmonitor-ready", "*");
  } else {
    clearTimeout(timer);
    say("The page's tab cannot be reached: its site cuts windows off from each other (Cross-Origin-Opener-Policy), or you have just "
      + "signed in here. Click the bookmark again; if that does not help, paste the page's HTML below.", true);
  }
}

for (const mark of document.querySelectorAll("[data-bookmark]")) {
  mark.href = mark.href.replace(encodeURIComponent(mark.dataset.bookmark), encodeURIComponent(location.origin));
  mark.addEventListener("click", event => {
    event.preventDefault();
    say("Drag the link to your bookmarks; click it there while you look at a page.");
  });
}

html.addEventListener("input", () => way.value = "paste");
html.addEventListener("dragover", event => event.preventDefault());
html.addEventListener("drop", event => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  file.files = event.dataTransfer.files;
});
