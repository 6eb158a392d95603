/* <ui-grid> around a table of inputs: cells pasted from a spreadsheet fill to the right and down. */
class UiGrid extends HTMLElement {
  connectedCallback() {
    this.addEventListener("paste", (event) => {
      const start = event.target.closest("td");
      const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
      if (!start || !event.target.matches("input.sum") || !/[\t\n]/.test(text)) return;
      event.preventDefault();
      let row = start.parentElement;
      for (const line of text.split("\n")) {
        if (!row) break;
        line.split("\t").forEach((value, step) => {
          const cell = row.cells[start.cellIndex + step];
          const box = cell && cell.querySelector("input.sum");
          if (!box) return;
          box.value = value.trim();
          box.dispatchEvent(new Event("input", { bubbles: true }));
        });
        row = row.nextElementSibling;
      }
    });
  }
}
customElements.define("ui-grid", UiGrid);
