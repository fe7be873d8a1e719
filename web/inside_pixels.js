// What the page's scripts about maps share: the pictures of maps hold a byte for each value, which has a colour of its own.

function loaded(address) {
  const image = new Image();
  image.src = address;
  return image.decode().then(() => image);
}

// Which byte has which colour; the colours come as the bytes of red, green and blue, two signs each.
function byColour(text) {
  const colours = new Map();
  for (let byte = 0; byte < 256; byte++) colours.set(parseInt(text.slice(6 * byte, 6 * byte + 6), 16), byte);
  return colours;
}

function bytesOf(picture, colours) {
  const canvas = made("canvas");
  Object.assign(canvas, { width: picture.width, height: picture.height });
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const { data } = pen.getImageData(0, 0, picture.width, picture.height);
  return Uint8Array.from({ length: data.length / 4 }, (_, place) => {
    const at = 4 * place;
    return colours.get((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]) ?? 0;
  });
}

// The value that a byte stands for, as exact as its colour; what lies between maps is 0. At an end of the scale it may be
// further out.
function valueSaid({ least, most }, byte) {
  const value = (least + ((Math.max(byte, 1) - 1) / 254) * (most - least)).toFixed(2);
  if (byte === 255) return `\u2265 ${value}`;
  return byte === 1 && least < 0 ? `\u2264 ${value}` : value;
}

// A sentence with the words in {braces} filled in.
function fill(sentence, words) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
}

function made(name, kind = "", text = "") {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  return element;
}

// Have the page's address say what is seen; it is no step to which one would go back.
function show(address) {
  const { pathname, search } = window.location;
  if (search !== `?${address}`) window.history.replaceState(window.history.state, "", `${pathname}?${address}`);
}

function isPhone() {
  return window.innerWidth <= 640;
}
