// The day's chart: one button a place. Knows nothing of where the songs go.
export default function (part) {
  const { data, parentElement } = part;
  const root = rootOf(parentElement, "hottest", data.language);
  const places = data.places.map((place) => {
    const button = el("button", { type: "button", "aria-label": place.label, "aria-disabled": String(place.disabled) },
      el("span", { class: "rank" }, String(place.rank)),
      cover(place.cover),
      el("span", { class: "names" }, el("b", {}, place.title), el("span", {}, place.unknown ? `${place.unknown} · ${place.byline}` : place.byline)),
      el("span", { class: `trend ${place.trend}` }, place.sign));
    button.title = place.label;
    button.onclick = () => { if (!place.disabled) tell(root, part, { what: "pick", id: place.id }); };
    return el("li", { class: place.chosen ? "chosen" : place.unknown ? "unknown" : null }, button);
  });
  const focused = [...root.querySelectorAll("button")].indexOf(root.getRootNode().activeElement);
  root.replaceChildren(el("h2", {}, data.title), el("p", {}, data.lead), el("ol", { tabindex: "-1" }, ...places));
  if (focused >= 0) root.querySelectorAll("button")[focused]?.focus();
}
