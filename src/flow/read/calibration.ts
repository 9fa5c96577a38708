import { type Calibration, type Thresholds, UNFITTED } from '../../language/learning/thresholds.ts';
import type { Shape } from './shape.ts';
import type { Tree } from './yaml.ts';

/** flows/calibration.yaml: how sure the reader must be before it acts on what it has understood, or asks. */
export function readCalibration(tree: Tree, shape: Shape): Calibration {
  const fields = shape.fields(tree, 'the file', ['topics', 'answers', 'fitted']);
  return {
    topics: readThresholds(fields.topics, 'topics', UNFITTED.topics, shape),
    answers: readThresholds(fields.answers, 'answers', UNFITTED.answers, shape),
    fitted: shape.text(fields.fitted, 'fitted')?.value ?? '',
  };
}

function readThresholds(
  tree: Tree | undefined,
  what: string,
  fallback: Thresholds,
  shape: Shape,
): Thresholds {
  if (tree === undefined) return fallback;
  const fields = shape.fields(tree, what, ['temperature', 'answer', 'ask']);
  const share = (name: 'answer' | 'ask'): number =>
    shape.decimal(fields[name], `${name} of ${what}`, 0, 1) ?? fallback[name];
  return {
    temperature: shape.decimal(fields.temperature, `temperature of ${what}`, 0.1, 10) ?? fallback.temperature,
    answer: share('answer'),
    ask: share('ask'),
  };
}
