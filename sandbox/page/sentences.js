// What went wrong, in a sentence for the person it happened to.

import { ApiError } from "./api.js";

const SENTENCES = {
  unreachable: "試用環境に接続できません。プログラムが動いているか確認してください。",
  operation_timeout: "アプリが3秒以内に応答しませんでした（operation_timeout）。もう一度お試しください。",
  invalid_command_response: "アプリの返事をSlackは受け付けません（invalid_command_response）。",
  invalid_arguments: "アプリの返事に誤りがあります（invalid_arguments）。",
  invalid_response_action: "アプリの返事をSlackは受け付けません（invalid_response_action）。",
};

/** A sentence for an error code of the sandbox; an unknown code is shown as it came. */
export function sentenceOf(code) {
  return Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : `うまくいきませんでした（${code}）。`;
}

/** The sentence for what was thrown by a call. Anything but an ApiError is a bug and is rethrown. */
export function sentenceOfFailure(error) {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 404) return `操作の対象がもうありません（${error.message}）。`;
  return sentenceOf(error.message);
}
