// The list: its head, the tools over it (dials, another list, keep it), its cards. Parts: cards, dials, keep.
function buildList(root) {
  const list = { root, cards: new Map(), rows: el("ol", { class: "q-list" }) };
  list.dials = makeDials(list);
  list.keep = makeKeep();
  list.head = el("div", { class: "q-results-head" });
  list.tools = el("div", { class: "tools" });
  list.panel = el("div", { class: "panel", hidden: true });
  list.notes = el("div", { class: "notes", role: "status" });
  list.longer = button("act framed longer", "", () => list.done("longer"));
  root.append(list.head, list.tools, list.panel, list.notes, list.rows, list.longer);
  list.buttons = {
    dials: button("tool", "", () => openPanel(list, "dials"), { "aria-controls": "dials" }),
    another: button("tool", "", () => list.done("another")),
    keep: button("tool", "", () => openPanel(list, "keep"), { "aria-controls": "keep" }),
  };
  list.tools.append(...Object.values(list.buttons));
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && list.opened) { const opener = list.buttons[list.opened]; openPanel(list, list.opened); opener.focus(); } });
  return list;
}

function openPanel(list, what) {
  list.opened = list.opened === what ? undefined : what;
  list.panel.hidden = !list.opened;
  list.panel.replaceChildren(...(list.opened ? [list[list.opened].node] : []));
  for (const name of ["dials", "keep"]) list.buttons[name].setAttribute("aria-expanded", String(name === list.opened));
}

function showHead(list) {
  const { title, lead, facts, legend, texts } = list.data;
  const swatches = legend.map(({ kind, name }) => el("li", {}, el("span", { class: `q-swatch q-${kind}` }), name));
  list.head.replaceChildren(
    el("div", {}, el("h2", {}, title), el("p", {}, lead), ...(facts.length ? [el("p", { class: "facts" }, facts.join(" · "))] : [])),
    el("ul", { class: "q-legend", "aria-label": texts.legend }, ...swatches));
}

function showTools(list) {
  const { texts, drawer } = list.data;
  const count = drawer.n_set ? [el("span", { class: "count", "aria-hidden": "true" }, String(drawer.n_set))] : [];
  list.buttons.dials.replaceChildren(icon(ICONS.dials), texts.tune, ...count);
  list.buttons.dials.setAttribute("aria-label", drawer.n_set ? filled(texts.tune_n, { n: drawer.n_set }) : texts.tune);
  list.buttons.another.replaceChildren(icon(ICONS.shuffle), texts.another);
  list.buttons.keep.replaceChildren(icon(ICONS.keep), texts.keep);
  for (const name of ["dials", "keep"]) list.buttons[name].setAttribute("aria-expanded", String(name === list.opened));
}

export default function (part) {
  const { data, parentElement } = part;
  const root = rootOf(parentElement, "list", data.language);
  const list = (root.parts ??= buildList(root));
  list.data = data;
  list.done = (what, id, value) => { root.setAttribute("aria-busy", "true"); tell(root, part, { what, id, value, list: data.request_id }); };
  list.tuned = (values) => list.done("tuned", undefined, values);
  root.removeAttribute("aria-busy");
  showHead(list);
  showTools(list);
  showDials(list, list.dials);
  showKeep(list, list.keep);
  list.notes.replaceChildren(...data.notes.map((note) => el("p", { class: "note" }, note)));
  showCards(list, data.cards);
  list.longer.hidden = !data.longer;
  list.longer.textContent = data.texts.longer;
}
