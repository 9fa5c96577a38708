/** Run as a process of its own by cold.ts: everything between nothing and a reply that is on the disk and marked as sent. */
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { drive } from './product.ts';
import { loadKnowledge, realEngine, type Script } from './script.ts';

const knowledge = loadKnowledge();
const store = await openSqliteStore({ path: process.argv[2]! });
const greeting: Script = [{ kind: 'text', text: '/start', choice: null, replies: 2 }];
await drive({
  store,
  engine: realEngine(knowledge),
  scripts: [greeting],
  busy: 1,
  people: 1,
  delivers: true,
  prefix: 'c',
});
process.stdout.write('replied\n');
await store.close();
