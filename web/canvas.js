// The pad's canvas. It shows a stroke while it is made and tells the server of each that is finished; what was drawn
// before, and what was undone or brought back, comes from the server. A stroke that the server has not seen yet stays
// on the canvas until it has: nothing vanishes in between.

const STEP = 12, SMALL_STEP = 2; // units that an arrow key moves the pen; with Shift
const NEAREST = 0.7; // units between two points of a stroke that are both kept
const CHOICE = /^[0-9n]$/i; // keys that say what is drawn: a digit, or none
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const INK = "#000000", PAPER = "#ffffff", TIP = "#2563eb";

const STORED = "digitpad drawing"; // its name in the tab's storage
const PATIENCE = 10_000; // milliseconds that the server may take to answer before the visitor is told

const canvases = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const element = parentElement.querySelector("canvas");
  if (!canvases.has(element)) canvases.set(element, new Canvas(element, parentElement, lettersOf(data)));
  canvases.get(element).update(data, setStateValue);
}

// What is told to the server. It outlives the canvas: a stroke may be made just before another page is shown. What is
// drawn on the pad outlives the page too, in the tab's own storage, so that a reload does not lose it.
class Letters {
  constructor(isKept) {
    this.isKept = isKept;
    this.visit = null; // what the server calls it: what was drawn in one that is over is not known to the next
    this.count = 0;
    this.unseen = []; // finished strokes, a picture, or keys that say what is drawn, which the server may not know yet
    this.known = isKept ? stored() : []; // what the server had on the canvas when it answered last
  }

  add(entry) {
    this.unseen.push({ ...entry, id: ++this.count });
    this.store();
  }

  // Take up an answer; whether something is to be told again.
  answered({ visit, seen, fresh, picture }, strokes) {
    const before = [...this.known, ...this.unseen];
    this.known = picture ? [{ picture }] : strokes;
    const isSame = visit === this.visit;
    if (isSame) this.unseen = this.unseen.filter((entry) => entry.id > seen);
    else {
      // The page was just opened, or the server has forgotten the visit: it was started again, or the visitor was away
      // for long. Where something is on the new pad already, that is what the visitor wants.
      [this.visit, this.count, this.unseen] = [visit, seen, []];
      if (fresh && this.isKept) before.forEach((entry) => this.add(entry));
    }
    this.store();
    return !isSame && this.unseen.length > 0;
  }

  get picture() {
    return this.unseen.find((entry) => entry.picture)?.picture ?? null;
  }

  get strokes() {
    return this.unseen.filter((entry) => entry.points);
  }

  store() {
    if (!this.isKept) return;
    const drawn = [...this.known, ...this.unseen];
    try {
      sessionStorage.removeItem(STORED); // rather none than an old one, where there is no room
      if (drawn.length) sessionStorage.setItem(STORED, JSON.stringify(drawn));
    } catch {} // it is full, or switched off: then a reload begins anew
  }
}

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED)) ?? [];
  } catch {
    return [];
  }
}

const letters = (window.digitpadLetters ??= {});

function lettersOf({ name, isKept }) {
  return (letters[name] ??= new Letters(isKept));
}

class Canvas {
  constructor(element, parent, letters) {
    this.element = element;
    this.letters = letters;
    this.hint = parent.querySelector(".hint");
    this.said = parent.querySelector(".said");
    this.lost = parent.querySelector(".lost");
    this.isNew = true;
    this.current = null;
    this.tip = null; // where the keyboard's pen is
    [this.address, this.picture] = [null, null]; // of a picture that was brought in, and the picture itself
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
      element.addEventListener(name, (event) => event.pointerId === this.pointer && this.lift());
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("focus", () => this.paint());
    element.addEventListener("blur", () => (this.lift(), this.paint()));
    new ResizeObserver(() => this.paint()).observe(element);
  }

  update(data, setStateValue) {
    this.setStateValue = setStateValue;
    this.strokes = JSON.parse(data.strokes);
    this.boxes = JSON.parse(data.boxes);
    const again = this.letters.answered(data, this.strokes);
    if (again || (this.isNew && this.letters.unseen.length)) this.tell();
    this.isNew = false;
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.lost.hidden = true;
    if (this.letters.unseen.length) this.wait();
    if (this.said.textContent !== data.said) this.said.textContent = data.said;
    this.load(data.picture ?? this.letters.picture);
    if (this.current) this.retool(data);
    this.data = data;
    this.element.dataset.tool = data.erases ? "eraser" : "pen";
    this.element.dataset.width = data.width;
    this.paint();
  }

  tell() {
    // With them goes which of a visit's hands the tab keeps, which `keeping.js` has written down.
    const kept = window.digitpadKept ?? null;
    this.setStateValue("strokes", { visit: this.letters.visit, strokes: this.letters.unseen, kept });
    this.wait();
  }

  // Say so when the server does not answer, however much is drawn meanwhile.
  wait() {
    this.waiting ??= setTimeout(() => (this.lost.hidden = false), PATIENCE);
  }

  load(address) {
    if (address === this.address) return;
    [this.address, this.picture] = [address, null];
    if (!address) return;
    const picture = new Image();
    picture.onload = () => ((this.picture = picture), this.paint());
    picture.src = address;
  }

  press(event) {
    const flipped = event.button === 5; // a pen held upside down
    if (!event.isPrimary || (event.button !== 0 && !flipped)) return;
    // A palm is primary too, beside a pen.
    if (this.pointer !== undefined && this.pointer !== event.pointerId) return;
    event.preventDefault();
    this.lift();
    // The ring is for those who come by keyboard.
    this.element.focus({ preventScroll: true, focusVisible: false });
    this.element.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.tip = null;
    this.begin(this.place(event), pressure(event), flipped);
  }

  move(event) {
    if (!this.current || event.pointerId !== this.pointer) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const each of moves.length ? moves : [event]) this.extend(this.place(each), pressure(each));
    this.paint();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [right, down] = ARROWS[event.key] ?? [];
    if (right !== undefined) this.step(right, down, event.shiftKey ? SMALL_STEP : STEP);
    else if (event.key === " ") event.repeat || (this.current ? this.lift() : this.begin(this.tipOrMiddle(), 1, false));
    else if (event.key === "Escape" && this.current) this.lift();
    else if (CHOICE.test(event.key) && this.data.teaches && !this.current) event.repeat || this.teach(event.key);
    else return;
    event.preventDefault(); // or the page would scroll
    event.stopPropagation();
  }

  // It goes the way of the strokes, so that it is said of those that were made before it.
  teach(key) {
    this.letters.add({ key });
    this.tell();
  }

  step(right, down, length) {
    const [x, y] = this.tipOrMiddle();
    this.tip = [this.inside(x + right * length), this.inside(y + down * length)];
    if (this.current) this.extend(this.tip, 1);
    this.paint();
  }

  tipOrMiddle() {
    return (this.tip ??= [this.data.side / 2, this.data.side / 2]);
  }

  // A tool that was chosen just before the pen came down is heard of only now: nobody chooses one while drawing.
  retool({ width, eraser, erases }) {
    const before = this.data.width * (this.current.erases ? eraser : 1);
    this.current.erases = this.flipped || erases;
    const scale = (width * (this.current.erases ? eraser : 1)) / before;
    this.current.widths = this.current.widths.map((each) => tenths(each * scale));
  }

  begin(place, force, flipped) {
    this.flipped = flipped; // the pen erases, whatever the tool
    this.current = { points: [], widths: [], erases: flipped || this.data.erases };
    this.extend(place, force);
    this.paint();
  }

  extend(place, force) {
    const { points, widths, erases } = this.current;
    const last = points.at(-1);
    if (last && Math.hypot(place[0] - last[0], place[1] - last[1]) < NEAREST) return;
    const { width, eraser, lightest, longest } = this.data;
    points.push(place.map(tenths));
    widths.push(tenths(width * (erases ? eraser : 1) * (lightest + (1 - lightest) * force)));
    if (points.length === longest) {
      const pointer = this.pointer; // it is still down, and the stroke goes on as another
      this.lift();
      this.pointer = pointer;
      this.begin(place, force, this.flipped);
    }
  }

  lift() {
    if (!this.current) return;
    this.letters.add(this.current);
    this.current = null;
    this.pointer = undefined;
    this.tell();
    this.paint();
  }

  place(event) {
    const box = this.element.getBoundingClientRect();
    const { side } = this.data;
    return [
      this.inside(((event.clientX - box.left) / box.width) * side),
      this.inside(((event.clientY - box.top) / box.height) * side),
    ];
  }

  inside(value) {
    return Math.min(Math.max(value, 0), this.data.side);
  }

  paint() {
    if (!this.data) return;
    const pixels = Math.round(this.element.clientWidth * window.devicePixelRatio);
    if (this.element.width !== pixels) this.element.width = this.element.height = pixels;
    const pen = this.element.getContext("2d");
    const { side } = this.data;
    pen.setTransform(pixels / side, 0, 0, pixels / side, 0, 0);
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, side, side);
    const strokes = [...this.strokes, ...this.letters.strokes, ...(this.current ? [this.current] : [])];
    const hasInk = strokes.some((stroke) => !stroke.erases);
    // A picture that was brought in makes room for a drawing; without ink there is nothing to be erased.
    if (hasInk) for (const stroke of strokes) draw(pen, stroke);
    else if (this.picture) fit(pen, this.picture, side);
    // While a stroke is made, or not known yet to the server, the boxes are of what was before.
    if (!this.current?.erases) this.boxes.forEach((box, place) => outline(pen, box, place === this.data.pointed));
    this.hint.hidden = hasInk || Boolean(this.address);
    this.hint.textContent = this.data.invitation;
    if (this.tip && document.activeElement && this.element.matches(":focus")) this.circle(pen);
  }

  circle(pen) {
    pen.beginPath();
    const { width, eraser, erases } = this.data;
    pen.arc(...this.tip, (width * (erases ? eraser : 1)) / 2, 0, 2 * Math.PI);
    pen.lineWidth = 2;
    pen.strokeStyle = pen.fillStyle = TIP;
    this.current ? pen.fill() : pen.stroke();
  }
}

// A mouse and a finger know no pressure: theirs is whole.
function pressure(event) {
  return event.pointerType === "pen" && event.pressure ? event.pressure : 1;
}

function tenths(value) {
  return Math.round(value * 10) / 10;
}

function draw(pen, { points, widths, erases }) {
  pen.strokeStyle = pen.fillStyle = erases ? PAPER : INK;
  if (points.length === 1) return disc(pen, points[0], widths[0]); // a line of no length is not painted
  pen.lineCap = pen.lineJoin = "round";
  const even = widths.every((width) => width === widths[0]);
  pen.lineWidth = widths[0];
  pen.beginPath();
  pen.moveTo(...points[0]);
  points.forEach((point, index) => {
    pen.lineTo(...point);
    if (even || index === 0) return;
    pen.lineWidth = widths[index];
    pen.stroke();
    pen.beginPath();
    pen.moveTo(...point);
  });
  pen.stroke();
}

function disc(pen, place, width) {
  pen.beginPath();
  pen.arc(...place, width / 2, 0, 2 * Math.PI);
  pen.fill();
}

// A fine box around what made one digit of several.
function outline(pen, [left, top, right, bottom], isPointed) {
  pen.beginPath();
  pen.roundRect(left - 2, top - 2, right - left + 4, bottom - top + 4, 4);
  pen.lineWidth = isPointed ? 2.5 : 1.2;
  pen.strokeStyle = TIP;
  pen.stroke();
}

function fit(pen, picture, side) {
  const scale = Math.min(side / picture.width, side / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  pen.drawImage(picture, (side - width) / 2, (side - height) / 2, width, height);
}
