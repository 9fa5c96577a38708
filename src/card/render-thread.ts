import { parentPort } from 'node:worker_threads';
import type { FromThread, ToThread } from './pictures.ts';
import { openRasteriser } from './rasterise.ts';

/** The thread that draws: see pictures.ts for what it is told and what it answers. */
const port = parentPort!;
const rasterising = openRasteriser();
// Told to whoever asks; until then it is nobody's failure.
rasterising.catch(() => {});

port.on('message', async ({ id, svg }: ToThread) => {
  try {
    const rasterise = await rasterising;
    tell({ id, png: rasterise(svg), reason: '' });
  } catch (error) {
    tell({ id, png: null, reason: error instanceof Error ? error.message : String(error) });
  }
});

function tell(message: FromThread): void {
  port.postMessage(message);
}
