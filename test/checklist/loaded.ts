import { readFileSync } from 'node:fs';
import type { AnswerId, Checklist, FactId, QuestionId } from '../../src/checklist/checklist.ts';
import type { Answers } from '../../src/checklist/walk.ts';
import { Ledger } from '../../src/flow/ledger.ts';
import { readChecklist } from '../../src/flow/read/checklist.ts';
import { readFacts } from '../../src/flow/read/facts.ts';
import { Shape } from '../../src/flow/read/shape.ts';
import { parseYaml, type Tree } from '../../src/flow/read/yaml.ts';

/** The checklist of flows/ without its words, so that its paths can be walked while a sentence is missing. */
export function loadedChecklist(): Checklist {
  const refuse = (place: { file: string; line: number }, reason: string): never => {
    throw new Error(`${place.file}:${place.line}: ${reason}`);
  };
  const treeOf = (file: string): Tree => parseYaml(file, readFileSync(`flows/${file}`, 'utf8'), refuse)!;
  const shape = new Shape(refuse);
  const ledger = new Ledger();
  const facts = readFacts(treeOf('facts.yaml'), shape, ledger);
  return { ...readChecklist(treeOf('checklist.yaml'), shape, ledger), facts };
}

/** The checklist with exactly these of the facts that change evidence switched on. */
export function switchedOn(checklist: Checklist, on: readonly FactId[]): Checklist {
  const switches = ['rating-on-dashboard', 'report-from-grade'];
  return {
    ...checklist,
    facts: checklist.facts.map((fact) =>
      switches.includes(fact.id) ? { ...fact, on: on.includes(fact.id) } : fact,
    ),
  };
}

/** Answers such as `dashboard=nothing rating=no-menu`, given in this order a minute apart, the last of them at `at`. */
export function answered(given: string, at: number): Answers {
  const pairs = given.split(' ').map((pair) => pair.split('=') as [QuestionId, AnswerId]);
  return throughJson(
    Object.fromEntries(
      pairs.map(([question, answerId], order) => [
        question,
        { answerId, at: at - (pairs.length - 1 - order) * 60_000, order },
      ]),
    ),
  );
}

/** As answers come back from the store, and so that nobody can write into them. */
export function throughJson(answers: Answers): Answers {
  const copy: Answers = JSON.parse(JSON.stringify(answers));
  for (const answer of Object.values(copy)) Object.freeze(answer);
  return Object.freeze(copy);
}
