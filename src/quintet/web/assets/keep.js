// Keeping the list: its address to copy, and its songs as files, made in the browser from texts Python wrote.
function makeKeep() {
  return { node: el("div", { class: "keep", id: "keep" }) };
}

function showKeep(list, keep) {
  const { texts, files } = list.data;
  const shown = JSON.stringify([files, texts.link, location.href]);
  if (keep.shown === shown) return;
  keep.shown = shown;
  const address = el("input", { type: "text", readonly: true, value: location.href, id: "address", "aria-label": texts.link });
  address.onfocus = () => address.select();
  address.onkeydown = (event) => event.stopPropagation();
  const copied = button("act framed solid", texts.copy, () => copy(address, copied, texts));
  const downloads = files.map((file) => button("act framed", texts[file.kind], () => download(file),
    { disabled: file.text === "", title: file.text === "" ? texts.no_uris : file.name, "data-kind": file.kind }));
  keep.node.replaceChildren(
    el("label", { for: "address" }, texts.link), el("div", { class: "entry" }, address, copied),
    el("p", { class: "label", id: "save" }, texts.save), el("div", { class: "files", role: "group", "aria-labelledby": "save" }, ...downloads));
}

async function copy(address, copied, texts) {
  address.value = location.href;
  address.select();
  try {
    await navigator.clipboard.writeText(address.value);
  } catch {
    document.execCommand("copy");  // pages without TLS have no clipboard of their own
  }
  copied.textContent = texts.copied;
  setTimeout(() => { copied.textContent = texts.copy; }, 2000);
}

function download({ name, type, text }) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
