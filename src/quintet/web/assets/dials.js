// The drawer of dials and filters: fields as Python describes them, and their values as texts by name.
const FIELDS = { dial, one, several, years, names };

function makeDials(list) {
  const form = { values: {}, timer: 0, updates: [], node: el("form", { class: "dials", id: "dials" }) };
  form.node.onsubmit = (event) => event.preventDefault();
  form.set = (name, value) => {
    form.values = { ...form.values, [name]: value };
    clearTimeout(form.timer);
    form.timer = setTimeout(() => { form.timer = 0; list.tuned(form.values); }, list.data.debounce_ms);
  };
  return form;
}

function showDials(list, form) {
  const { drawer, texts, language } = list.data;
  if (form.timer) return;  // what was set just now is newer than what comes from Python
  form.values = { ...drawer.values };
  if (form.language !== language) {
    form.language = language;
    form.updates = [];
    const fields = drawer.fields.map((field) => FIELDS[field.kind](form, field, list));
    form.reset = button("act framed reset", texts.reset, () => { form.values = {}; list.tuned({}); });
    form.node.replaceChildren(...fields, form.reset);
  }
  form.reset.disabled = drawer.n_set === 0;
  form.updates.forEach((update) => update());
}

function group(field, className, ...children) {
  return el("fieldset", { class: className }, el("legend", {}, field.label), ...children);
}

function dial(form, field) {
  const usual = field.positions.indexOf("0");
  const input = el("input", { type: "range", min: 0, max: field.positions.length - 1, step: 1, id: field.name });
  const word = el("output", { for: field.name });
  const say = () => {
    word.textContent = field.words[input.value];
    input.setAttribute("aria-valuetext", field.words[input.value]);
  };
  input.oninput = say;
  input.onchange = () => form.set(field.name, field.positions[input.value]);
  form.updates.push(() => {
    const wanted = Number(form.values[field.name] ?? 0);
    const off = field.positions.map((position) => Math.abs(Number(position) - wanted));
    input.value = field.name in form.values ? off.indexOf(Math.min(...off)) : usual;
    say();
  });
  return el("div", { class: "field dial" }, el("label", { for: field.name }, field.label), word, input);
}

function option(type, field, { value, label }, onchange) {
  const input = el("input", { type, name: field.name, value });
  input.onchange = onchange;
  return el("label", { class: "chip" }, input, el("span", {}, label));
}

const inputs = (node) => [...node.querySelectorAll("input")];

function one(form, field) {
  const chips = field.options.map((choice) => option("radio", field, choice, () => form.set(field.name, choice.value)));
  const node = group(field, "field", el("div", { class: "chips joined" }, ...chips));
  form.updates.push(() => inputs(node).forEach((input) => { input.checked = input.value === (form.values[field.name] ?? ""); }));
  return node;
}

function several(form, field, list) {
  const chips = field.options.map((choice) => option("checkbox", field, choice,
    () => form.set(field.name, inputs(node).filter((input) => input.checked).map((input) => input.value).join(list.data.drawer.separator))));
  const node = group(field, "field", el("div", { class: "chips" }, ...chips));
  form.updates.push(() => {
    const chosen = (form.values[field.name] ?? "").split(list.data.drawer.separator);
    inputs(node).forEach((input) => { input.checked = chosen.includes(input.value); });
  });
  return node;
}

function years(form, field) {
  const ends = [["year_min", field.from], ["year_max", field.to]].map(([name, label]) => {
    const input = el("input", { type: "number", min: field.low, max: field.high, "aria-label": label, placeholder: label, inputmode: "numeric" });
    input.onchange = () => { if (input.validity.valid) form.set(name, input.value); };
    input.onkeydown = (event) => event.stopPropagation();
    form.updates.push(() => { if (input !== input.getRootNode().activeElement) input.value = form.values[name] ?? ""; });
    return input;
  });
  return group(field, "field", el("div", { class: "years" }, ends[0], "–", ends[1]));
}

function names(form, field, list) {
  const { texts } = list.data;
  const input = el("input", { type: "text", id: field.name, list: `${field.name}-list`, placeholder: field.hint, maxlength: 100, autocomplete: "off" });
  const chosen = el("ul", { class: "chosen" });
  const suggestions = el("datalist", { id: `${field.name}-list` });
  const separator = list.data.drawer.separator;
  const current = () => (form.values[field.name] ?? "").split(separator).filter(Boolean);
  const put = (wanted) => { form.set(field.name, wanted.join(separator)); draw(); };
  const add = () => {
    const name = input.value.replaceAll(separator, " ").trim();
    input.value = "";
    if (name && !current().includes(name)) put([...current(), name]);
  };
  const draw = () => chosen.replaceChildren(...current().map((name) => el("li", {}, name,
    button("drop", "×", () => { put(current().filter((other) => other !== name)); input.focus(); }, { "aria-label": filled(texts.remove, { name }) }))));
  input.onkeydown = (event) => { event.stopPropagation(); if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); add(); } };
  form.updates.push(() => {
    const { suggestions: known } = list.data.drawer.fields.find((other) => other.name === field.name);
    suggestions.replaceChildren(...known.map((name) => el("option", { value: name })));
    draw();
  });
  return el("div", { class: "field names" }, el("label", { for: field.name }, field.label), chosen,
    el("div", { class: "entry" }, input, button("act framed", texts.add, add, { "aria-label": `${texts.add}: ${field.label}` }), suggestions));
}
