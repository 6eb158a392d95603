/* <ui-table-tools> around a list: tick the page or, with Shift, a range; take all results, let the head row stick. */
class UiTableTools extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      if (event.target.matches("[data-pick-all]")) this.pickPage(event.target.checked);
      if (event.target.matches("[name=pk], [data-pick-all]")) this.show();
      if (event.target.matches("[name=all]")) this.show();
    });
    this.addEventListener("click", (event) => {
      if (event.target.matches("[name=pk]")) this.pickRange(event);
      if (event.target.closest("[data-clear]")) {
        this.pickPage(false);
        this.show();
      }
    });
    const sheet = this.querySelector(".sheet");
    if (sheet && window.ResizeObserver) {
      this.watch = new ResizeObserver(() => this.fit(sheet));
      this.watch.observe(sheet);
    }
    this.show();
  }

  disconnectedCallback() {
    if (this.watch) this.watch.disconnect();
  }

  /* A table that fits lets its head stick to the window; a wider one scrolls in its own frame. */
  fit(sheet) {
    const wide = sheet.firstElementChild.scrollWidth > sheet.clientWidth + 1;
    sheet.classList.toggle("fits", !wide);
    sheet.classList.toggle("scrolls", wide);
    if (wide) sheet.setAttribute("tabindex", "0");
    else sheet.removeAttribute("tabindex");
  }

  boxes() {
    return Array.from(this.querySelectorAll("[name=pk]"));
  }

  pickPage(on) {
    this.boxes().forEach((box) => { box.checked = on; });
    const all = this.querySelector("[name=all]");
    if (!on && all) all.checked = false;
  }

  /* From the box pressed before to this one, by mouse or by Shift and the space bar. */
  pickRange(event) {
    const boxes = this.boxes();
    const ends = [boxes.indexOf(this.last), boxes.indexOf(event.target)].sort((a, b) => a - b);
    if (event.shiftKey && ends[0] >= 0) boxes.slice(ends[0], ends[1] + 1).forEach((box) => { box.checked = event.target.checked; });
    this.last = event.target;
  }

  show() {
    const boxes = this.boxes();
    const picked = boxes.filter((box) => box.checked);
    const all = this.querySelector("[name=all]");
    boxes.forEach((box) => box.closest("tr").classList.toggle("picked", box.checked));
    const head = this.querySelector("[data-pick-all]");
    if (head) {
      head.checked = boxes.length > 0 && picked.length === boxes.length;
      head.indeterminate = picked.length > 0 && picked.length < boxes.length;
    }
    const any = picked.length > 0 || Boolean(all && all.checked);
    this.querySelectorAll("[data-when-picked]").forEach((part) => { part.hidden = !any; });
    this.querySelectorAll("[data-picked]").forEach((part) => {
      part.textContent = all && all.checked ? all.dataset.count : String(picked.length);
    });
  }
}
customElements.define("ui-table-tools", UiTableTools);
