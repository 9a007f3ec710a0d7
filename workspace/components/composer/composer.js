const SAVE_MS = 700;
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]|(?<![\w@/.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?![\w@])(?:\/[^\s<>"]*[^\s<>".,;:!?)\]])?/gi;
const PICTURE = "[\\u{1f000}-\\u{1faff}\\u2600-\\u27bf\\u2b00-\\u2bff\\u2300-\\u23ff\\u2190-\\u21ff\\u3030\\u303d\\u3297\\u3299]";
const TONE = "(?:\\ufe0f|[\\u{1f3fb}-\\u{1f3ff}])?";
const EMOJI = new RegExp(`[\\u{1f1e6}-\\u{1f1ff}]{2}|[0-9#*]\\ufe0f?\\u20e3|${PICTURE}${TONE}(?:\\u200d${PICTURE}${TONE})*`, "gu");
const LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];
const panes = new WeakMap();

/** What a text counts on the platform, as responders/length.py counts; the server has the last word. */
const weight = (platform, text) => {
  const letters = (told) => [...told];
  if (platform !== "x") return letters(text).length;
  let pictures = 0;
  const links = (text.match(LINK) ?? []).length;
  const rest = text.normalize("NFC").replace(LINK, "").replace(EMOJI, () => { pictures += 1; return ""; });
  const light = (code) => LIGHT.some(([low, high]) => code >= low && code <= high);
  return letters(rest).reduce((sum, letter) => sum + (light(letter.codePointAt(0)) ? 1 : 2), links * 23 + pictures * 2);
};
const holdsLink = (text) => (text.match(LINK) ?? []).length > 0;
const dollars = (price) => `$${price.toFixed(3)}`;

/** Only web addresses open, without a way back to this page. */
const openOutside = (url) => {
  try {
    if (["https:", "http:"].includes(new URL(url).protocol)) window.open(url, "_blank", "noopener,noreferrer");
  } catch { /* no address: nothing opens */ }
};
const copy = (text) => { navigator.clipboard?.writeText(text).catch(() => {}); };

// ------------------------------------------------------------------ drafts: on this machine at once, on the server soon

const nameOf = (data, kind) => `quarterdeck.draft.${data.user}.${data.id}.${kind}`;
const localDraft = (name) => { try { return JSON.parse(localStorage.getItem(name) ?? "null"); } catch { return null; } };
const keepLocal = (name, draft) => {
  try {
    if (draft.text || draft.dirty) localStorage.setItem(name, JSON.stringify({ text: draft.text, revision: draft.revision }));
    else localStorage.removeItem(name);
  } catch { /* the server keeps it */ }
};

const load = (data, kind) => {
  const kept = data[kind];
  const local = localDraft(nameOf(data, kind));
  const newer = local && local.revision > kept.revision && local.text !== kept.text;
  return newer ? { ...local, dirty: true } : { ...kept, dirty: false };
};

/** A text as the server keeps it, as listeners/post.py says. */
const storable = (text) => text.replace(/\0|\p{Cs}/gu, "\ufffd");

/** Both texts, unless one holds the other. */
const together = (kept, typed) => {
  const mine = storable(typed);
  if (mine.includes(kept.trim())) return mine;
  return kept.includes(mine.trim()) ? kept : `${kept}\n\n${mine}`;
};

/** Other words in the text's place; whoever types stays where they were, as seen from the end. */
const retype = (area, text) => {
  if (area.value === text) return;
  const at = Math.max(0, text.length - (area.value.length - area.selectionEnd));
  area.value = text;
  area.setSelectionRange(at, at);
};

/** The server's words after a run. Ours stay while they are newer or on their way; what another tab has kept meanwhile stands
 * above what is being typed here, so that neither is lost. */
const meet = (pane, kind, kept) => {
  const mine = pane.drafts[kind];
  if (pane.outbox.holds(mine.sent?.nonce)) return; // what becomes of it is not known yet
  const told = pane.data.heard.includes(mine.sent?.nonce) && mine.sent.text === mine.text;
  mine.sent = null;
  if (kept.revision < mine.revision) return;
  const text = mine.dirty && !told ? together(kept.text, mine.text) : kept.text;
  const differs = text !== kept.text;
  pane.drafts[kind] = { text, revision: kept.revision + (differs ? 1 : 0), dirty: differs };
  keepLocal(nameOf(pane.data, kind), pane.drafts[kind]);
  if (differs) pane.saveSoon(kind);
  if (pane.kind === kind) retype(pane.area, text);
};

// ------------------------------------------------------------------ what is drawn

const actionOf = (pane, live, action) => {
  const button = el("button", action.main ? "qd-button main" : "qd-button", action.label);
  if (action.main) button.append(el("kbd", "qd-key", "Ctrl ↵"));
  const told = { do: action.do, response: live.id };
  if (action.fields) {
    const input = el("input");
    const form = el("form", "", null, input, button);
    [input.name, input.placeholder, input.required] = [action.fields[0].name, action.fields[0].label, true];
    input.setAttribute("aria-label", action.fields[0].label);
    form.onsubmit = (event) => { event.preventDefault(); pane.ask({ ...told, [input.name]: input.value }); };
    return form;
  }
  button.type = "button";
  button.onclick = () => {
    if (action.copies) copy(live.text);
    if (action.opens) openOutside(action.opens);
    if (action.do) { button.disabled = true; pane.ask(told); }
  };
  if (action.main) pane.approve = () => button.click();
  return button;
};

const drawLive = (root, pane, live) => {
  const box = root.querySelector(".live");
  const told = live ? JSON.stringify({ ...live, left: null }) : "";
  box.hidden = !live || pane.kind !== "reply";
  if (told === pane.liveTold) return;
  pane.liveTold = told;
  pane.approve = null;
  clearInterval(pane.ticking);
  if (!live) { box.replaceChildren(); return; }
  const says = el("span", "", live.says);
  box.className = `live ${live.status}`;
  box.replaceChildren(el("div", "says", null, says, el("span", "", `by ${live.who}${pane.data.account ? `, as ${pane.data.account}` : ""}`)), el("div", "text", live.text),
    el("div", "actions", null, ...live.actions.map((action) => actionOf(pane, live, action))));
  if (live.left === null) return;
  const until = Date.now() + live.left * 1000;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    says.textContent = left > 0 ? `Goes out in ${left} s` : live.says;
    if (left <= 0) clearInterval(pane.ticking);
  };
  pane.ticking = setInterval(tick, 250);
  tick();
};

const drawFoot = (root, pane, data) => {
  const note = pane.kind === "note";
  const text = pane.area.value;
  const draft = pane.drafts[pane.kind];
  const count = weight(data.platform, text);
  const over = !note && data.limit && count > data.limit;
  const state = root.querySelector(".state");
  const saved = !text ? (note ? "" : data.last) : draft.dirty ? "saving…" : "saved";
  const counted = note || !text ? "" : data.limit ? `${count.toLocaleString("en")} of ${data.limit.toLocaleString("en")}` : `${count}`;
  state.replaceChildren(el("span", "", saved), saved && counted ? " · " : "", el("span", over ? "over" : "", counted));
  const whom = root.querySelector(".whom");
  whom.hidden = note;
  whom.replaceChildren(...(data.account ? ["as ", el("b", "", data.account), " to "] : ["to "]), el("b", "", data.to));
  root.querySelector(".warn").textContent = note ? "Team only, never public" : data.warn;
  const send = root.querySelector(".send");
  send.querySelector("span").textContent = note ? "Keep note" : data.button;
  send.disabled = !text.trim() || Boolean(over) || pane.outbox.holds(draft.sent?.nonce);
  const price = data.price === null ? "" : ` · ${dollars(data.priceLink && holdsLink(text) ? data.priceLink : data.price)}${data.priceLink && holdsLink(text) ? " with the link" : ""}`;
  root.querySelector(".how > span").textContent = data.how === "api"
    ? ` · ${data.reason.replace(/^They /, "they ").replace(/\.$/, "")}${price}` : "";
};

const draw = (root, pane) => {
  const data = pane.data;
  const note = pane.kind === "note";
  const closed = !note && (Boolean(data.live) || data.how === "no" || Boolean(data.stands));
  root.querySelector(".pane").classList.toggle("note", note);
  for (const tab of root.querySelectorAll(".tabs button")) {
    tab.setAttribute("aria-selected", String(tab.dataset.kind === pane.kind));
  }
  const how = root.querySelector(".how");
  how.className = `how ${data.how}`;
  how.hidden = note || Boolean(data.stands);
  how.querySelector("b").textContent = note ? "" : data.lead;
  const why = root.querySelector(".why");
  why.textContent = data.stands || (data.how === "api" ? "" : data.reason);
  why.hidden = note || !why.textContent || Boolean(data.live);
  pane.area.hidden = closed;
  pane.area.placeholder = note ? "A note for the team" : `Reply to ${data.to}`;
  pane.area.setAttribute("aria-label", pane.area.placeholder);
  root.querySelector(".foot").style.display = closed ? "none" : "";
  drawLive(root, pane, data.live);
  drawFoot(root, pane, data);
};

// ------------------------------------------------------------------ what is done

/** The server has taken these words as the reply by hand: only now they are copied, and the post opens. Were it before, a
 * press that is refused would put a second answer beside a colleague's. */
const openAgreed = (pane, data) => {
  const { opening } = pane;
  if (!opening || (data.id === opening.id && pane.outbox.holds(opening.nonce))) return;
  pane.opening = null;
  if (data.id !== opening.id || data.live?.status !== "handed_off" || data.live.text !== opening.text) return;
  copy(opening.text);
  openOutside(opening.url);
};

const makePane = (root) => {
  const pane = { kind: "reply", data: null, drafts: {}, timers: {}, area: root.querySelector("textarea"), outbox: makeOutbox() };
  const draftNow = (kind, data = pane.data) => {
    clearTimeout(pane.timers[kind]);
    pane.timers[kind] = null;
    const draft = pane.drafts[kind];
    pane.tellServer({ do: "draft", conversation: data.id, kind, text: draft.text, revision: draft.revision },
      (other) => other.do === "draft" && other.conversation === data.id && other.kind === kind);
  };
  pane.saveSoon = (kind) => {
    clearTimeout(pane.timers[kind]);
    pane.timers[kind] = setTimeout(() => draftNow(kind), SAVE_MS);
  };
  pane.flush = () => {
    for (const kind of ["reply", "note"]) if (pane.timers[kind]) draftNow(kind);
  };
  pane.ask = (told) => pane.tellServer({ ...told, conversation: pane.data.id });
  pane.show = (kind) => {
    pane.kind = kind;
    pane.area.value = pane.drafts[kind].text;
    draw(root, pane);
  };
  /** Writing is meant for the conversation that is on its way: what is typed until it is there is no command. */
  pane.waits = (kind) => {
    pane.pending = kind;
    if (kind) document.documentElement.dataset.quarterdeckWriting = "soon";
    else delete document.documentElement.dataset.quarterdeckWriting;
  };
  pane.write = (kind) => {
    if (pane.wanted) { pane.waits(pane.pending ?? kind); return; }
    if (!pane.data?.id) return;
    pane.show(kind);
    if (!pane.area.hidden) pane.area.focus();
  };
  pane.send = () => {
    const button = root.querySelector(".send");
    if (button.disabled || pane.area.hidden) return;
    const { kind, data } = pane;
    const draft = pane.drafts[kind];
    clearTimeout(pane.timers[kind]);
    pane.timers[kind] = null;
    button.disabled = true;
    const byHand = kind === "reply" && data.how === "hand_off";
    const what = kind === "note" ? "note" : byHand ? "hand_off" : "send";
    const nonce = pane.ask({ do: what, kind, text: draft.text, revision: draft.revision, seen: data.seen });
    draft.sent = { nonce, text: draft.text }; // until the server has said what became of it
    if (byHand && data.opens) pane.opening = { id: data.id, nonce, text: draft.text.trim(), url: data.opens };
  };
  pane.area.oninput = () => {
    const draft = pane.drafts[pane.kind];
    draft.text = pane.area.value;
    draft.revision += 1;
    draft.dirty = true;
    keepLocal(nameOf(pane.data, pane.kind), draft);
    pane.saveSoon(pane.kind);
    drawFoot(root, pane, pane.data);
  };
  pane.area.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); pane.send(); }
    if (event.key === "Escape") pane.area.blur();
  };
  /** Ctrl+Enter outside the text does what the button that is shown says, and nothing that is hidden. */
  const approving = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat || event.isComposing) return;
    if (typingIn(event) || dialogOpen() || pane.wanted || !pane.data?.id) return;
    if (pane.kind === "note") pane.send();
    else if (!root.querySelector(".live").hidden) pane.approve?.();
  };
  window.addEventListener("keydown", approving);
  root.querySelector(".send").onclick = pane.send;
  for (const tab of root.querySelectorAll(".tabs button")) tab.onclick = () => pane.write(tab.dataset.kind);
  const size = () => {
    const here = root.querySelector(".pane");
    document.documentElement.style.setProperty("--qd-composer", `${here.offsetHeight}px`);
  };
  const watcher = new ResizeObserver(size);
  watcher.observe(root.querySelector(".pane"));
  const outside = () => {
    if (pane.wanted || !pane.data?.id) return;
    if (pane.kind === "reply" && pane.data.how === "hand_off" && pane.area.value.trim() && !pane.area.hidden) pane.send();
    else if (pane.data.url) openOutside(pane.data.url);
  };
  const picked = hear("picked", (id) => {
    pane.waits(null);
    if (id === pane.data?.id && !pane.wanted) return;
    pane.wanted = id; // also to come back to this one: the other may be drawn in between
    pane.area.blur();
  });
  pane.stop = [picked, onKeys({ r: () => pane.write("reply"), n: () => pane.write("note"), o: outside }),
    () => watcher.disconnect(), () => clearInterval(pane.ticking), () => pane.waits(null),
    () => window.removeEventListener("keydown", approving),
    () => document.documentElement.style.removeProperty("--qd-composer")];
  return pane;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement;
  let pane = panes.get(root);
  if (!pane) {
    pane = makePane(root);
    panes.set(root, pane);
  }
  pane.outbox.heard(data.heard);
  pane.tellServer = (told, replaces) => {
    const nonce = pane.outbox.add(told, replaces);
    setTriggerValue("ask", pane.outbox.told());
    return nonce;
  };
  root.querySelector(".pane").hidden = !data.id;
  openAgreed(pane, data);
  const other = pane.data?.id !== data.id;
  if (other && pane.data?.id) pane.flush();
  const before = pane.data;
  pane.data = data;
  if (data.id && other) {
    pane.kind = "reply";
    pane.liveTold = null;
    for (const kind of ["reply", "note"]) {
      pane.drafts[kind] = load(data, kind);
      if (pane.drafts[kind].dirty) pane.saveSoon(kind);
    }
    pane.area.blur();
    pane.show("reply");
  } else if (data.id && before) {
    for (const kind of ["reply", "note"]) meet(pane, kind, data[kind]);
    draw(root, pane);
  }
  if (pane.wanted === data.id || !data.id) {
    const { pending } = pane;
    pane.wanted = null;
    pane.waits(null);
    if (pending) pane.write(pending);
  }
  return () => { pane.stop.forEach((stop) => stop()); panes.delete(root); };
}
