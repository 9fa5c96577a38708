import { EventEmitter } from 'node:events';
import type { BaileysEventMap, WASocket } from '@whiskeysockets/baileys';

/**
 * The library answers from listeners that nobody waits for. When the connection ends in that very moment, or a stanza is
 * of a shape it does not know, their promise is rejected, and Node.js would end the whole process over it. Such a stanza
 * stays without an answer, and the platform delivers it again.
 *
 * @param onRejection told which event it was
 */
export function catchingRejections(
  make: () => WASocket,
  onRejection: (error: unknown, event: string) => void,
): WASocket {
  // Holds for the emitters that are made inside, and those are made synchronously.
  const before = EventEmitter.captureRejections;
  EventEmitter.captureRejections = true;
  let socket: WASocket;
  try {
    socket = make();
  } finally {
    EventEmitter.captureRejections = before;
  }
  Object.defineProperty(socket.ws, Symbol.for('nodejs.rejection'), { value: onRejection });
  // The library's other emitter is out of reach; it tells the same as an error.
  socket.ev.on('error' as keyof BaileysEventMap, (error: unknown) => onRejection(error, 'event'));
  return socket;
}
