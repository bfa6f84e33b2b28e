import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { keys, unassignedPlace } from '../keys.ts';
import type { UnassignedPayments } from './unassigned.ts';

/** Items as plain objects ↔ the model: a text beside its amounts, listed by market while something is to be done. */
export function unassignedToPlain(kept: UnassignedPayments): Plain {
  const { tenant, marketId, orderNo, page, revision } = kept;
  return {
    ...keys.unassigned(tenant, orderNo, marketId, page),
    kind: 'UNASSIGNED',
    revision,
    ...writeText(kept),
    ...(kept.payments.some(({ handled }) => !handled) && unassignedPlace(tenant, marketId, orderNo, page)),
  };
}

export function unassignedFromPlain({ text, amounts }: Plain): UnassignedPayments {
  const [kept] = readTexts({ text, amounts } as TextWithAmounts);
  return kept as UnassignedPayments;
}
