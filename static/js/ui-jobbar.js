/* <ui-jobbar src> asks for its content anew every 2 s (5 s after half a minute) until told to stop. */
class UiJobbar extends HTMLElement {
  connectedCallback() {
    this.since = Date.now();
    this.plan();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  plan() {
    const pause = Date.now() - this.since > 30000 ? 5000 : 2000;
    this.timer = setTimeout(() => this.ask(), pause);
  }

  async ask() {
    if (document.hidden) {
      this.plan();
      return;
    }
    try {
      const answer = await fetch(this.getAttribute("src"), { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      const elsewhere = answer.headers.get("HX-Redirect");
      if (elsewhere) window.location.assign(elsewhere);
      if (elsewhere || answer.status === 404 || answer.status === 403) return;
      if (answer.ok) this.innerHTML = await answer.text();
      if (answer.status === 286) {
        this.finish();
        return;
      }
    } catch (error) {
      /* The network comes back or it does not; asking again is all there is to do. */
    }
    this.plan();
  }

  /* The work is over: the page that waited for it is drawn anew once. */
  finish() {
    this.dispatchEvent(new CustomEvent("ui:job-done", { bubbles: true }));
    if (this.hasAttribute("reload")) window.location.reload();
  }
}
customElements.define("ui-jobbar", UiJobbar);
