// Says on every page that the server is gone. Streamlit's own dialog would tell a visitor to run a script, and keep them
// from drawing on meanwhile.

const PATIENCE = 2_000; // milliseconds without the server of which nobody need know
const TITLE = "Connection error"; // of Streamlit's dialog
const DIALOG = '[data-testid="stDialog"]';
const MOMENT = 100; // milliseconds until it has gone, and let go of the keyboard

const signs = new WeakMap();

export default function ({ parentElement }) {
  const element = parentElement.querySelector(".gone");
  if (!signs.has(element)) signs.set(element, new Sign(element));
}

class Sign {
  constructor(element) {
    this.element = element;
    this.app = document.querySelector('[data-testid="stApp"]');
    this.observer = new MutationObserver(() => this.look());
    this.observer.observe(this.app, { attributeFilter: ["data-test-connection-state"] });
    this.observer.observe(document.body, { childList: true }); // where dialogs come
    document.addEventListener("focusin", this);
  }

  handleEvent(event) {
    const [focused] = event.composedPath(); // also what lies in a component of its own, as the canvas does
    if (!focused.closest(DIALOG)) this.focused = focused;
  }

  leave() {
    this.observer.disconnect();
    document.removeEventListener("focusin", this);
  }

  look() {
    if (!this.element.isConnected) return this.leave();
    for (const dialog of document.querySelectorAll(DIALOG)) {
      if (dialog.querySelector("h2")?.textContent !== TITLE) continue;
      dialog.querySelector("button")?.click();
      setTimeout(() => this.focused?.focus({ preventScroll: true, focusVisible: false }), MOMENT);
    }
    if (this.app.dataset.testConnectionState !== "CONNECTED") {
      this.waiting ??= setTimeout(() => (this.element.textContent = this.element.dataset.says), PATIENCE);
      return;
    }
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.element.textContent = "";
  }
}
