/**
 * The open stream from the server, and its return after every break: a phone in a lift, a restarted server, a proxy
 * that forgot us. What was missed comes again, because each new stream begins after the last line we have.
 */

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;
/** The server says something every 20 s; after this long it is gone, whatever the connection believes. */
const SILENCE_MS = 50_000;
/** A hidden page gives its connection back, since a browser allows only six to one host. */
const HIDDEN_MS = 30_000;

/**
 * @param lastId tells the id of the last line we have
 * @param handlers one function per event of the server
 * @param onState called with 'on', 'connecting' or 'offline'
 */
export function createConnection(lastId, handlers, onState) {
  let source = null;
  let retryMs = FIRST_RETRY_MS;
  let retryTimer = 0;
  let silenceTimer = 0;
  let hiddenTimer = 0;

  function open() {
    close();
    source = new EventSource(`/chat/stream?after=${lastId()}`);
    source.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS;
      listen();
      onState('on');
    });
    source.addEventListener('error', lost);
    source.addEventListener('beat', listen);
    for (const [event, handle] of Object.entries(handlers)) {
      source.addEventListener(event, (message) => {
        listen();
        handle(JSON.parse(message.data));
      });
    }
    listen();
  }

  function listen() {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(lost, SILENCE_MS);
  }

  function close() {
    clearTimeout(retryTimer);
    clearTimeout(silenceTimer);
    source?.close();
    source = null;
  }

  function lost() {
    onState(retryMs === FIRST_RETRY_MS && navigator.onLine ? 'connecting' : 'offline');
    close();
    // Spread out, so that all pages do not come back in the same moment after a restart.
    retryTimer = setTimeout(open, retryMs * (0.75 + Math.random() / 2));
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    checkSession();
  }

  /** A cookie that is gone is the one fault that waiting does not mend. */
  async function checkSession() {
    const answer = await fetch('/chat/lines?after=0').catch(() => null);
    if (answer?.status === 401) reloadOnce();
  }

  function now() {
    retryMs = FIRST_RETRY_MS;
    onState('connecting');
    open();
  }

  window.addEventListener('online', now);
  window.addEventListener('offline', lost);
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) hiddenTimer = setTimeout(close, HIDDEN_MS);
    else if (!source) open();
  });
  open();
  return { now, isOpen: () => source?.readyState === EventSource.OPEN };
}

/** Fetching the page anew brings a new cookie; a browser that keeps none must not be sent round for ever. */
export function reloadOnce() {
  if (sessionStorage.getItem('reloaded')) return;
  sessionStorage.setItem('reloaded', 'yes');
  location.reload();
}
