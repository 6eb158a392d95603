/* <ui-toast> shows lines sent as the event ui:toast {text, tone, url, label}; errors stay until closed. */
class UiToast extends HTMLElement {
  connectedCallback() {
    this.listen = (event) => this.show(event.detail);
    document.addEventListener("ui:toast", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("ui:toast", this.listen);
  }

  show({ text, tone, url, label }) {
    const line = document.createElement("div");
    line.className = tone === "error" ? "toast-line error" : "toast-line";
    line.append(Object.assign(document.createElement("span"), { textContent: text }));
    if (url) line.append(Object.assign(document.createElement("a"), { href: url, textContent: label }));
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
    close.setAttribute("aria-label", "关闭提示");
    close.addEventListener("click", () => line.remove());
    line.append(close);
    this.append(line);
    if (tone !== "error") setTimeout(() => line.remove(), 10000);
  }
}
customElements.define("ui-toast", UiToast);
