/** flows/calibration.yaml: how sure the reader must be. Fitted to voices that were kept out of learning. */
export type Calibration = {
  readonly topics: Thresholds;
  readonly answers: Thresholds;
  /** The examples these numbers were fitted to: the beginning of a SHA-256 over them, '' when never fitted. */
  readonly fitted: string;
};

export type Thresholds = {
  /** Divides the scores before they become confidences; below 1 the likeliest gets likelier. */
  readonly temperature: number;
  /** From this confidence on something is acted upon outright. */
  readonly answer: number;
  /** From this confidence on it is asked whether it was meant. */
  readonly ask: number;
};

export const UNFITTED: Calibration = {
  topics: { temperature: 1, answer: 0.8, ask: 0.25 },
  answers: { temperature: 1, answer: 0.7, ask: 0.5 },
  fitted: '',
};
