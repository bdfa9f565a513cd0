// What a reader may do with the page: choose light or dark, find, sort, open, and see the leads that are kept as data.
"use strict";
(() => {
  const PAGE = 200;
  const find = (id) => document.getElementById(id);
  const root = document.documentElement;

  // Elements are made with text: a name cannot become an element here either. The one exception is the packed leads,
  // which are the report's own markup, escaped when it was written.
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) if (value !== "") element.setAttribute(key, value);
    element.append(...children.filter((child) => child !== null));
    return element;
  };

  // ---- light and dark
  const themes = ["auto", "light", "dark"];
  const remembered = () => { try { return localStorage.getItem("landwaiter-theme"); } catch { return null; } };
  const remember = (theme) => { try { localStorage.setItem("landwaiter-theme", theme); } catch { /* a file may have no storage */ } };
  const button = make("button", { type: "button", id: "theme" });
  const show = (theme) => {
    if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
    button.dataset.now = theme;
  };
  button.addEventListener("click", () => {
    const next = themes[(themes.indexOf(button.dataset.now) + 1) % themes.length];
    remember(next);
    show(next);
  });
  show(themes.includes(remembered()) ? remembered() : "auto");
  document.querySelector("nav").append(button);

  const unpack = async (block) => {
    const bytes = Uint8Array.from(atob(block.textContent), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
  };

  // ---- leads: those in the page, and those kept packed
  const table = find("ranking");
  if (!table || !table.tBodies[0]) return;
  const body = table.tBodies[0];
  const articles = find("articles");
  let more = { flags: [], titles: [], leads: [] };
  const percent = (value) => (value >= 1 ? "1.00" : Math.min(value, 0.99).toFixed(2));

  const leads = [...body.rows].map((row) => ({
    row,
    rank: Number(row.dataset.rank),
    kind: row.dataset.kind,
    score: Number(row.dataset.score),
    value: Number(row.dataset.value),
    country: row.dataset.country,
    flags: row.dataset.flags.split(" "),
    name: row.cells[1].textContent,
    text: null,
    article: find(`lead-${row.dataset.rank}`).closest("details"),
  }));
  const addShort = () => {
    for (const [rank, kind, id, name, lang, country, place, score, value, findings, flags] of more.leads) {
      leads.push({ row: null, rank, kind, id, name, lang, country, place, score, value, findings,
        flags: flags.map((flag) => more.flags[flag]), text: null, article: null });
    }
  };

  // A bar like those of the rows that stand in the page.
  const pattern = body.querySelector("svg.bar");
  const bar = (score) => {
    const drawn = pattern.cloneNode(true);
    drawn.querySelector(".fill").setAttribute("width", (Math.min(Math.max(score, 0), 1) * 40).toFixed(1));
    return drawn;
  };

  const words = (lead) => {
    if (lead.text === null) {
      const own = lead.findings === undefined
        ? `${lead.row.textContent} ${lead.article.textContent}`
        : `${lead.name} ${lead.place} ${lead.id} ${lead.findings.map((finding) => finding[2]).join(" ")}`;
      lead.text = own.normalize("NFKC").toLowerCase();
    }
    return lead.text;
  };
  const title = (flag) => more.titles[more.flags.indexOf(flag)] || flag;

  const rowOf = (lead) => {
    if (!lead.row) {
      const chips = lead.flags.slice(0, 3).map((flag) => make("span", { class: "chip" }, title(flag)));
      lead.row = make("tr", {},
        make("td", { class: "number" }, String(lead.rank)),
        make("td", {}, make("a", { href: `#lead-${lead.rank}` }, make("bdi", { lang: lead.lang }, lead.name))),
        make("td", {}, lead.place),
        make("td", { class: "number" }, bar(lead.score), ` ${percent(lead.score)}`),
        make("td", {}, ...chips.flatMap((chip) => [chip, " "])),
        make("td", { class: "number" }, lead.value.toLocaleString("en")));
    }
    return lead.row;
  };
  const shortArticle = (lead) => {
    const items = lead.findings.map(([flag, strength, reason], i) => make("li", {},
      make("span", { class: "letter" }, String.fromCharCode(65 + i)),
      make("div", {}, make("b", {}, more.titles[flag]), make("span", { class: "strength" }, ` strength of the finding ${strength}`)),
      make("div", {}, make("bdi", {}, reason))));
    const note = `In short: up to five findings. Evidence rows are in findings.parquet, subject_id ${lead.id}.`;
    return make("details", { class: "lead" },
      make("summary", {}, make("span", { class: "rank" }, String(lead.rank)),
        make("h3", {}, make("bdi", { lang: lead.lang }, lead.name)),
        make("span", { class: "where" }, lead.place), make("span", { class: "score" }, bar(lead.score), ` ${percent(lead.score)}`)),
      make("div", { class: "body", id: `lead-${lead.rank}` }, make("p", { class: "note" }, note), make("ol", { class: "findings" }, ...items)));
  };
  const articleOf = async (lead) => {
    if (lead.article) return lead.article;
    const packed = find(`packed-${lead.rank}`);
    if (packed) {
      const holder = document.createElement("template");
      holder.innerHTML = await unpack(packed);
      lead.article ??= holder.content.firstElementChild;
    } else lead.article = shortArticle(lead);
    return lead.article;
  };

  // ---- find, narrow, sort
  const state = { key: "given", down: false, shown: PAGE };
  const text = find("find"), kind = find("by-kind"), flag = find("by-flag"), country = find("by-country"), found = find("found");
  const order = { given: (lead) => lead.given, rank: (lead) => lead.rank, score: (lead) => lead.score, value: (lead) => lead.value, name: (lead) => lead.name, country: (lead) => lead.country };
  const next = make("button", { type: "button" });
  next.addEventListener("click", () => { state.shown += PAGE; draw(); });
  table.parentNode.after(next);

  function draw() {
    const wanted = text.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const kept = leads.filter((lead) => (!kind.value || lead.kind === kind.value)
      && (!flag.value || lead.flags.includes(flag.value))
      && (!country.value || lead.country === country.value)
      && wanted.every((word) => words(lead).includes(word)));
    const by = order[state.key];
    kept.sort((a, b) => {
      const [x, y] = [by(a), by(b)];
      const first = typeof x === "string" ? x.localeCompare(y) : x - y;
      return (state.down ? -first : first) || a.given - b.given;
    });
    const visible = kept.slice(0, state.shown);
    body.replaceChildren(...visible.map(rowOf));
    const open = new Set(visible);
    for (const lead of leads) if (lead.article) lead.article.hidden = !open.has(lead);
    articles.append(...visible.filter((lead) => lead.article).map((lead) => lead.article));
    const all = leads.length.toLocaleString("en");
    found.textContent = kept.length === leads.length ? `${all} leads` : `${kept.length.toLocaleString("en")} of ${all} leads`;
    next.hidden = visible.length >= kept.length;
    next.textContent = `Show ${Math.min(PAGE, kept.length - visible.length)} more`;
    for (const head of table.tHead.rows[0].cells) {
      const key = head.querySelector("button")?.dataset.sort;
      if (key === state.key) head.setAttribute("aria-sort", state.down ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
    }
  }
  for (const head of table.tHead.querySelectorAll("button")) {
    head.addEventListener("click", () => {
      const key = head.dataset.sort;
      state.down = state.key === key ? !state.down : key === "score" || key === "value"; // the highest first
      state.key = key;
      draw();
    });
  }
  const again = () => { state.shown = PAGE; draw(); };
  for (const box of [text, kind, flag, country]) box.addEventListener("input", again);
  const form = text.closest("form");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(again));

  // ---- a link to a lead opens it, drawing it first where it is only data
  const reveal = async () => {
    const rank = Number((location.hash.match(/^#lead-(\d+)$/) || [])[1]);
    const lead = leads.find((candidate) => candidate.rank === rank);
    if (!lead) return;
    const article = await articleOf(lead);
    if (!article.isConnected) articles.append(article);
    article.hidden = false;
    article.open = true;
    article.scrollIntoView();
    article.firstElementChild.focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);
  body.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && link.hash === location.hash) { event.preventDefault(); reveal(); }
  });

  // ---- on paper: what is open, and the first leads
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("#articles > details:not([hidden]):not([open])")].slice(0, 20);
    for (const article of opened) article.open = true;
  });
  addEventListener("afterprint", () => { for (const article of opened) article.open = false; });

  const start = async () => {
    const block = find("short-leads");
    if (block && typeof DecompressionStream === "function") {
      more = JSON.parse(await unpack(block));
      addShort();
    } else if (block) articles.before(make("p", { class: "missing" }, "This browser cannot unpack the further leads; they are in assessments.parquet."));
    leads.forEach((lead, i) => { lead.given = i; });
    draw();
    await reveal();
    root.dataset.ready = "yes";
  };
  start();
})();
