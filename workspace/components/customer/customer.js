const bar = (part) => {
  const room = el("div", "room");
  const line = el("i");
  room.style.width = `${part.room}%`;
  line.style.width = `${part.most ? Math.max((100 * part.points) / part.most, part.points ? 3 : 0) : 0}%`;
  room.append(line);
  const box = el("div", "bar", null, el("span", "", part.word), room, el("b", "", part.points, el("small", "", ` of ${part.most}`)));
  box.title = `${part.name}: ${part.points} of ${part.most} points`;
  return box;
};

const mood = (told) => {
  const line = el("i", told.balance >= 0 ? "good" : "bad");
  line.style.height = `${Math.round(Math.abs(told.balance) * 100)}%`;
  const box = el("div", "", null, line);
  box.title = told.words;
  return box;
};

const past = (told) => {
  const box = el("button", "past", null, el("b", "", told.text), el("span", "", told.told));
  box.type = "button";
  box.onclick = () => tell("open", told.id);
  return box;
};

const part = (title, ...children) => el("section", "", null, el("h2", "", title), ...children);

export default function ({ data, parentElement }) {
  const pane = parentElement.querySelector(".pane");
  if (!data.id) { pane.replaceChildren(); return; }
  const scrolled = pane.scrollTop;
  const parts = [];
  if (data.parts.length) {
    const sum = el("div", "bar sum", null, el("span", "", "together, of 100"), el("b", "", data.priority));
    parts.push(part("Why it is here", ...data.parts.map(bar), sum));
  }
  const facts = data.facts.map((fact) => el("div", "kv", null, el("span", "", fact.word), el("b", "", fact.is)));
  if (data.moods.length > 1) {
    facts.push(el("div", "moods", null, ...data.moods.map(mood)));
    facts.push(el("div", "qd-quiet", `mood over their ${data.moods.length === data.mentions ? "" : "last "}${data.moods.length} mentions`));
  }
  parts.push(part(data.name, ...facts));
  if (data.earlier.length) parts.push(part("Other conversations", ...data.earlier.map(past)));
  pane.replaceChildren(...parts);
  pane.scrollTop = scrolled;
}
