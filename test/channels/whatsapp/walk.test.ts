import { expect, it } from 'vitest';
import { startLinked } from '../../support/linked.ts';

it('answers a participant after the phone was linked with a QR code', async () => {
  const { server } = await startLinked();
  const participant = server.participant();
  await participant.send('halo');
  await participant.waitFor(2);
  expect(participant.texts[0]).toContain('bukan akun resmi pemerintah');
  expect(participant.texts[1]).toContain('1. ');
});

it('answers a participant after the phone was linked with a code', async () => {
  const { server } = await startLinked({ link: 'code' });
  const participant = server.participant();
  await participant.send('halo');
  await participant.waitFor(2);
  expect(participant.texts).toHaveLength(2);
});
