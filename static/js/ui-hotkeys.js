/* Keys of the desk: / n e j k a r ? and g + letter; silent while typing or composing. */
(() => {
  const goals = { "/": "search", n: "new", e: "edit", a: "accept", r: "return", 1: "1", 2: "2", 3: "3" };
  let afterG = false;

  const typing = (event) => event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey
    || event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog");

  const marked = (name) => Array.from(document.querySelectorAll(`[data-hotkey="${name}"]`)).find((part) => part.offsetParent);

  const press = (part) => {
    if (part.matches("input")) {
      part.focus();
      part.select();
    } else part.click();
  };

  const rows = () => Array.from(document.querySelectorAll(".grid-table tbody tr"));

  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const here = all.findIndex((row) => row.classList.contains("here"));
    const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
    all.forEach((row) => row.classList.toggle("here", row === next));
    const link = next.querySelector("a, input, button");
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };

  /* After a decision the page opens again where the hand was. */
  const target = document.querySelector(".grid-table tr:target");
  if (target) target.classList.add("here");

  const help = () => {
    const sheet = document.createElement("dialog");
    sheet.className = "keys";
    const lines = [["/", "搜索"], ["n", "新建"], ["e", "编辑"], ["j / k", "下一行 / 上一行"], ["1 / 2 / 3", "核对时选第几种处理"], ["a / r", "采用 / 退回"], ["g 后 e", "企业库"], ["g 后 h", "覆盖看板"], ["Ctrl+S", "保存"], ["?", "本说明"]];
    const list = document.createElement("dl");
    lines.forEach(([key, word]) => {
      const term = document.createElement("dt");
      term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
      list.append(term, Object.assign(document.createElement("dd"), { textContent: word }));
    });
    const close = Object.assign(document.createElement("button"), { className: "btn btn-sm btn-outline-secondary", textContent: "关闭" });
    close.addEventListener("click", () => sheet.close());
    sheet.addEventListener("close", () => sheet.remove());
    sheet.append(Object.assign(document.createElement("h2"), { className: "h3", textContent: "键盘快捷键" }), list, close);
    document.body.append(sheet);
    sheet.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (typing(event)) return;
    const second = afterG;
    afterG = false;
    let part = null;
    if (second) part = document.querySelector(`[data-go="${event.key}"]`);
    else if (event.key === "g") afterG = true;
    else if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    else if (event.key === "?") help();
    else if (goals[event.key]) {
      const row = document.querySelector(".grid-table tr.here");
      part = (row && row.querySelector(`[data-hotkey="${goals[event.key]}"]`)) || marked(goals[event.key]);
    }
    if (!part) return;
    event.preventDefault();
    press(part);
  });
})();
