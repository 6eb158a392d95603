/* <ui-file> around a file input: the browser's own control speaks the browser's language and hides
   long names; ours does not. */
class UiFile extends HTMLElement {
  connectedCallback() {
    if (this.name) return;
    this.file = this.querySelector("input[type=file]");
    const choose = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-outline-secondary", textContent: "选择文件" });
    this.name = Object.assign(document.createElement("span"), { className: "chosen" });
    choose.addEventListener("click", () => this.file.click());
    this.file.addEventListener("change", () => this.show());
    this.file.addEventListener("focus", () => choose.focus());
    this.file.classList.add("visually-hidden");
    this.file.tabIndex = -1;
    this.file.before(choose, this.name);
    this.show();
  }

  show() {
    const file = this.file.files[0];
    this.name.textContent = file ? `${file.name}（${(file.size / 1048576).toFixed(1)} MB）` : "还没有选择文件";
  }
}
customElements.define("ui-file", UiFile);
