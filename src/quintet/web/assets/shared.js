// What all three parts of the page share: making elements. Strings become text nodes, so data never becomes markup.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

function cover(source) {
  return el("img", { class: "cover", src: source, alt: "", loading: "lazy" });
}

// Streamlit calls a component again for every change of its data: the same root, kept between calls.
function rootOf(parent, className, language) {
  const root = parent.querySelector(`.${className}`) ?? parent.appendChild(el("div", { class: className }));
  root.lang = language;
  document.documentElement.lang = language;
  return root;
}
