// The sandbox's control API, as the page uses it.

const POLL_PAUSE_MS = 2000;

/** The server said no, or could not be reached (`status` 0). `message` is its sentence or code. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(`/_control/${path}`, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError("unreachable", 0);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(body.error ?? `HTTP ${response.status}`, response.status);
  return body;
}

/** GET of a control path. ApiError when it fails. */
export function read(path, signal) {
  return call(path, { signal });
}

/** POST of a JSON body to a control path. ApiError when it fails; `answer.error` may still be set. */
export function send(path, body) {
  const headers = { "Content-Type": "application/json" };
  return call(path, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Where a file of the workspace is downloaded by a user. */
export function fileUrl(id, user) {
  return `/_control/file/${encodeURIComponent(id)}?as=${encodeURIComponent(user)}`;
}

/**
 * Follows the workspace's changes for as long as the page lives.
 * @param {number} version the version already seen
 * @param {() => Promise<void>} changed
 * @param {() => Promise<void>} idle called when nothing changed for a while
 * @param {(connected: boolean) => void} reachable told when the connection is lost or back
 */
export async function follow(version, changed, idle, reachable) {
  let seen = version;
  for (;;) {
    try {
      const answer = await read(`changes?since=${seen}`);
      reachable(true);
      await (answer.version === seen ? idle() : changed());
      seen = answer.version;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      reachable(false);
      await new Promise((resolve) => setTimeout(resolve, POLL_PAUSE_MS));
    }
  }
}
