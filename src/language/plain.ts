/** Plain replies: what they mean depends on what was asked. */
export const PLAIN: ReadonlySet<string> = new Set(['yes', 'no', 'unsure']);
