// One song of the list as a card: what it is, why it is there, and what can be done with it.
const STARS = [1, 2, 3, 4, 5];

function makeCard(list, song) {
  const { texts } = list.data;
  const card = { id: song.id, song, node: el("li", { class: "q-row", tabindex: "-1" }) };
  const side = el("div", { class: "q-side" },
    el("p", { class: "q-match" }, el("b", {}, `${song.percent}%`), ` ${texts.match}`),
    el("div", { class: "q-bar", "aria-hidden": "true" }, ...song.bar.map(({ kind, width }) => el("i", { class: `q-${kind}`, style: `width:${width}%` }))));
  const art = el("div", { class: "art" }, el("img", { class: "q-cover", src: song.cover, alt: "", loading: "lazy" }), el("span", { class: "q-rank" }, String(song.rank)));
  card.rank = art.lastChild;
  const title = el("h3", {}, song.title, ...(song.explicit ? [" ", el("span", { class: "q-tag" }, texts.explicit)] : []));
  const facts = el("p", { class: "q-facts" }, song.byline, ...(song.numbers ? [" ", el("span", { class: "q-numbers" }, song.numbers)] : []));
  card.below = el("div", { class: "below" });
  card.node.append(art, el("div", { class: "q-song" }, title, facts), side, why(song, texts), actions(list, card), card.below);
  return card;
}

function why(song, texts) {
  const reason = song.reason.map(({ text, strong }) => (strong ? el("em", {}, text) : text));
  if (!song.parts.length) return el("p", { class: "q-why" }, ...reason);
  const lines = song.parts.map((part) => el("li", {}, el("span", { class: "q-part-name", title: part.name }, part.name),
    el("span", { class: "q-part-bar" }, el("i", { class: `q-${part.kind}${part.low ? " q-low" : ""}`, style: `width:${part.width}%` })),
    el("span", { class: "q-part-value" }, part.value)));
  return el("details", { class: "q-why" }, el("summary", {}, ...(reason.length ? reason : [texts.why])), el("p", {}, texts.why), el("ul", { class: "q-parts" }, ...lines));
}

function actions(list, card) {
  const { song } = card, { texts } = list.data;
  const named = (text) => ({ "aria-label": filled(text, { title: song.title }) });
  const play = song.play
    ? button("act play", [icon(ICONS.play, true), texts.play], () => toggle(list, card, "player"), { ...named(texts.play_label), "aria-expanded": "false" })
    : el("span", { class: "silent", title: song.invented && texts.invented_why }, song.invented ? texts.invented : "");
  const more = button("act", [icon(ICONS.plus), texts.more], () => (list.data.full ? toggle(list, card, "swap") : list.done("more", song.id)), named(texts.more_label));
  const less = button("act", [icon(ICONS.minus), texts.less], () => leave(list, card, "less"), named(texts.less_label));
  const further = button("act dots", icon(ICONS.more), () => toggle(list, card, "further"), { ...named(texts.further), title: filled(texts.further, song), "aria-expanded": "false" });
  Object.assign(card, { openers: { player: play, swap: more, further } });
  return el("div", { class: "acts" }, ...(song.play || song.invented ? [play] : []), more, less, further, stars(list, card));
}

// Five stars as one stop of the Tab key: arrows move, Enter or Space rates.
function stars(list, card) {
  const { texts } = list.data;
  const group = el("div", { class: "stars", role: "radiogroup", "aria-label": filled(texts.rate, card.song) });
  const buttons = STARS.map((n) => button("star", icon(ICONS.star, true), () => { list.done("stars", card.id, n); paint(n); },
    { role: "radio", "aria-label": filled(texts.star, { n }), title: filled(texts.star, { n }) }));
  const paint = (given) => buttons.forEach((star, at) => {
    star.classList.toggle("on", at < given);
    star.setAttribute("aria-checked", String(at + 1 === given));
    star.tabIndex = at === Math.max(0, given - 1) ? 0 : -1;
  });
  group.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.indexOf(card.node.getRootNode().activeElement);
    buttons[(at + step + STARS.length) % STARS.length].focus();
  };
  group.append(...buttons);
  paint(card.song.stars);
  card.paint = paint;
  return group;
}

// What opens under a card: the player, who makes room, further actions. One at a time, and one player on the page.
const OPENED = { player, swap, further };

function toggle(list, card, what) {
  const again = card.opened === what;
  for (const other of list.cards.values()) if (other === card || (what === "player" && other.opened === "player")) shut(other);
  if (again) return;
  card.opened = what;
  card.below.replaceChildren(OPENED[what](list, card));
  card.openers[what]?.setAttribute("aria-expanded", "true");
  card.below.querySelector("button")?.focus({ preventScroll: true });
}

function shut(card) {
  card.openers[card.opened]?.setAttribute("aria-expanded", "false");
  card.opened = undefined;
  card.below.replaceChildren();
}

function player(list, card) {
  const title = filled(list.data.texts.player, card.song);
  return el("iframe", { class: "player", src: card.song.play, title, allow: "encrypted-media; autoplay; clipboard-write", loading: "lazy" });
}

function swap(list, card) {
  const { texts, seeds } = list.data;
  const choices = seeds.map((seed) => button(`choice${seed.id === card.song.closest ? " near" : ""}`, [cover(seed.cover), el("span", {}, seed.title)],
    () => { shut(card); list.done("more", card.id, seed.id); }, { "aria-label": filled(texts.swap_for, { old: seed.title }) }));
  const cancel = button("act", texts.cancel, () => { shut(card); card.openers.swap.focus(); });
  return el("div", { class: "swap", role: "group", "aria-label": filled(texts.swap, card.song) }, el("p", {}, filled(texts.swap, card.song)), el("div", { class: "choices" }, ...choices), cancel);
}

function further(list, card) {
  const { texts } = list.data, { song } = card;
  const what = [["known", texts.known], ["bad", texts.bad]].map(([name, text]) => button("act framed", text, () => leave(list, card, name)));
  if (song.artist) what.push(button("act framed", filled(texts.block, song), () => leave(list, card, "block")));
  if (song.link) what.push(el("a", { class: "act framed", href: song.link, target: "_blank", rel: "noopener noreferrer" }, texts.open, icon(ICONS.open)));
  return el("div", { class: "further" }, ...what);
}

function leave(list, card, what) {
  card.node.classList.add("leaving");
  list.refocus = [...list.cards.keys()].indexOf(card.id);
  list.done(what, card.id);
}

// Cards stay the same elements while their song stays: what is open stays open, and a player plays on.
function showCards(list, songs) {
  const were = new Map([...list.cards].map(([id, card]) => [id, card.node.offsetTop]));
  const kept = new Map(songs.map((song) => {
    const facts = JSON.stringify({ ...song, stars: 0, rank: 0, language: list.data.language, seeds: list.data.seeds.map((seed) => seed.id) });
    let card = list.cards.get(song.id);
    if (card?.facts !== facts) card = Object.assign(makeCard(list, song), { facts });
    card.rank.textContent = song.rank;
    card.paint(song.stars);
    card.node.classList.remove("leaving");
    return [song.id, card];
  }));
  const nodes = [...kept.values()].map((card) => card.node);
  for (const node of [...list.rows.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, at) => { if (list.rows.children[at] !== node) list.rows.insertBefore(node, list.rows.children[at] ?? null); });
  list.cards = kept;
  slide(list, were);
  if (list.refocus !== undefined && list.rows.getRootNode().activeElement === null) nodes[Math.min(list.refocus, nodes.length - 1)]?.focus({ preventScroll: true });
  list.refocus = undefined;
}

function slide(list, were) {
  if (were.size === 0 || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const [id, { node }] of list.cards) {
    const by = were.has(id) ? were.get(id) - node.offsetTop : 0;
    if (by) node.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 220, easing: "ease-out" });
    if (!were.has(id)) node.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 260, easing: "ease-out" });
  }
}
