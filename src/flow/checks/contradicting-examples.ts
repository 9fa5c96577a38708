import { type Issue, issueAt } from '../issue.ts';
import type { ExampleLine } from '../read/examples.ts';
import type { Sources } from '../sources.ts';

/** The same sentence, spelling apart, as an example of two different things: nothing can be learnt from that. */
export function contradictingExamples(sources: Sources): readonly Issue[] {
  const first = new Map<string, ExampleLine>();
  return sources.examples.lines.flatMap((line) => {
    const isAboutTopic = line.scope === 'topics' || line.scope === 'out-of-scope';
    const key = `${isAboutTopic ? 'topics' : line.scope}\n${sources.normal(line.text)}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, line);
    if (known === undefined || (known.label === line.label && known.scope === line.scope)) return [];
    return issueAt(
      line.place,
      `'${line.text}' is an example of '${line.label}' here and of '${known.label}' in ${known.place.file}:${known.place.line}; keep one of them`,
    );
  });
}
