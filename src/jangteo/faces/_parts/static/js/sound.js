// The sounds of a phone: its chime, its Korean voice, and the one switch for both that all faces of a phone share.
// Whoever rings needs the switch to be on; a sentence is said unless somebody has switched it off.

const KEPT = "ring";
const LASTS_S = 0.7;
let audio = null;

export const isOn = () => localStorage.getItem(KEPT) === "on";
export const isAwake = () => audio?.state === "running";

export function turn(on) {
  localStorage.setItem(KEPT, on ? "on" : "off");
  if (!on) hush();
}

// No browser lets a page sound before somebody has touched it: to be called from a touch. `changed` hears of the outcome.
export async function wake(changed) {
  audio ??= new AudioContext();
  audio.onstatechange = changed;
  await audio.resume();
  changed();
}

// Notes are [seconds from now, hertz].
export function chime(notes) {
  if (isAwake()) for (const [after, pitch] of notes) note(audio.currentTime + after, pitch);
}

function note(at, pitch) {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = "triangle";
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.8, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LASTS_S);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + LASTS_S);
}

// In Korean, whatever the language of the screen; ends what is being said. Voices of a phone may come late: then the
// last sentence waits for them.
export function say(words) {
  const speech = globalThis.speechSynthesis;
  if (!speech || localStorage.getItem(KEPT) === "off") return;
  hush();
  const voice = speech.getVoices().find(({ lang }) => lang.toLowerCase().startsWith("ko"));
  if (!voice) {
    speech.onvoiceschanged = () => say(words);
    return;
  }
  const said = new SpeechSynthesisUtterance(words);
  Object.assign(said, { voice, lang: "ko-KR", rate: 0.95 });
  speech.speak(said);
}

export function hush() {
  const speech = globalThis.speechSynthesis;
  if (!speech) return;
  speech.onvoiceschanged = null;
  speech.cancel();
}

// Asking once makes them come.
globalThis.speechSynthesis?.getVoices();
