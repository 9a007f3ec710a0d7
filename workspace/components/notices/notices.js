const STAYS = { done: 5000, refused: 10000 };
const shown = new Set();

export default function ({ data, parentElement }) {
  const line = parentElement.querySelector(".line");
  for (const notice of data.notices ?? []) {
    if (shown.has(notice.id)) continue;
    shown.add(notice.id);
    const close = el("button", "", "Close");
    const box = el("div", `notice ${notice.kind}`, null, el("span", "", notice.text), close);
    close.type = "button";
    close.onclick = () => box.remove();
    setTimeout(() => box.remove(), STAYS[notice.kind] ?? STAYS.done);
    line.append(box);
  }
}
