// Sets of songs to start from: one button each.
export default function (part) {
  const { data, parentElement } = part;
  const root = rootOf(parentElement, "starters", data.language);
  const sets = data.sets.map((set) => {
    const start = el("button", { type: "button", class: "set" },
      el("span", { class: "stack", "aria-hidden": "true" }, ...set.covers.map(cover)),
      el("span", { class: "names" }, el("b", {}, set.title), el("span", {}, set.byline)));
    start.onclick = () => tell(root, part, { what: "start", seeds: set.seeds });
    return el("li", {}, start);
  });
  const others = button("others", [icon(ICONS.shuffle), data.texts.others], () => { root.refocus = true; tell(root, part, { what: "others" }); });
  root.replaceChildren(el("h2", {}, data.texts.title), el("p", {}, data.texts.lead), el("ul", {}, ...sets), others);
  if (root.refocus && focusIsLost()) others.focus();
  root.refocus = false;
}
