// One layer's maps in a picture, or its numbers as bars, on which one is pointed at. What a map has where the mouse is
// stands there at once: it is read out of the picture.

const PAUSE = 150; // milliseconds without a key after which the server is told where one is
const GAP = 3; // screen pixels between two maps
const MANY = 400; // maps for which no such gap has room
const LARGEST_UNIT = 30; // screen pixels of a map that is a single number
const WIDER = 0.85; // of their size, that maps give up for a layer as wide as the others
const STORY = ".st-key-inside-story"; // where on the page the story of a map stands: on a phone below all of them
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class Choice {
  constructor(networks, place) {
    [this.networks, this.place, this.active] = [networks, place, 0];
    this.element = made("div", "band");
    this.heading = made("p", "heading");
    this.maps = made("div", "maps");
    this.option = made("span", "option");
    this.option.id = `map-${place}`;
    this.option.setAttribute("role", "option");
    for (const [name, value] of Object.entries({ role: "listbox", tabindex: 0, "aria-activedescendant": this.option.id }))
      this.maps.setAttribute(name, value);
    this.over = made("i", "over");
    this.at = made("i", "at");
    this.over.hidden = this.at.hidden = true;
    this.maps.append(this.over, this.at, this.option);
    this.element.append(this.heading, this.maps);
    this.maps.addEventListener("pointermove", (event) => this.hover(event));
    this.maps.addEventListener("pointerleave", () => this.leave());
    this.maps.addEventListener("click", (event) => this.click(event));
    this.maps.addEventListener("keydown", (event) => this.key(event));
    this.maps.addEventListener("focus", () => this.name());
    this.maps.addEventListener("blur", () => this.leave());
  }

  update(layer, off) {
    [this.layer, this.off] = [layer, off];
    const [name, ...rest] = layer.heading.split(" · ");
    this.heading.replaceChildren(made("b", "", name), ` ${rest.join(" · ")}`);
    this.maps.setAttribute("aria-label", layer.said ?? layer.heading);
    this.active = Math.min(this.active, layer.count - 1);
  }

  // Screen pixels that it takes beside its maps.
  get around() {
    return this.element.offsetHeight - this.maps.offsetHeight;
  }

  point(channel) {
    this.isPointed = channel !== null;
    if (this.isPointed) this.active = channel;
    this.mark(this.at, channel);
    this.name();
  }

  mark(frame, channel) {
    frame.hidden = channel === null;
    if (frame.hidden) return;
    const paper = this.maps.getBoundingClientRect();
    const { left, top, width, height } = this.rect(channel);
    const pixels = { left: left - paper.left, top: top - paper.top, width, height };
    for (const [name, value] of Object.entries(pixels)) frame.style[name] = `${value}px`;
  }

  hover(event) {
    const under = this.under(event);
    this.isHovered = Boolean(under);
    this.mark(this.over, under ? under.channel : null);
    this.networks.say(under ? this.said(under) : "", under && this.rect(under.channel));
  }

  leave() {
    this.isHovered = false;
    this.mark(this.over, null);
    this.networks.say("");
  }

  called(channel) {
    const { words } = this.networks;
    const name = fill(this.layer.called, { map: channel + 1 });
    return this.off.has(channel) ? `${name}, ${words.off}` : name;
  }

  // Name the map where the keyboard is, also for those who hear the page.
  name() {
    if (!this.layer || !this.maps.matches(":focus")) return;
    this.option.textContent = this.named(this.active);
    this.option.setAttribute("aria-posinset", this.active + 1);
    this.option.setAttribute("aria-setsize", this.layer.count);
    this.option.setAttribute("aria-selected", this.isPointed);
    if (this.isHovered || !this.maps.matches(":focus-visible")) return; // a mouse shows by itself where it is
    this.mark(this.over, this.active);
    this.networks.say(this.option.textContent, this.rect(this.active));
  }

  click(event) {
    const under = this.under(event);
    if (!under) return;
    this.networks.point(this.place, under.channel);
    this.tell("point", under.row, under.column);
    if (isPhone()) document.querySelector(STORY)?.scrollIntoView({ behavior: "smooth" });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [right, down] = ARROWS[event.key] ?? [];
    const other = this.active + (right ?? 0) + (down ?? 0) * this.columns;
    if (down && (other < 0 || other >= this.layer.count)) this.networks.cross(this, this.active, down);
    else if (right !== undefined) this.step(other);
    else if (event.key === "Home") this.step(0);
    else if (event.key === "End") this.step(this.layer.count - 1);
    else if (event.key === "PageUp") this.networks.cross(this, this.active, -1);
    else if (event.key === "PageDown") this.networks.cross(this, this.active, 1);
    else if (event.key === "Enter") this.tell("point");
    else if (event.key === " ") this.tell("switch");
    else return;
    event.preventDefault(); // or the page would scroll
    event.stopPropagation();
  }

  step(channel) {
    if (channel < 0 || channel >= this.layer.count) return;
    this.networks.point(this.place, channel);
    clearTimeout(this.networks.waiting);
    this.networks.waiting = setTimeout(() => this.tell("point"), PAUSE);
  }

  tell(does, row = null, column = null) {
    clearTimeout(this.networks.waiting);
    this.networks.waiting = undefined;
    this.networks.tell({ does, place: this.place, channel: this.active, row, column });
  }
}

class Band extends Choice {
  constructor(networks, place) {
    super(networks, place);
    this.canvas = made("canvas");
    this.maps.prepend(this.canvas);
  }

  update(layer, picture, off) {
    super.update(layer, off);
    [this.picture, this.bytes] = [picture, null];
  }

  // How many maps stand beside each other, and how large, so that all of them are no taller than that; their height.
  arrange(tallest) {
    const { width, height, count } = this.layer;
    const scale = window.devicePixelRatio;
    const room = Math.floor(this.maps.clientWidth * scale);
    const gap = count > MANY ? 1 : Math.round(GAP * scale);
    let [columns, larger] = [1, -Infinity];
    for (let some = 1; some <= count; some++) {
      if (count % some) continue;
      const across = ((room + gap) / some - gap) / width;
      const down = ((tallest * scale + gap) / (count / some) - gap) / height;
      const fits = Math.min(across, down, width > 1 ? Infinity : LARGEST_UNIT * scale);
      if (fits > (larger > 0 ? WIDER * larger : larger)) [columns, larger] = [some, fits];
    }
    if (larger >= 3) larger = Math.floor(larger); // each of a map's pixels is as large as the others
    const [wide, high] = [width, height].map((side) => Math.max(1, Math.floor(side * larger)));
    const rest = Math.floor((room - columns * wide) / Math.max(1, columns - 1));
    const stepX = wide + Math.max(gap, Math.min(rest, Math.round(wide / 3)));
    Object.assign(this, { columns, wide, high, stepX, stepY: high + gap, scale });
    return ((count / columns) * this.stepY) / scale;
  }

  paint(tallest) {
    this.arrange(tallest);
    const { canvas, layer, columns, wide, high, stepX, stepY, scale } = this;
    canvas.width = (columns - 1) * stepX + wide;
    canvas.height = (layer.count / columns - 1) * stepY + high;
    canvas.style.width = `${canvas.width / scale}px`;
    const pen = canvas.getContext("2d");
    pen.imageSmoothingEnabled = false;
    for (let channel = 0; channel < layer.count; channel++) {
      const [left, top] = [(channel % columns) * stepX, Math.floor(channel / columns) * stepY];
      pen.drawImage(this.picture, ...this.corner(channel), layer.width, layer.height, left, top, wide, high);
      if (this.off.has(channel)) cross(pen, left, top, wide, high);
    }
    this.mark(this.at, this.isPointed ? this.active : null);
  }

  // Where in the picture a map begins.
  corner(channel) {
    const { columns, width, height, gap } = this.layer;
    return [(channel % columns) * (width + gap), Math.floor(channel / columns) * (height + gap)];
  }

  // Where on the screen a map is.
  rect(channel) {
    const paper = this.canvas.getBoundingClientRect();
    const left = paper.left + ((channel % this.columns) * this.stepX) / this.scale;
    const top = paper.top + (Math.floor(channel / this.columns) * this.stepY) / this.scale;
    return new DOMRect(left, top, this.wide / this.scale, this.high / this.scale);
  }

  nearest(x, isFirstRow) {
    const paper = this.canvas.getBoundingClientRect();
    const across = Math.round(((x - paper.left) * this.scale - this.wide / 2) / this.stepX);
    const row = isFirstRow ? 0 : this.layer.count / this.columns - 1;
    return row * this.columns + Math.max(0, Math.min(across, this.columns - 1));
  }

  // The map under the mouse, and the place in it.
  under({ clientX, clientY }) {
    if (!this.layer) return null;
    const paper = this.canvas.getBoundingClientRect();
    const [x, y] = [(clientX - paper.left) * this.scale, (clientY - paper.top) * this.scale];
    const [across, down] = [Math.floor(x / this.stepX), Math.floor(y / this.stepY)];
    const channel = down * this.columns + across;
    if (x < 0 || across >= this.columns || !(channel >= 0 && channel < this.layer.count)) return null;
    const within = (share, count) => Math.max(0, Math.min(Math.floor(share * count), count - 1));
    const row = within((y - down * this.stepY) / this.high, this.layer.height);
    return { channel, row, column: within((x - across * this.stepX) / this.wide, this.layer.width) };
  }

  said({ channel, row, column }) {
    const { words } = this.networks;
    const place = this.layer.width > 1 ? fill(words.place, { row: row + 1, column: column + 1 }) : "";
    return `${this.called(channel)}${place}: ${valueSaid(this.layer, this.byte(channel, row, column))}`;
  }

  named(channel) {
    const { width, height } = this.layer;
    let most = 0;
    for (let place = 0; place < width * height; place++)
      most = Math.max(most, this.byte(channel, Math.floor(place / width), place % width));
    return `${this.called(channel)}, ${fill(this.networks.words.most, { value: valueSaid(this.layer, most) })}`;
  }

  // What a map has at a place, as its colour.
  byte(channel, row, column) {
    const [left, top] = this.corner(channel);
    this.bytes ??= bytesOf(this.picture, this.networks.colours[this.layer.colours ?? "maps"]);
    return this.bytes[(top + row) * this.picture.width + left + column];
  }
}

// The last layers, whose numbers are worth to be read.
class Bars extends Choice {
  update(layer, _, off) {
    super.update(layer, off);
    this.columns = layer.count;
    this.bars = layer.bars.map(({ name, text, share }) => {
      const bar = made("span", share < 0 ? "bar against" : "bar");
      bar.style.setProperty("--share", Math.abs(share));
      bar.append(made("u"), made("b", "", name), made("small", "", text));
      return bar;
    });
    this.maps.classList.add("bars");
    this.maps.replaceChildren(...this.bars, this.over, this.at, this.option);
  }

  arrange() {
    return this.maps.offsetHeight;
  }

  paint() {
    this.mark(this.at, this.isPointed ? this.active : null);
  }

  rect(channel) {
    return this.bars[channel].getBoundingClientRect();
  }

  nearest(x) {
    const away = this.bars.map((bar) => Math.abs(bar.getBoundingClientRect().left - x));
    return away.indexOf(Math.min(...away));
  }

  under({ target }) {
    const channel = this.bars?.indexOf(target.closest(".bar")) ?? -1;
    return channel < 0 ? null : { channel, row: 0, column: 0 };
  }

  said({ channel }) {
    return this.named(channel);
  }

  named(channel) {
    const { name, text } = this.layer.bars[channel];
    return `${this.called(channel)}, ${name}: ${text}`;
  }
}

function cross(pen, left, top, wide, high) {
  pen.fillStyle = "#0a0e1ab3";
  pen.fillRect(left, top, wide, high);
  pen.beginPath();
  pen.moveTo(left, top);
  pen.lineTo(left + wide, top + high);
  pen.moveTo(left + wide, top);
  pen.lineTo(left, top + high);
  pen.lineWidth = Math.max(2, wide / 14);
  pen.strokeStyle = "#f97316";
  pen.stroke();
}
