/**
 * A conversation written down so that people can read it and tests can play it:
 *
 *     # What this conversation shows.
 *     at: 2026-11-23T09:00:00+07:00
 *     lang: id
 *
 *     me:  halo
 *     bot: Apa yang Anda lihat di dashboard?
 *          [1] Belum ada apa-apa
 *          [2] Tidak tahu
 *     me:  [Tidak tahu]
 *     +26h
 *     bot:
 *
 * - `bot:` is one message of Pandu; indented lines go on with it, the last ones may be its choices. An empty `bot:`
 *   says that Pandu keeps silent. A transcript that begins with `bot:` opens as a channel does, with a start.
 * - `bot: <picture> words` is a picture with what stands under it, which says the same.
 * - `me:` are words; `[label]` presses the newest choice with this label, `[label]~1` the one before it, and so on;
 *   `<photo> caption` sends something else than words. Several `me:` lines in a row arrive at once.
 * - `op:` is a person who writes to the participant in this chat by another way; what they write is for readers only.
 *   `op:  <handed-back>` leaves the chat to Pandu again.
 * - `operators: yes` above it says that people of ours answer at a desk. `desk:` is what one of them writes there about this
 *   conversation (`<handed-back>`, `<edit>` and `<other>` are no words), and `post:` what Pandu says there.
 * - Words in double quotes are JSON, for what would not be seen: `me:  "\u200b"`; `me:  "ha " x 500` repeats them.
 * - `+26h` lets time pass (days `d`, hours `h`, minutes `m`, seconds `s`).
 */
export type TranscriptLine =
  | { readonly kind: 'comment'; readonly text: string }
  /** `at`: ISO time at which it begins; `lang`: the language the channel reports. */
  | { readonly kind: 'setting'; readonly name: SettingName; readonly value: string }
  /** Text '' without choices: silence. */
  | {
      readonly kind: 'bot';
      readonly text: string;
      readonly choices: readonly string[];
      /** The text stands under a picture. */
      readonly picture?: true;
    }
  | { readonly kind: 'words'; readonly text: string }
  /** `earlier`: how many newer choices with the same label are passed over. */
  | { readonly kind: 'press'; readonly label: string; readonly earlier: number }
  | { readonly kind: 'other'; readonly what: string; readonly text: string }
  /** Text null: the chat is handed back. */
  | { readonly kind: 'operator'; readonly text: string | null }
  /** `what`: what was done at the desk, `desk` when words were written. */
  | { readonly kind: 'desk'; readonly what: DeskKind; readonly text: string }
  | { readonly kind: 'post'; readonly text: string }
  | { readonly kind: 'wait'; readonly ms: number };

type SettingName = 'at' | 'lang' | 'operators';
export type DeskKind = 'desk' | 'desk-edit' | 'desk-other' | 'handed-back';

const INDENT = '     ';
const CHOICE = /^\[(\d+)\] (.+)$/;
const PRESS = /^\[([^\]\n]+)\](?:~(\d+))?$/;
const OTHER = /^<([a-z]+)>(?: ([\s\S]*))?$/;
const PICTURE = '<picture> ';
const HANDED_BACK = '<handed-back>';
const QUOTED = /^("(?:[^"\\]|\\.)*")(?: x (\d+))?$/;
/** More than anybody would write, and less than would fill the memory. */
const MOST_REPEATED = 100_000;

/** @throws {SyntaxError} naming the line that cannot be read */
export function parseTranscript(text: string): TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  for (const block of blocksOf(text)) {
    try {
      lines.push(readBlock(block.text));
    } catch (error) {
      throw new SyntaxError(`Cannot read line ${block.line} of the transcript: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  return lines;
}

export function formatTranscript(lines: readonly TranscriptLine[]): string {
  let text = '';
  let before: TranscriptLine['kind'] | null = null;
  for (const line of lines) {
    // A turn of the conversation per paragraph: what somebody said, then what Pandu answered.
    const startsParagraph =
      before === 'setting' ? line.kind !== 'setting' : isSaid(before) && !isSaid(line.kind);
    if (startsParagraph) text += '\n';
    text += `${formatLine(line)}\n`;
    before = line.kind;
  }
  return text;
}

/** By Pandu. */
function isSaid(kind: TranscriptLine['kind'] | null): boolean {
  return kind === 'bot' || kind === 'post';
}

type Block = { readonly line: number; text: string };

/** A line and the indented ones after it; empty lines between indented ones belong to the text. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let emptyLines = 0;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const current = blocks.at(-1);
    if (raw.trim() === '') emptyLines += 1;
    else if (/^\s/.test(raw)) {
      if (current === undefined)
        throw new SyntaxError(`Cannot read line ${index + 1} of the transcript: nothing to go on with`);
      current.text += `${'\n'.repeat(emptyLines + 1)}${raw.startsWith(INDENT) ? raw.slice(INDENT.length) : raw.trimStart()}`;
      emptyLines = 0;
    } else {
      blocks.push({ line: index + 1, text: raw.trimEnd() });
      emptyLines = 0;
    }
  }
  return blocks;
}

function readBlock(text: string): TranscriptLine {
  if (text.startsWith('#')) return { kind: 'comment', text: text.replace(/^# ?/, '') };
  if (text.startsWith('+')) return { kind: 'wait', ms: readWait(text.slice(1)) };
  const match = /^(bot|me|op|desk|post|at|lang|operators):[ ]*([\s\S]*)$/.exec(text);
  if (match === null)
    throw new SyntaxError(
      'it begins with none of bot:, me:, op:, desk:, post:, at:, lang:, operators:, +, #',
    );
  const [, name, content] = match as unknown as [
    string,
    'bot' | 'me' | 'op' | 'desk' | 'post' | SettingName,
    string,
  ];
  if (name === 'bot') return readBot(content);
  if (name === 'me') return readMe(content);
  if (name === 'op') return { kind: 'operator', text: content === HANDED_BACK ? null : content };
  if (name === 'desk') return readDesk(content);
  if (name === 'post') return { kind: 'post', text: content };
  if (name === 'operators' && content !== 'yes') throw new SyntaxError('operators: is yes, or left out');
  if (name === 'lang' && content !== 'id' && content !== 'en') throw new SyntaxError('lang: is id or en');
  if (name === 'at' && Number.isNaN(Date.parse(content)))
    throw new SyntaxError('at: needs a time such as 2026-11-23T09:00:00+07:00');
  return { kind: 'setting', name, value: content };
}

function readBot(content: string): TranscriptLine {
  const isPicture = content.startsWith(PICTURE);
  const lines = (isPicture ? content.slice(PICTURE.length) : content).split('\n');
  const choices: string[] = [];
  while (lines.length > 0) {
    const match = CHOICE.exec(lines.at(-1)!);
    if (match === null) break;
    choices.unshift(match[2]!);
    lines.pop();
  }
  const text = lines.join('\n').trimEnd();
  return isPicture ? { kind: 'bot', text, choices, picture: true } : { kind: 'bot', text, choices };
}

function readDesk(content: string): TranscriptLine {
  const what = DESK_KINDS.find((kind) => content === `<${kind.replace('desk-', '')}>`);
  return what === undefined
    ? { kind: 'desk', what: 'desk', text: content }
    : { kind: 'desk', what, text: '' };
}
const DESK_KINDS: readonly DeskKind[] = ['desk-edit', 'desk-other', 'handed-back'];

function readMe(content: string): TranscriptLine {
  const press = PRESS.exec(content);
  if (press !== null) return { kind: 'press', label: press[1]!, earlier: Number(press[2] ?? 0) };
  const other = OTHER.exec(content);
  if (other !== null) return { kind: 'other', what: other[1]!, text: other[2] ?? '' };
  const quoted = QUOTED.exec(content);
  if (quoted === null) return { kind: 'words', text: content };
  const times = Number(quoted[2] ?? 1);
  if (times > MOST_REPEATED) throw new SyntaxError(`it repeats more than ${MOST_REPEATED} times`);
  return { kind: 'words', text: (JSON.parse(quoted[1]!) as string).repeat(times) };
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

function readWait(text: string): number {
  const match = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text.trim());
  if (match === null || text.trim() === '') throw new SyntaxError('a wait looks like +26h or +1d2h30m');
  return UNITS.reduce((sum, [, unitMs], index) => sum + Number(match[index + 1] ?? 0) * unitMs, 0);
}

function formatWait(ms: number): string {
  let left = Math.round(ms / 1000) * 1000;
  let text = '';
  for (const [unit, unitMs] of UNITS) {
    const count = Math.floor(left / unitMs);
    left -= count * unitMs;
    // 26 hours stay 26 hours: that is how people say it.
    if (unit === 'd' && left !== 0) left += count * unitMs;
    else if (count > 0) text += `${count}${unit}`;
  }
  return `+${text || '0s'}`;
}

function formatLine(line: TranscriptLine): string {
  switch (line.kind) {
    case 'comment':
      return line.text === '' ? '#' : `# ${line.text}`;
    case 'setting':
      return `${line.name}: ${line.value}`;
    case 'wait':
      return formatWait(line.ms);
    case 'press':
      return `me:  [${line.label}]${line.earlier > 0 ? `~${line.earlier}` : ''}`;
    case 'other':
      return indented('me:  ', line.text === '' ? `<${line.what}>` : `<${line.what}> ${line.text}`);
    case 'words':
      return indented('me:  ', formatWords(line.text));
    case 'operator':
      return indented('op:  ', line.text ?? HANDED_BACK);
    case 'desk':
      return indented('desk: ', line.what === 'desk' ? line.text : `<${line.what.replace('desk-', '')}>`);
    case 'post':
      return indented('post: ', line.text);
    case 'bot': {
      const choices = line.choices.map((label, index) => `[${index + 1}] ${label}`);
      const text = line.picture === true ? `${PICTURE}${line.text}` : line.text;
      const parts = text === '' ? choices : [text, ...choices];
      return indented('bot: ', parts.join('\n'));
    }
  }
}

function indented(name: string, text: string): string {
  const [first = '', ...rest] = text.split('\n');
  return [`${name}${first}`.trimEnd(), ...rest.map((line) => (line === '' ? '' : `${INDENT}${line}`))].join(
    '\n',
  );
}

/** Beyond this nobody reads on to see that it is the same again. */
const LONGEST_WRITTEN_OUT = 500;

function formatWords(text: string): string {
  if (text.length > LONGEST_WRITTEN_OUT) {
    const unit = repeatedUnit(text);
    if (unit !== null) return `${quote(unit)} x ${text.length / unit.length}`;
  }
  return isPlain(text) ? text : quote(text);
}

/** What the text is a mere repetition of, null when it is none. */
function repeatedUnit(text: string): string | null {
  // A text that repeats itself is found again in its own double, before the second half begins.
  const length = `${text}${text}`.indexOf(text, 1);
  return length < text.length ? text.slice(0, length) : null;
}

/** Whether the words come back as they are when they stand in the file without quotes. */
function isPlain(text: string): boolean {
  return text !== '' && !/[^\P{C}\n]|^\s|\s$|[^\S\n ]|\s\n|\n\s|^["[<]/u.test(text);
}

/** JSON with everything invisible written out. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[^\P{C}]|[^\S ]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
