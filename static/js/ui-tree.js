/* <ui-tree data-card="card"> around a server-rendered tree: arrow keys, and branches loaded when opened. */
class UiTree extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.clicked(event), true);
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("focusin", (event) => {
      const item = event.target.closest("[role=treeitem]");
      if (item) this.rove(item);
    });
    const card = document.getElementById(this.dataset.card);
    if (card) card.addEventListener("htmx:afterSwap", () => {
      if (window.matchMedia("(max-width: 767px)").matches) card.scrollIntoView();
    });
    this.rove(this.querySelector("[aria-current]") || this.items()[0]);
  }

  items() {
    return Array.from(this.querySelectorAll("[role=treeitem]")).filter((item) => item.offsetParent !== null);
  }

  /* Tab enters the tree once, at the item that was last in use. */
  rove(here) {
    this.querySelectorAll("[role=treeitem]").forEach((item) => { item.tabIndex = item === here ? 0 : -1; });
  }

  clicked(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item || item.classList.contains("more") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest(".twist") && item.hasAttribute("aria-expanded")) {
      event.preventDefault();
      event.stopPropagation();
      this.open(item, item.getAttribute("aria-expanded") === "false");
      return;
    }
    this.querySelectorAll("[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    item.setAttribute("aria-current", "page");
    this.open(item, true);
  }

  open(item, wanted) {
    if (!item.hasAttribute("aria-expanded")) return;
    const group = item.parentElement.querySelector(":scope > [role=group]");
    if (group) {
      group.hidden = !wanted;
      item.setAttribute("aria-expanded", String(wanted));
    } else if (wanted && !item.dataset.loading) {
      item.dataset.loading = "1";
      window.htmx.ajax("GET", item.dataset.children, { target: item.parentElement, swap: "beforeend settle:0ms" }).then(() => {
        delete item.dataset.loading;
        const loaded = item.parentElement.querySelector(":scope > [role=group]");
        if (!loaded) return;
        item.setAttribute("aria-expanded", "true");
        item.setAttribute("aria-owns", loaded.id);
        this.rove(this.querySelector("[role=treeitem][tabindex='0']") || item);
      });
    }
  }

  pressed(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const items = this.items();
    const place = items.indexOf(item);
    const expanded = item.getAttribute("aria-expanded");
    const above = item.parentElement.parentElement.closest("li");
    const goals = {
      ArrowDown: () => items[place + 1],
      ArrowUp: () => items[place - 1],
      Home: () => items[0],
      End: () => items[items.length - 1],
      ArrowRight: () => {
        if (expanded === "true") return items[place + 1];
        this.open(item, true);
        return null;
      },
      ArrowLeft: () => {
        if (expanded !== "true") return above && above.querySelector(":scope > [role=treeitem]");
        this.open(item, false);
        return null;
      },
    };
    if (!goals[event.key]) return;
    event.preventDefault();
    const goal = goals[event.key]();
    if (goal) goal.focus();
  }
}
customElements.define("ui-tree", UiTree);
