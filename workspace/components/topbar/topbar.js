const KEYS = [
  ["j k", "move"], ["Enter", "open"], ["c", "claim"], ["r", "reply"], ["n", "note"], ["s", "snooze"], ["x", "assign"],
  ["e", "resolve"], ["d", "dismiss"], ["l", "correct a label"], ["o", "copy and open on the platform"],
  ["?", "help"], ["Ctrl+Enter", "send or approve"],
];
const FALLBACK_MS = 20000;
const bars = new WeakMap();

/** The one stream of nudges of this tab. A hidden tab hears nothing until it is looked at again. */
const listen = (link) => {
  let missed = false;
  let source = null;
  const nudge = () => { if (document.hidden) missed = true; else tell("nudge"); };
  const open = () => {
    source = new EventSource("/events");
    source.onmessage = nudge;
    source.onopen = () => { link.textContent = ""; document.documentElement.dataset.quarterdeckLive = "yes"; };
    source.onerror = () => { link.textContent = "Reconnecting"; delete document.documentElement.dataset.quarterdeckLive; };
    source.addEventListener("ended", () => { source.close(); location.reload(); });
  };
  const shown = () => { if (!document.hidden && missed) { missed = false; tell("nudge"); } };
  const fallback = setInterval(() => {
    if (source.readyState === EventSource.CLOSED) { open(); nudge(); } else if (source.readyState !== EventSource.OPEN) nudge();
  }, FALLBACK_MS);
  open();
  document.addEventListener("visibilitychange", shown);
  return () => { source.close(); clearInterval(fallback); document.removeEventListener("visibilitychange", shown); };
};

const help = (root) => {
  const dialog = root.querySelector("dialog");
  const letters = root.querySelector(".letters");
  root.querySelector("dl").replaceChildren(
    ...KEYS.flatMap(([key, what]) => [el("dt", "", null, el("kbd", "qd-key", key)), el("dd", "", what)]));
  letters.checked = !lettersOff();
  letters.onchange = () => { try { localStorage.setItem("quarterdeck.letters", letters.checked ? "on" : "off"); } catch { /* kept for this page only */ } };
  const show = () => { document.documentElement.dataset.quarterdeckDialog = "open"; dialog.showModal(); };
  dialog.onclose = () => { delete document.documentElement.dataset.quarterdeckDialog; };
  root.querySelector(".close").onclick = () => dialog.close();
  root.querySelector(".help").onclick = show;
  return onKeys({ "?": show });
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement;
  let bar = bars.get(root);
  if (!bar) {
    const me = root.querySelector(".me");
    const away = (event) => { if (!event.composedPath().includes(me)) me.open = false; };
    const escape = (event) => { if (event.key === "Escape") me.open = false; };
    window.addEventListener("click", away);
    window.addEventListener("keydown", escape);
    const stops = [listen(root.querySelector(".link")), help(root),
      () => window.removeEventListener("click", away), () => window.removeEventListener("keydown", escape)];
    bar = { stop: () => stops.forEach((stop) => stop()) };
    bars.set(root, bar);
  }
  root.querySelector("nav").replaceChildren(...data.screens.map((screen, index) => {
    const link = el("a", "", screen.title);
    link.href = screen.path;
    if (screen.title === data.current) link.setAttribute("aria-current", "page");
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      if (screen.title !== data.current) setTriggerValue("go", index);
    };
    return link;
  }));
  for (const name of root.querySelectorAll(".name")) name.textContent = data.who;
  root.querySelector(".face").textContent = data.initials;
  root.querySelector(".email").textContent = data.email === data.who ? "" : data.email;
  root.querySelector(".role").textContent = data.role;
  return () => { bar.stop(); bars.delete(root); };
}
