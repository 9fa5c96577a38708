/** The law of imports as a table, and the function that finds what breaks it. */

/** Path below the repository's root (`src/store/store.ts`) and text. */
export type SourceFile = { readonly path: string; readonly text: string };

type House = {
  /** What it may import besides itself: a house, or one file of a house. */
  readonly may: readonly string[];
  /** As above, but only with `import type`. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  /** May it use `node:*`? */
  readonly node?: boolean;
  /** No package, no node:*, no clock, no chance, no environment. */
  readonly pure?: boolean;
};

/** The house of a file is the first entry its path begins with. */
export const LAW: Readonly<Record<string, House>> = {
  message: { may: [], pure: true },
  clock: { may: [] },
  config: { may: [], packages: ['dotenv'], node: true },
  log: { may: [], types: ['config'], packages: ['pino'], node: true },
  language: { may: [], types: ['message'], pure: true },
  checklist: { may: ['language'], pure: true },
  conversation: { may: ['message', 'language', 'checklist'], pure: true },
  // What a card looks like is reckoned; only turning it into pixels needs the machine.
  'card/draw': { may: ['message', 'card/marks', 'card/widths', 'card/xml'], pure: true },
  'card/marks': { may: ['message'], pure: true },
  'card/widths': { may: [], pure: true },
  'card/xml': { may: [], pure: true },
  card: { may: ['message'], packages: ['@resvg/resvg-wasm'], node: true },
  flow: {
    // Of the conversation only what the files are checked against, never what it decides.
    may: [
      'language',
      'checklist',
      'conversation/fill',
      'conversation/knowledge',
      'conversation/choice',
      'conversation/texts',
      'card/xml',
    ],
    types: ['message', 'conversation', 'log'],
    packages: ['yaml', '@dagrejs/dagre'],
    node: true,
  },
  store: { may: ['message'], types: ['conversation', 'log'], node: true },
  turn: { may: ['message', 'checklist', 'conversation', 'store'], types: ['clock', 'log'], node: true },
  'channels/channel': { may: [], types: ['message'] },
  'channels/telegram': {
    may: ['message', 'channels/channel'],
    types: ['clock', 'log'],
    packages: ['grammy', 'undici'],
    node: true,
  },
  'channels/whatsapp': {
    may: ['message', 'channels/channel'],
    types: ['clock', 'log'],
    packages: ['@whiskeysockets/baileys', 'qr'],
    node: true,
  },
  'channels/web': {
    may: ['message', 'channels/channel'],
    types: ['clock', 'log'],
    packages: ['hono', '@hono/node-server'],
    node: true,
  },
  'channels/terminal': { may: ['message', 'channels/channel'], types: ['clock', 'log'], node: true },
  delivery: { may: ['message', 'store', 'channels/channel'], types: ['clock', 'log'] },
  command: {
    may: [
      'message',
      'clock',
      'config',
      'log',
      'language',
      'checklist',
      'conversation',
      'card',
      'flow',
      'store',
      'turn',
      'channels',
      'delivery',
    ],
    node: true,
  },
  main: { may: ['command', 'config'], node: true },
};

/** What a pure house cannot know: the time, chance, where it runs. `new Date(number)` only reckons. */
const IMPURE: readonly [RegExp, string][] = [
  [/\bDate\.now\b/, 'reads the clock (Date.now)'],
  [/\bnew Date\s*(?:\(\s*\)|(?![\s(]))/, 'reads the clock (new Date without a number)'],
  [/(?<!new\s+)(?<![.\w])Date\s*\(/, 'reads the clock (Date as a function)'],
  [
    /\.(?:get|set)(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|TimezoneOffset)\s*\(/,
    "reads the machine's time zone",
  ],
  [/\.toLocale\w*\s*\(|\bIntl\.DateTimeFormat\b/, "reads the machine's language or time zone"],
  [/\bMath\.random\b|\bcrypto\b/, 'takes a chance'],
  [/\bprocess\b|\bglobalThis\b|\bimport\.meta\b/, 'looks at where it runs'],
  [/\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b|\bperformance\b/, 'uses a timer'],
  [/\bfetch\s*\(|\brequire\s*\(|\bconsole\b/, 'reaches outside'],
];

const FORBIDDEN_FOLDERS = ['utils', 'util', 'helpers', 'common', 'shared', 'lib', 'types', 'services'];
/** The filler of texts, and for an operator's own words the guard that checks them. */
const MAKERS_OF_SPOKEN_TEXTS = ['conversation/fill.ts', 'conversation/guard.ts'];
const FEW_LINES = 300;

/** Everything in `files` that breaks the law, as `path: reason`, in the order of the files; circles at the end. */
export function violations(files: readonly SourceFile[]): string[] {
  const found = files.flatMap((file) => reasons(file).map((reason) => `${file.path}: ${reason}`));
  return [...found, ...circles(files)];
}

function reasons({ path, text }: SourceFile): string[] {
  const parts = path.split('/').slice(1);
  const found = parts
    .slice(0, -1)
    .filter((folder) => FORBIDDEN_FOLDERS.includes(folder))
    .map((folder) => `is in a folder called ${folder}`);
  if (/^index\.\w+$/.test(parts.at(-1)!)) found.push('is an index file');
  if (path.endsWith('.ts')) found.push(...codeReasons(parts.join('/'), text));
  return found;
}

function codeReasons(path: string, text: string): string[] {
  const name = houseOf(path);
  if (name === null) return ['belongs to no house of the law'];
  const house = LAW[name]!;
  const code = withoutComments(text);
  const found = importsOf(code).flatMap((one) => importReason(path, name, house, one) ?? []);
  if (house.pure === true) {
    const bare = withoutTexts(code);
    found.push(
      ...IMPURE.filter(([sign]) => sign.test(bare)).map(([, what]) => `is in a pure house and ${what}`),
    );
  }
  if (name !== 'config' && /\bprocess\.env\b|\bimport\.meta\.env\b/.test(code))
    found.push('reads the environment');
  if (!MAKERS_OF_SPOKEN_TEXTS.includes(path) && /\bas SpokenText\b|<SpokenText>/.test(code)) {
    found.push(`makes a spoken text, which only ${MAKERS_OF_SPOKEN_TEXTS.join(' and ')} may`);
  }
  if (text.split('\n').length > FEW_LINES && !/^(?:\/\/|\/\*)/.test(text)) {
    found.push(`has more than ${FEW_LINES} lines and no reason on its first line`);
  }
  return found;
}

function houseOf(path: string): string | null {
  const bare = path.replace(/\.ts$/, '');
  return Object.keys(LAW).find((name) => bare === name || bare.startsWith(`${name}/`)) ?? null;
}

type Import = { readonly from: string; readonly isType: boolean };

/** Static, re-exporting, bare and dynamic imports, and types named in place. */
function importsOf(code: string): Import[] {
  const found: Import[] = [];
  const statement =
    /(?<![\w.])(import|export)(\s+type\b(?!\s+from))?(?:\s*[\w*{][\w\s{},*$]*?\bfrom)?\s*(['"])(.+?)\3/g;
  for (const match of code.matchAll(statement))
    found.push({ from: match[4]!, isType: match[2] !== undefined });
  for (const match of code.matchAll(/\bimport\s*\(\s*(['"`])(.+?)\1/g))
    found.push({ from: match[2]!, isType: false });
  for (const _ of code.matchAll(/\bimport\s*\(\s*[^\s'"`]/g))
    found.push({ from: 'a computed name', isType: false });
  return found;
}

function importReason(path: string, name: string, house: House, { from, isType }: Import): string | null {
  const verb = isType ? 'imports types of' : 'imports';
  if (!from.startsWith('.')) {
    if (house.pure === true) return `is in a pure house and ${verb} ${from}`;
    if (from.startsWith('node:')) return house.node === true ? null : `${verb} ${from}`;
    const known = house.packages?.some((one) => from === one || from.startsWith(`${one}/`));
    return known === true ? null : `${verb} ${from}`;
  }
  if (!from.endsWith('.ts') && !from.endsWith('.json')) return `imports ${from} without its extension`;
  const target = new URL(from, `file:///${path}`).pathname.slice(1).replace(/\.ts$/, '');
  const within = (houses: readonly string[]): boolean =>
    houses.some((one) => target === one || target.startsWith(`${one}/`));
  if (within([name]) || within(house.may)) return null;
  if (isType && within(house.types ?? [])) return null;
  return `${verb} ${target}`;
}

/** Files that import each other in a ring; a ring of types alone is none once types are stripped. */
function circles(files: readonly SourceFile[]): string[] {
  const targets = new Map(
    files.map(({ path, text }) => [
      path,
      importsOf(withoutComments(text))
        .filter(({ from, isType }) => !isType && from.startsWith('.'))
        .map(({ from }) => new URL(from, `file:///${path}`).pathname.slice(1)),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const begin = trail.indexOf(path);
    if (begin >= 0)
      found.push(`${path}: imports itself through ${[...trail.slice(begin + 1), path].join(' → ')}`);
    if (begin >= 0 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return found;
}

/** Blanks comments, keeps everything else; good enough for formatted code, where no regular expression holds `//`. */
function withoutComments(text: string): string {
  return text.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g,
    '$1',
  );
}

/** Blanks what stands between quotes; what a template computes stays. */
function withoutTexts(code: string): string {
  return code.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, "''");
}
