// The search box: a combobox (WAI-ARIA) that searches as one types. What is typed stays in the browser; Python gets
// it after a pause and answers with options. Nothing here knows what a song is beyond what it shows.
function build(root) {
  const input = el("input", {
    id: "query", type: "text", role: "combobox", maxlength: 200, autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", enterkeyhint: "search", "aria-autocomplete": "list", "aria-controls": "options",
    "aria-expanded": "false",
  });
  const label = el("label", { for: "query" });
  const list = el("ul", { id: "options", role: "listbox", hidden: true });
  const hint = el("p", { class: "hint", hidden: true });
  const status = el("p", { class: "heard", role: "status" });
  const file = el("input", { type: "file", accept: ".csv,.txt,.tsv,.m3u8,.jspf,text/csv,text/plain", hidden: true, tabindex: "-1" });
  const opener = button("opener", icon(ICONS.file), () => file.click());
  root.append(label, el("div", { class: "field" }, el("span", { class: "lens", "aria-hidden": "true" }), input, opener), file, list, hint, status);
  return { root, input, label, list, hint, status, file, opener, active: -1, open: false, sent: "", timer: 0, wantsFirst: false };
}

const typed = (box) => box.input.value.trim();
const answered = (box) => box.data.query === typed(box);

function send(box) {
  box.sent = typed(box);
  box.set("query", box.sent);
}

function activate(box, index) {
  const options = [...box.list.children];
  box.active = options.length ? (index + options.length) % options.length : -1;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === box.active)));
  const option = options[box.active];
  option ? box.input.setAttribute("aria-activedescendant", option.id) : box.input.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function close(box) {
  box.open = false;
  box.wantsFirst = false;
  show(box);
}

function pick(box, index) {
  const option = box.data.options[index];
  if (!option || option.chosen || box.data.full) return;
  box.input.value = "";
  close(box);
  send(box);
  box.tell({ what: "pick", id: option.id });
}

function optionRow(box, option, index) {
  const { texts } = box.data;
  const tags = option.chosen ? [texts.chosen] : [option.invented && texts.invented, option.outside && texts.outside];
  const row = el("li", { id: `option-${index}`, role: "option", "aria-selected": "false", "aria-disabled": String(option.chosen) },
    cover(option.cover),
    el("span", { class: "names" }, el("b", {}, option.title), el("span", {}, [option.byline, option.year].filter(Boolean).join(" · "))),
    ...tags.filter(Boolean).map((tag) => el("em", {}, tag)));
  row.onmousedown = (event) => { event.preventDefault(); pick(box, index); };
  row.onmousemove = () => { if (box.active !== index) activate(box, index); };
  return row;
}

function show(box) {
  const { options, texts, down } = box.data;
  const typing = box.open && typed(box) !== "";
  box.list.hidden = !typing || options.length === 0 || down;
  box.hint.hidden = !typing || !(down || (answered(box) && options.length === 0));
  box.hint.textContent = down ? texts.down : texts.none;
  box.input.setAttribute("aria-expanded", String(!box.list.hidden));
  box.status.textContent = !typing || !answered(box) ? "" : down ? texts.down : texts.found;
  box.root.classList.toggle("busy", typing && !answered(box));
}

function refill(box) {
  const shown = JSON.stringify([box.data.query, box.data.options]);
  if (shown === box.shown) return;
  box.shown = shown;
  box.list.replaceChildren(...box.data.options.map((option, index) => optionRow(box, option, index)));
  activate(box, Math.max(0, box.data.options.findIndex((option) => !option.chosen)));
}

function onKey(box, event) {
  event.stopPropagation();  // the host page has shortcuts on plain letters
  if (event.isComposing) return;  // Enter ends a Hangul syllable first
  const moves = { ArrowDown: box.active + 1, ArrowUp: box.active - 1 };
  if (event.key in moves) {
    event.preventDefault();
    const wasOpen = box.open;
    box.open = true;
    show(box);
    if (wasOpen) activate(box, moves[event.key]);
  } else if (event.key === "Enter" && typed(box)) {
    event.preventDefault();
    if (answered(box) && !box.timer) pick(box, box.active);
    else box.wantsFirst = true;  // faster than the search: take the first song as soon as it is there
  } else if (event.key === "Escape") {
    box.open ? close(box) : (box.input.value = "", send(box));
  }
}

// A link or several lines are songs to look up, not words to search for; a file is read here and sent as text.
const MAX_TEXT = 1e6;

function take(box, text) {
  box.status.textContent = box.data.texts.reading;
  box.root.classList.add("busy");
  box.trigger("pasted", text.slice(0, MAX_TEXT));
}

function onPaste(box, event) {
  const text = event.clipboardData?.getData("text") ?? "";
  if (!/spotify[:.]|\n/.test(text.trim())) return;
  event.preventDefault();
  take(box, text);
}

async function onFile(box, file) {
  if (file) take(box, await file.slice(0, MAX_TEXT).text());
  box.file.value = "";
}

function onInput(box) {
  box.open = true;
  box.wantsFirst = false;
  clearTimeout(box.timer);
  box.timer = setTimeout(() => { box.timer = 0; send(box); }, box.data.debounce_ms);
  show(box);
}

export default function (part) {
  const { data, parentElement, setStateValue, setTriggerValue } = part;
  const root = rootOf(parentElement, "search", data.language);
  const box = (root.box ??= build(root));
  Object.assign(box, { data, set: setStateValue, trigger: setTriggerValue, tell: (deed) => tell(root, part, deed) });
  box.label.textContent = data.texts.label;
  box.input.placeholder = data.full ? data.texts.full : data.texts.hint;
  box.input.readOnly = data.full;
  box.opener.setAttribute("aria-label", data.texts.open);
  box.opener.title = data.texts.open;
  box.input.onpaste = (event) => onPaste(box, event);
  box.file.onchange = () => onFile(box, box.file.files[0]);
  root.ondragover = (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); };
  root.ondrop = (event) => { event.preventDefault(); onFile(box, event.dataTransfer.files[0]); };
  box.input.onkeydown = (event) => onKey(box, event);
  box.input.oninput = () => onInput(box);
  box.input.onfocus = () => { box.open = typed(box) !== ""; show(box); };
  box.input.onblur = () => close(box);
  refill(box);
  show(box);
  if (box.wantsFirst && answered(box)) { box.wantsFirst = false; pick(box, box.active); }
  clearTimeout(box.retry);
  if (data.down) box.retry = setTimeout(() => setTriggerValue("retried", Date.now()), 2000);
}
