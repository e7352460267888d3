// Steps over the taste map, one button each. Who goes on in one direction presses the same button again.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = rootOf(parentElement, "walk", data.language);
  const buttons = data.steps.map((step) => button("step", [
    el("span", { class: "sign", "aria-hidden": "true" }, step.sign),
    el("span", { class: "names" }, ...(step.way ? [el("span", { class: "heard" }, `${step.way}: `)] : []), el("b", {}, step.title), " ", el("span", {}, step.byline)),
  ], () => { root.went = step.sign; setTriggerValue("went", step.id); }));
  root.replaceChildren(el("h3", {}, data.title), el("ul", {}, ...buttons.map((step) => el("li", {}, step))));
  if (root.went !== undefined && focusIsLost()) (buttons[data.steps.findIndex((step) => step.sign === root.went)] ?? buttons[0])?.focus({ preventScroll: true });
  root.went = undefined;
}
