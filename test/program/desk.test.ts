import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedKnowledge } from '../support/conversation.ts';
import { type Program, startProgram } from '../support/program.ts';
import type { Group } from '../support/telegram/group.ts';
import { startTelegram } from '../support/telegram/server.ts';
import { startWhatsappServer } from '../support/whatsapp/server.ts';
import { linkByPage, whatsappSettings } from '../support/whatsapp-program.ts';

const WAIT = { timeout: 60_000, interval: 50 };
const { words } = shippedKnowledge();
const say = (id: string): string => words.id.get(id)!;
const ASK = 'bicara dengan orang';

/** Somebody on any channel: says something, and knows what was said to them. */
type Person = {
  readonly channel: string;
  says(text: string): Promise<unknown> | unknown;
  hears(): Promise<readonly string[]> | readonly string[];
};

/** A browser with its cookie, whichever program answers at its address. */
async function visitor(program: () => Program): Promise<Person> {
  const page = await fetch(program().url);
  const cookie = page.headers.get('set-cookie')!.split(';')[0]!;
  let sent = 0;
  return {
    channel: 'web',
    async says(text) {
      sent += 1;
      const answer = await fetch(`${program().url}/chat/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ messageId: `m${sent}`, text }),
      });
      expect(answer.status).toBeLessThan(300);
    },
    async hears() {
      const answer = await fetch(`${program().url}/chat/lines?after=0`, { headers: { cookie } });
      const { lines } = (await answer.json()) as { lines: readonly { from: string; text: string }[] };
      return lines.filter(({ from }) => from === 'pandu').map(({ text }) => text);
    },
  };
}

const count = (texts: readonly string[], part: string): number =>
  texts.filter((text) => text.includes(part)).length;

test('F01 F17 F78 on three channels a person answers in topics, through a SIGKILL: nothing is lost, nothing reaches anybody twice', {
  timeout: 300_000,
}, async () => {
  const telegram = await startTelegram();
  const whatsapp = await startWhatsappServer();
  const group: Group = telegram.group();
  const directory = mkdtempSync(join(tmpdir(), 'pandu-desk-'));
  const settings = {
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    OPERATOR_TELEGRAM_CHAT: group.id,
    DATA_DIR: directory,
    ...whatsappSettings(whatsapp),
  };
  let program = await startProgram(settings);
  try {
    expect(program.output()).toMatch(/operators\s+on/);
    await linkByPage(program, whatsapp);
    const siti = telegram.participant();
    const wati = whatsapp.participant();
    const people: readonly Person[] = [
      {
        channel: 'telegram',
        says: (text) => siti.says(text),
        hears: () => siti.heard().map(({ text }) => text),
      },
      { channel: 'whatsapp', says: (text) => wati.send(text), hears: () => wati.texts },
      await visitor(() => program),
    ];
    /** By the channel of the participant. */
    const threads = new Map<string, number>();
    for (const person of people) {
      await person.says('halo');
      await expect.poll(async () => (await person.hears()).length, WAIT).toBeGreaterThan(1);
      await person.says(ASK);
      await expect
        .poll(async () => count(await person.hears(), say('say.request.noted').slice(0, 30)), WAIT)
        .toBe(1);
      await expect.poll(() => group.topics().length, WAIT).toBe(threads.size + 1);
      threads.set(person.channel, group.topics().at(-1)!.thread);
    }
    const posts = (channel: string): readonly string[] =>
      group.topics().find(({ thread }) => thread === threads.get(channel))!.said;
    for (const { channel } of people) await expect.poll(() => posts(channel).length, WAIT).toBe(1);

    // Written while nobody runs: Telegram keeps it, and it is passed on after the start.
    await program.kill();
    for (const { channel } of people) {
      group.writes(threads.get(channel)!, `Halo, saya Rina, untuk ${channel}.`);
      group.writes(threads.get(channel)!, 'Kirim kode OTP ya.');
      group.writes(threads.get(channel)!, `Masih untuk ${channel}.`);
    }
    program = await startProgram(settings);
    for (const person of people) {
      const { channel } = person;
      await expect.poll(async () => count(await person.hears(), `Masih untuk ${channel}.`), WAIT).toBe(1);
      const heard = await person.hears();
      expect(count(heard, `👤 Petugas:\nHalo, saya Rina, untuk ${channel}.`)).toBe(1);
      expect(count(heard, '👤 Petugas:')).toBe(2);
      expect(count(heard, 'OTP ya')).toBe(0);
      await expect.poll(() => count(posts(channel), say('page.desk.refused.request')), WAIT).toBe(1);
    }

    // What they write now is for that person, and Pandu is silent.
    for (const person of people) {
      const before = (await person.hears()).length;
      await person.says(`jawaban dari ${person.channel}`);
      await expect.poll(() => count(posts(person.channel), `jawaban dari ${person.channel}`), WAIT).toBe(1);
      expect((await person.hears()).length).toBe(before);
    }

    // The same thread in another group, and in a private chat, is nobody's topic.
    const thread = threads.get('telegram')!;
    const stranger = telegram.participant({ name: 'X' });
    telegram.group().writes(thread, 'Halo dari grup lain');
    stranger.says('Halo dari luar', { message_thread_id: thread, is_topic_message: true });
    await stranger.hears(1);

    for (const { channel } of people) group.writes(threads.get(channel)!, '/selesai');
    for (const person of people) {
      await expect.poll(async () => count(await person.hears(), say('say.here-again')), WAIT).toBe(1);
      expect(count(await person.hears(), 'dari grup lain') + count(await person.hears(), 'dari luar')).toBe(
        0,
      );
    }
    await expect.poll(() => group.topics().map(({ closed }) => closed), WAIT).toEqual([true, true, true]);
    expect(await program.stop()).toBe(0);
    // Nobody's words and no number of theirs in a log.
    expect(program.output()).not.toMatch(/jawaban dari|saya Rina/);
  } finally {
    await program.kill();
    await telegram.close();
    await whatsapp.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
