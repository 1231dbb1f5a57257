// Search over tables, columns, terms and rules: in the page alone, from a disk as from a server.
"use strict";
(() => {
  const form = document.querySelector(".search");
  const input = document.getElementById("search");
  const list = document.getElementById("found");
  const status = document.getElementById("found-count");
  const root = document.body.dataset.root;
  const SHOWN = 30;
  const WEIGHTS = { table: 6, source: 5, term: 4.5, name: 4, column: 3, rule: 2 };
  let entries = null;
  let chosen = -1;

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());

  // The index is read once somebody means to search: pages stay light however many columns there are.
  function load() {
    if (load.asked) return;
    load.asked = true;
    const script = document.createElement("script");
    script.src = `${root}search-index.js`;
    script.onload = () => {
      entries = window.lakeSearch.map(prepared);
      search();
    };
    document.head.append(script);
  }

  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const words = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  function prepared([kind, name, told, href]) {
    const own = kind === "column" ? name.split(".").slice(2).join(".") : kind === "table" ? name.split(".").slice(1).join(".") : name;
    return { kind, name, told, href, whole: plain(name), own: plain(own), words: words(name), told_words: plain(told) };
  }

  // How well one word of a question fits an entry; 0 where it does not.
  function fit(entry, word, tolerant) {
    if (entry.own === word || entry.whole === word) return 100;
    if (entry.own.startsWith(word)) return 70 - Math.min(20, entry.own.length - word.length);
    if (entry.words.includes(word)) return 55;
    if (entry.words.some((each) => each.startsWith(word))) return 45;
    if (entry.whole.includes(word)) return 30;
    if (entry.told_words.includes(word)) return new RegExp(`(^|[^\\p{L}\\p{N}])${escaped(word)}`, "u").test(entry.told_words) ? 20 : 10;
    if (!tolerant || word.length < 4) return 0;
    const most = word.length < 8 ? 1 : 2;
    return entry.words.some((each) => near(each, word, most)) ? 15 : 0;
  }

  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // Whether a word, or its beginning, is another one with at most so many letters wrong, missing, more or swapped.
  function near(word, asked, most) {
    if (word.length < asked.length - most) return false;
    const width = Math.min(word.length, asked.length + most);
    let before = [], last = Array.from({ length: width + 1 }, (_, at) => at);
    for (let i = 1; i <= asked.length; i++) {
      const row = [i];
      for (let j = 1; j <= width; j++) {
        const same = asked[i - 1] === word[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && asked[i - 1] === word[j - 2] && asked[i - 2] === word[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return false;
      [before, last] = [last, row];
    }
    return Math.min(...last.slice(Math.max(0, asked.length - most))) <= most;
  }

  function found(question) {
    const asked = plain(question).split(/\s+/).filter(Boolean);
    if (!asked.length) return [];
    const exact = ranked(asked, false);
    return exact.length ? exact : ranked(words(question), true);
  }

  function ranked(asked, tolerant) {
    const hits = [];
    if (!asked.length) return hits;
    for (const entry of entries) {
      let score = 0;
      for (const word of asked) {
        const one = fit(entry, word, tolerant);
        if (!one) { score = 0; break; }
        score += one;
      }
      if (score) hits.push([score + WEIGHTS[entry.kind], entry]);
    }
    hits.sort((one, other) => other[0] - one[0] || one[1].whole.length - other[1].whole.length || (one[1].whole < other[1].whole ? -1 : 1));
    return hits.map((hit) => hit[1]);
  }

  function search() {
    if (!entries) return load();
    const hits = found(input.value);
    chosen = hits.length ? 0 : -1;
    list.replaceChildren(...hits.slice(0, SHOWN).map(row));
    if (!hits.length && input.value.trim()) list.append(nothing());
    show(input.value.trim() !== "");
    status.textContent = input.value.trim() ? `${hits.length} found` : "";
    mark();
  }

  function row(entry, at) {
    const one = element("li", "", { role: "option", id: `found-${at}` });
    const link = element("a", "", { href: root + entry.href, tabindex: "-1" });
    const name = element("span", "hit");
    name.append(...marked(entry.name));
    link.append(element("span", "kind", {}, entry.kind), name, element("span", "told", {}, entry.told));
    one.append(link);
    return one;
  }

  // The name with what was asked for in bold; never as HTML.
  function marked(name) {
    const asked = input.value.trim().split(/\s+/).map(escaped).join("|");
    return name.split(new RegExp(`(${asked})`, "iu")).map((part, at) => (at % 2 ? element("mark", "", {}, part) : part));
  }

  function nothing() {
    return element("li", "none", {}, "Nothing is called so, nor said to be.");
  }

  function element(tag, css, attributes = {}, text = "") {
    const made = document.createElement(tag);
    if (css) made.className = css;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    return made;
  }

  function show(isShown) {
    list.hidden = !isShown;
    input.setAttribute("aria-expanded", String(isShown));
  }

  function mark() {
    const rows = list.querySelectorAll("[role=option]");
    rows.forEach((each, at) => each.setAttribute("aria-selected", String(at === chosen)));
    if (chosen >= 0 && rows[chosen]) {
      input.setAttribute("aria-activedescendant", rows[chosen].id);
      rows[chosen].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function step(by) {
    const count = list.querySelectorAll("[role=option]").length;
    if (!count) return;
    chosen = (chosen + by + count) % count;
    mark();
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) { event.preventDefault(); step(steps[event.key]); }
    else if (event.key === "Enter" && chosen >= 0) list.querySelectorAll("[role=option] a")[chosen]?.click();
    else if (event.key === "Escape") { show(false); input.blur(); }
  });
  list.addEventListener("click", () => show(false));
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) show(false); });
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
