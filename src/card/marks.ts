import type { StepState } from '../message.ts';

/** Of each state: the mark's own colour, which is also dark enough for letters, and a tint of it for what lies behind. */
export const COLOURS: Readonly<Record<StepState, { readonly strong: string; readonly tint: string }>> = {
  met: { strong: '#1a7240', tint: '#e6f4ea' },
  waiting: { strong: '#0b5cad', tint: '#e5f0fb' },
  unmet: { strong: '#a34600', tint: '#fdeedd' },
  unknown: { strong: '#5f5566', tint: '#f1edf3' },
};

/** The shapes of the marks in a circle of radius 11 around 0,0: known apart without their colours. */
const SHAPES: Readonly<Record<StepState, string>> = {
  met: '<path d="M-5 0.4L-1.6 4L5-3.6" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>',
  waiting:
    '<path d="M0-5.6V0.4L4 3" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>',
  unmet:
    '<path d="M0-5.6V1" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/><circle cy="5.4" r="1.8" fill="#fff"/>',
  unknown: '',
};

/** The mark of a state with its centre at a place; `radius` in the picture's own unit. */
export function markAt(state: StepState, x: number, y: number, radius: number): string {
  const { strong } = COLOURS[state];
  // A ring with nothing in it yet.
  const ground =
    state === 'unknown'
      ? `<circle r="9.6" fill="#fff" stroke="${strong}" stroke-width="2"/>`
      : `<circle r="11" fill="${strong}"/>`;
  const scale = Math.round((radius / 11) * 1000) / 1000;
  return `<g data-state="${state}" transform="translate(${x} ${y}) scale(${scale})">${ground}${SHAPES[state]}</g>`;
}
