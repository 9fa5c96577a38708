import { parentPort, workerData } from 'node:worker_threads';
import { SqliteEngine } from './sqlite-engine.ts';
import { failureOf } from './sqlite-failure.ts';
import { DataFile } from './sqlite-file.ts';
import type { FromThread, ToThread } from './sqlite-thread.ts';

/** The thread that owns the data file: see sqlite-thread.ts for what is said to it and what it answers. */
const port = parentPort!;
const { path } = workerData as { readonly path: string };

try {
  const engine = new SqliteEngine(new DataFile(path));
  port.on('message', (message: ToThread) => {
    if (message === 'close') {
      engine.close();
      port.close();
    } else if (message.isLast) {
      tell({ outcomes: engine.run(message.calls, (early) => tell({ early })) });
      engine.checkpoint();
    } else {
      engine.begin(message.calls);
    }
  });
  tell({ opened: null });
} catch (error) {
  tell({ opened: failureOf(error) });
}

function tell(message: FromThread): void {
  port.postMessage(message);
}
