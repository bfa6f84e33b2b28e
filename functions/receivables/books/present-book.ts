import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { defaultMatchRules, type MatchRules } from '../matching/match-rules.ts';
import type { Tolerance } from '../matching/open-item.ts';
import type { ReceivablesBook, StoredRules } from './book.ts';

export function presentBook({ legalEntity, currency, accounts, revision, changedAt }: ReceivablesBook) {
  return { legalEntity, currency, accounts: { ...accounts }, version: revision, changedAt };
}

/** The rules of a tenant; those that everybody begins with, of one that has put none. */
export function presentRules(stored: StoredRules | undefined) {
  return {
    version: stored?.revision ?? 0,
    ...presentRuleSet(stored?.rules ?? defaultMatchRules),
    ...defined({ changedAt: stored?.changedAt }),
  };
}

export function presentRuleSet({ off, threshold, tolerance, setCandidatesMax, setSizeMax }: MatchRules) {
  return { off: [...off], threshold, tolerance: presentTolerance(tolerance), setCandidatesMax, setSizeMax };
}

/** Charges by currency, in alphabetical order. */
export function presentTolerance({ chargeMax, basisPointsMax }: Tolerance) {
  const charges = Object.entries(chargeMax).sort(([one], [other]) => (one < other ? -1 : 1));
  return { chargeMax: charges.map(([currency, minor]) => presentAmount(minor, currency)), basisPointsMax };
}
