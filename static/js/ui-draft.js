/* <ui-draft src target version> around a form: keeps what is typed, tells when; needs [data-kept]. */
class UiDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), 1000);
    });
    this.form.addEventListener("submit", () => clearTimeout(this.timer));
  }

  async keep() {
    const body = new FormData(this.form);
    body.set("draft_target", this.getAttribute("target"));
    body.set("draft_version", this.getAttribute("version"));
    let text = "网络不通，草稿没有保存，请不要关闭本页";
    try {
      const said = await (await fetch(this.getAttribute("src"), { method: "POST", body })).json();
      this.setAttribute("version", said.version);
      text = said.text;
    } catch (error) {
      this.timer = setTimeout(() => this.keep(), 5000);
    }
    this.querySelector("[data-kept]").textContent = text;
  }
}
customElements.define("ui-draft", UiDraft);
