const LONG = 1500;
const panes = new WeakMap();

/** A post or a note. */
const message = (item) => {
  const when = el("span", "", [item.when, item.what].filter(Boolean).join(" · "));
  when.title = item.exact;
  const words = el("div", item.gone ? "words gone" : "words", item.gone ? "The words are gone." : item.text);
  const box = el("article", `msg ${item.kind}`, null, el("div", "mh", null, el("b", "", item.who), when), words);
  if (item.text.length > LONG) {
    const whole = el("button", "whole", `Show all ${item.text.length.toLocaleString("en")} characters`);
    words.classList.add("long");
    whole.type = "button";
    whole.onclick = () => { words.classList.remove("long"); whole.remove(); };
    box.append(whole);
  }
  return box;
};

/** A wait: what this product is about. */
const wait = (item) => {
  const box = el("div", `wait ${item.running ? "running" : ""} ${item.edge} ${item.late ? "late" : ""}`, null,
    el("b", "", item.text));
  box.title = item.exact;
  return box;
};

const showDialog = (open) => {
  if (open) document.documentElement.dataset.quarterdeckDialog = "open";
  else delete document.documentElement.dataset.quarterdeckDialog;
};

const makeMenu = (root) => {
  const menu = root.querySelector(".menu");
  let opener = null;
  const close = () => {
    if (menu.hidden) return;
    menu.hidden = true;
    showDialog(false);
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  };
  const field = (told) => {
    const input = el("input");
    input.type = told.type;
    input.name = told.name;
    input.required = true;
    return el("label", "", told.label, input);
  };
  const choice = (option, choose) => {
    if (!option.fields) {
      const button = el("button", "choice", option.label, el("span", "", option.hint ?? ""));
      button.type = "button";
      button.setAttribute("role", "menuitem");
      button.onclick = () => { close(); choose(option.told); };
      return button;
    }
    const go = el("button", "qd-button", option.label);
    const form = el("form", "", null, ...option.fields.map(field), go);
    form.onsubmit = (event) => {
      event.preventDefault();
      const said = Object.fromEntries(new FormData(form));
      close();
      choose({ ...option.told, ...said });
    };
    return form;
  };
  const show = (button, told, choose) => {
    opener = button;
    menu.replaceChildren(el("p", "", told.asks), ...told.options.map((option) => choice(option, choose)));
    menu.hidden = false;
    showDialog(true);
    const at = button.getBoundingClientRect();
    const room = window.innerHeight - at.bottom - 14;
    menu.style.top = menu.offsetHeight <= room ? `${at.bottom + 6}px` : `${Math.max(8, at.top - 6 - menu.offsetHeight)}px`;
    menu.style.left = `${Math.max(8, Math.min(at.right - 290, window.innerWidth - 298))}px`;
    menu.querySelector("button, input")?.focus();
  };
  menu.onkeydown = (event) => {
    const choices = [...menu.querySelectorAll(".choice, input, form button")];
    const here = choices.indexOf(root.activeElement ?? event.composedPath()[0]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { event.stopPropagation(); close(); } else if (step) {
      event.preventDefault();
      choices[(here + step + choices.length) % choices.length]?.focus();
    }
  };
  const away = (event) => {
    if (!menu.hidden && !event.composedPath().includes(menu) && !event.composedPath().includes(opener)) close();
  };
  window.addEventListener("pointerdown", away, true);
  return { show, close, stop: () => { close(); window.removeEventListener("pointerdown", away, true); } };
};

const buttonOf = (pane, told, className) => {
  const button = el("button", className, told.label);
  button.append(el("kbd", "qd-key", told.key));
  button.type = "button";
  button.onclick = () => {
    if (told.options) pane.menu.show(button, told, pane.act);
    else pane.act(told.told);
  };
  pane.keys[told.key] = () => button.click();
  return button;
};

const drawHead = (root, pane, data) => {
  root.querySelector(".name").textContent = data.name;
  root.querySelector(".where").textContent = data.handle === data.name ? data.where : `${data.handle} · ${data.where}`;
  const status = root.querySelector(".status");
  status.textContent = data.status;
  status.title = data.exact;
  pane.keys = {};
  root.querySelector(".buttons").replaceChildren(...data.buttons.map((told) => buttonOf(pane, told, "qd-button")));
};

const drawUndo = (root, pane, undo) => {
  const line = root.querySelector(".undo");
  clearTimeout(pane.undoTimer);
  line.hidden = !undo || undo.id === pane.undone;
  if (line.hidden) return;
  line.querySelector("span").textContent = undo.says;
  const button = line.querySelector("button");
  button.hidden = !undo.possible;
  button.onclick = () => { pane.undone = undo.id; line.hidden = true; pane.act({ verb: "undo" }); };
  if (undo.id !== pane.undoSeen) { pane.undoSeen = undo.id; pane.undoUntil = Date.now() + undo.seconds * 1000; }
  pane.undoTimer = setTimeout(() => { line.hidden = true; }, Math.max(0, pane.undoUntil - Date.now()));
};

const drawThread = (root, pane, data) => {
  const thread = root.querySelector(".thread");
  if (!data.id) {
    thread.replaceChildren(el("div", "empty", null, el("b", "", data.empty.title), el("span", "", data.empty.says)));
    return;
  }
  const same = pane.id === data.id;
  const words = JSON.stringify([data.items, data.others, data.correct]);
  if (same && pane.words === words) { // reading on, or selecting words, is not disturbed
    if (data.correct) pane.keys[data.correct.key] = () => thread.querySelector(".correct")?.click();
    return;
  }
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 40;
  const before = thread.scrollTop;
  const parts = data.items.map((item) => (item.kind === "wait" ? wait(item) : message(item)));
  if (data.title) parts.unshift(el("div", "title", data.title));
  if (data.correct) parts.push(buttonOf(pane, data.correct, "correct"));
  if (data.others) parts.push(el("div", "others", data.others));
  thread.replaceChildren(...parts);
  thread.scrollTop = same && !atEnd ? before : thread.scrollHeight;
  pane.words = words;
  pane.id = data.id;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement;
  let pane = panes.get(root);
  if (!pane) {
    pane = { id: null, keys: {}, menu: makeMenu(root) };
    // A key pressed while the next conversation is on its way is meant for that one.
    const press = (key) => { if (pane.wanted) pane.pending = key; else pane.keys[key]?.(); };
    const keys = Object.fromEntries([..."csxedl"].map((key) => [key, () => press(key)]));
    const picked = hear("picked", (id) => { pane.wanted = id === pane.id ? null : id; pane.pending = null; });
    pane.stop = [onKeys(keys), picked, pane.menu.stop];
    root.querySelector(".back").onclick = () => tell("back");
    panes.set(root, pane);
  }
  pane.act = (told) => setTriggerValue("act", { ...told, conversation: data.id, nonce: Date.now() });
  if (pane.id !== data.id) pane.menu.close();
  root.querySelector(".head").hidden = !data.id;
  if (data.id) drawHead(root, pane, data);
  else pane.keys = {};
  drawUndo(root, pane, data.undo);
  drawThread(root, pane, data);
  if (!data.id) pane.id = null;
  if (pane.wanted === data.id || !data.id) {
    const { pending } = pane;
    [pane.wanted, pane.pending] = [null, null];
    if (pending) pane.keys[pending]?.();
  }
  return () => { pane.stop.forEach((stop) => stop()); panes.delete(root); };
}
