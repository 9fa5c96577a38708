import { describe, expect, it } from 'vitest';
import { libraryLog } from '../../../src/channels/whatsapp/library-log.ts';
import { rememberingLog } from '../../support/telegram/connected.ts';

const SECRETS = { privKey: 'c2VjcmV0', jid: '628110000001@s.whatsapp.net', text: 'nomor KTP saya' };

describe("the library's own log", () => {
  it.each(['trace', 'debug', 'info'] as const)('says nothing of what it calls %s', (level) => {
    const log = rememberingLog();
    libraryLog(log)[level](SECRETS, 'recv xml');
    libraryLog(log)[level]('recv xml');
    expect(log.lines).toEqual([]);
  });

  it.each(['warn', 'error'] as const)('keeps of what it calls %s the sentence and nothing else', (level) => {
    const log = rememberingLog();
    libraryLog(log)[level](SECRETS, 'failed to decrypt message');
    libraryLog(log)[level](SECRETS);
    libraryLog(log)[level]('sent nothing');
    libraryLog(log)[level](new Error(SECRETS.text));
    expect(log.lines).toEqual([
      'whatsapp: library: failed to decrypt message {}',
      'whatsapp: library: said nothing {}',
      'whatsapp: library: sent nothing {}',
      'whatsapp: library: said nothing {}',
    ]);
  });

  it.each([
    ['Invalid LID-PN mapping: 100000000000001@lid, 628110000001@s.whatsapp.net', ['1000', '6281']],
    ['Skipping deletion of non-existent session: 100000000000001_1.0', ['1000']],
    ['Invalid or empty LID user for PN +62-811-0000-001: lidUser = ""', ['0000']],
    ['blocked since 1790000000000', ['1790']],
  ])('of numbers of people it keeps only that there was one: %s', (sentence, numbers) => {
    const log = rememberingLog();
    libraryLog(log).warn({}, sentence);
    for (const number of numbers) expect(log.lines[0]).not.toContain(number);
    expect(log.lines[0]).toContain('#');
  });

  it('S29 keeps only the beginning of a sentence without end, and takes no time for it', () => {
    const log = rememberingLog();
    const begun = performance.now();
    libraryLog(log).error({}, '@'.repeat(1_000_000));
    expect(performance.now() - begun).toBeLessThan(200);
    expect(log.lines[0]!.length).toBeLessThan(250);
  });

  it('is the same for what the library calls a child of it', () => {
    const log = rememberingLog();
    libraryLog(log).child(SECRETS).child({}).warn(SECRETS, 'from a child');
    expect(log.lines).toEqual(['whatsapp: library: from a child {}']);
  });
});
