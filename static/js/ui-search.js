/* <ui-search> wraps a search box: emits ui:search 350 ms after real input, never while composing. */
class UiSearch extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector("input");
    let timer = 0;
    let composing = false;
    let sent = box.value;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (composing || box.value === sent) return;
        sent = box.value;
        box.dispatchEvent(new CustomEvent("ui:search", { bubbles: true }));
      }, 350);
    };
    box.addEventListener("compositionstart", () => { composing = true; });
    box.addEventListener("compositionend", () => {
      composing = false;
      later();
    });
    box.addEventListener("input", () => { if (!composing) later(); });
    /* Enter that takes a candidate of the input method must not send the form. */
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      if (event.isComposing || event.keyCode === 229) event.preventDefault();
      else clearTimeout(timer);
    });
  }
}
customElements.define("ui-search", UiSearch);
