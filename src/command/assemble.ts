import type { Channel, Intake } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import { foreignLinkIn } from '../conversation/guard.ts';
import type { Knowledge } from '../conversation/knowledge.ts';
import type { Session, Step } from '../conversation/session.ts';
import { step } from '../conversation/step.ts';
import { startSender } from '../delivery/sender.ts';
import type { SenderCounters } from '../delivery/settings.ts';
import type { Log } from '../log.ts';
import type { ChannelName, Incoming, Outgoing } from '../message.ts';
import type { Projection, Store } from '../store/store.ts';
import { startTurnLoop } from '../turn/loop.ts';
import { hidden } from './hidden.ts';

export type AssemblyOptions = {
  readonly store: Store;
  /** Asked for anew in each turn, so that edited flows are taken over between two turns. */
  readonly knowledge: () => Knowledge;
  readonly clock: Clock;
  /** Channels need the intake, and the sender needs the channels. */
  readonly channels: (intake: Intake, ways: Ways) => readonly Channel[];
  readonly log: Log;
  /** Told what each turn decided. */
  readonly onStep?: (step: Step) => void;
  /** How long a stop may take to answer what was received (default 20 s). */
  readonly drainMs?: number;
};

/** For a channel that keeps its messages itself, together with what let it read them. */
export type Ways = {
  /** Messages are being handed to the store. */
  readonly wake: () => void;
  /** They are durable. */
  readonly kept: (incoming: readonly Incoming[]) => void;
  /** More of what belongs together is on its way: nothing is decided until what this returns is called. */
  readonly hold: () => () => void;
};

const DRAIN_MS = 20_000;

/** Everything between the channels and the store, running. */
export type Assembly = {
  readonly intake: Intake;
  readonly channels: readonly Channel[];
  /** How the deliveries of each channel went since the start. */
  counters(): ReadonlyMap<ChannelName, Readonly<SenderCounters>>;
  /** The clock was moved: look for what has fallen due. */
  wake(): void;
  /** Resolves when nothing waits to be handled or to be sent. */
  idle(): Promise<void>;
  /** Takes in nothing more, answers what was received and sends what can be sent. The store stays open. */
  stop(): Promise<void>;
};

/** Builds the road that a message takes (one way in, one place that decides, one way out) and sets it going. */
export function assemble(options: AssemblyOptions): Assembly {
  const { store, clock, log, knowledge } = options;
  const storing = new Set<Promise<unknown>>();
  const intake: Intake = {
    async receive(incoming, cursor) {
      const stored = store.receive(incoming.map(hidden), clock.now(), cursor);
      // At once, so that it is claimed with the commit that keeps it, and decided while the disk is waited for.
      loop.wake();
      storing.add(stored);
      try {
        await stored;
      } finally {
        storing.delete(stored);
      }
      showTyping(incoming);
    },
    cursor: async (name) => (await store.cursor(name))?.value ?? null,
  };
  const channels = options.channels(intake, {
    wake: () => loop.wake(),
    kept: showTyping,
    hold: () => loop.hold(),
  });
  const senders = channels.map((channel) =>
    startSender({ store, channel, clock, log, mayLeave, onGivenUp: () => loop.wake() }),
  );
  const loop = startTurnLoop({
    store,
    clock,
    log,
    decide: (session, event) => {
      const decided = step(knowledge(), session, event);
      for (const effect of decided.effects)
        if (effect.kind === 'send' && !mayLeave(effect.outgoing)) throw new ForeignLink();
      options.onStep?.(decided);
      return decided;
    },
    project: (decided, session) => project(knowledge().flowHash, decided, session),
    onFinished: wakeSenders,
  });

  function mayLeave(outgoing: Outgoing): boolean {
    return foreignLinkIn(knowledge().checklist.facts, outgoing) === null;
  }

  function wakeSenders(): void {
    for (const sender of senders) sender.wake();
  }

  function showTyping(incoming: readonly Incoming[]): void {
    const last = new Map(incoming.map((message) => [`${message.channel} ${message.chat}`, message]));
    for (const { channel: name, chat, kind } of last.values()) {
      if (NOT_ANSWERED.has(kind)) continue;
      channels.find((channel) => channel.name === name)?.typing?.({ channel: name, chat });
    }
  }

  return {
    intake,
    channels,
    counters: () => new Map(channels.map(({ name }, index) => [name, senders[index]!.counters])),
    wake() {
      loop.wake();
      wakeSenders();
    },
    async idle() {
      await loop.idle();
      wakeSenders();
      await Promise.all(senders.map((sender) => sender.idle()));
    },
    async stop() {
      const patience = createPatience(options.drainMs ?? DRAIN_MS);
      await Promise.all(channels.map((channel) => channel.stopListening()));
      await Promise.allSettled(storing);
      await patience.for(loop.idle());
      await loop.stop();
      await Promise.all(senders.map((sender) => sender.stop(patience.leftMs())));
      patience.end();
      await Promise.all(channels.map((channel) => channel.stop()));
    },
  };
}

/** A reply would have led elsewhere than to the programme: it is not kept, and the participant gets the apology instead. */
class ForeignLink extends Error {
  override readonly name = 'ForeignLink';
}

const NOT_ANSWERED: ReadonlySet<string> = new Set(['left', 'returned', 'operator', 'handed-back', 'desk']);

/** One span of time that several waits share, one after the other. */
function createPatience(ms: number) {
  const end = performance.now() + ms;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return {
    for: (work: Promise<void>): Promise<void> => Promise.race([work, ended]),
    leftMs: (): number => Math.max(0, end - performance.now()),
    end: (): void => clearTimeout(timer),
  };
}

function project(flowHash: string, { position, asking }: Step, { provider }: Session): Projection {
  const { verdict } = position;
  return {
    verdict: verdict?.kind ?? null,
    requirement: verdict?.requirement ?? null,
    owner: verdict?.owner ?? null,
    asking,
    since: verdict?.since ?? null,
    flowHash,
    provider: provider?.key ?? null,
  };
}
