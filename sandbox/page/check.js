// What a form's fields are checked for before they go to the bot, as Slack's own client does.

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function isEmpty(state) {
  return Object.entries(state).every(
    ([key, value]) => key === "type" || value === null || value === "" || value?.length === 0,
  );
}

function lengthProblem(element, value) {
  const { min_length: least = 0, max_length: most = 3000 } = element;
  if ([...value].length < least) return `${least}文字以上で入力してください`;
  return [...value].length > most ? `${most}文字以内で入力してください` : null;
}

function numberProblem(element, value) {
  const form = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!form.test(value))
    return element.is_decimal_allowed ? "数値を入力してください" : "整数を入力してください";
  const { min_value: least = -Infinity, max_value: most = Infinity } = element;
  if (Number(value) < Number(least)) return `${least}以上で入力してください`;
  return Number(value) > Number(most) ? `${most}以下で入力してください` : null;
}

const CHECKS = {
  plain_text_input: lengthProblem,
  number_input: numberProblem,
  email_text_input: (_, value) => (EMAIL.test(value) ? null : "メールアドレスを入力してください"),
  url_text_input: (_, value) => (URL.canParse(value) ? null : "URLを入力してください"),
};

/**
 * Sentences for the input blocks that can't be sent as they are.
 * @param {object[]} blocks of the view
 * @param {object} values `{block_id: {action_id: state}}`
 * @returns {object} `{block_id: sentence}`, empty when all is well
 */
export function problemsOf(blocks, values) {
  const problems = {};
  for (const { type, block_id, element, optional } of blocks) {
    const state = type === "input" ? values[block_id]?.[element.action_id] : null;
    if (!state) continue;
    if (isEmpty(state)) {
      if (!optional) problems[block_id] = "value" in state ? "入力してください" : "選択してください";
      continue;
    }
    const problem = CHECKS[element.type]?.(element, state.value);
    if (problem) problems[block_id] = problem;
  }
  return problems;
}
