// The rebate desk: print a number, and read a receipt's QR with the tablet's camera where the browser can.

const LOOK_MS = 250;

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.onclick = () => print();
}

const form = document.querySelector("[data-scan]");
const canRead = "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia;
if (form && canRead) {
  const button = form.querySelector("[data-camera]");
  const video = form.querySelector("video");
  button.hidden = false;
  button.onclick = () => read(video, form).catch(() => stop(video, button));
}

function stop(video, button) {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.hidden = true;
  button.hidden = true;
}

async function read(video, form) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  await video.play();
  while (!video.hidden) {
    const [code] = await detector.detect(video);
    if (code) {
      form.elements.code.value = code.rawValue;
      stop(video, form.querySelector("[data-camera]"));
      form.requestSubmit();
      return;
    }
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}
