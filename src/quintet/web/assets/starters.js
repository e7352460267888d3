// Sets of songs to start from: one button each.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = rootOf(parentElement, "starters", data.language);
  const sets = data.sets.map((set) => {
    const button = el("button", { type: "button" },
      el("span", { class: "stack", "aria-hidden": "true" }, ...set.covers.map(cover)),
      el("span", { class: "names" }, el("b", {}, set.title), el("span", {}, set.byline)));
    button.onclick = () => setTriggerValue("seeds", set.seeds);
    return el("li", {}, button);
  });
  root.replaceChildren(el("h2", {}, data.texts.title), el("p", {}, data.texts.lead), el("ul", {}, ...sets));
}
