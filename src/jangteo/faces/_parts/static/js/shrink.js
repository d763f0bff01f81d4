// A photo made small enough to send: upright, no wider than the server keeps it, and drawn anew, so that nothing of
// what the camera wrote into the file (place, time, owner) leaves the phone.

export const MOST_BYTES = 350_000;
const WORKING_SIDE = 2048;
const QUALITIES = [0.82, 0.72, 0.62, 0.5, 0.4];
const SMALLER = 0.75;

export function blank(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  return canvas;
}

function drawn(source, width, height) {
  const canvas = blank(width, height);
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// Throws where the browser cannot read the file.
export async function opened(file) {
  // Turned upright by itself; browsers of some years ago refuse the option that would ask for it.
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, WORKING_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = drawn(bitmap, bitmap.width * scale, bitmap.height * scale);
  bitmap.close();
  return canvas;
}

// By what is in it: whoever passes photos on gives them other names.
export async function isHeic(file) {
  return /^ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)/.test(await file.slice(4, 12).text());
}

export function turned(source) {
  const canvas = blank(source.height, source.width);
  const pen = canvas.getContext("2d");
  pen.translate(canvas.width, 0);
  pen.rotate(Math.PI / 2);
  pen.drawImage(source, 0, 0);
  return canvas;
}

// JPEG: every browser writes it, and in a quarter of the time that WebP takes on a slow phone.
export async function jpeg(canvas) {
  for (const quality of QUALITIES) {
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (blob.size <= MOST_BYTES) return blob;
  }
  return jpeg(drawn(canvas, canvas.width * SMALLER, canvas.height * SMALLER));
}
