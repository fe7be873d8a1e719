// One map of a layer, large, with a place in it that is looked at. Its value stands there at once; how it comes about is
// the server's to tell, which hears of a place on which the mouse rests, which was clicked, or that the arrow keys chose.

const REST = 120; // milliseconds that the mouse or the keys rest on a place before the server is told
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const maps = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const element = parentElement.querySelector(".map");
  if (!maps.has(element)) maps.set(element, new LargeMap(element));
  maps.get(element).update(data, setStateValue);
}

class LargeMap {
  constructor(element) {
    this.element = element;
    this.image = element.querySelector("img");
    this.frame = element.querySelector("i");
    this.value = element.parentNode.querySelector("output");
    element.addEventListener("pointermove", (event) => this.hover(event));
    element.addEventListener("pointerleave", () => this.back());
    element.addEventListener("click", (event) => this.hover(event, 0));
    element.addEventListener("keydown", (event) => this.key(event));
  }

  update(data, setStateValue) {
    const isSame = this.data?.name === data.name && this.waiting;
    [this.data, this.setStateValue] = [data, setStateValue];
    // Themselves, and not their colours: what is above the scale would be told as less than its sum.
    this.values = new Float32Array(Uint8Array.from(atob(data.values), (sign) => sign.charCodeAt(0)).buffer);
    show(data.address);
    this.element.setAttribute("aria-label", data.said);
    this.element.style.aspectRatio = `${data.width} / ${data.height}`;
    loaded(data.picture).then((image) => {
      if (this.data !== data) return;
      this.image.src = data.picture;
      this.picture = image;
      if (!isSame) this.back();
    });
  }

  // Show the place that the server knows of.
  back() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.look(this.data.row, this.data.column);
  }

  look(row, column) {
    const { width, height, words } = this.data;
    [this.row, this.column] = [row, column];
    if (!this.picture) return;
    Object.assign(this.frame.style, {
      left: `${(100 * column) / width}%`,
      top: `${(100 * row) / height}%`,
      width: `${100 / width}%`,
      height: `${100 / height}%`,
    });
    const value = this.values[row * width + column];
    this.value.textContent = fill(words, { row: row + 1, column: column + 1, value: value.toFixed(2) });
  }

  hover({ clientX, clientY }, rest = REST) {
    const box = this.image.getBoundingClientRect();
    const { width, height } = this.data;
    const within = (share, count) => Math.max(0, Math.min(Math.floor(share * count), count - 1));
    this.go(
      within((clientY - box.top) / box.height, height),
      within((clientX - box.left) / box.width, width),
      rest,
    );
  }

  key(event) {
    const [right, down] = ARROWS[event.key] ?? [];
    if (right === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault(); // or the page would scroll
    event.stopPropagation();
    const { width, height } = this.data;
    const [row, column] = [this.row + down, this.column + right];
    if (row >= 0 && row < height && column >= 0 && column < width) this.go(row, column, REST);
  }

  go(row, column, rest) {
    if (!this.picture || (row === this.row && column === this.column && rest)) return;
    this.look(row, column);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      [this.data.row, this.data.column] = [row, column];
      this.setStateValue("cursor", { name: this.data.name, row, column, count: Date.now() });
    }, rest);
  }
}
