import { describe, expect, it } from 'vitest';
import { readChatOptions } from '../../src/command/chat.ts';

describe('readChatOptions()', () => {
  it.each([
    [['--lang', 'jv'], /--lang is id or en/],
    [['--lang'], /chat \[--lang/],
    [['--loud'], /--loud/],
    [['halo'], /halo/],
    [['--at', 'besok'], /ISO time/],
    [['--at', '2026-13-01'], /ISO time/],
    [['--at', '23-11-2026'], /ISO time/],
    [['--at', '2026-11-23T25:00'], /ISO time/],
    [['--save', '../../etc/passwd'], /--save needs a name/],
    [['--save', '/tmp/x'], /--save needs a name/],
    [['--save', 'Nama'], /--save needs a name/],
    [['--save', ''], /--save needs a name/],
  ])('refuses %j in one sentence', (words, fault) => {
    expect(() => readChatOptions(words)).toThrow(fault);
    expect(() => readChatOptions(words)).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });

  it('needs nothing', () => {
    expect(readChatOptions([])).toEqual({ json: false, language: null, startAt: null, savePath: null });
  });

  it.each([
    ['2026-11-23T02:00:00Z'],
    ['2026-11-23T09:00:00+07:00'],
    ['2026-11-23T09:00'],
    ['2026-11-23T09:00:00.000'],
  ])('F30 takes %s as the same moment on every machine', (at) => {
    expect(readChatOptions(['--at', at]).startAt).toBe(Date.UTC(2026, 10, 23, 2));
  });

  it('takes a day as its beginning in WIB', () => {
    expect(readChatOptions(['--at', '2026-11-23']).startAt).toBe(Date.UTC(2026, 10, 22, 17));
  });

  it('puts a transcript where transcripts are', () => {
    expect(readChatOptions(['--save', 'wallet-not-linked']).savePath).toBe(
      'test/transcripts/wallet-not-linked.txt',
    );
  });
});
