// A network's layers, one below the other, from the glyph to the probabilities; two networks stand side by side. The
// server is told which map was pointed at or switched; the rest of the map's story stands elsewhere on the page.

const SHORTEST = 40, TALLEST = 240; // screen pixels of all maps of a layer
const ON_A_PHONE = 100; // as many at least, or no finger would hit one
const AROUND = 96; // screen pixels of the window that are never the network's

const networks = new WeakMap();
// The pictures that are shown, which come but once: the server leaves them out when it hears that they are here.
const shown = (window.digitpadMaps ??= { version: null, layers: [] });

export default function ({ data, parentElement, setStateValue }) {
  const element = parentElement.querySelector(".networks");
  if (!networks.has(element)) networks.set(element, new Networks(element));
  networks.get(element).update(data, setStateValue);
}

class Networks {
  constructor(element) {
    [this.element, this.bands] = [element, []];
    this.unseen = []; // what was done and the server may not know yet
    this.readout = made("div", "readout");
    this.lines = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    new ResizeObserver(() => this.arrange()).observe(element);
  }

  update(data, setStateValue) {
    [this.data, this.setStateValue] = [data, setStateValue];
    this.unseen = this.unseen.filter(({ count }) => count > data.seen);
    if (data.layers) Object.assign(shown, { version: data.version, layers: JSON.parse(data.layers) });
    if (shown.version !== data.version) return setStateValue("done", {}); // the pictures are to come again
    this.words = JSON.parse(data.words);
    this.colours ??= Object.fromEntries(
      Object.entries(JSON.parse(data.colours)).map(([name, text]) => [name, byColour(text)]),
    );
    show(data.address);
    const { version, layers } = shown;
    Promise.all(layers.map(({ picture }) => picture && loaded(picture))).then((pictures) => {
      if (this.data === data) this.show(layers, pictures, version);
    });
  }

  show(layers, pictures, version) {
    const [sides, off] = [JSON.parse(this.data.sides), JSON.parse(this.data.off)];
    const names = layers.map(({ side, heading }) => `${side} ${heading}`).join("\n");
    if (names !== this.names) this.build(layers, sides.length);
    this.names = names;
    sides.forEach((side, number) => this.answer(this.columns[number], side));
    this.bands.forEach((band, place) => band.update(layers[place], pictures[place], new Set(off[place])));
    this.arrange();
    const [place, channel] = JSON.parse(this.data.pointed);
    if (!this.waiting) this.point(place, channel);
    this.element.dataset.version = version;
  }

  build(layers, count) {
    this.columns = Array.from({ length: count }, () => made("section", "network"));
    for (const column of this.columns) column.append(made("h3"), made("div", "answer"));
    this.bands = layers.map((layer, place) => {
      const band = new (layer.bars ? Bars : Band)(this, place);
      const answer = this.columns[layer.side].querySelector(".answer");
      if (!answer.hasChildNodes()) answer.append(band.element, made("p")); // what was read stands beside the glyph
      else answer.parentElement.append(band.element);
      return band;
    });
    this.element.dataset.sides = count;
    this.element.replaceChildren(...this.columns, this.lines, this.readout);
  }

  answer(column, { name, lines }) {
    column.querySelector("h3").textContent = name;
    column.querySelector(".answer > p").replaceChildren(
      ...Object.entries(lines).map(([kind, text]) => made("span", kind, text)),
    );
  }

  // Have all layers as large as a window can show them at once.
  arrange() {
    if (!this.element.clientWidth || !this.bands.length) return;
    this.columns.forEach((column, side) => {
      const bands = this.bands.filter(({ layer }) => layer.side === side);
      const room = window.innerHeight - AROUND - bands.reduce((sum, band) => sum + band.around, 0);
      let [low, high] = [isPhone() ? ON_A_PHONE : SHORTEST, TALLEST];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (bands.reduce((sum, band) => sum + band.arrange(middle), 0) <= room) low = middle;
        else high = middle - 1;
      }
      for (const band of bands) band.paint(low);
    });
    this.frame();
  }

  // Show which map is pointed at: its band among all, and its place in that.
  point(place, channel) {
    this.pointed = [place, channel];
    this.bands.forEach((band, other) => band.point(other === place ? channel : null));
    this.frame();
  }

  // Lead lines to the map from those that it listens to most, if the server has told which.
  frame() {
    const [place, channel] = this.pointed ?? [];
    const told = JSON.parse(this.data.pointed);
    const isTold = told[0] === place && told[1] === channel;
    const paper = this.element.getBoundingClientRect();
    const lines = (isTold ? JSON.parse(this.data.sources) : []).map(([from, source, share]) => {
      const [start, end] = [this.bands[from].rect(source), this.bands[place].rect(channel)];
      const [x, y] = [(start.left + start.right) / 2 - paper.left, start.bottom - paper.top];
      const [toX, toY] = [(end.left + end.right) / 2 - paper.left, end.top - paper.top];
      const middle = (y + toY) / 2;
      const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
      line.setAttribute("d", `M${x} ${y}C${x} ${middle} ${toX} ${middle} ${toX} ${toY}`);
      line.setAttribute("class", share < 0 ? "against" : "for");
      line.style.opacity = 0.25 + 0.75 * Math.abs(share);
      return line;
    });
    this.lines.replaceChildren(...lines);
  }

  // Go to the map of another layer that stands nearest to one.
  cross(band, channel, by) {
    const other = this.bands[band.place + by];
    if (!other || other.layer.side !== band.layer.side) return;
    const { left, right } = band.rect(channel);
    other.element.querySelector(".maps").focus({ focusVisible: true });
    other.step(other.nearest((left + right) / 2, by > 0));
  }

  tell(entry) {
    this.count = Math.max(this.count ?? 0, this.data.seen) + 1;
    this.unseen.push({ count: this.count, ...entry });
    this.setStateValue("done", { version: shown.version, entries: this.unseen });
  }

  // A line of text above a map; none where there is no text.
  say(text, map) {
    this.readout.textContent = text;
    if (!text) return;
    const paper = this.element.getBoundingClientRect();
    const room = paper.width - this.readout.offsetWidth;
    const middle = (map.left + map.right) / 2 - paper.left - this.readout.offsetWidth / 2;
    this.readout.style.left = `${Math.max(0, Math.min(middle, room))}px`;
    this.readout.style.top = `${map.top - paper.top - this.readout.offsetHeight - 6}px`;
  }
}
