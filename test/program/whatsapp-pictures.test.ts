import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPng } from '../support/png.ts';
import type { Program } from '../support/program.ts';
import type { Received } from '../support/whatsapp/mailbox.ts';
import { openImage } from '../support/whatsapp/media.ts';
import { startWhatsappServer } from '../support/whatsapp/server.ts';
import { linkByPage, startProgram, whatsappSettings } from '../support/whatsapp-program.ts';

test('F11 F71 a picture is one message under one id, killed after its upload and once more after it left, and leaves no file', async () => {
  const server = await startWhatsappServer();
  const directory = mkdtempSync(join(tmpdir(), 'pandu-whatsapp-pictures-'));
  // Of its own, so that whatever is left in it was left by the program.
  const temporary = mkdtempSync(join(tmpdir(), 'pandu-whatsapp-pictures-'));
  const settings = { ...whatsappSettings(server), DATA_DIR: directory, TMPDIR: temporary };
  let program: Program | null = null;
  try {
    program = await startProgram(settings);
    await linkByPage(program, server);
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2, 20_000);
    const isStatus = ({ message }: Received): boolean => message?.imageMessage != null;

    server.faults.muteUploads = true;
    await participant.send('STATUS');
    await server.until(() => server.uploads.length === 1, 'the upload', 20_000);
    await program.kill();
    expect(participant.inbox.some(isStatus)).toBe(false);

    server.faults.heal();
    server.faults.acknowledge = false;
    program = await startProgram(settings);
    const first = await participant.waitFor(isStatus, 20_000);
    await program.kill();

    server.faults.heal();
    program = await startProgram(settings);
    const again = await participant.waitFor((one) => isStatus(one) && one.repeated, 20_000);
    expect(again.id).toBe(first.id);
    // The question that follows.
    await server.until(() => participant.texts.length === 4, 'what comes after it', 20_000);
    expect(participant.inbox.filter((one) => isStatus(one) && !one.repeated)).toHaveLength(1);
    for (const { message } of [first, again])
      expect(readPng(await openImage(message!.imageMessage!)).width).toBe(720);
    expect(await program.stop()).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  } finally {
    await program?.kill();
    await server.close();
    rmSync(directory, { recursive: true, force: true });
    rmSync(temporary, { recursive: true, force: true });
  }
});
