// A stock socket in a process of its own, to be killed. It logs in with what the file named in the arguments holds, and
// prints the text of every message.
import { readFileSync } from 'node:fs';
import { BufferJSON } from '@whiskeysockets/baileys';
import { silenceLibsignal } from './quiet.ts';
import { connectStock, createMemoryLogin } from './stock-client.ts';

silenceLibsignal();
const [url = '', file = ''] = process.argv.slice(2);
const { creds, kept } = JSON.parse(readFileSync(file, 'utf8'), BufferJSON.reviver);
const client = connectStock(url, createMemoryLogin(creds, new Map(kept)));
client.socket.ev.process((events) => {
  for (const { message } of events['messages.upsert']?.messages ?? [])
    console.log(message?.conversation ?? '');
});
