// The confusion matrix as a grid: one cell of it is chosen by a tap, a click or the arrow keys, and the server tells which
// digits are behind it.

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

const matrices = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const element = parentElement.querySelector(".confusion");
  if (!matrices.has(element)) matrices.set(element, new Matrix(element));
  matrices.get(element).update(data, setStateValue);
}

class Matrix {
  constructor(element) {
    this.element = element;
    this.table = element.querySelector("table");
    this.table.addEventListener("keydown", (event) => this.press(event));
    this.table.addEventListener("click", ({ target }) => {
      this.choose(target.closest("td"));
      this.leads = true; // to the digits, which on a phone lie below; the arrow keys don't, or the table would run away
    });
  }

  update(data, setStateValue) {
    this.setStateValue = setStateValue;
    if (this.rows !== data.rows) this.fill(data); // or the keyboard would lose its place
    this.rows = data.rows;
    const [digit, read] = JSON.parse(data.chosen);
    // What was chosen since is on its way to the server.
    if (!this.waitsFor || (this.waitsFor[0] === digit && this.waitsFor[1] === read)) {
      this.waitsFor = undefined;
      this.mark(this.cell(digit, read));
      this.show(data);
    }
  }

  fill(data) {
    const words = { columns: `${data.readAs} →`, measured: data.measured };
    for (const [name, text] of Object.entries(words)) this.element.querySelector(`.${name}`).textContent = text;
    this.table.setAttribute("aria-label", data.meaning);
    this.table.style.setProperty("--colour", data.orange);
    const head = make("tr", {}, make("th", { "aria-hidden": "true" }));
    for (let read = 0; read < 10; read++) head.append(heading("col", data.readAs, read));
    const rows = JSON.parse(data.rows).map((cells, digit) => {
      const row = make("tr", {}, heading("row", data.really, digit));
      cells.forEach(({ text, said, shade }, read) => {
        const cell = make("td", { role: "gridcell", tabindex: "-1", "aria-label": said, title: said }, text);
        cell.style.setProperty("--shade", shade);
        cell.toggleAttribute("data-is-right", digit === read);
        row.append(cell);
      });
      return row;
    });
    this.table.replaceChildren(head, ...rows);
  }

  show({ said, behind }) {
    const line = this.element.querySelector(".said");
    if (line.textContent !== said) line.textContent = said;
    const digits = JSON.parse(behind).map(({ picture, caption, told }) =>
      make("li", {}, make("img", { src: picture, alt: told }), make("span", { "aria-hidden": "true" }, caption)),
    );
    this.element.querySelector("ul").replaceChildren(...digits);
    if (this.leads) line.scrollIntoView({ block: "nearest" });
    this.leads = false;
  }

  cell(digit, read) {
    return this.table.rows[digit + 1]?.cells[read + 1];
  }

  press(event) {
    const step = ARROWS[event.key];
    const from = event.target.closest("td");
    if (!step || !from || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const cell = this.cell(from.parentElement.rowIndex - 1 + step[0], from.cellIndex - 1 + step[1]);
    if (!cell || cell.tagName !== "TD") return;
    cell.focus();
    this.choose(cell);
  }

  choose(cell) {
    if (!cell || cell.ariaSelected === "true") return;
    this.mark(cell);
    const [digit, read] = [cell.parentElement.rowIndex - 1, cell.cellIndex - 1];
    this.waitsFor = [digit, read];
    this.setStateValue("cell", { digit, read });
  }

  mark(chosen) {
    for (const cell of this.table.querySelectorAll("td")) {
      cell.ariaSelected = String(cell === chosen);
      cell.tabIndex = cell === chosen ? 0 : -1;
    }
  }
}

function heading(scope, word, digit) {
  const before = scope === "row" ? [make("span", {}, `${word} `)] : []; // above the columns it stands but once
  return make("th", { scope, "aria-label": `${word} ${digit}` }, ...before, `${digit}`);
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
