import classifier from 'wink-naive-bayes-text-classifier';
import { type Contender, sharesOfLogs } from './contender.ts';

/** As its page sets it, but for the preparation, which is made for English. */
const CONFIG = { considerOnlyPresence: true, smoothingFactor: 0.5 };

export const contender: Contender = {
  async train({ sentences, spelling }) {
    const bayes = classifier();
    bayes.definePrepTasks([(text) => spelling(text).split(' ')]);
    bayes.defineConfig(CONFIG);
    for (const { label, text } of sentences) bayes.learn(text, label);
    bayes.consolidate();
    return (message) => sharesOfLogs(bayes.computeOdds(message));
  },
};
