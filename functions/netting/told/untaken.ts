import type { LineFault } from '../obligations/check-obligation.ts';
import type { Told } from './told.ts';

/** What a centre was told and could not take: kept until it can. */
export interface Untaken {
  readonly told: Told;
  readonly centreId: string;
  /** Ids of participants. */
  readonly payer: string;
  readonly payee: string;
  readonly faults: readonly LineFault[];
  /** When it was tried last. ISO instant. */
  readonly triedAt: string;
}
