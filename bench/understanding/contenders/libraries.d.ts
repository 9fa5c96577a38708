/** Of these packages, which bring no types, only what the bench uses. */

declare module '@nlpjs/core' {
  export type Container = { use(plugin: unknown): unknown; get(name: 'nlp'): Nlp };
  export type Nlp = {
    settings: { autoSave: boolean; autoLoad: boolean; calculateSentiment: boolean };
    addLanguage(locale: string): void;
    addDocument(locale: string, utterance: string, intent: string): void;
    train(): Promise<void>;
    process(
      locale: string,
      utterance: string,
    ): Promise<{ classifications: { intent: string; score: number }[] }>;
  };
  export function containerBootstrap(): Promise<Container>;
}

declare module '@nlpjs/nlp' {
  export const Nlp: unknown;
}

declare module '@nlpjs/lang-id' {
  export const LangId: unknown;
}

declare module 'wink-naive-bayes-text-classifier' {
  export type Classifier = {
    definePrepTasks(tasks: readonly ((text: string) => string[])[]): number;
    defineConfig(config: { considerOnlyPresence: boolean; smoothingFactor: number }): boolean;
    learn(text: string, label: string): boolean;
    consolidate(): boolean;
    computeOdds(text: string): [label: string, odds: number][];
  };
  export default function classifier(): Classifier;
}
