// What the kiosk says aloud, out of one file of clips that its service worker keeps: no other network, no speech engine.
//
//   const voice = openVoice(url);                             // of voice.pack, which scripts/voice.py makes
//   voice.fetch();                                            // else the first sentence does it
//   await voice.say("confirm", { count: 2, won: 15_000 });    // true: it has begun. false: it stays silent, and why not
//   await voice.say("ticket", { number: "K1-07" });           // does not matter: all of it stands on the screen as well
//   await voice.again();                                      // what was said or should have been said last
//   voice.stop();
//   voice.on = false;                                         // silent from now on
//   voice.volume = 0.6;                                       // 0 to 1; people choose among VOLUMES
//   voice.speed = 0.75;                                       // one of SPEEDS; the pitch stays
//   voice.language = "en";                                    // or "ko"
//
// The keys are those of voice_lines.toml. Saying something ends what is being said. Before the first touch or key nothing
// is said at all: a browser would not allow it, and nobody is there.

import { clipsOf, PAUSE } from "./voice_numbers.js";
import { stretched } from "./voice_stretch.js";

export const VOLUMES = [0.2, 0.4, 0.6, 0.8, 1];
export const SPEEDS = [0.75, 1, 1.25];

const LENGTH_BYTES = 4;
const MOST_DECODED = 60;
const SECONDS_BETWEEN_WORDS = 0.03;
const SECONDS_BETWEEN_PIECES = 0.14;
const VALUE = /^\{(\w+)\}$/;

export function openVoice(url) {
  const voice = new Voice(url);
  // Who pulls the earphones out does not want the street to hear the rest. Pages without https have no such list.
  navigator.mediaDevices?.addEventListener("devicechange", () => voice.stop());
  return voice;
}

class Voice {
  language = "ko";
  speed = 1;
  #url;
  #on = true;
  #volume = 1;
  #pack;
  #out;
  #decoded = new Map();
  #playing = [];
  #turn = 0;
  #last;

  constructor(url) {
    this.#url = url;
  }

  // The file is larger than all the rest: whoever opens the page says when there is time for it.
  fetch() {
    return this.#load().catch(() => undefined);
  }

  get on() {
    return this.#on;
  }

  set on(on) {
    this.#on = on;
    if (!on) this.stop();
  }

  get volume() {
    return this.#volume;
  }

  set volume(volume) {
    this.#volume = Math.min(1, Math.max(0, volume));
    if (this.#out) this.#out.gain.value = loudness(this.#volume);
  }

  async say(key, values = {}) {
    this.#last = [key, values];
    this.stop();
    const turn = this.#turn;
    if (!this.#on || !globalThis.AudioContext || !wasTouched()) return false;
    try {
      const pack = await this.#load();
      const spoken = sentence(pack.parts[this.language], key, values);
      const speed = this.speed;
      const sounds = await Promise.all(spoken.map(({ text }) => this.#sound(pack, text, speed)));
      if (turn !== this.#turn) return false;
      this.#play(spoken, sounds, speed);
      return true;
    } catch {
      return false; // no file, no such line, no sound card: the screen says it all
    }
  }

  async again() {
    return this.#last ? this.say(...this.#last) : false;
  }

  stop() {
    this.#turn += 1;
    for (const source of this.#playing.splice(0)) source.stop();
  }

  // A file that did not come is asked for again with the next sentence.
  #load() {
    this.#pack ??= fetch(this.#url)
      .then((response) => (response.ok ? response.arrayBuffer() : Promise.reject(new Error(response.status))))
      .then(opened)
      .catch((lost) => {
        this.#pack = undefined;
        throw lost;
      });
    return this.#pack;
  }

  #gain() {
    if (!this.#out) {
      const context = new AudioContext();
      this.#out = context.createGain();
      this.#out.gain.value = loudness(this.#volume);
      this.#out.connect(context.destination);
    }
    return this.#out;
  }

  #sound(pack, text, speed) {
    const { context } = this.#gain();
    const name = `${this.language} ${speed} ${text}`;
    const known = this.#decoded.get(name);
    this.#decoded.delete(name);
    const file = clip(pack, this.language, text);
    const sound = known ?? context.decodeAudioData(file).then((plain) => slowed(context, plain, speed));
    this.#decoded.set(name, sound);
    if (this.#decoded.size > MOST_DECODED) this.#decoded.delete(this.#decoded.keys().next().value);
    return sound;
  }

  #play(spoken, sounds, speed) {
    const out = this.#gain();
    out.context.resume();
    let at = out.context.currentTime;
    spoken.forEach(({ before }, place) => {
      at += before / speed;
      const source = new AudioBufferSourceNode(out.context, { buffer: sounds[place] });
      source.connect(out);
      source.start(at);
      at += sounds[place].duration;
      this.#playing.push(source);
    });
  }
}

// [{ text, before }]: the clips of a line, and the seconds of silence before each. Throws where a clip is missing.
export function sentence(part, key, values) {
  const spoken = [];
  for (const piece of part.lines[key]) {
    let before = spoken.length ? SECONDS_BETWEEN_PIECES : 0;
    const value = VALUE.exec(piece)?.[1];
    for (const text of value ? clipsOf(value, values[value], part.numbers) : [piece]) {
      if (text === PAUSE) {
        before = SECONDS_BETWEEN_PIECES;
        continue;
      }
      if (!part.clips[text]) throw new RangeError(text);
      spoken.push({ text, before });
      before = SECONDS_BETWEEN_WORDS;
    }
  }
  return spoken;
}

export function opened(bytes) {
  const start = LENGTH_BYTES + new DataView(bytes).getUint32(0, true);
  const parts = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, LENGTH_BYTES, start - LENGTH_BYTES)));
  return { bytes, start, parts };
}

export function clip({ bytes, start, parts }, language, text) {
  const [first, length] = parts[language].clips[text];
  return bytes.slice(start + first, start + first + length);
}


function slowed(context, plain, speed) {
  if (speed === 1) return plain;
  const samples = stretched(plain.getChannelData(0), plain.sampleRate, speed);
  const sound = context.createBuffer(1, samples.length, plain.sampleRate);
  sound.copyToChannel(samples, 0);
  return sound;
}

// Ears hear steps of a square as even.
function loudness(volume) {
  return volume * volume;
}

function wasTouched() {
  return navigator.userActivation?.hasBeenActive ?? true;
}
