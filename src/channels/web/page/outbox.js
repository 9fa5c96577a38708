/**
 * What the participant said and the server has not confirmed: sent one after the other, in order, again and again
 * with the same id until it is stored, so that a lost answer neither loses nor doubles a message. Kept in memory only:
 * nothing typed stays behind on a shared phone.
 */

const RETRY_MS = 3_000;

/**
 * @param on.stored called with a message and its bubble once the server has it
 * @param on.refused called with its bubble when the server will never take it
 * @param on.waiting called when the server cannot be reached
 * @param on.noSession called when the server does not know this browser
 */
export function createOutbox(on) {
  const waiting = [];
  let isSending = false;
  let wake = () => {};

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    while (waiting.length > 0) {
      const { content, bubble } = waiting[0];
      const answer = await post(content);
      if (answer?.status === 401) {
        on.noSession();
        break;
      }
      if (answer?.ok) {
        waiting.shift();
        on.stored(content, bubble);
      } else if (answer !== null && answer.status < 500 && answer.status !== 429) {
        waiting.shift();
        on.refused(bubble);
      } else {
        if (answer === null) on.waiting();
        await pause(Number(answer?.headers.get('retry-after')) * 1000 || RETRY_MS);
      }
    }
    isSending = false;
  }

  function pause(milliseconds) {
    return new Promise((resolve) => {
      wake = resolve;
      setTimeout(resolve, milliseconds);
    });
  }

  return {
    add(content, bubble) {
      const isTwice = content.choice && waiting.some((other) => other.content.choice === content.choice);
      if (isTwice) bubble?.remove();
      else waiting.push({ content, bubble });
      sendAll();
    },
    retryNow() {
      wake();
    },
  };
}

/** @returns the answer, or null when none came */
async function post(content) {
  try {
    return await fetch('/chat/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(content),
      signal: AbortSignal.timeout(20_000),
    });
  } catch {
    return null;
  }
}
