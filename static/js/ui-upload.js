/* <ui-upload> around a form with a file: dropping, size check, a bar while sending, one sending only.
   With at-once the choice of a file is the sending. */
class UiUpload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.file = this.querySelector("input[type=file]");
    this.zone = this.querySelector(".dropzone");
    this.bar = this.querySelector("[data-bar]");
    this.form.addEventListener("submit", (event) => this.send(event));
    if (this.hasAttribute("at-once")) {
      this.file.addEventListener("change", () => { if (this.file.files[0]) this.form.requestSubmit(); });
    }
    ["dragover", "dragleave", "drop"].forEach((name) => this.zone.addEventListener(name, (event) => {
      event.preventDefault();
      this.zone.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) {
        this.file.files = event.dataTransfer.files;
        this.file.dispatchEvent(new Event("change"));
      }
    }));
    this.querySelector("[data-stop]").addEventListener("click", () => { if (this.request) this.request.abort(); });
  }

  say(text) {
    document.dispatchEvent(new CustomEvent("ui:toast", { detail: { text, tone: "error" } }));
  }

  send(event) {
    event.preventDefault();
    const file = this.file.files[0];
    const limit = Number(this.dataset.maxBytes || 0);
    if (this.request || !file) return;
    if (limit && file.size > limit) {
      this.say(`文件 ${this.size(file.size)}，超过上限 ${this.size(limit)}，请分批上传。`);
      return;
    }
    const request = new XMLHttpRequest();
    this.request = request;
    request.upload.addEventListener("progress", (sent) => this.progress(sent.loaded, sent.total));
    request.addEventListener("load", () => this.received(request));
    request.addEventListener("error", () => this.failed("上传中断，文件没有收到，请重新上传。"));
    request.addEventListener("abort", () => this.failed("已取消上传。"));
    request.open("POST", this.form.action);
    request.setRequestHeader("X-Upload", "bar");
    this.bar.hidden = false;
    this.progress(0, file.size);
    request.send(new FormData(this.form));
  }

  size(bytes) {
    return `${(bytes / 1048576).toFixed(1)} MB`;
  }

  progress(sent, total) {
    this.bar.querySelector("progress").value = total ? sent / total : 0;
    this.bar.querySelector("[data-say]").textContent = sent < total ? `已上传 ${this.size(sent)} / ${this.size(total)}` : "已上传，正在检查文件";
  }

  failed(text) {
    this.request = null;
    this.bar.hidden = true;
    this.say(text);
  }

  /* A redirect was followed: go where it led. Otherwise the answer is the form again with errors. */
  received(request) {
    const target = request.responseURL;
    if (request.status < 400 && target && target !== new URL(this.form.action, window.location.href).href) {
      window.location.assign(target);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = page.querySelector("#main");
    this.request = null;
    if (request.status === 413 || !main) {
      this.failed(request.status === 413 ? "文件超过允许的大小，没有收下。" : "上传没有成功，请重试。");
      return;
    }
    document.querySelector("#main").replaceWith(main);
  }
}
customElements.define("ui-upload", UiUpload);
