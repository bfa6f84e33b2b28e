import type { Owed } from '../positions/position.ts';

/**
 * What an obligation is in its cycle. UNCONFIRMED and CONFIRMED are netted (the first where the centre's terms say so). A
 * DISPUTED one is left out and goes to the next cycle. WITHDRAWN: there is none any more.
 */
export const obligationStates = ['UNCONFIRMED', 'CONFIRMED', 'DISPUTED', 'WITHDRAWN'] as const;
export type ObligationState = (typeof obligationStates)[number];

/**
 * A line of a cycle: what an obligation was at one version. The line of the highest version decides, so that neither the order
 * of lines nor their repetition matters. Lines of one reference and version are the same.
 */
export interface ObligationLine extends Owed {
  /** The caller's; unique within the centre. */
  readonly reference: string;
  /** 1, 2, … */
  readonly version: number;
  readonly state: ObligationState;
}
