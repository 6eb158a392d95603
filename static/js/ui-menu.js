/* <ui-menu> folds the side menu; the choice is kept in a cookie so that the server draws it folded. */
class UiMenu extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.addEventListener("click", () => {
      const closed = document.documentElement.classList.toggle("menu-closed");
      button.setAttribute("aria-expanded", String(!closed));
      document.cookie = `ui_menu=${closed ? "closed" : "open"};path=/;max-age=31536000;samesite=lax`;
    });
  }
}
customElements.define("ui-menu", UiMenu);

/* Of a row of tabs that is wider than the window the present one is in sight. */
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.clientWidth) / 2;
  });
});
