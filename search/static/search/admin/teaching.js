// Shows what words would find while they are typed. Without this script a button does the same.
const look = document.querySelector("[data-look]");
const words = document.querySelector("input[name=words]");
const WAIT = 400;
let waiting;
let asking;

async function show() {
  asking?.abort();
  asking = new AbortController();
  const query = new URLSearchParams({ words: words.value, synonym: look.dataset.synonym });
  try {
    const answer = await fetch(`${look.dataset.look}?${query}`, { signal: asking.signal });
    if (answer.ok) look.innerHTML = await answer.text();
  } catch {
    // Something else was typed meanwhile, or the network is away; the next look will tell.
  }
}

if (look && words) {
  words.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(show, WAIT);
  });
}
