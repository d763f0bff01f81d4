// Says a sentence in Korean, whatever the language of the screen, unless the phone's sound was switched off.

export function say(words) {
  const speech = globalThis.speechSynthesis;
  const voice = speech?.getVoices().find(({ lang }) => lang.toLowerCase().startsWith("ko"));
  if (!voice || localStorage.getItem("ring") === "off") return;
  const said = new SpeechSynthesisUtterance(words);
  said.voice = voice;
  said.lang = "ko-KR";
  said.rate = 0.95;
  speech.cancel();
  speech.speak(said);
}
