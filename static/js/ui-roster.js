/* <ui-roster> around kinds and names: counts who came, ticks a group, says the quorum, offers usual topics. */
class UiRoster extends HTMLElement {
  connectedCallback() {
    this.seats = [...this.querySelectorAll(".seat")];
    this.kinds = [...this.querySelectorAll("[name=kinds]")];
    this.all = this.querySelector("[data-all]");
    this.all.hidden = this.seats.length === 0;
    this.all.addEventListener("click", () => this.everybody());
    this.addEventListener("change", (event) => {
      if (event.target.name === "group") this.only(event.target.value);
      this.count();
    });
    const find = this.querySelector("[data-find]");
    if (find) this.addEventListener("input", () => this.narrow(find.value.trim()));
    this.count();
  }

  everybody() {
    for (const seat of this.seats) seat.querySelector("[type=checkbox]").checked = true;
    this.count();
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* A party group meets: its members are ticked, where they are known. */
  only(group) {
    const members = this.seats.filter((seat) => seat.dataset.group === group);
    for (const seat of members.length ? this.seats : [])
      seat.querySelector("[type=checkbox]").checked = members.includes(seat);
  }

  count() {
    const on = this.kinds.filter((box) => box.checked);
    const rules = on.map((box) => box.dataset.voters);
    const rule = rules.includes("members") ? "members" : rules.includes("committee") ? "committee" : "";
    const came = this.seats.filter((seat) => seat.querySelector("[type=checkbox]").checked);
    this.querySelector("[data-count]").textContent = `${came.length}/${this.seats.length}`;
    const votes = (seat) => seat.hasAttribute(rule === "committee" ? "data-post" : "data-full");
    this.say(rule, this.seats.filter(votes).length, came.filter(votes).length);
    this.offer(on);
  }

  say(rule, voters, came) {
    const met = rule === "committee" ? 2 * came >= voters && voters > 0 : 2 * came > voters;
    const bar = rule === "committee" ? "半数以上" : "过半数";
    const who = rule === "committee" ? "支部委员" : "有表决权的党员";
    this.querySelector("[data-quorum]").textContent = rule
      ? `${who}应到${voters}人，实到${came}人，${met ? `已达${bar}` : `未达${bar}，不能表决`}。`
      : "预备党员没有表决权，不计入法定人数。";
  }

  offer(on) {
    const box = this.querySelector("[data-topics-for]");
    const topics = on.flatMap((kind) => kind.dataset.topics.split("\n").filter(Boolean));
    box.hidden = topics.length === 0;
    box.replaceChildren(...topics.map((topic) => this.chip(topic)));
  }

  chip(topic) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-outline-secondary";
    button.textContent = topic;
    button.addEventListener("click", () => {
      const title = this.querySelector("[name=title]");
      title.value = title.value ? `${title.value}；${topic}` : topic;
      title.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return button;
  }

  narrow(text) {
    const missing = this.querySelector("[data-missing]").checked;
    for (const seat of this.seats) {
      const came = seat.querySelector("[type=checkbox]").checked;
      seat.hidden = !seat.dataset.name.includes(text) || (missing && came);
    }
  }
}
customElements.define("ui-roster", UiRoster);
