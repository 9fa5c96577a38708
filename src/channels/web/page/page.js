import { createBubbles } from './bubbles.js';
import { createConnection, reloadOnce } from './connection.js';
import { createOutbox } from './outbox.js';

const words = JSON.parse(document.body.dataset.words);
const [log, typing, newer, banner, connectionText, retry, composer, input] = [
  'log',
  'typing',
  'newer',
  'banner',
  'connection',
  'retry',
  'composer',
  'words',
].map((id) => document.getElementById(id));

/** What a first visit says by itself, so that nobody sits before an empty page. Never shown as a bubble. */
const START = '/start';
const START_AGAIN_MS = 1_000;
const NEAR_BOTTOM_PX = 80;
const NEAR_TOP_PX = 4;
/** Messages of Pandu that come this close together are one answer. */
const ANSWER_MS = 5_000;
const TYPING_MS = 12_000;

let lastId = 0;
let hasHistory = false;
let isErased = false;
let lineCount = 0;
let linesAtStart = 0;
let typingTimer = 0;
/** The newest answer of Pandu: its first message, and when the last one of it came. */
const answer = { first: null, at: 0 };

const bubbles = createBubbles(log, typing, words, (choice) => say({ choice: choice.id }, choice.label));

const outbox = createOutbox({
  stored: ({ text }, bubble) => {
    if (bubble) bubbles.settle(bubble);
    showTyping();
    if (text === START) setTimeout(startAgain, START_AGAIN_MS);
  },
  refused: (bubble) => bubble && bubbles.fail(bubble, words['too-long']),
  // A stream that is still open knows nothing of it yet; any other is looking for the server already.
  waiting: () => connection.isOpen() && connection.now(),
  noSession: reloadOnce,
});

const connection = createConnection(
  () => lastId,
  {
    line: (line) => {
      lastId = line.id;
      lineCount += 1;
      hasHistory = true;
      if (line.from === 'pandu') hideTyping();
      else isErased = false;
      if (line.from === 'participant' && line.text === START) return;
      follow(() => bubbles.addLine(line), line);
    },
    'caught-up': caughtUp,
    typing: showTyping,
    removed: ({ messageId }) => bubbles.remove(messageId),
    forgotten: () => {
      lastId = 0;
      // The last words stay readable, although they are gone from the store as well.
      if (isErased) return;
      isErased = true;
      hasHistory = false;
      bubbles.clear();
    },
  },
  (state) => {
    if (state === 'on') outbox.retryNow();
    else hideTyping();
    banner.classList.toggle('shown', state !== 'on');
    retry.hidden = state !== 'offline';
    connectionText.textContent = state === 'on' ? '' : words[state];
  },
);

/** All there is has been shown. What comes from now on is news, and is read aloud. */
function caughtUp() {
  const isFirstTime = log.getAttribute('aria-busy') === 'true';
  if (!hasHistory) {
    hasHistory = true;
    linesAtStart = lineCount;
    // The same id for every tab that opens in this minute, so that they start one conversation together.
    outbox.add({ messageId: `start-${Math.floor(Date.now() / 60_000)}`, text: START }, null);
  }
  if (!isFirstTime) return;
  log.setAttribute('aria-busy', 'false');
  log.setAttribute('aria-live', 'polite');
  scrollDown();
  showWayDown();
  sessionStorage.removeItem('reloaded');
}

/** A start with an id that was used before an erasure in the same minute is known already, and nothing comes of it. */
function startAgain() {
  if (lineCount > linesAtStart) return;
  outbox.add({ messageId: newId(), text: START }, null);
}

function say(content, shown) {
  const messageId = newId();
  const bubble = bubbles.addSending(messageId, shown);
  outbox.add({ messageId, ...content }, bubble);
  answer.first = null;
  scrollDown();
}

/**
 * Shows a change, and goes along with it if the reader was at the end. An answer that does not fit is shown from the top
 * of its first message, however many messages it has.
 */
function follow(change, line) {
  const isFollowing = isAtBottom() || Math.abs(log.scrollTop - answerTop()) < NEAR_TOP_PX;
  const message = change();
  if (line?.from === 'pandu') {
    if (answer.first === null || line.at - answer.at > ANSWER_MS) answer.first = message;
    answer.at = line.at;
  } else if (line) answer.first = null;
  if (log.getAttribute('aria-busy') === 'true') return;
  if (isFollowing) scrollDown();
  else if (line?.from === 'pandu') newer.classList.add('news');
  showWayDown();
}

function scrollDown() {
  log.scrollTop = Math.min(log.scrollHeight - log.clientHeight, answerTop());
}

/** Where to scroll to so that the last answer of Pandu begins at the upper edge. */
function answerTop() {
  if (!answer.first?.isConnected) return Number.POSITIVE_INFINITY;
  return Math.max(answer.first.offsetTop - log.offsetTop - 12, 0);
}

function isAtBottom() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_BOTTOM_PX;
}

function showWayDown() {
  newer.hidden = isAtBottom();
  if (newer.hidden) newer.classList.remove('news');
}

function showTyping() {
  clearTimeout(typingTimer);
  typingTimer = setTimeout(hideTyping, TYPING_MS);
  if (typing.hidden) {
    follow(() => {
      typing.hidden = false;
    }, null);
  }
}

function hideTyping() {
  clearTimeout(typingTimer);
  typing.hidden = true;
}

/** randomUUID exists only on encrypted pages and on this machine itself; a chat on a local network has neither. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** For browsers whose text fields do not grow by themselves. */
function grow() {
  if (CSS.supports('field-sizing', 'content')) return;
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight + 3}px`;
}

composer.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (text !== '') say({ text }, text);
  input.value = '';
  grow();
  input.focus();
});
input.addEventListener('input', grow);
input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});
log.addEventListener('scroll', showWayDown);
newer.addEventListener('click', () => {
  log.scrollTop = log.scrollHeight;
  input.focus();
});
retry.addEventListener('click', () => connection.now());

// On a phone this would open the keyboard over the first message.
if (matchMedia('(pointer: fine)').matches) input.focus();
