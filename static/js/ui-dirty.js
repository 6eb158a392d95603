/* <ui-dirty> around a form: asks before leaving with unsaved input; Ctrl+S and Ctrl+Enter save. */
class UiDirty extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.dirty = Boolean(this.querySelector(".errors-box"));
    this.form.addEventListener("input", () => { this.dirty = true; });
    this.form.addEventListener("submit", () => { this.dirty = false; });
    this.leave = (event) => {
      if (!this.dirty) return;
      event.preventDefault();
      event.returnValue = "";
    };
    this.keys = (event) => {
      const save = (event.ctrlKey || event.metaKey) && (event.key === "s" || event.key === "Enter");
      if (!save || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit();
    };
    window.addEventListener("beforeunload", this.leave);
    document.addEventListener("keydown", this.keys);
    const summary = this.querySelector(".errors-box");
    if (summary) summary.focus();
  }

  disconnectedCallback() {
    window.removeEventListener("beforeunload", this.leave);
    document.removeEventListener("keydown", this.keys);
  }
}
customElements.define("ui-dirty", UiDirty);
