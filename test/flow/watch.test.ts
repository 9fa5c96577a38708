import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Knowledge } from '../../src/conversation/knowledge.ts';
import { formatIssue } from '../../src/flow/issue.ts';
import { loadFlows } from '../../src/flow/load.ts';
import { watchFlows } from '../../src/flow/watch.ts';
import { FlowFolder } from './flow-folder.ts';

const settings = { operatorName: 'Relawan' };
const intervalMs = 20;
const MESSAGES = 'id/messages.yaml';

class Watched implements AsyncDisposable {
  readonly folder = new FlowFolder();
  readonly accepted: Knowledge[] = [];
  readonly refused: string[] = [];
  #current = loadFlows(this.folder.path, settings).knowledge!;
  readonly watch = watchFlows(
    this.folder.path,
    settings,
    {
      current: () => this.#current,
      accept: (knowledge) => {
        this.#current = knowledge;
        this.accepted.push(knowledge);
      },
      refuse: (issues) => this.refused.push(issues.map(formatIssue).join('\n')),
    },
    { intervalMs },
  );

  greeting(): string | undefined {
    return this.#current.words.id.get('say.greeting');
  }

  path(file: string): string {
    return join(this.folder.path, file);
  }

  text(): string {
    return readFileSync(this.path(MESSAGES), 'utf8');
  }

  edited(greeting: string): string {
    return this.text().replace(/greeting: .*/, `greeting: ${greeting}`);
  }

  /** Long enough for several looks at the files. */
  async looks(): Promise<void> {
    await wait(intervalMs * 5);
  }

  async until(reached: () => boolean): Promise<void> {
    await expect.poll(reached, { timeout: 10_000, interval: 10 }).toBe(true);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.watch.stop();
    this.folder[Symbol.dispose]();
  }
}

test('watchFlows() takes an edit over', async () => {
  await using watched = new Watched();
  await watched.looks();
  expect(watched.accepted).toEqual([]);
  writeFileSync(watched.path(MESSAGES), watched.edited('Selamat pagi'));
  await watched.until(() => watched.greeting() === 'Selamat pagi');
  expect(watched.accepted).toHaveLength(1);
  expect(watched.refused).toEqual([]);
});

test('F76 watchFlows() keeps the old words while the files are broken, says why once, and takes the mended ones', async () => {
  await using watched = new Watched();
  const good = watched.text();
  writeFileSync(watched.path(MESSAGES), good.replace('{answer}', '{anser}'));
  await watched.until(() => watched.refused.length > 0);
  await watched.looks();
  expect(watched.refused).toHaveLength(1);
  expect(watched.refused[0]).toContain('flows/id/messages.yaml:');
  expect(watched.refused[0]).toContain("text 'say.noted' has no value for {anser}");
  expect(watched.greeting()).toBe('greeting');
  writeFileSync(watched.path(MESSAGES), good.replace(/greeting: .*/, 'greeting: Halo lagi'));
  await watched.until(() => watched.greeting() === 'Halo lagi');
});

test('F76 watchFlows() says nothing when a broken file is put back as it was', async () => {
  await using watched = new Watched();
  const good = watched.text();
  writeFileSync(watched.path(MESSAGES), 'say: [');
  await watched.until(() => watched.refused.length === 1);
  writeFileSync(watched.path(MESSAGES), good);
  await watched.looks();
  expect(watched.accepted).toEqual([]);
  expect(watched.refused).toHaveLength(1);
});

test('F76 watchFlows() waits for the end of a slow write', async () => {
  await using watched = new Watched();
  const text = watched.edited('Pelan-pelan');
  const file = openSync(watched.path(MESSAGES), 'w');
  try {
    for (let at = 0; at < text.length; at += Math.ceil(text.length / 12)) {
      writeSync(file, text.slice(at, at + Math.ceil(text.length / 12)));
      await wait(intervalMs / 4);
    }
  } finally {
    closeSync(file);
  }
  await watched.until(() => watched.greeting() === 'Pelan-pelan');
  // A pause in the writing may be taken for its end; half a file never passes, so the worst is one refusal.
  expect(watched.accepted).toHaveLength(1);
});

test('watchFlows() sees a file that an editor replaced, even with one of the same size', async () => {
  await using watched = new Watched();
  const replacement = watched.path('.messages.yaml.new');
  writeFileSync(replacement, watched.edited('gnitteerg'.slice(0, 8)));
  renameSync(replacement, watched.path(MESSAGES));
  await watched.until(() => watched.greeting() === 'gnitteer');
});

test('F76 watchFlows() keeps the old words when a file, or the whole folder, is removed', async () => {
  await using watched = new Watched();
  rmSync(watched.path('facts.yaml'));
  await watched.until(() => watched.refused.length === 1);
  expect(watched.refused[0]).toBe('flows/facts.yaml:1: the file is missing');
  rmSync(watched.folder.path, { recursive: true });
  await watched.until(() => watched.refused.length === 2);
  expect(watched.greeting()).toBe('greeting');
});

test('watchFlows() takes edits of several files over together', async () => {
  await using watched = new Watched();
  const renamed = ['checklist.yaml', 'id/questions.yaml', 'en/questions.yaml'];
  for (const file of renamed) {
    const text = readFileSync(watched.path(file), 'utf8');
    expect(text).toContain('planned');
    writeFileSync(watched.path(file), text.replaceAll('planned', 'dated'));
  }
  await watched.until(() => watched.accepted.length + watched.refused.length > 0);
  expect(watched.refused).toEqual([]);
  expect(watched.accepted[0]?.words.en.get('question.status.answers.dated')).toBe('dated');
  expect(watched.accepted[0]?.checklist.questions[1]?.answers[0]?.id).toBe('dated');
});

test('watchFlows() takes none of several edits over while one of them is missing', async () => {
  await using watched = new Watched();
  const text = readFileSync(watched.path('checklist.yaml'), 'utf8');
  writeFileSync(watched.path('checklist.yaml'), text.replaceAll('planned', 'dated'));
  writeFileSync(watched.path(MESSAGES), watched.edited('Setengah'));
  await watched.until(() => watched.refused.length > 0);
  expect(watched.greeting()).toBe('greeting');
  expect(watched.accepted).toEqual([]);
});

test('watchFlows() does nothing after stop()', async () => {
  await using watched = new Watched();
  await watched.watch.stop();
  writeFileSync(watched.path(MESSAGES), watched.edited('Terlambat'));
  await watched.looks();
  expect(watched.accepted).toEqual([]);
});
