import type { Payer } from './payers/payer.ts';
import type { Fit } from './terms/settle.ts';

/**
 * How sure explanations are, in thousandths: all of them stand here. Those from 900 on are booked by themselves under the
 * usual threshold. What is ambiguous, or not proved to be the only explanation, is never booked, whatever its score.
 */

/**
 * What a reference is worth. AGREED: a virtual account that stands for it. OWN: it says by itself what it means, and the
 * payer is its customer. FREE: so it does, and nobody knows who paid. BARE: of digits alone and not called anything, where nobody
 * knows who paid: it counts where the amount fits. FOREIGN: it says what it means, and the payer is another customer.
 * LABELLED and PLAIN: short ones of a known payer (see Hit). CUT: the beginning of a number of a known payer.
 */
export type ReferenceBasis = 'AGREED' | 'OWN' | 'FREE' | 'BARE' | 'FOREIGN' | 'LABELLED' | 'PLAIN' | 'CUT';

export const referenceScores: Readonly<Record<ReferenceBasis, Readonly<Record<Fit, number>>>> = {
  AGREED: { EXACT: 1000, DISCOUNT: 995, CHARGE: 985, OVER: 965, PART: 955, SHORT: 800 },
  OWN: { EXACT: 990, DISCOUNT: 980, CHARGE: 970, OVER: 950, PART: 940, SHORT: 790 },
  FREE: { EXACT: 970, DISCOUNT: 960, CHARGE: 945, OVER: 920, PART: 910, SHORT: 780 },
  BARE: { EXACT: 960, DISCOUNT: 945, CHARGE: 930, OVER: 720, PART: 690, SHORT: 640 },
  FOREIGN: { EXACT: 905, DISCOUNT: 800, CHARGE: 790, OVER: 700, PART: 700, SHORT: 600 },
  LABELLED: { EXACT: 965, DISCOUNT: 955, CHARGE: 940, OVER: 915, PART: 905, SHORT: 770 },
  PLAIN: { EXACT: 950, DISCOUNT: 935, CHARGE: 920, OVER: 750, PART: 700, SHORT: 650 },
  CUT: { EXACT: 945, DISCOUNT: 760, CHARGE: 750, OVER: 650, PART: 640, SHORT: 600 },
};

/**
 * What the amount of a known payer is worth: one invoice of it, a set, one after a discount or a charge. A part of one is worth nothing.
 */
export type AmountBasis = 'EXACT' | 'SET' | 'DISCOUNT' | 'CHARGE';

export const amountScores: Readonly<Record<NonNullable<Payer['by']>, Readonly<Record<AmountBasis, number>>>> = {
  VIRTUAL_ACCOUNT: { EXACT: 968, SET: 936, DISCOUNT: 938, CHARGE: 928 },
  ACCOUNT: { EXACT: 962, SET: 932, DISCOUNT: 934, CHARGE: 924 },
  NAME: { EXACT: 942, SET: 922, DISCOUNT: 924, CHARGE: 912 },
};

/**
 * Of what is suggested only. UNPROVED: a reference or an amount of a known payer that another explanation stands beside.
 * MAYBE_PAYER: of a customer whose name the payer's is near to, or that shares its name or account with others.
 */
export const suggestionScores = {
  UNPROVED: 850,
  UNPROVED_SET: 750,
  UNPROVED_TERMS: 700,
  OLDEST_FIRST: 500,
  ON_ACCOUNT: 450,
  MAYBE_PAYER_EXACT: 650,
  MAYBE_PAYER_SET: 550,
  MAYBE_PAYER_TERMS: 520,
  MAYBE_PAYER_OTHER: 400,
  AMOUNT_ONLY: 300,
} as const;
