// The five slots: what was chosen, what is still free, a button to take each song out. Knows nothing of the search.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = rootOf(parentElement, "slots", data.language);
  const remove = (index) => {
    root.refocus = index;
    setTriggerValue("seeds", data.filled.filter((_, at) => at !== index).map((track) => track.id));
  };
  const filled = data.filled.map((track, index) => {
    const button = el("button", { type: "button", "aria-label": track.remove, title: track.remove }, "×");
    button.onclick = () => remove(index);
    return el("li", { class: "filled" }, el("div", { class: "art" }, cover(track.cover), button),
      el("b", { title: track.title }, track.title), el("span", {}, track.byline));
  });
  const empty = data.empty.map((text, index) =>
    el("li", { class: "empty" }, el("div", { class: "art", role: "img", "aria-label": text }, String(data.filled.length + index + 1))));
  const clear = el("button", { type: "button", class: "clear", hidden: data.filled.length === 0 }, data.texts.clear);
  clear.onclick = () => setTriggerValue("seeds", []);
  root.replaceChildren(el("div", { class: "head" }, el("h2", {}, data.texts.label), clear), el("ul", {}, ...filled, ...empty));
  if (root.refocus !== undefined) {  // the pressed button is gone: focus goes on to its neighbour
    const buttons = root.querySelectorAll(".art button");
    buttons[Math.min(root.refocus, buttons.length - 1)]?.focus();
    root.refocus = undefined;
  }
}
