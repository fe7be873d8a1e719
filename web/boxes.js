// A picture with a box around each number, and what was read on it. A tap on a box opens a line to type in, the digit
// that was tapped chosen; what is typed goes to the server, and the boxes come back from there. What the server has not
// answered yet stays on the picture until it has.

const PAUSE = 500; // milliseconds without a key after which what was typed is told

const pictures = new WeakMap();
// The picture that is shown, which comes but once: the server leaves it out as soon as something of its page was told.
const shown = (window.digitpadShown ??= { page: null, picture: "" });

export default function ({ data, parentElement, setStateValue }) {
  const element = parentElement.querySelector(".sheet");
  if (!pictures.has(element)) pictures.set(element, new Picture(element));
  pictures.get(element).update(data, setStateValue);
}

class Picture {
  constructor(element) {
    this.image = element.querySelector("img");
    this.layer = element.querySelector(".layer");
    this.next = element.querySelector(".next");
    this.boxes = new Map();
    this.unseen = []; // what was typed and the server may not know yet
    this.next.addEventListener("click", () => this.openNext());
    new ResizeObserver(() => this.placeLabels()).observe(this.image);
  }

  update(data, setStateValue) {
    const isSame = this.data?.page === data.page;
    [this.data, this.setStateValue] = [data, setStateValue];
    this.unseen = isSame ? this.unseen.filter((entry) => entry.count > data.seen) : [];
    if (data.picture) Object.assign(shown, { page: data.page, picture: data.picture });
    if (shown.page !== data.page) return setStateValue("typed", {}); // the picture is to come again
    if (this.image.src !== shown.picture) this.image.src = shown.picture;
    this.image.alt = data.told;
    const ids = new Set(data.numbers.map(({ id }) => id));
    for (const [id, box] of this.boxes)
      if (!isSame || !ids.has(id)) {
        box.remove();
        this.boxes.delete(id);
      }
    data.numbers.forEach((number, place) => {
      if (!this.boxes.has(number.id)) this.boxes.set(number.id, new Box(this));
      const box = this.boxes.get(number.id);
      box.update(number, this.unseen.findLast(({ id }) => id === number.id)?.text);
      // In the order in which one reads, which is that of the Tab key; what is moved loses the focus.
      const there = this.layer.children[place];
      if (there !== box.element) this.layer.insertBefore(box.element, there ?? null);
    });
    this.next.hidden = !data.doubtful.length;
    this.next.textContent = data.next;
    this.placeLabels();
  }

  // Have each label at a side where it lies on no number; above where there is none.
  placeLabels() {
    const paper = this.image.getBoundingClientRect();
    const boxes = [...this.boxes.values()];
    const numbers = boxes.map(({ element }) => element.getBoundingClientRect());
    const isFree = ({ left, top, right, bottom }) =>
      left >= paper.left &&
      right <= paper.right &&
      bottom <= paper.bottom &&
      !numbers.some((it) => it.left < right && it.right > left && it.top < bottom && it.bottom > top);
    const sides = boxes.map(({ label }, place) => {
      const wanted = Object.entries(besides(numbers[place], label.getBoundingClientRect()));
      return wanted.find(([, there]) => isFree(there))?.[0] ?? "above";
    });
    boxes.forEach(({ element }, place) => (element.dataset.side = sides[place]));
  }

  // Tell the server what a number is: its text, null where it is none; undefined, and how many changes are taken back.
  tell(id, text, undone = 0) {
    this.count = Math.max(this.count ?? 0, this.data.seen) + 1;
    this.unseen.push({ count: this.count, id, text, undone });
    this.setStateValue("typed", { page: this.data.page, numbers: this.unseen });
  }

  // Open the most doubtful number, of those that were not told just now.
  openNext(but) {
    const told = new Set(this.unseen.map(({ id }) => id)).add(but);
    const id = this.data.doubtful.find((each) => !told.has(each));
    this.boxes.get(id)?.open();
    return id !== undefined;
  }
}

// Where a label of some size would be at each side of a number.
function besides({ left, top, right, bottom }, { width, height }) {
  const [gap, middle] = [7, (top + bottom - height) / 2]; // the box's line is in the gap; see boxes.css
  const rect = (x, y) => ({ left: x, top: y, right: x + width, bottom: y + height });
  return {
    above: rect(left, top - gap / 2 - height),
    right: rect(right + gap, middle),
    left: rect(left - gap - width, middle),
    below: rect(left, bottom + gap / 2),
  };
}

class Box {
  constructor(picture) {
    this.picture = picture;
    this.element = document.createElement("div");
    this.button = document.createElement("button");
    this.label = document.createElement("span");
    this.element.className = "box";
    this.label.className = "label";
    this.button.type = "button";
    this.least = document.createElement("i"); // the least sure digit
    this.button.append(this.least, this.label);
    this.element.append(this.button);
    this.button.addEventListener("click", ({ detail, target, clientX }) =>
      this.open(detail && target !== this.label ? clientX : undefined),
    );
    this.button.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^[0-9]$/.test(event.key)) this.open(); // in the line that opens the key is heard
      else if (event.key === "Delete") this.picture.tell(this.number.id, null);
    });
  }

  update(number, typed) {
    const [width, height] = this.picture.data.size;
    this.number = number;
    this.element.dataset.kind = number.kind;
    place(this.element, number.box, [0, 0, width, height]);
    const least = number.digits[number.least];
    this.least.hidden = number.kind !== "unsure" || !least;
    if (least) place(this.least, least, number.box);
    this.text = typed ?? number.text;
    this.label.textContent = typed ?? number.label;
    this.button.setAttribute("aria-label", number.told);
  }

  // Let a person type what the number is; `x` is where on the screen it was tapped.
  open(x) {
    if (this.line) return;
    this.line = document.createElement("input");
    [this.before, this.told] = [this.text, 0];
    Object.assign(this.line, { value: this.text, inputMode: "decimal", autocomplete: "off", size: this.text.length + 2 });
    this.line.setAttribute("aria-label", this.number.told);
    this.line.addEventListener("input", () => this.wait());
    this.line.addEventListener("keydown", (event) => this.key(event));
    this.line.addEventListener("blur", () => this.close());
    this.element.append(this.line);
    this.line.focus();
    this.line.setSelectionRange(...this.chosen(x));
    this.line.scrollIntoView({ block: "nearest" });
  }

  // What of the text is chosen: the digit that was tapped, or the least sure one; all where that is not known.
  chosen(x) {
    const places = [...this.text].flatMap((sign, place) => (/\d/.test(sign) ? [place] : []));
    const { digits, least } = this.number;
    if (!digits.length || digits.length !== places.length) return [0, this.text.length];
    if (x === undefined) return [places[least], places[least] + 1];
    const { left, width } = this.picture.image.getBoundingClientRect();
    const across = ((x - left) / width) * this.picture.data.size[0];
    const away = digits.map(([from, , to]) => Math.abs(across - (from + to) / 2));
    const place = places[away.indexOf(Math.min(...away))];
    return [place, place + 1];
  }

  key(event) {
    if (!["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") this.leave();
    else this.tell(true);
    if (event.key === "Escape" || !this.picture.openNext(this.number.id)) this.button.focus();
  }

  wait() {
    clearTimeout(this.waiting);
    this.line.size = this.line.value.length + 2;
    if (new RegExp(`^(?:${this.picture.data.pattern})$`).test(this.line.value.trim()))
      this.waiting = setTimeout(() => (this.told += this.tell()), PAUSE);
  }

  // All is as it was before the line was opened, also what was told in a pause.
  leave() {
    clearTimeout(this.waiting);
    this.line.value = this.text = this.before;
    if (this.told) this.picture.tell(this.number.id, undefined, this.told);
  }

  // Tell the server what was typed, or that it is right as it is; whether there was anything to tell.
  tell(isRight = false) {
    clearTimeout(this.waiting);
    const text = this.line.value.trim();
    if (!text || (text === this.text && !isRight)) return false;
    this.label.textContent = this.text = text;
    this.picture.tell(this.number.id, text);
    return true;
  }

  close() {
    if (!this.line) return;
    this.tell();
    const { line } = this;
    this.line = undefined; // before it goes, which takes the focus from it once more
    line.remove();
  }

  remove() {
    clearTimeout(this.waiting);
    this.line = undefined;
    this.element.remove();
  }
}

// Put an element where a box is within another one.
function place(element, [left, top, right, bottom], [fromLeft, fromTop, toRight, toBottom]) {
  const [wide, high] = [toRight - fromLeft, toBottom - fromTop];
  Object.assign(element.style, {
    left: `${(100 * (left - fromLeft)) / wide}%`,
    top: `${(100 * (top - fromTop)) / high}%`,
    width: `${(100 * (right - left)) / wide}%`,
    height: `${(100 * (bottom - top)) / high}%`,
  });
}
