// Preloaded into a program under test: node --import ./test/support/whatsapp/trust.ts src/main.ts start
import { isMainThread } from 'node:worker_threads';

// Preloaded into its threads as well, which have nothing to do with WhatsApp.
if (isMainThread) {
  const { pinRoot, ROOT_VARIABLE } = await import('./root-pin.ts');
  const root = process.env[ROOT_VARIABLE];
  if (root === undefined || !/^[0-9a-f]{64}$/.test(root)) {
    throw new Error(
      `${ROOT_VARIABLE} must carry the root key of the loopback WhatsApp server, 32 bytes in hexadecimal`,
    );
  }
  pinRoot(Buffer.from(root, 'hex'));
}
