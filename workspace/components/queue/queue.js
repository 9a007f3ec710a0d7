const panes = new WeakMap();

/** One of the queue's rows. */
const rowOf = (row, selected) => {
  const due = el("span", "due", row.due);
  due.title = row.exact;
  const chips = row.chips.map((chip) => el("span", `chip ${chip.colour}`, chip.word));
  const last = el("div", "l3", null, ...chips, el("span", "", row.quiet));
  if (row.who) {
    const face = el("span", "who", row.who.letters);
    face.title = `${row.who.name} has it`;
    last.append(face);
  }
  const box = el("div", `row ${row.edge}`, null,
    el("div", "l1", null, el("b", "", row.name), el("em", "", row.where), due),
    el("div", row.gone ? "t gone" : "t", row.text), last);
  box.id = `row-${row.id}`;
  box.dataset.id = row.id;
  box.setAttribute("role", "option");
  mark(box, row.id === selected);
  return box;
};
const mark = (box, on) => { box.classList.toggle("sel", on); box.setAttribute("aria-selected", String(on)); };

const optionsInto = (select, options, chosen) => {
  select.replaceChildren(...options.map(([value, word]) => {
    const option = el("option", "", word);
    option.value = value;
    option.selected = value === chosen;
    return option;
  }));
};

/** On a phone either the list or the conversation is there; the panes read these from the page. */
const showOne = (open) => {
  document.documentElement.style.setProperty("--qd-phone-list", open ? "none" : "flex");
  document.documentElement.style.setProperty("--qd-phone-open", open ? "flex" : "none");
  document.documentElement.style.setProperty("--qd-phone-block", open ? "block" : "none");
};

const makePane = (root) => {
  const list = root.querySelector(".rows");
  const pane = { selected: null, index: -1, ids: [], data: null, ask: null };

  pane.highlight = (id, reveal) => {
    pane.selected = id;
    for (const box of list.querySelectorAll(".row")) mark(box, Number(box.dataset.id) === id);
    const box = list.querySelector(".row.sel");
    if (box) { pane.index = pane.ids.indexOf(id); list.setAttribute("aria-activedescendant", box.id); }
    if (box && reveal) box.scrollIntoView({ block: "nearest" });
  };
  pane.pick = (id) => {
    pane.highlight(id, true);
    showOne(true);
    tell("picked", id);
    pane.ask({ pick: id });
  };
  pane.move = (step) => {
    const here = pane.ids.indexOf(pane.selected);
    // The conversation may have left the list: the next one has taken its place.
    const to = here >= 0 ? here + step : step > 0 ? Math.max(pane.index, 0) : pane.index - 1;
    const at = Math.min(Math.max(to, 0), pane.ids.length - 1);
    if (pane.ids.length && pane.ids[at] !== pane.selected) pane.pick(pane.ids[at]);
  };
  const pin = (className, text) => {
    const line = el("div", className, text);
    line.setAttribute("role", "presentation");
    return line;
  };
  pane.draw = (data) => {
    const scrolled = list.scrollTop;
    const parts = [];
    if (data.urgent.length) parts.push(pin("pin", "Urgent, nobody has it"));
    parts.push(...data.urgent.map((row) => rowOf(row, pane.selected)));
    if (data.urgent.length && data.rows.length) parts.push(pin("pin rest", data.rest));
    parts.push(...data.rows.map((row) => rowOf(row, pane.selected)));
    if (!pane.count(data)) parts.push(el("div", "empty", null, el("b", "", data.empty.title), el("span", "", data.empty.says)));
    if (data.more) {
      const more = el("button", "qd-button more", "Show more");
      more.type = "button";
      more.onclick = (event) => { event.stopPropagation(); pane.ask({ more: data.shown }); };
      parts.push(more);
    }
    pane.ids = [...data.urgent, ...data.rows].map((row) => row.id);
    list.replaceChildren(...parts);
    list.scrollTop = scrolled;
    pane.highlight(pane.selected, false);
  };
  pane.count = (data) => data.urgent.length + data.rows.length;

  list.onclick = (event) => {
    const box = event.target.closest(".row");
    if (box) pane.pick(Number(box.dataset.id));
  };
  list.onkeydown = (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "Enter" && event.target === list && pane.selected) pane.pick(pane.selected);
    if (event.target !== list || !(event.key in steps)) return;
    event.preventDefault();
    pane.move(steps[event.key]);
  };
  pane.stop = [
    onKeys({ j: () => pane.move(1), k: () => pane.move(-1) }),
    hear("back", () => { showOne(false); pane.highlight(null, false); pane.ask({ pick: 0 }); list.focus(); }),
    hear("open", (id) => pane.pick(id)),
    hear("next", () => pane.move(1)),
  ];
  return pane;
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement;
  let pane = panes.get(root);
  if (!pane) {
    pane = makePane(root);
    pane.selected = data.selected;
    pane.led = data.led?.nonce;
    showOne(Boolean(data.selected));
    panes.set(root, pane);
    pane.stop.push(onNudge(() => pane.nudge()));
  }
  pane.ask = (wanted) => setTriggerValue("ask", wanted);
  pane.nudge = () => setTriggerValue("nudge", Date.now());

  root.querySelector(".tabs").replaceChildren(...data.tabs.map((tab) => {
    const button = el("button", "", tab.title);
    if (tab.count !== null) button.append(el("span", "", tab.count));
    button.type = "button";
    button.setAttribute("role", "tab");
    button.setAttribute("aria-selected", String(tab.view === data.view));
    button.onclick = () => pane.ask({ view: tab.view });
    return button;
  }));
  const views = root.querySelector(".more-views");
  const elsewhere = data.views.some(([view]) => view === data.view);
  optionsInto(views, [["", "All ▾"], ...data.views.map(([view, word]) => [view, view === data.view ? `${word} ▾` : word])],
    elsewhere ? data.view : "");
  views.classList.toggle("on", elsewhere);
  views.onchange = () => { if (views.value) pane.ask({ view: views.value }); };
  for (const name of ["brand", "platform"]) {
    const select = root.querySelector(`.${name}`);
    optionsInto(select, data[`${name}s`], data[name]);
    select.hidden = data[`${name}s`].length < 3;
    select.onchange = () => pane.ask({ [name]: select.value });
  }
  root.querySelector(".order").textContent = data.order;
  if (data.led && data.led.nonce !== pane.led) { // the server opened another one
    pane.led = data.led.nonce;
    pane.selected = data.led.id || null;
    showOne(Boolean(data.led.id));
    tell("picked", data.led.id);
  }
  pane.draw(data);
  return () => { pane.stop.forEach((stop) => stop()); panes.delete(root); };
}
