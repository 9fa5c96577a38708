import type { Intake, Pictures, StatusReport } from '../channels/channel.ts';
import type { ExtraRoute } from '../channels/web/ports.ts';
import type { Clock } from '../clock.ts';
import type { Config, WhatsappConfig } from '../config.ts';
import type { Words } from '../conversation/knowledge.ts';
import type { Log } from '../log.ts';
import type { Language } from '../message.ts';
import type { Store } from '../store/store.ts';
import { createAccountStore } from './account-store.ts';
import type { Ways } from './assemble.ts';
import { dataKey } from './data-key.ts';
import { hidden } from './hidden.ts';

export type WhatsappParts = {
  readonly config: Config;
  readonly settings: WhatsappConfig;
  readonly store: Store;
  readonly pictures: Pictures;
  readonly clock: Clock;
  readonly log: Log;
  readonly report: StatusReport;
  readonly words: (language: Language) => Words;
  /** What the status of WhatsApp is, in a sentence. */
  readonly status: () => string;
  /** To the terminal of whoever runs Pandu, never to a log. */
  readonly write: (lines: string) => void;
  readonly isTerminal: boolean;
  /** The address of the page on which the phone is linked; null while it is not known. */
  readonly pairingAddress: () => string | null;
};

/**
 * WhatsApp, as far as it can be built before the channels are; loaded only when it is on, for its library takes a
 * while and a good deal of memory.
 */
export async function prepareWhatsapp(parts: WhatsappParts) {
  const { config, settings, store, clock, log, report } = parts;
  const { createWhatsappChannel } = await import('../channels/whatsapp/whatsapp.ts');
  const { createPairingPage } = await import('../channels/whatsapp/pairing-page.ts');
  const key = dataKey(config.dataKey, config.dataDir);
  const page = createPairingPage({
    clock,
    status: parts.status,
    write: parts.write,
    isTerminal: parts.isTerminal,
    address: parts.pairingAddress,
  });
  const route: ExtraRoute = { path: page.path, handle: page.handle };
  return {
    route,
    create: (intake: Intake, ways: Ways) =>
      createWhatsappChannel({
        account: createAccountStore({ store, channel: 'whatsapp', key, clock, hidden, ...ways }),
        intake,
        hold: ways.hold,
        pictures: parts.pictures,
        report,
        showPairing: page.show,
        menuWords: (language) => ({
          one: parts.words(language).get('page.whatsapp.menu.one')!,
          several: parts.words(language).get('page.whatsapp.menu.several')!,
        }),
        clock,
        log,
        url: settings.url,
        version: settings.version === null ? null : [...settings.version],
        pairingNumber: settings.pairingNumber,
        pace: {
          perSecond: settings.perMinute / 60,
          perChatPerSecond: settings.perChatPerMinute / 60,
        },
        timing: settings.typing ? {} : { typingLeastMs: 0 },
      }),
  };
}
