// When a bot updates a form, Slack keeps what was typed in fields that stay.

const INITIAL = {
  value: "initial_value",
  selected_option: "initial_option",
  selected_options: "initial_options",
  selected_date: "initial_date",
  selected_time: "initial_time",
  selected_date_time: "initial_date_time",
};

function initialName(key) {
  return INITIAL[key] ?? key.replace(/^selected_/, "initial_");
}

/**
 * The element with a state's value as its initial one.
 * @param {object} element
 * @param {object|undefined} state as in `state.values`; of another type or absent, nothing changes
 */
export function withState(element, state) {
  if (!state || state.type !== element.type) return element;
  const next = { ...element };
  for (const [key, value] of Object.entries(state)) {
    if (key === "type") continue;
    if (value === null) delete next[initialName(key)];
    else next[initialName(key)] = value;
  }
  return next;
}

/**
 * What all fields of a surface hold.
 * @param {{block_id: string, action_id: string, read: Function}[]} fields
 * @returns {object} `{block_id: {action_id: state}}`
 */
export function stateOf(fields) {
  const values = {};
  for (const { block_id, action_id, read } of fields) {
    values[block_id] = { ...values[block_id], [action_id]: read() };
  }
  return values;
}
