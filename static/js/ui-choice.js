/* <ui-choice src="/orgs/choices"> around a text box: proposals below it, taken by arrow keys or a press. */
class UiChoice extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("input");
    this.list = this.querySelector("ul");
    this.list.id = this.list.id || `${this.box.id || this.box.name}_options`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "可选项");
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.keys(combobox).forEach((name) => this.box.setAttribute(name, combobox[name]));
    this.composing = false;
    this.box.addEventListener("compositionstart", () => { this.composing = true; });
    this.box.addEventListener("compositionend", () => {
      this.composing = false;
      this.later();
    });
    this.box.addEventListener("input", () => { if (!this.composing) this.later(); });
    this.box.addEventListener("keydown", (event) => this.pressed(event));
    this.box.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take(event.target.closest("[role=option]"));
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 300);
  }

  ask() {
    const text = this.box.value.trim();
    if (!text) {
      this.close();
      return;
    }
    const address = `${this.getAttribute("src")}?q=${encodeURIComponent(text)}`;
    window.htmx.ajax("GET", address, { target: this.list, swap: "innerHTML" }).then(() => {
      if (document.activeElement !== this.box || this.box.value.trim() !== text) return;
      this.options().forEach((option, place) => { option.id = `${this.list.id}_${place}`; });
      this.list.hidden = false;
      this.box.setAttribute("aria-expanded", "true");
    });
  }

  options() {
    return Array.from(this.list.querySelectorAll("[role=option]"));
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  take(option) {
    if (!option) return;
    this.box.value = option.dataset.words;
    this.close();
    this.box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  pressed(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const options = this.options();
    const here = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" && this.list.hidden) this.ask();
    else if (event.key === "ArrowDown") this.mark(options, Math.min(here + 1, options.length - 1));
    else if (event.key === "ArrowUp") this.mark(options, Math.max(here - 1, 0));
    else if (event.key === "Enter" && !this.list.hidden) this.take(options[here] || options[0]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  mark(options, place) {
    options.forEach((option, other) => option.setAttribute("aria-selected", String(other === place)));
    if (!options[place]) return;
    this.box.setAttribute("aria-activedescendant", options[place].id);
    options[place].scrollIntoView({ block: "nearest" });
  }
}
customElements.define("ui-choice", UiChoice);
