// The line that tells what happened: shown above the composer and read out by screen readers.

const line = document.getElementById("notice");
const words = document.getElementById("notice-text");
const spoken = document.getElementById("spoken");

/** Shows a sentence until it is closed or replaced. `kind` is "error" or "info". */
export function tell(sentence, kind = "info") {
  const open = document.querySelector("dialog[open] .dialog-notice");
  if (open) {
    open.textContent = sentence;
    open.hidden = false;
    return;
  }
  words.textContent = sentence;
  line.className = kind;
  line.hidden = false;
}

/** Takes the sentence away. */
export function hush() {
  line.hidden = true;
  words.textContent = "";
}

/** Says something to screen readers only. */
export function speak(sentence) {
  spoken.textContent = sentence;
}

/** Lets the closing button work. */
export function startNotice() {
  document.getElementById("notice-close").addEventListener("click", hush);
}
