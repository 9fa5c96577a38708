import { ConfigError, type ConfigProblem, type Environment, readConfig } from '../../src/config.ts';

/** What is wrong with these settings; none when they are accepted. */
export function problemsOf(environment: Environment): readonly ConfigProblem[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
