// What all parts of the page share: making elements. Strings become text nodes, so data never becomes markup.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

function button(className, label, onclick, attributes) {
  const node = el("button", { type: "button", class: className, ...attributes }, ...[label].flat());
  node.onclick = onclick;
  return node;
}

// A drawing of 24 by 24, in the colour of the text around it.
function icon(path, filled = false) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" })) svg.setAttribute(name, value);
  shape.setAttribute("d", path);
  svg.classList.toggle("solid", filled);
  svg.append(shape);
  return svg;
}

const ICONS = {
  play: "M8 5v14l11-7z", plus: "M12 5v14M5 12h14", minus: "M5 12h14", more: "M5 12h.01M12 12h.01M19 12h.01", close: "M6 6l12 12M18 6L6 18",
  star: "M12 3.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8L3.6 9.7l5.8-.8z", dials: "M4 7h9m5 0h2M4 17h2m5 0h9M13 7a2.5 2.5 0 105 0 2.5 2.5 0 10-5 0zM6 17a2.5 2.5 0 105 0 2.5 2.5 0 10-5 0z",
  shuffle: "M4 7h3c6 0 5 10 11 10h2m-3-3l3 3-3 3M4 17h3c2 0 3-1 4-2.5M13 9.5c1-1.5 2.5-2.5 5-2.5h2m-3-3l3 3-3 3", keep: "M7 4h10v16l-5-4-5 4z", undo: "M9 6L4 11l5 5M4 11h10a6 6 0 010 9h-3",
  left: "M14.5 6l-6 6 6 6", right: "M9.5 6l6 6-6 6", file: "M12 16V4m-5 5l5-5 5 5M4 16v4h16v-4", open: "M9 5H5v14h14v-4M13 5h6v6M19 5l-9 9",
};

function filled(text, blanks) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => blanks[name] ?? whole);
}

function cover(source) {
  const picture = el("img", { class: "cover", src: source, alt: "", loading: "lazy" });
  picture.onerror = () => picture.removeAttribute("src");  // a plain square rather than a torn page
  return picture;
}

// What was pressed was drawn anew: focus goes along, unless the visitor has gone elsewhere meanwhile.
function focusIsLost() {
  return !document.activeElement || document.activeElement === document.body;
}

// What was done goes to Python again with what is done next, until Python says how far it came (`done`): a trigger of
// Streamlit's is lost where the next one overtakes it, and a quick hand does three things while one list is made.
function tell(root, { data, setTriggerValue }, deed) {
  const left = (root.deeds ?? []).filter(({ n }) => n > data.done);
  const last = left.at(-1)?.n ?? data.done;
  root.deeds = [...left, { ...deed, n: Math.max(Date.now(), last + 1) }];
  setTriggerValue("deeds", root.deeds);
}

// Streamlit calls a component again for every change of its data: the same root, kept between calls.
function rootOf(parent, className, language) {
  const root = parent.querySelector(`.${className}`) ?? parent.appendChild(el("div", { class: className }));
  root.lang = language;
  document.documentElement.lang = language;
  return root;
}
