import { describe, expect, it } from 'vitest';
import { shippedKnowledge } from '../../support/conversation.ts';
import { startLinked } from '../../support/linked.ts';
import { contents } from '../../support/whatsapp/contents.ts';
import { settled, traces } from '../../support/whatsapp-store.ts';

const words = shippedKnowledge().words.id;
const FIRST_LINE = (id: string): string => words.get(id)!.split('\n')[0]!;

describe('what nobody may find on disk or in the log', () => {
  it('S02 S07 an OTP, a NIK and a password typed on WhatsApp, in words, captions and edits: warned about once, kept nowhere', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const participant = server.participant();
    const newcomer = server.participant();
    const id = await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    await participant.send('kode OTP saya 584213');
    await participant.waitFor((one) => one.text.includes(FIRST_LINE('say.secret.code')));
    await participant.send(contents.image('NIK saya 3174091203950007'));
    await participant.waitFor((one) => one.text.includes(FIRST_LINE('say.secret.number')));
    await participant.send('password: kucingGarong77');
    await participant.waitFor((one) => one.text.includes(FIRST_LINE('say.secret.password')));
    await participant.send('OTP yang baru 771934');
    await participant.send(
      contents.edit({ chat: participant.lid, id, fromClient: false }, 'NIK 3174091203950008'),
    );
    await participant.send(contents.document('otp 662718'));
    // The very first message, and one of an absence: it comes another way.
    await settled(linked);
    await linked.stop();
    await newcomer.send('kode verifikasi 918273');
    await linked.restart();
    await newcomer.waitFor((one) => one.text.includes(FIRST_LINE('say.secret.code')));
    await settled(linked);
    for (const kind of ['code', 'number', 'password']) {
      const warnings = participant.texts.filter((text) => text.includes(FIRST_LINE(`say.secret.${kind}`)));
      expect(warnings, kind).toHaveLength(1);
    }
    const found = traces(linked);
    expect(found).toContain('[kode]');
    const secrets = [
      '584213',
      '3174091203950007',
      'kucingGarong77',
      '771934',
      '3174091203950008',
      '662718',
      '918273',
    ];
    for (const secret of secrets) expect(found).not.toContain(secret);
    for (const text of [...participant.texts, ...newcomer.texts]) {
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  it('P04 after HAPUS DATA there is no byte of the number, the LID or the words, and the next message is a first one', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const participant = server.participant({
      phone: '6285700112233',
      lid: '155566677788899',
      name: 'Wening Sekarlangit',
    });
    await participant.send('halo, saya dari Gunungkidul', { as: 'phone' });
    await participant.waitFor(2);
    await participant.send('kucing saya bernama Mbelgedes', { as: 'lid' });
    await participant.waitFor(3);
    await settled(linked);
    const before = traces(linked);
    for (const trace of ['6285700112233', 'Gunungkidul', 'Mbelgedes']) expect(before).toContain(trace);
    await participant.send('HAPUS DATA');
    await participant.waitFor(4);
    await participant.send('1', { as: 'phone' });
    await participant.waitFor(5);
    await settled(linked);
    const after = traces(linked);
    const names = ['6285700112233', '85700112233', '155566677788899', 'Wening', 'Sekarlangit'];
    for (const trace of [...names, 'Gunungkidul', 'Mbelgedes']) expect(after, trace).not.toContain(trace);
    expect((await linked.store.depths()).conversations).toBe(0);
    const count = participant.texts.length;
    await participant.send('halo lagi');
    await participant.waitFor(count + 2);
    expect(participant.texts[count]).toContain('bukan akun resmi pemerintah');
  });

  it('the log names nobody: no number, LID, name or word of a participant, also when things go wrong', async () => {
    const linked = await startLinked({ timing: { ackMs: 300 } });
    const { server } = linked;
    const participant = server.participant({
      phone: '6285700998877',
      lid: '144433322211100',
      name: 'Wening',
    });
    await participant.send('halo Mbelgedes');
    await participant.waitFor(2);
    await participant.send('STATUS', { damaged: true });
    await participant.waitFor(4);
    server.faults.failingQueries.set('usync', 503);
    server.faults.refusals.set('*', { code: 479, times: 1 });
    server.faults.cutAtMessage = 'after-taken';
    await participant.send('STATUS');
    await server.until(() => linked.program.counters().get('whatsapp')!.unknown > 0, 'a try that failed');
    server.faults.heal();
    await settled(linked);
    const logged = linked.log.lines.join('\n');
    expect(linked.log.lines.length).toBeGreaterThan(0);
    for (const trace of ['85700998877', '144433322211100', 'Wening', 'Mbelgedes'])
      expect(logged).not.toContain(trace);
  });
});

describe('links and marks in what is sent', () => {
  it('S16 S17 a name that is repeated gets no formatting, and no link, theirs or ours, is fetched for a preview', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const participant = server.participant();
    await participant.send('halo https://contoh.invalid/a?b=*c*');
    await participant.waitFor(2);
    await participant.send('BICARA DENGAN ORANG');
    const one = await participant.waitFor((sent) => sent.text.includes('https://'));
    await settled(linked);
    expect(one.message).toMatchObject({ extendedTextMessage: { text: one.text } });
    for (const preview of ['matchedText', 'title', 'jpegThumbnail'] as const) {
      expect(Object.hasOwn(one.message!.extendedTextMessage!, preview), preview).toBe(false);
    }
    expect(() => import.meta.resolve('link-preview-js')).toThrow();
    for (const text of participant.texts) expect(text).not.toContain('contoh.invalid');
    await participant.send('di kemnaker *Zubkrama Tjitroqolo* di prakerja *ZUBKRAMA CITROQOLO*');
    const echo = await participant.waitFor((sent) => sent.text.includes('Zubkrama'));
    expect(echo.text).not.toMatch(/[*_~`]/);
  });
});
