/* <ui-draft src target version> around a form: keeps what is typed, tells when; needs [data-kept]. */
class UiDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.version = this.getAttribute("version") || "0";
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("submit", () => clearTimeout(this.timer));
    this.hide = () => {
      if (document.visibilityState === "hidden" && this.waits) this.keep();
    };
    document.addEventListener("visibilitychange", this.hide);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.hide);
  }

  later() {
    this.waits = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 1000);
  }

  async keep() {
    this.waits = false;
    const body = new FormData(this.form);
    body.set("draft_target", this.getAttribute("target"));
    body.set("draft_version", this.version);
    try {
      const answer = await fetch(this.getAttribute("src"), { method: "POST", body, keepalive: true });
      const said = await answer.json();
      this.version = String(said.version || this.version);
      this.tell(said.text);
    } catch (error) {
      this.waits = true;
      this.tell("网络不通，草稿暂存在本页，请不要关闭");
    }
  }

  tell(text) {
    this.querySelector("[data-kept]").textContent = text;
  }
}
customElements.define("ui-draft", UiDraft);
