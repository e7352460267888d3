// The five slots: what was chosen, what is still free; songs are taken out, moved by buttons or dragged.
const NEIGHBOURS = [["left", -1], ["right", 1]];

function slot(list, track, index) {
  const { filled: tracks } = list.data;
  const overlay = [button("take", "×", () => list.remove(index), { "aria-label": track.remove, title: track.remove })];
  for (const [side, step] of NEIGHBOURS) {
    const to = index + step;
    if (to >= 0 && to < tracks.length) overlay.push(button(`move ${side}`, icon(ICONS[side]), () => list.move(index, to, side), { "aria-label": track[side], title: track[side] }));
  }
  const node = el("li", { class: "filled", draggable: "true" }, el("div", { class: "art" }, cover(track.cover), ...overlay),
    el("b", { title: track.title }, track.title), el("span", {}, track.byline));
  node.ondragstart = (event) => { list.dragged = index; event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", track.title); node.classList.add("dragged"); };
  node.ondragend = () => { list.dragged = undefined; node.classList.remove("dragged"); };
  node.ondragover = (event) => { if (list.dragged !== undefined) { event.preventDefault(); node.classList.toggle("target", list.dragged !== index); } };
  node.ondragleave = () => node.classList.remove("target");
  node.ondrop = (event) => { event.preventDefault(); if (list.dragged !== undefined && list.dragged !== index) list.move(list.dragged, index); };
  return node;
}

export default function (part) {
  const { data, parentElement } = part;
  const root = rootOf(parentElement, "slots", data.language);
  const ids = data.filled.map((track) => track.id);
  const list = {
    data,
    remove: (index) => { root.refocus = { index, selector: ".take" }; tell(root, part, { what: "remove", id: ids[index] }); },
    move: (from, to, side) => {
      root.refocus = side && { index: to, selector: `.${side}` };
      tell(root, part, { what: "move", id: ids[from], to });
    },
  };
  const songs = data.filled.map((track, index) => slot(list, track, index));
  const empty = data.empty.map((text, index) =>
    el("li", { class: "empty" }, el("div", { class: "art", role: "img", "aria-label": text }, String(data.filled.length + index + 1))));
  const clear = button("clear", data.texts.clear, () => tell(root, part, { what: "clear" }), { hidden: data.filled.length === 0 });
  root.replaceChildren(el("div", { class: "head" }, el("h2", {}, data.texts.label), clear), el("ul", {}, ...songs, ...empty));
  if (root.refocus && focusIsLost()) {
    const at = songs[Math.min(root.refocus.index, songs.length - 1)];
    (at?.querySelector(root.refocus.selector) ?? at?.querySelector("button"))?.focus();
  }
  root.refocus = undefined;
}
