// Dialogs over the page. The browser's own <dialog> keeps the focus inside, closes on Esc and gives
// the focus back to what had it before.

import { el, freshId } from "./dom.js";
import { plainOf, textBlock } from "./text.js";

/**
 * Shows a dialog.
 * @param {string} title
 * @param {Node[]} body
 * @param {object} props further attributes of the dialog
 * @returns {HTMLDialogElement} open; it leaves the page when closed
 */
export function openDialog(title, body, props = {}) {
  const id = freshId("dialog");
  const heading = el("h2", { id, class: "dialog-title" }, title);
  const node = el("dialog", { "aria-labelledby": id, ...props }, heading, body);
  node.addEventListener("close", () => node.remove());
  document.body.append(node);
  node.showModal();
  return node;
}

/**
 * Asks before an action that an app marked with a confirm object, or before one of the page's own.
 * @param {{title, text, confirm, deny, style?: string}} confirm text objects or strings
 * @param {object} names
 * @returns {Promise<boolean>} true when the person agrees
 */
export function askConfirm(confirm, names) {
  return new Promise((resolve) => {
    const yes = el(
      "button",
      { type: "button", class: `button ${confirm.style === "danger" ? "danger" : "primary"}` },
      plainOf(confirm.confirm) || "はい",
    );
    const no = el("button", { type: "button", class: "button" }, plainOf(confirm.deny) || "キャンセル");
    const text = textBlock("div", confirm.text, names);
    const dialog = openDialog(
      plainOf(confirm.title) || "確認",
      [text, el("div", { class: "dialog-buttons" }, no, yes)],
      { class: "confirm", role: "alertdialog" },
    );
    let agreed = false;
    yes.addEventListener("click", () => {
      agreed = true;
      dialog.close();
    });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => resolve(agreed));
    no.focus();
  });
}
