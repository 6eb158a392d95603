/* What happens around htmx requests: errors become a Chinese toast, an ended session a sign-in. */
(() => {
  const toast = (text, tone) => document.dispatchEvent(new CustomEvent("ui:toast", { detail: { text, tone } }));

  const sentences = {
    403: "您没有进行这项操作的权限。",
    404: "找不到这条记录，或不在您的数据范围内。",
    409: "其他人刚刚修改过，请刷新后再试。",
    413: "文件超过允许的大小。",
    429: "操作过于频繁，请稍后再试。",
    503: "系统暂不可用，请稍后再试。",
    507: "服务器磁盘空间不足，请联系系统管理员。",
  };

  document.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    const id = answer.getResponseHeader("X-Request-ID");
    const text = sentences[answer.status] || "操作没有成功，请重试。";
    toast(id ? `${text}（编号 ${id}）` : text, "error");
  });
  /* Filters left empty say nothing and stay out of the address. */
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    const filled = Array.from(event.detail.formData.entries()).filter(([, value]) => value !== "");
    Array.from(event.detail.formData.keys()).forEach((name) => event.detail.formData.delete(name));
    filled.forEach(([name, value]) => event.detail.formData.append(name, value));
  });
  document.addEventListener("htmx:sendError", () => toast("网络不通，请检查后重试。", "error"));

  /* A press outside or Escape closes the open drop-down. */
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.drop[open]").forEach((drop) => {
      if (!drop.contains(event.target)) drop.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.drop[open]").forEach((drop) => {
      drop.open = false;
      drop.querySelector("summary").focus();
    });
  });

  /* Buttons that need nothing but the browser. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    if (button.dataset.do === "print") window.print();
    if (button.dataset.do === "reload") window.location.reload();
    if (button.dataset.do === "copy" && navigator.clipboard) {
      navigator.clipboard.writeText(button.dataset.text).then(() => toast("已复制"));
    }
  });

  /* A form that must not be sent twice: the second press finds the button off. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-once]") || event.defaultPrevented) return;
    if (event.target.dataset.sent) {
      event.preventDefault();
      return;
    }
    event.target.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-once]").forEach((form) => delete form.dataset.sent);
  });
})();
