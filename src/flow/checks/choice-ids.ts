import { ACTIONS, choiceId, type Pick } from '../../conversation/choice.ts';
import { type Issue, issueAt } from '../issue.ts';
import type { Kind } from '../ledger.ts';
import type { Sources } from '../sources.ts';

/** Telegram's limit for callback_data, https://core.telegram.org/bots/api#inlinekeyboardbutton. */
const MOST_BYTES = 64;
/** The longest revision: eight digits in base 36. */
const LAST_REVISION = 36 ** 8 - 1;

/** Ids so long that the id of a choice would not fit onto a Telegram button. */
export function choiceIds({ checklist, topics, ledger }: Sources): readonly Issue[] {
  const tooLong = (kind: Kind, id: string, pick: Pick): readonly Issue[] => {
    const bytes = Buffer.byteLength(choiceId(pick, LAST_REVISION));
    if (bytes <= MOST_BYTES) return [];
    const name =
      kind === 'answer'
        ? `answer '${id.split('/')[1]}' of question '${id.split('/')[0]}'`
        : `${kind} '${id}'`;
    return [issueAt(ledger.placeOf(kind, id), `${name} makes a choice of ${bytes} bytes, ${MOST_BYTES} fit`)];
  };
  const longestAction = ACTIONS.toSorted((a, b) => b.length - a.length)[0]!;
  return [
    ...checklist.questions.flatMap(({ id, answers }) => [
      ...tooLong('question', id, { kind: 'question', question: id }),
      ...answers.flatMap((answer) =>
        tooLong('answer', `${id}/${answer.id}`, { kind: 'answer', question: id, answer: answer.id }),
      ),
    ]),
    ...checklist.requirements.flatMap(({ id }) =>
      tooLong('requirement', id, { kind: 'act', action: longestAction, requirement: id }),
    ),
    ...topics.flatMap(({ id }) => tooLong('topic', id, { kind: 'topic', topic: id })),
  ];
}
