/** `npm run bench -- NAME`: runs one bench, or tells which there are. */
const BENCHES: Readonly<Record<string, () => Promise<{ run(words: readonly string[]): Promise<void> }>>> = {
  turns: () => import('./turns/run.ts'),
  whatsapp: () => import('./whatsapp/run.ts'),
  understanding: () => import('./understanding/run.ts'),
};

const [name, ...words] = process.argv.slice(2);
const load = name !== undefined && Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (load === undefined) {
  process.stderr.write(`Usage: npm run bench -- ${Object.keys(BENCHES).join('|')}\n`);
  process.exitCode = 2;
} else {
  await (await load()).run(words);
}
