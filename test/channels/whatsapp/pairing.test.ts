import { describe, expect, it } from 'vitest';
import type { Pairing } from '../../../src/channels/whatsapp/pairing.ts';
import { type Linked, startLinked } from '../../support/linked.ts';

const WAIT = { timeout: 8_000, interval: 10 };
const NUMBER = '628119999999';

const shown = ({ pairings }: Linked): Pairing[] => pairings.filter((pairing) => pairing !== null);

function textOf(pairing: Pairing | undefined): string {
  if (pairing === undefined) throw new Error('nothing was shown');
  return pairing.kind === 'qr' ? pairing.text : pairing.code;
}

async function newest(linked: Linked, count: number): Promise<string> {
  await expect.poll(() => shown(linked).length, WAIT).toBeGreaterThanOrEqual(count);
  return textOf(shown(linked).at(-1));
}

async function isOn(linked: Linked): Promise<void> {
  await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
  expect(linked.server.linked).toBe(true);
  expect(linked.pairings.at(-1)).toBeNull();
}

function neverLoggedOut({ statuses }: Linked): void {
  for (const { reason } of statuses) expect(reason).not.toContain('logged');
}

describe('linking with a QR code', () => {
  it('shows one code after the other as the platform does, then begins anew, until one is scanned', async () => {
    const linked = await startLinked({ link: 'not', timing: { qrMs: 100 } });
    expect(linked.status()).toEqual({ state: 'waiting', reason: expect.stringMatching(/scan the QR code/) });
    await newest(linked, 8);
    const texts = shown(linked).map(textOf);
    expect(new Set(texts).size).toBe(texts.length);
    // Six of one connection; then nothing, the reason, and those of the next.
    expect(linked.pairings.indexOf(null)).toBe(6);
    expect(linked.statuses.map(({ reason }) => reason)).toContain('not linked in time: a new code follows');
    for (const pairing of shown(linked)) {
      expect(pairing.endsAt - Date.now()).toBeLessThanOrEqual(100);
    }
    expect(linked.server.connections).toBe(2);
    await linked.server.scan(textOf(shown(linked).at(-1)));
    await isOn(linked);
  });

  it('begins anew after a restart in the middle, and links then', async () => {
    const linked = await startLinked({ link: 'not' });
    const before = await newest(linked, 1);
    await linked.restart();
    const after = await newest(linked, 2);
    expect(after).not.toBe(before);
    await expect(linked.server.scan(before)).rejects.toThrow('not shown by any client');
    await linked.server.scan(after);
    await isOn(linked);
    neverLoggedOut(linked);
  });

  it.each(['cut-at-success', 'cut-before-sign', 'cut-without-restart'] as const)(
    'F67 that was %s ends linked, or with a new code that links',
    async (fault) => {
      const linked = await startLinked({ link: 'not' });
      const { server } = linked;
      server.faults.pairing = fault;
      await server.scan(await newest(linked, 1)).catch(() => {});
      server.faults.pairing = null;
      if (fault !== 'cut-without-restart') await server.scan(await newest(linked, 2));
      await isOn(linked);
      const participant = server.participant();
      await participant.send('halo');
      await participant.waitFor(2);
    },
  );

  it('F67 that the platform refuses with 401 is no logout: it goes on asking', async () => {
    const linked = await startLinked({ link: 'not' });
    const { server } = linked;
    server.faults.loginFailure = 401;
    server.disconnect('terminate');
    const { connections } = server;
    await expect.poll(() => server.connections, WAIT).toBeGreaterThan(connections + 2);
    neverLoggedOut(linked);
    expect(linked.status()?.reason).toBe('not linked in time: a new code follows');
    server.faults.heal();
    await server.scan(await newest(linked, 2));
    await isOn(linked);
  });

  it('is over once it succeeded: after a restart it connects by itself, and shows nothing', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const { connections } = server;
    const count = linked.pairings.length;
    await linked.restart();
    await isOn(linked);
    expect(server.connections).toBe(connections + 1);
    expect(linked.pairings.slice(count).filter((pairing) => pairing !== null)).toEqual([]);
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
  });
});

describe('linking with a code that is typed on the phone', () => {
  const byCode = { link: 'not', pairingNumber: NUMBER } as const;

  it('shows one code, for as long as six QR codes, and then another one', async () => {
    const linked = await startLinked({ ...byCode, timing: { qrMs: 60 } });
    const first = await newest(linked, 1);
    expect(first).toMatch(/^[1-9A-HJ-NP-TV-Z]{8}$/);
    expect(linked.status()?.reason).toMatch(/enter the pairing code/);
    const second = await newest(linked, 2);
    expect(second).not.toBe(first);
    expect(shown(linked).every(({ kind }) => kind === 'code')).toBe(true);
    expect(linked.server.connections).toBe(2);
    neverLoggedOut(linked);
  });

  it('a wrong code links nothing, and the right one still does', async () => {
    const linked = await startLinked(byCode);
    const { server } = linked;
    const code = await newest(linked, 1);
    const wrong = code.startsWith('A') ? `B${code.slice(1)}` : `A${code.slice(1)}`;
    await expect(server.enterCode(wrong)).rejects.toThrow('not the one that the client shows');
    expect(server.linked).toBe(false);
    expect(linked.status()?.state).toBe('waiting');
    await server.enterCode(code);
    await isOn(linked);
  });

  it.each(['a restart', 'a cut', 'a wrong code and a restart'])(
    'F67 %s in the middle is no logout: a new code is shown, and it links',
    async (what) => {
      const linked = await startLinked(byCode);
      const { server } = linked;
      const code = await newest(linked, 1);
      if (what.startsWith('a wrong')) await server.enterCode('AAAAAAAA').catch(() => {});
      if (what.endsWith('restart')) await linked.restart();
      else server.disconnect('terminate');
      const next = await newest(linked, 2);
      expect(next).not.toBe(code);
      await server.enterCode(next);
      await isOn(linked);
      neverLoggedOut(linked);
      expect(server.logins).toBe(1);
    },
  );

  it('F67 a code after a logout links as well', async () => {
    const linked = await startLinked({ link: 'code' });
    linked.server.unlink();
    await expect.poll(() => shown(linked).length, WAIT).toBe(2);
    await expect.poll(() => linked.server.linked, WAIT).toBe(true);
    await isOn(linked);
  });

  it('shows nothing when the connection ended while the code was asked for', async () => {
    const linked = await startLinked(byCode);
    const { server } = linked;
    for (let time = 0; time < 5; time += 1) {
      const { length } = linked.pairings;
      server.disconnect('terminate');
      await expect.poll(() => shown(linked).length, WAIT).toBeGreaterThan(0);
      await expect.poll(() => linked.pairings.length, WAIT).toBeGreaterThan(length + 1);
    }
    await linked.stop();
    expect(linked.pairings.at(-1)).toBeNull();
  });
});

describe('S39 what is shown to link the phone', () => {
  it.each(['qr', 'code'] as const)('is in no line of the log: %s', async (link) => {
    const linked = await startLinked({ link, timing: { qrMs: 5_000 } });
    const log = linked.log.lines.join('\n');
    for (const pairing of shown(linked)) {
      for (const part of textOf(pairing).split(/[#,]/)) {
        if (part.length > 5) expect(log).not.toContain(part);
      }
    }
    expect(log.length).toBeGreaterThan(0);
    for (const { reason } of linked.statuses) {
      for (const pairing of shown(linked)) expect(reason).not.toContain(textOf(pairing));
    }
  });
});
