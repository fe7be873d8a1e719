// What was taught in a visit, kept in the tab's own storage: after a reload, or where the server has forgotten the visit,
// it is given to the new one.

const STORED = "digitpad hands"; // its name in the tab's storage

let askedFor = null; // the visit to which it was given

export default function ({ data, setStateValue }) {
  const { visit, version, fresh, hands } = data;
  if (hands !== null) {
    const { visit: ofVisit, version: before } = window.digitpadKept ?? {};
    if (visit === ofVisit && version === before) return;
    store({ visit, hands });
    window.digitpadKept = { visit, version }; // the server hears of it with the next stroke
    return;
  }
  const kept = stored();
  if (!fresh || !kept || kept.visit === visit || askedFor === visit) return;
  askedFor = visit;
  setStateValue("again", { visit, hands: kept.hands });
}

function store(kept) {
  try {
    sessionStorage.removeItem(STORED); // rather none than an old one, where there is no room
    sessionStorage.setItem(STORED, JSON.stringify(kept));
  } catch {} // it is full, or switched off: then a reload begins anew
}

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED));
  } catch {
    return null;
  }
}
