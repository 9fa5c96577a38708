import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = resolve('src/main.ts');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pandu-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the program as a script does, in an empty folder and without settings. */
function run(words: readonly string[], input: string, env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], {
    cwd: folder,
    env,
    input,
    encoding: 'utf8',
    timeout: 15_000,
  });
  return { status, stdout, stderr, lines: stdout.split('\n').filter((line) => line !== '') };
}

describe('the program', () => {
  it('chat --json writes nothing but its protocol to stdout, and ends with 0 when the input does', () => {
    const input = '{"text":"halo"}\nnonsense\n{"kind":"voice"}\n{"advance":"PT26H"}';
    const { status, lines, stderr } = run(['chat', '--json', '--at', '2026-11-23T09:00:00+07:00'], input);
    expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual([
      ['replies', 'position'],
      ['replies', 'position'],
      ['error'],
      ['replies', 'position'],
      ['replies', 'position'],
    ]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('F30 chat --json says the same at the same time, in any zone and whenever it runs', () => {
    const script = '{"text":"1"}\n{"text":"sudah"}\n{"text":"status"}\n';
    const words = ['chat', '--json', '--lang', 'en', '--at', '2026-11-23T09:00'];
    const here = run(words, script, { TZ: 'America/New_York' });
    expect(here.lines).toHaveLength(4);
    expect(run(words, script, { TZ: 'Asia/Jayapura' }).stdout).toBe(here.stdout);
  });

  it('check --at tells on stderr which facts are due for another look on that day, and finds no mistake', () => {
    const late = run(['check', '--at', '2027-11-20'], '');
    expect([late.status, late.stdout]).toEqual([0, '']);
    expect(late.stderr).toContain('last confirmed on 2021-03-17, 2439 days ago (limit: 365 days)');
    expect(late.stderr).toContain('the public holidays are known until 2027-12-31 only');
    const wrong = run(['check', '--at', 'besok'], '');
    expect([wrong.status, wrong.stdout]).toEqual([1, '']);
    expect(wrong.stderr).toMatch(/^--at needs an ISO time .*\n$/);
  });

  it('chat leaves nothing behind', () => {
    expect(run(['chat'], 'halo\n').status).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('chat says in one sentence what is wrong with its words', () => {
    const { status, stdout, stderr } = run(['chat', '--lang', 'jv'], '');
    expect([status, stdout, stderr]).toEqual([1, '', '--lang is id or en\n']);
  });
});
