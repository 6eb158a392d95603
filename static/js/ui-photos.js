/* <ui-photos src most>: shrinks each chosen picture and sends it at once; failed ones wait for a press. */
const LONG_SIDE = 1600;

class UiPhotos extends HTMLElement {
  connectedCallback() {
    this.tiles = this.querySelector("[data-tiles]");
    this.input = this.querySelector("[type=file]");
    this.input.addEventListener("change", () => this.chosen());
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-drop]");
      if (!button) return;
      button.closest("li").remove();
      this.changed();
    });
  }

  async chosen() {
    const files = [...this.input.files];
    this.input.value = "";
    for (const file of files) {
      if (this.tiles.querySelectorAll("[name=photos]").length >= Number(this.getAttribute("most"))) {
        this.say(`最多 ${this.getAttribute("most")} 张，其余没有上传。`);
        return;
      }
      const tile = document.createElement("li");
      this.tiles.append(tile);
      await this.send(tile, await this.shrunk(file), file.name);
    }
  }

  async shrunk(file) {
    const address = URL.createObjectURL(file);
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      const scale = Math.min(1, LONG_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
      canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((done) => canvas.toBlob((blob) => done(blob || file), "image/jpeg", 0.82));
    } catch (error) {
      return file; // the server says what is wrong with it
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  async send(tile, blob, name) {
    tile.replaceChildren(this.left(name), `${name} 上传中…`);
    const body = new FormData();
    body.append("picture", blob, name);
    body.append("csrfmiddlewaretoken", this.closest("form").querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(this.getAttribute("src"), { method: "POST", body });
      const said = await answer.json();
      if (answer.ok) this.show(tile, said);
      else this.refuse(tile, name, said.text);
    } catch (error) {
      this.again(tile, blob, name);
    }
  }

  show(tile, said) {
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "photos", value: said.id });
    const image = Object.assign(document.createElement("img"), { src: said.small, alt: "照片", width: 96, height: 72 });
    tile.replaceChildren(hidden, image, this.dropper());
    this.changed();
  }

  refuse(tile, name, text) {
    const words = Object.assign(document.createElement("span"), { className: "errorlist", textContent: `${name}：${text}` });
    tile.replaceChildren(this.left(name), words, this.dropper());
    this.say(text);
  }

  left(name) {
    return Object.assign(document.createElement("input"), { type: "hidden", name: "left_out", value: name });
  }

  dropper() {
    const drop = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: "移除" });
    drop.dataset.drop = "";
    return drop;
  }

  again(tile, blob, name) {
    const retry = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: `${name} 没有传上去，重试` });
    retry.addEventListener("click", () => this.send(tile, blob, name));
    tile.replaceChildren(this.left(name), retry, this.dropper());
  }

  say(text) {
    this.querySelector("[data-says]").textContent = text;
  }

  changed() {
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
customElements.define("ui-photos", UiPhotos);
