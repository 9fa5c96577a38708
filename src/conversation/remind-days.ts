/** The days that are offered, by how far they are. */
export const REMIND_DAYS: readonly { readonly answer: string; readonly days: number }[] = [
  { answer: 'tomorrow', days: 1 },
  { answer: 'three-days', days: 3 },
  { answer: 'week', days: 7 },
];
