// Builds DOM nodes. Text always enters as text nodes, so nothing typed by anyone becomes markup.

const SVG = "http://www.w3.org/2000/svg";

/** Sets one property of a node: `class`, `on` (listeners), `data` (dataset), or an attribute. */
function apply(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "on") {
    for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  } else if (name === "data") {
    for (const [key, text] of Object.entries(value)) if (text != null) node.dataset[key] = text;
  } else if (name === "value" || name === "checked" || name === "selected") {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

function build(node, props, children) {
  for (const [name, value] of Object.entries(props)) if (name !== "value") apply(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  // A select takes its value only once its options are there.
  if ("value" in props) apply(node, "value", props.value);
  return node;
}

/**
 * An HTML element.
 * @param {string} tag
 * @param {object} props attributes; `class`, `on: {event: listener}`, `data: {key: text}`, `value`
 * @param {...(Node|string|Array|null|false)} children null and false are left out
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  return build(document.createElement(tag), props, children);
}

/** An SVG element; the same arguments as `el`. */
export function svg(tag, props = {}, ...children) {
  return build(document.createElementNS(SVG, tag), props, children);
}

/** Text for screen readers only. */
export function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

let counter = 0;

/** An id that no other node of the page has. */
export function freshId(prefix) {
  counter += 1;
  return `${prefix}-${counter}`;
}

/** Gives the focus to the node of a `data-focus` key, with the caret where it was. */
function refocus(container, key, caret) {
  const node = container.querySelector(`[data-focus="${CSS.escape(key)}"]`);
  node?.focus();
  if (node && caret !== null && node.selectionStart !== null) node.setSelectionRange?.(caret, caret);
}

/**
 * Makes `nodes` a container's children. Nodes that stay are not touched, so that they keep the
 * focus, the caret and what is open; where the focused node went, the new one with the same
 * `data-focus` key gets the focus.
 * @param {HTMLElement} container
 * @param {Node[]} nodes
 */
export function reconcile(container, nodes) {
  const held = container.contains(document.activeElement) ? document.activeElement : null;
  const caret = held?.selectionStart ?? null;
  const staying = new Set(nodes);
  for (const child of [...container.childNodes]) if (!staying.has(child)) child.remove();
  let at = container.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else container.insertBefore(node, at);
  }
  const key = held?.dataset.focus;
  if (key && !held.isConnected) refocus(container, key, caret);
}
