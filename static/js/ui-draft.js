/* <ui-draft src target version [local]> around a form: keeps what is typed, tells when; needs [data-kept].
   `local`: what no connection takes stays on this device, words alone, and is offered again. */
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
      this.version = String(said.version || this.version);
      this.tell(said.text);
      if (answer.ok) this.forget();
    } catch (error) {
      this.waits = true;
      this.since = Date.now();
      this.tell(
        this.store() ? "未联网，内容保存在本机" : "网络不通，草稿暂存在本页，请不要关闭",
      );
    }
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
    const take = Object.assign(document.createElement("button"), {
      type: "button",
      className: "btn btn-sm btn-outline-secondary",
      textContent: "取回",
    });
    take.addEventListener("click", () => {
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
