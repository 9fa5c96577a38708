import { describe, expect, it } from 'vitest';
import type { Pairing } from '../../../src/channels/whatsapp/pairing.ts';
import { createPairingPage } from '../../../src/channels/whatsapp/pairing-page.ts';
import { cellsOfBlocks, cellsOfSvg, readQr } from '../../support/qr.ts';
import { standingClock } from '../../support/telegram/connected.ts';

const QR = `https://wa.me/settings/linked_devices#2@${'Ab1+/='.repeat(30)},noise,identity,adv,1`;

function openPage({ status = 'not linked yet', isTerminal = false, address = null as string | null } = {}) {
  const clock = standingClock();
  const written: string[] = [];
  const page = createPairingPage({
    clock,
    status: () => status,
    write: (lines) => void written.push(lines),
    isTerminal,
    address: () => address,
  });
  const qr = (text = QR): Pairing => ({ kind: 'qr', text, endsAt: clock.now() + 20_000 });
  const code = (text = 'ABCD1234'): Pairing => ({ kind: 'code', code: text, endsAt: clock.now() + 160_000 });
  const get = (method = 'GET') => page.handle(new Request(`http://127.0.0.1${page.path}`, { method }));
  return { clock, written, page, qr, code, get, text: () => get().text() };
}

describe('the page on which the phone is linked', () => {
  it('S39 has an address that nobody can guess, another one at each start', () => {
    const paths = Array.from({ length: 50 }, () => openPage().page.path);
    expect(new Set(paths).size).toBe(50);
    for (const path of paths) expect(path).toMatch(/^\/whatsapp\/[0-9a-f]{32}$/);
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD'])('S39 refuses %s', (method) => {
    const { page, qr, get } = openPage();
    page.show(qr());
    expect(get(method).status).toBe(405);
    expect(get(method).headers.get('allow')).toBe('GET');
  });

  it('S39 is kept by nobody, framed by nobody and tells its address to nobody', () => {
    const { headers } = openPage().get();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it('S39 needs nothing that its own policy forbids', async () => {
    for (const kind of ['qr', 'code'] as const) {
      const { page, text, ...shown } = openPage();
      page.show(shown[kind]());
      expect(await text()).not.toMatch(/<script|<style|<link|<img|<form|<iframe| style=| on\w+=|href=|src=/i);
    }
  });

  it('S39 shows a code for as long as the platform takes it, and not a moment longer', async () => {
    const { clock, page, qr, text } = openPage();
    page.show(qr());
    clock.move(19_999);
    expect(await text()).toContain('<svg');
    clock.move(1);
    expect(await text()).not.toContain('<svg');
    page.show(qr());
    expect(await text()).toContain('<svg');
    page.show(null);
    expect(await text()).not.toContain('<svg');
  });

  it('S39 shows nothing before there is something, and never both ways at once', async () => {
    const { page, qr, code, text } = openPage();
    expect(await text()).not.toMatch(/<svg|<strong/);
    page.show(qr());
    page.show(code());
    expect(await text()).toContain('ABCD-1234');
    expect(await text()).not.toContain('<svg');
  });

  it('escapes whatever it is told', async () => {
    const { page, code, text } = openPage({ status: `<b onclick="x">'&` });
    page.show(code('<i>"&\'</'));
    const html = await text();
    expect(html).not.toMatch(/<b |<i>/);
    expect(html).toContain('&#60;b onclick=&#34;x&#34;&#62;&#39;&#38;');
  });

  it('tells its state to those who cannot see, and looks again by itself', async () => {
    const { page, qr, text } = openPage();
    page.show(qr());
    expect(await text()).toMatch(/<p role="status">not linked yet<\/p>/);
    expect(await text()).toMatch(/role="img" aria-label="QR code/);
    expect(await text()).toContain('http-equiv="refresh"');
    expect(await text()).toMatch(/^<!doctype html>\n<html lang="en">/);
  });

  it('shows a picture that a camera can read', async () => {
    const { page, qr, text } = openPage();
    page.show(qr());
    expect(readQr(cellsOfSvg(await text()))).toBe(QR);
  });
});

describe('what is written on the terminal', () => {
  it('is a picture that a camera can read, on a light and on a dark terminal', () => {
    const { written, page, qr } = openPage({ isTerminal: true });
    page.show(qr());
    const lines = written[0]!.split('\n').filter((line) => /[█▀▄]/.test(line));
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      // White written on black, and everything after it as the terminal has it.
      expect(line).toMatch(/^\u001b\[38;5;231;48;5;16m[█▀▄ ]+\u001b\[0m$/);
    }
    const picture = lines.map((line) => line.replace(/\u001b\[[\d;]*m/g, ''));
    expect(readQr(cellsOfBlocks(picture))).toBe(QR);
  });

  it('fits into a window of 80 columns', () => {
    const { written, page, qr } = openPage();
    page.show(qr());
    const picture = written[0]!.split('\n').filter((line) => /[█▀▄]/.test(line));
    expect(Math.max(...picture.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('has no colours in a file', () => {
    const { written, page, qr } = openPage({ isTerminal: false });
    page.show(qr());
    expect(written[0]).not.toContain('\u001b');
    expect(readQr(cellsOfBlocks(written[0]!.split('\n').filter((line) => /[█▀▄]/.test(line))))).toBe(QR);
  });

  it('is a code as the phone shows the places for it', () => {
    const { written, page, code } = openPage();
    page.show(code());
    expect(written).toEqual([expect.stringContaining('    ABCD-1234\n')]);
  });

  it('tells where the page is, once that is known', () => {
    for (const kind of ['qr', 'code'] as const) {
      const { written, page, ...shown } = openPage({ address: 'http://127.0.0.1:3000/whatsapp/0123' });
      page.show(shown[kind]());
      expect(written[0]).toContain('http://127.0.0.1:3000/whatsapp/0123 (show it to nobody)');
    }
    const { written, page, qr } = openPage();
    page.show(qr());
    expect(written[0]).not.toContain('http');
  });

  it('is nothing when there is nothing to link', () => {
    const { written, page } = openPage();
    page.show(null);
    expect(written).toEqual([]);
  });
});
