import type { OpenReceipt } from '../open-item.ts';
import type { Payer } from '../payers/payer.ts';
import type { FoundReferences } from '../references/find-references.ts';

/** A receipt within a run, with all that is read out of it. */
export interface Case {
  readonly receipt: OpenReceipt;
  readonly payer: Payer;
  readonly references: FoundReferences;
}
