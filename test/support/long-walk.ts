/** The long way to a waiting verdict: every question of the checklist, with its answer. */
export const LONG_WALK = [
  ['dashboard', 'nothing'],
  ['training', 'finished'],
  ['rating', 'sisnaker'],
  ['certificates', 'both'],
  ['wallet', 'linked'],
  ['names', 'same'],
  ['when', 'today'],
] as const;
