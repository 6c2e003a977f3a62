// Files from the person's machine: chosen or dropped, shown as chips, sent into the workspace.

import { send } from "./api.js";
import { el } from "./dom.js";

const chips = document.getElementById("attached");

let files = [];

/** The files that go with the next message. */
export function attachedFiles() {
  return files;
}

/** Takes the attached files away. */
export function dropAttached() {
  keep([]);
}

function keep(list) {
  files = list;
  chips.replaceChildren(...files.map(chip));
}

function chip(file) {
  const drop = () => keep(files.filter((each) => each !== file));
  const props = { type: "button", "aria-label": `${file.name} を外す`, on: { click: drop } };
  return el("li", {}, file.name, el("button", props, "×"));
}

function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.split(",")[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

/**
 * Uploads files, each as a message of its own; the first carries the text.
 * @param {File[]} list
 * @param {{user: string, channel: string, text: string, thread_ts?: string}} message
 * @returns {Promise<object>} the answer to the last upload
 */
export async function upload(list, message) {
  let answer = {};
  for (const [index, file] of list.entries()) {
    const content = await base64Of(file);
    const text = index ? "" : message.text;
    answer = await send("upload", { ...message, text, filename: file.name, content });
  }
  return answer;
}

function acceptDrops(place, add) {
  const over = (isOver) => place.classList.toggle("dropping", isOver);
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  place.addEventListener("dragleave", () => over(false));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    add(event.dataTransfer.files);
  });
}

/** Lets the button and dropping work; `attached` is called after files were added. */
export function startAttaching(attached) {
  const chooser = document.getElementById("file");
  const add = (list) => {
    keep([...files, ...list]);
    attached();
  };
  document.getElementById("attach").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    add(chooser.files);
    chooser.value = "";
  });
  acceptDrops(document.querySelector("main"), add);
}
