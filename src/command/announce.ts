import type { ChannelStatus } from '../channels/channel.ts';
import type { Config } from '../config.ts';
import type { ChannelName } from '../message.ts';

export type Announcement = {
  readonly config: Config;
  readonly statuses: ReadonlyMap<ChannelName, ChannelStatus>;
  /** What waits from an earlier run, a line each. */
  readonly before: readonly string[];
  /** Where the phone can be linked, as long as it is not; null while WhatsApp is off. */
  readonly pairingPage: (() => string) | null;
};

/** Not when it is linked already, or stopped for a reason that a new code does not mend. */
const CAN_BE_LINKED: ReadonlySet<ChannelStatus['state']> = new Set(['starting', 'waiting']);

/** Said once, on stdout: what is on, what is off, and which setting turns it on. */
export function announce({ config, statuses, before, pairingPage }: Announcement): void {
  const line = (name: string, channel: ChannelName): string => {
    const { state, reason } = statuses.get(channel)!;
    return `  ${name.padEnd(10)} ${state.padEnd(8)} ${reason}`;
  };
  const lines = [
    'Pandu is running.',
    line('web chat', 'web'),
    config.telegram === null
      ? '  Telegram   off      set TELEGRAM_BOT_TOKEN (from @BotFather) to turn it on'
      : line('Telegram', 'telegram'),
    config.telegram?.operatorChat == null
      ? '  operators  off      set OPERATOR_TELEGRAM_CHAT (with TELEGRAM_BOT_TOKEN) to let people answer who ask for a person'
      : line('operators', 'desk'),
    config.whatsapp === null
      ? '  WhatsApp   off      set WHATSAPP=on and scan a code with a phone to turn it on'
      : line('WhatsApp', 'whatsapp'),
    ...(pairingPage === null || !CAN_BE_LINKED.has(statuses.get('whatsapp')!.state)
      ? []
      : [`                      link the phone at ${pairingPage()} (show it to nobody)`]),
    '  terminal            npm run --silent pandu -- chat (in another window)',
    `  data                ${config.databasePath}`,
    `  words               ${config.flowsDir} (edits are taken over while running)`,
    ...before.map((line) => `  from before         ${line}`),
    ...config.warnings.map((warning) => `  note                ${warning}`),
    'Stop with Ctrl+C.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
