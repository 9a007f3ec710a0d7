const KEYS = [
  ["j k", "move"], ["Enter", "open"], ["c", "claim"], ["r", "reply"], ["n", "note"], ["s", "snooze"], ["x", "assign"],
  ["e", "resolve"], ["d", "dismiss"], ["l", "correct a label"], ["1 … 9", "what they want"],
  ["- 0 +", "negative, neutral, positive"], ["a b", "needs an answer, about us"], ["o", "copy and open on the platform"],
  ["?", "help"], ["Ctrl+Enter", "send or approve"],
];
const FALLBACK_MS = 20000;
const bars = new WeakMap();

/** Nudges for this tab. One tab of a browser holds the stream and tells the others, because a browser opens only six
 * connections to one place. A hidden tab hears nothing until it is looked at again. */
const listen = (link) => {
  const channel = new BroadcastChannel("quarterdeck");
  const leaving = new AbortController();
  const live = (yes) => {
    link.textContent = yes ? "" : "Reconnecting";
    if (yes) document.documentElement.dataset.quarterdeckLive = "yes";
    else delete document.documentElement.dataset.quarterdeckLive;
  };
  let missed = false;
  const heard = (what) => {
    if (what === "ended") location.reload();
    else if (what !== "nudge") live(what === "live");
    else if (document.hidden) missed = true;
    else tell("nudge");
  };
  const say = (what) => { heard(what); channel.postMessage(what); };
  channel.onmessage = (event) => {
    if (event.data === "who leads?") { if (lead.source && lead.state) channel.postMessage(lead.state); } else heard(event.data);
  };
  const lead = () => new Promise((done) => {
    const open = () => {
      lead.source = new EventSource("/events");
      lead.source.onmessage = () => say("nudge");
      lead.source.onopen = () => say(lead.state = "live");
      lead.source.onerror = async () => {
        say(lead.state = "lost");
        // Closed for good: the server answered, and said no. Is it that nobody is signed in any more?
        if (lead.source?.readyState !== EventSource.CLOSED) return;
        const answer = await fetch("/_stcore/health").catch(() => null);
        if (answer?.status === 401) say("ended");
      };
      lead.source.addEventListener("ended", () => { lead.source.close(); say("ended"); });
    };
    const fallback = setInterval(() => {
      if (lead.source.readyState === EventSource.OPEN) return;
      if (lead.source.readyState === EventSource.CLOSED) open();
      say("nudge");
    }, FALLBACK_MS);
    open();
    leaving.signal.addEventListener("abort", () => { clearInterval(fallback); lead.source.close(); lead.source = null; done(); });
  });
  if (navigator.locks) navigator.locks.request("quarterdeck.stream", { signal: leaving.signal }, lead).catch(() => {});
  else lead();
  channel.postMessage("who leads?");
  const shown = () => { if (!document.hidden && missed) { missed = false; tell("nudge"); } };
  document.addEventListener("visibilitychange", shown);
  return () => { leaving.abort(); channel.close(); document.removeEventListener("visibilitychange", shown); };
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
