/* <ui-idle minutes ping> warns two minutes before an idle session ends; all tabs count together. */
class UiIdle extends HTMLElement {
  connectedCallback() {
    this.touch = () => localStorage.setItem("ui-active", String(Date.now()));
    this.touch();
    document.addEventListener("htmx:afterRequest", this.touch);
    this.timer = setInterval(() => this.look(), 10000);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:afterRequest", this.touch);
    clearInterval(this.timer);
  }

  look() {
    const idle = Date.now() - Number(localStorage.getItem("ui-active"));
    const late = idle > Number(this.getAttribute("minutes")) * 60000 - 120000;
    if (late && !this.firstChild) this.warn();
    if (!late) this.replaceChildren();
  }

  warn() {
    const box = document.createElement("dialog");
    box.className = "keys";
    const text = document.createElement("p");
    text.textContent = "您已较长时间没有操作，约 2 分钟后将自动退出。未保存的内容请及时保存。";
    const stay = Object.assign(document.createElement("button"), { className: "btn btn-primary", textContent: "继续使用" });
    stay.addEventListener("click", () => this.stay());
    box.append(text, stay);
    this.append(box);
    box.showModal();
  }

  async stay() {
    const answer = await fetch(this.getAttribute("ping"), { method: "HEAD" });
    if (answer.redirected) window.location.reload();
    this.touch();
    this.replaceChildren();
  }
}
customElements.define("ui-idle", UiIdle);
