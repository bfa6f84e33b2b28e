import type { Plain } from '../../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../../shared/dynamo/text-with-amounts.ts';
import { keys, openProofs } from '../../keys.ts';
import type { ClosedDay, Proof } from './proof.ts';

/** Items as plain objects ↔ the model: a text beside its amounts, and the revision on which writes depend. */
export function proofToPlain(proof: Proof): Plain {
  const { tenant, marketId, revision, asked, done } = proof;
  return {
    ...{ ...keys.proof(tenant, marketId), kind: 'PROOF', revision, ...writeText(proof) },
    ...(done < asked && { marketOf: openProofs, marketAt: `${tenant}#${marketId}` }),
  };
}

export function proofFromPlain({ text, amounts }: Plain): Proof {
  return readTexts({ text, amounts } as TextWithAmounts)[0] as Proof;
}

export function closedDayToPlain(day: ClosedDay): Plain {
  return { ...keys.provenDay(day.tenant, day.marketId, day.date), kind: 'PROVEN_DAY', ...writeText(day) };
}

export function closedDayFromPlain({ text, amounts }: Plain): ClosedDay {
  return readTexts({ text, amounts } as TextWithAmounts)[0] as ClosedDay;
}
