// What every component of ours can use. Words of others reach the page through `el` and `textContent` only.

/** An element with a class and text; further children after that. */
const el = (tag, className = "", text = null, ...children) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== null && text !== undefined) element.textContent = String(text);
  element.append(...children);
  return element;
};

/** Call `listener` when something is new on the server. Returns how to stop listening. */
const onNudge = (listener) => {
  const heard = () => listener();
  window.addEventListener("quarterdeck:nudge", heard);
  return () => window.removeEventListener("quarterdeck:nudge", heard);
};

/** Say something to the other components on the page, and hear it. */
const tell = (name, detail) => window.dispatchEvent(new CustomEvent(`quarterdeck:${name}`, { detail }));
const hear = (name, listener) => {
  const heard = (event) => listener(event.detail);
  window.addEventListener(`quarterdeck:${name}`, heard);
  return () => window.removeEventListener(`quarterdeck:${name}`, heard);
};

const typingIn = (event) => {
  const target = event.composedPath()[0];
  return Boolean(target && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable));
};
const lettersOff = () => {
  try { return localStorage.getItem("quarterdeck.letters") === "off"; } catch { return false; }
};
const dialogOpen = () =>
  document.documentElement.dataset.quarterdeckDialog === "open" || Boolean(document.querySelector("[role=dialog]"));
/** Whether a text that is on its way to the page is to be written in. */
const writingSoon = () => document.documentElement.dataset.quarterdeckWriting === "soon";

/** Bare letters as commands: `keys` maps a key to a function. Silent while somebody types or is about to, while a dialog is
 * open, with a modifier held, and where the person switched letters off. A function that returns false leaves the key to others.
 * Returns how to stop. */
const onKeys = (keys) => {
  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typingIn(event) || dialogOpen() || writingSoon()) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (lettersOff() && /^[a-z0-9.+=-]$/.test(key)) return;
    const act = keys[key];
    if (!act || act(event) === false) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", pressed, true);
  return () => window.removeEventListener("keydown", pressed, true);
};

const REPEATED_MS = 60_000;
let asked = 0;

/** What a component asks the server. A request that comes while the server is busy replaces the one that waits, so each is
 * told again with every next one until the server has `heard` its nonce, and for a minute at most. `replaces(other)` says
 * which waiting ones are told no more, because this one holds them. */
const makeOutbox = () => {
  let waiting = [];
  const fresh = () => { waiting = waiting.filter((one) => Date.now() - one.at < REPEATED_MS); return waiting; };
  return {
    add: (told, replaces = () => false) => {
      const nonce = `${Date.now()}-${asked += 1}`;
      waiting = [...fresh().filter((one) => !replaces(one.told)), { at: Date.now(), nonce, told }];
      return nonce;
    },
    told: () => waiting.map((one) => ({ ...one.told, nonce: one.nonce })),
    holds: (nonce) => fresh().some((one) => one.nonce === nonce),
    heard: (nonces) => { waiting = waiting.filter((one) => !nonces.includes(one.nonce)); },
  };
};
