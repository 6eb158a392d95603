/* <ui-draft src target version [local]> around a form: keeps what is typed, tells when; needs [data-kept].
   `local`: what no connection or another window's draft takes stays on this device, words alone, and is offered again. */
const AT_MOST = 20000;

class UiDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.version = this.getAttribute("version") || "0";
    this.key = `draft ${this.getAttribute("src")} ${this.getAttribute("target")}`;
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("submit", (event) => this.leave(event));
    this.hide = () => {
      if (document.visibilityState === "hidden" && this.waits) this.keep();
    };
    this.back = () => this.waits && this.keep();
    document.addEventListener("visibilitychange", this.hide);
    window.addEventListener("online", this.back);
    if (this.hasAttribute("local")) this.offer();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.hide);
    window.removeEventListener("online", this.back);
  }

  later() {
    if (!this.waits) this.since = Date.now();
    this.waits = true;
    clearTimeout(this.timer);
    const left = AT_MOST - (Date.now() - this.since);
    this.timer = setTimeout(() => this.keep(), Math.max(0, Math.min(1000, left)));
  }

  leave(event) {
    clearTimeout(this.timer);
    if (this.hasAttribute("local") && !navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.store();
      this.tell("未联网，内容保存在本机，联网后再提交");
    } else {
      this.waits = false;
      const told = this.form.elements.draft_version;
      if (told) told.value = this.version; // a page that comes back refused goes on from it
      this.forget();
    }
  }

  async keep() {
    this.waits = false;
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    body.set("draft_target", this.getAttribute("target"));
    body.set("draft_version", this.version);
    try {
      const answer = await fetch(this.getAttribute("src"), { method: "POST", body, keepalive: true });
      const said = await answer.json();
      if (!answer.ok) return this.refused(said);
      this.version = String(said.version);
      this.tell(said.text);
      this.forget();
    } catch (error) {
      this.waits = true;
      this.since = Date.now();
      this.tell(
        this.store() ? "未联网，内容保存在本机" : "网络不通，草稿暂存在本页，请不要关闭",
      );
    }
  }

  refused(said) {
    const kept = this.store();
    this.tell(said.text + (kept ? "本页的文字已存在本机，刷新后按“取回”可以取回；也可以直接提交。" : "本页内容还在，请不要刷新或关闭，可以直接提交。"));
    if (!said.version) return;
    const mine = this.press("改存本页内容", () => {
      this.version = String(said.version);
      this.keep();
    });
    this.querySelector("[data-kept]").append(mine);
  }

  press(text, act) {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "btn btn-sm btn-outline-secondary",
      textContent: text,
    });
    button.addEventListener("click", act);
    return button;
  }

  words() {
    return [...this.form.querySelectorAll("textarea, input:not([type]), input[type=text]")].filter((box) => box.name);
  }

  store() {
    if (!this.hasAttribute("local")) return false;
    try {
      const words = this.words().map((box) => [box.name, box.value]);
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), words }));
      return true;
    } catch (error) {
      return false;
    }
  }

  forget() {
    if (this.hasAttribute("local")) localStorage.removeItem(this.key);
  }

  offer() {
    const kept = localStorage.getItem(this.key);
    if (!kept) return;
    const { at, words } = JSON.parse(kept);
    const take = this.press("取回", () => {
      for (const [name, value] of words) {
        const box = this.words().find((one) => one.name === name);
        if (box) box.value = value;
      }
      this.tell("已取回");
      this.later();
    });
    this.tell(`本机存有 ${new Date(at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })} 没有传上去的文字 `);
    this.querySelector("[data-kept]").append(take);
  }

  tell(text) {
    this.querySelector("[data-kept]").textContent = text;
  }
}
customElements.define("ui-draft", UiDraft);
