const LONG = 1500;
const panes = new WeakMap();

/** A post or a note. */
const message = (item) => {
  const when = el("span", "", [item.when, item.what].filter(Boolean).join(" · "));
  when.title = item.exact;
  const words = el("div", item.gone ? "words gone" : "words", item.gone ? "The words are gone." : item.text);
  const box = el("article", `msg ${item.kind}`, null, el("div", "mh", null, el("b", "", item.who), when), words);
  if (item.kind === "theirs" && item.mention) box.dataset.mention = item.mention;
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

/** Opens and closes the strip where it is not always there. */
const correctButton = (pane) => {
  const button = el("button", "correct", "Correct the reading");
  button.append(el("kbd", "qd-key", "l"));
  button.type = "button";
  button.onclick = () => pane.turn();
  return button;
};

/** One thing a mention may be, with the share it was read with as a line below it. */
const choiceOf = (pane, choice, className = "") => {
  const button = el("button", `is ${className} ${choice.on ? "on" : ""}`);
  if (choice.key) button.append(el("kbd", "qd-key", choice.key));
  button.append(el("span", "", choice.word));
  button.type = "button";
  button.title = choice.hover;
  button.setAttribute("aria-pressed", String(choice.on));
  if (choice.share !== undefined) {
    const bar = el("i");
    bar.style.width = `${choice.share}%`;
    button.append(el("span", "bar", null, bar), el("span", "qd-unseen", `, ${choice.hover}`));
  }
  button.onclick = () => { button.blur(); pane.say(choice.told); };
  if (choice.key) pane.labels[choice.key] = button.onclick;
  return button;
};

const languageOf = (pane, one) => {
  const select = el("select", "language");
  select.setAttribute("aria-label", "Language");
  select.append(...one.languages.map(([code, word]) => {
    const option = el("option", "", word);
    option.value = code;
    option.selected = code === one.language;
    return option;
  }));
  select.onchange = () => { select.blur(); pane.say({ verb: "correct", label: "language", said: select.value }); };
  return select;
};

/** What is done with it as it stands: find it right, go on, or close the strip. */
const mainOf = (pane, one, review) => {
  const asks = Boolean(one && one.doubt);
  const button = el("button", "qd-button main looks", asks ? "Looks right" : review.open ? "Next" : "Done");
  button.append(el("kbd", "qd-key", "Enter"));
  button.type = "button";
  button.onclick = () => {
    button.blur();
    if (asks) {
      pane.asked = null;
      pane.say({ verb: "confirm" });
    } else if (review.open) tell("next");
    else pane.turn();
  };
  pane.labels.Enter = button.onclick;
  return button;
};

const markAsked = (root, id) => {
  for (const box of root.querySelectorAll(".msg.theirs")) box.classList.toggle("asked", Number(box.dataset.mention) === id);
};

/** The strip: what was read of one mention, and one key or click for what it is. */
const drawStrip = (root, pane, data) => {
  const strip = root.querySelector(".strip");
  const { review } = data;
  const shown = Boolean(data.id) && (review.open || pane.strip);
  pane.labels = {};
  strip.hidden = !shown;
  if (shown) document.documentElement.style.setProperty("--qd-phone-judging", "none");
  else document.documentElement.style.removeProperty("--qd-phone-judging");
  const one = shown ? review.mentions.find((each) => each.id === (pane.asked ?? review.ask)) : null;
  markAsked(root, one ? one.id : 0);
  if (!shown) return;
  pane.say = (told) => {
    if (one && told.verb === "correct") pane.asked = one.id;
    pane.act({ ...told, mention: one?.id, edition: one?.edition });
  };
  const head = el("div", "sh", null, el("b", "", "What it is"), el("span", one?.doubt ? "doubt" : "", one ? one.says : review.unread));
  if (one) head.append(languageOf(pane, one));
  head.append(mainOf(pane, one, review));
  const rows = [head];
  if (one) {
    rows.push(el("div", "kinds", null, ...one.intents.map((each) => choiceOf(pane, each, each.colour))));
    rows.push(el("div", "kinds", null, ...one.sentiments.map((each) => choiceOf(pane, each)), el("span", "gap"),
      ...one.toggles.map((each) => choiceOf(pane, each))));
  }
  const foot = el("div", "sf");
  if (review.bands.length) foot.append(el("span", "", "How soon"), ...review.bands.map((each) => choiceOf(pane, each, "soon")));
  if (one) foot.append(el("span", "learns", one.learns));
  strip.replaceChildren(...rows, foot);
};

const drawThread = (root, pane, data) => {
  const thread = root.querySelector(".thread");
  if (!data.id) {
    thread.replaceChildren(el("div", "empty", null, el("b", "", data.empty.title), el("span", "", data.empty.says)));
    return;
  }
  const same = pane.id === data.id;
  const words = JSON.stringify([data.items, data.others, data.review.open]);
  if (same && pane.words === words) return; // reading on, or selecting words, is not disturbed
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 40;
  const before = thread.scrollTop;
  const parts = data.items.map((item) => (item.kind === "wait" ? wait(item) : message(item)));
  if (data.title) parts.unshift(el("div", "title", data.title));
  if (!data.review.open) parts.push(correctButton(pane));
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
    pane = { id: null, keys: {}, labels: {}, asked: null, strip: false, menu: makeMenu(root), outbox: makeOutbox() };
    // A key pressed while the next conversation is on its way is meant for that one.
    const press = (key) => { if (pane.wanted) pane.pending = key; else pane.keys[key]?.(); };
    const keys = Object.fromEntries([..."csxed"].map((key) => [key, () => press(key)]));
    // What a mention is, is said of the one that is seen: such a key waits for no other.
    const label = (key) => (event) => {
      const onButton = event.composedPath()[0].closest?.("button, a, summary, [role=menuitem]");
      if (pane.wanted || !pane.labels[key] || (key === "Enter" && onButton)) return false;
      return pane.labels[key]();
    };
    for (const key of [..."123456789-0+ab", "Enter"]) keys[key] = label(key);
    keys["="] = keys["+"];
    keys.l = () => pane.turn();
    pane.turn = () => {
      if (!pane.data.id || pane.data.review.open) return;
      pane.strip = !pane.strip;
      drawStrip(root, pane, pane.data);
    };
    root.querySelector(".thread").addEventListener("click", (event) => {
      const box = event.target.closest(".msg.theirs");
      if (!box || root.querySelector(".strip").hidden || event.target.closest("button, a")) return;
      pane.asked = Number(box.dataset.mention);
      drawStrip(root, pane, pane.data);
    });
    const picked = hear("picked", (id) => {
      pane.pending = null;
      if (id !== pane.id || pane.wanted) pane.wanted = id; // also to come back: the other may be drawn in between
    });
    pane.stop = [onKeys(keys), picked, pane.menu.stop,
      () => document.documentElement.style.removeProperty("--qd-phone-judging")];
    root.querySelector(".back").onclick = () => tell("back");
    panes.set(root, pane);
  }
  pane.outbox.heard(data.heard);
  pane.act = (told) => {
    pane.outbox.add({ ...told, conversation: data.id });
    setTriggerValue("act", pane.outbox.told());
  };
  pane.data = data;
  if (pane.id !== data.id) {
    pane.menu.close();
    [pane.asked, pane.strip] = [null, false];
  }
  root.querySelector(".head").hidden = !data.id;
  if (data.id) drawHead(root, pane, data);
  else pane.keys = {};
  drawUndo(root, pane, data.undo);
  drawThread(root, pane, data);
  drawStrip(root, pane, data);
  if (!data.id) pane.id = null;
  if (pane.wanted === data.id || !data.id) {
    const { pending } = pane;
    [pane.wanted, pane.pending] = [null, null];
    if (pending) pane.keys[pending]?.();
  }
  return () => { pane.stop.forEach((stop) => stop()); panes.delete(root); };
}
