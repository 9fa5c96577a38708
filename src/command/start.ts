import { createPictures } from '../card/pictures.ts';
import type { Channel, ChannelStatus, StatusReport } from '../channels/channel.ts';
import { type Command, createTelegramChannel, type TelegramChannel } from '../channels/telegram/telegram.ts';
import { type ExtraRoute, PAGE_WORDS, type PageWords } from '../channels/web/ports.ts';
import { createWebChannel } from '../channels/web/web.ts';
import { systemClock } from '../clock.ts';
import { loadConfig, type TelegramConfig } from '../config.ts';
import { fill } from '../conversation/fill.ts';
import type { Words } from '../conversation/knowledge.ts';
import { COMMANDS } from '../conversation/texts.ts';
import { formatIssue } from '../flow/issue.ts';
import { loadFlows } from '../flow/load.ts';
import { watchFlows } from '../flow/watch.ts';
import { createLog, type Log } from '../log.ts';
import type { ChannelName } from '../message.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { announce } from './announce.ts';
import { assemble } from './assemble.ts';
import { leftOver, logFigures } from './figures.ts';
import { watchOutages } from './outage.ts';
import { startRetention } from './retention.ts';
import { watchStore } from './watch-store.ts';
import { prepareWhatsapp } from './whatsapp.ts';

/**
 * `pandu start`: everything that is configured, until SIGTERM or SIGINT. Built from the store outwards and stopped in
 * the opposite order, so that nothing is received that could not be kept.
 */
export async function run(): Promise<number> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  const operatorChat = config.telegram?.operatorChat ?? null;
  const settings = { operatorName: config.operatorName, hasOperators: operatorChat !== null };
  const loaded = loadFlows(config.flowsDir, settings);
  if (loaded.knowledge === null) {
    for (const issue of loaded.issues) process.stderr.write(`${formatIssue(issue)}\n`);
    process.stderr.write('Cannot start: flows/ has mistakes. Nothing was changed.\n');
    return 1;
  }
  let { knowledge } = loaded;
  // Learnt now: the first message should not have to wait for it.
  knowledge.reader.learned();
  const store = await openSqliteStore({ path: config.databasePath });
  const storeWatch = watchStore({ store, log });
  const statuses = new Map<ChannelName, ChannelStatus>();
  let isStopping = false;
  const report = reporter(log, statuses, () => isStopping);
  const before = await leftOver(store);
  const pictures = createPictures();
  let pairingPage: (() => string) | null = null;
  const whatsapp =
    config.whatsapp === null
      ? null
      : await prepareWhatsapp({
          config,
          settings: config.whatsapp,
          store,
          pictures,
          clock: systemClock,
          log,
          report,
          words: (language) => knowledge.words[language],
          status: () => statuses.get('whatsapp')?.reason ?? 'starting',
          write: (lines) => void process.stdout.write(lines),
          isTerminal: process.stdout.isTTY === true,
          pairingAddress: () => pairingPage?.() ?? null,
        });
  const program = assemble({
    store,
    knowledge: () => knowledge,
    clock: systemClock,
    log,
    channels: (intake, ways) => {
      const channels: Channel[] = [];
      const routes: ExtraRoute[] = [];
      if (config.telegram !== null) {
        const telegram = createTelegramChannel({
          ...config.telegram,
          intake,
          pictures,
          report,
          clock: systemClock,
          log,
          desk:
            operatorChat === null
              ? null
              : {
                  group: operatorChat,
                  topics: store,
                  nameOf: (number) => fill(knowledge.words.id, 'page.desk.topic', { number }),
                },
          commands: { id: commandMenu(knowledge.words.id), en: commandMenu(knowledge.words.en) },
        });
        channels.push(telegram);
        if (telegram.desk !== null) channels.push(telegram.desk);
        routes.push(...webhookRoutes(config.telegram, telegram));
      }
      if (whatsapp !== null) {
        channels.push(whatsapp.create(intake, ways));
        routes.push(whatsapp.route);
      }
      const web = createWebChannel({
        host: config.host,
        port: config.port,
        trustProxy: config.trustProxy,
        intake,
        pictures,
        transcript: { read: (address, afterId, limit) => store.history(address, afterId, limit) },
        words: (language) => pageWords(knowledge.words[language]),
        report,
        clock: systemClock,
        routes,
        isHealthy: () => storeWatch.answers(),
        onError: (error) => log.error({ error }, 'web: a request failed'),
      });
      if (whatsapp !== null) pairingPage = () => `${web.url}${whatsapp.route.path}`;
      return [web, ...channels];
    },
  });
  const watch = watchFlows(config.flowsDir, settings, {
    current: () => knowledge,
    accept: (edited) => {
      knowledge = edited;
      log.info({ flowHash: edited.flowHash }, 'flows: the edited files are used from now on');
    },
    refuse: (issues) => {
      log.warn(
        { issues: issues.map(formatIssue) },
        'flows: the edited files have mistakes; the old ones stay',
      );
    },
  });
  const outages = await watchOutages({ store, clock: systemClock, log });
  const figures = logFigures({ store, counters: program.counters, log });
  const retention = startRetention({ store, clock: systemClock, log, knowledge: () => knowledge });
  const stopping = signalled();
  try {
    for (const channel of program.channels) await channel.start();
    announce({ config, statuses, before, pairingPage });
    const ending = await Promise.race([stopping, storeWatch.lost.then((sentence) => ({ sentence }))]);
    if ('sentence' in ending) {
      process.stderr.write(`${ending.sentence}\n`);
      // Nothing can be finished without the store, and what was kept is safe at any moment.
      process.exit(1);
    }
    log.info(ending, 'stopping: finishing what runs');
  } finally {
    isStopping = true;
    storeWatch.stop();
    await watch.stop();
    outages.stop();
    figures.stop();
    await retention.stop();
    await program.stop();
    await pictures.stop();
    await store.close();
  }
  // Everything is closed; but timers of WhatsApp's library would keep the process for half a minute (decision 21).
  if (whatsapp !== null) process.exit(0);
  return 0;
}

/** The webhook is answered on the web chat's port, at the path of its own address. */
function webhookRoutes(telegram: TelegramConfig, { webhookHandler }: TelegramChannel): ExtraRoute[] {
  if (telegram.webhook === null || webhookHandler === null) return [];
  return [{ path: new URL(telegram.webhook.url).pathname, handle: webhookHandler }];
}

function commandMenu(words: Words): Command[] {
  return COMMANDS.map((command) => ({ command, description: words.get(`command.${command}`)! }));
}

function pageWords(words: Words): PageWords {
  return Object.fromEntries(PAGE_WORDS.map((name) => [name, words.get(`page.web.${name}`)!])) as PageWords;
}

/** What goes wrong is a warning, and its end is told as well; what goes well from the first is said by `announce`. */
function reporter(
  log: Log,
  statuses: Map<ChannelName, ChannelStatus>,
  isStopping: () => boolean,
): StatusReport {
  const level = (state: ChannelStatus['state'], wasInTrouble: boolean): 'debug' | 'info' | 'warn' => {
    if (state === 'waiting') return 'warn';
    if (state === 'stopped') return isStopping() ? 'info' : 'warn';
    return state === 'on' && wasInTrouble ? 'info' : 'debug';
  };
  return (channel, status) => {
    const { state, reason } = status;
    const wasInTrouble = statuses.get(channel)?.state === 'waiting';
    statuses.set(channel, status);
    log[level(state, wasInTrouble)]({ channel, state }, `${channel}: ${reason}`);
  };
}

/** A second signal ends the process at once: the data file is safe at any moment. */
function signalled(): Promise<{ readonly signal: string }> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve({ signal });
      });
    }
  });
}
