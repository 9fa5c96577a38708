/** Draws the conversation. Every text enters through textContent, so nothing said can become markup. */

const LINK = /(?:https:\/\/|mailto:)[^\s<>"']+/g;
const AFTER_LINK = /[.,;:!?)\]]+$/;

/**
 * @param log the element with role="log"; `tail` its last child, which stays last
 * @param words the texts of the page
 * @param onChoice called with { id, label } when a choice is pressed
 */
export function createBubbles(log, tail, words, onChoice) {
  const language = document.documentElement.lang;
  const clockFormat = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  const dayFormat = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
  let lastDay = '';
  let menu = null;

  /** Pandu's words, or those of the participant from the store. Stored lines stay above what is still on its way. */
  function addLine(line) {
    const drawn = line.messageId ? find(line.messageId) : null;
    if (drawn) {
      drawn.querySelector('p').textContent = line.text;
      settle(drawn);
      return drawn;
    }
    const message = line.from === 'pandu' ? panduMessage(line) : ownMessage(line.text, line.at);
    if (line.messageId) message.dataset.messageId = line.messageId;
    place(message, line.at, log.querySelector('[data-state="sending"]') ?? tail);
    if (line.from === 'participant') markPressed(line);
    return message;
  }

  /** The participant's words before the server has them. */
  function addSending(messageId, text) {
    const message = ownMessage(text, Date.now());
    message.dataset.messageId = messageId;
    message.dataset.state = 'sending';
    place(message, Date.now(), tail);
    return message;
  }

  function settle(message) {
    delete message.dataset.state;
  }

  function fail(message, reason) {
    settle(message);
    const fault = element('div', 'fault', reason);
    fault.setAttribute('role', 'alert');
    message.append(fault);
  }

  function remove(messageId) {
    find(messageId)?.remove();
  }

  function clear() {
    for (const child of [...log.children]) {
      if (child !== tail && child.dataset.state !== 'sending') child.remove();
    }
    lastDay = '';
    menu = null;
  }

  function find(messageId) {
    return (
      [...log.querySelectorAll('[data-message-id]')].find(({ dataset }) => dataset.messageId === messageId) ??
      null
    );
  }

  function place(message, at, before) {
    const day = dayFormat.format(at);
    if (day !== lastDay) {
      lastDay = day;
      log.insertBefore(element('p', 'day', day), before);
    }
    log.insertBefore(message, before);
  }

  function panduMessage(line) {
    const message = element('div', 'message pandu');
    const text = element('p');
    text.id = `line-${line.id}`;
    appendWithLinks(text, line.text);
    const box = bubble(words.pandu, text, line.at);
    if (line.picture) {
      box.classList.add('pictured');
      text.before(pictureOf(line));
    }
    message.append(box);
    if (line.choices.length > 0) message.append(choicesOf(line, text.id));
    return message;
  }

  /** What cannot be shown is left out: the words below it say the same. */
  function pictureOf({ id, picture }) {
    const image = element('img');
    // Known beforehand, so that nothing moves when it arrives.
    image.width = picture.width;
    image.height = picture.height;
    image.alt = picture.alt;
    image.loading = 'lazy';
    image.decoding = 'async';
    image.addEventListener('error', () => image.remove());
    image.src = `/chat/pictures/${id}`;
    return image;
  }

  function ownMessage(words_, at) {
    const message = element('div', 'message own');
    message.append(bubble(words.you, element('p', '', words_), at));
    return message;
  }

  function bubble(author, text, at) {
    const box = element('div', 'bubble');
    text.dir = 'auto';
    const time = element('time', '', clockFormat.format(at));
    time.dateTime = new Date(at).toISOString();
    const below = element('div', 'below');
    below.append(time);
    box.append(element('span', 'unseen', `${author}: `), text, below);
    return box;
  }

  function choicesOf(line, labelledBy) {
    const group = element('div', 'choices');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-labelledby', labelledBy);
    for (const choice of line.choices) {
      const button = element('button', '', choice.label);
      button.type = 'button';
      button.addEventListener('click', () => {
        press(button);
        onChoice(choice);
      });
      group.append(button);
    }
    menu?.classList.add('earlier');
    menu = group;
    return group;
  }

  function press(button) {
    for (const other of button.parentElement.children) delete other.dataset.pressed;
    button.dataset.pressed = '';
  }

  /** After a reload: which choice of the menu was taken, told by the label that follows it. */
  function markPressed(line) {
    if (line.kind !== 'choice' || !menu) return;
    const button = [...menu.children].find(({ textContent }) => textContent === line.text);
    if (button) press(button);
  }

  return { addLine, addSending, settle, fail, remove, clear };
}

function element(name, className = '', text = '') {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Only Pandu's own words get links, and only encrypted ones. */
function appendWithLinks(parent, text) {
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(AFTER_LINK, '');
    parent.append(text.slice(end, match.index));
    const link = element('a', '', address);
    link.href = address;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    parent.append(link);
    end = match.index + address.length;
  }
  parent.append(text.slice(end));
}
