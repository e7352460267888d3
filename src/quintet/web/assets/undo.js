// What was done last, and the way back: a bar at the foot of the window that shrinks to a button after a while.
const SHRINK_MS = 9000;

export default function (part) {
  const { data, parentElement } = part;
  const root = rootOf(parentElement, "undo", data.language);
  const { said, left, number, texts } = data;
  const undo = () => root.tell({ what: "undo" });
  root.tell = (deed) => tell(root, part, deed);  // the bar outlives the call that drew it
  const key = (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.composedPath()[0]?.tagName ?? "");
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z" && !typing && left) { event.preventDefault(); undo(); }
  };
  document.removeEventListener("keydown", root.key);
  document.addEventListener("keydown", (root.key = key));
  if (root.number !== number || root.language !== data.language) {
    Object.assign(root, { number, language: data.language });
    clearTimeout(root.timer);
    const more = left > 1 ? [el("span", { class: "left" }, filled(texts.left, { n: left - 1 }))] : [];
    const back = button("back", [icon(ICONS.undo), texts.undo, ...more], undo, { title: "Ctrl+Z" });
    const hide = button("hide", icon(ICONS.close), () => bar.classList.add("small"), { "aria-label": texts.close, title: texts.close });
    const bar = el("div", { class: "bar" }, el("p", { role: "status" }, said), ...(left ? [back] : []), hide);
    const had = root.contains(root.getRootNode().activeElement);
    root.replaceChildren(...(said || left ? [bar] : []));
    if (had) (left ? back : hide).focus();
    bar.classList.toggle("small", !said);
    bar.classList.toggle("none", !left);
    const shrink = () => { root.timer = setTimeout(() => (bar.matches(":hover, :focus-within") ? shrink() : bar.classList.add("small")), SHRINK_MS); };
    shrink();
  }
  return () => document.removeEventListener("keydown", key);
}
