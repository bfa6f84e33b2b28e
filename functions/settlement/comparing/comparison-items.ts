import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { keys, openComparisons } from '../keys.ts';
import type { ComparedDayRef, Comparison, KeptDifference } from './comparison.ts';

/** Items as plain objects ↔ the model: a text beside its amounts, and the revision on which writes depend. */
export function comparisonToPlain(comparison: Comparison): Plain {
  const { tenant, marketId, channelId, businessDate, revision, asked, done } = comparison;
  const key = keys.comparison(tenant, marketId, channelId, businessDate);
  return {
    ...{ ...key, kind: 'COMPARISON', revision, ...writeText(comparison) },
    ...(done < asked && { marketOf: openComparisons, marketAt: `${tenant}#${marketId}#${businessDate}#${channelId}` }),
  };
}

export function comparisonFromPlain({ text, amounts }: Plain): Comparison {
  const [comparison] = readTexts({ text, amounts } as TextWithAmounts);
  return comparison as Comparison;
}

/** The state stands beside the text, for lists to filter by. */
export function differenceToPlain(kept: KeptDifference): Plain {
  const { difference, stands, revision } = kept;
  const { state, found } = difference;
  return { ...differenceKey(kept, found.id), kind: 'DIFFERENCE', revision, state, stands, ...writeText(kept) };
}

export function differenceFromPlain({ text, amounts }: Plain): KeptDifference {
  const [kept] = readTexts({ text, amounts } as TextWithAmounts);
  return kept as KeptDifference;
}

export function differenceKey({ tenant, marketId, channelId, businessDate }: ComparedDayRef, id: string) {
  return keys.difference(tenant, marketId, channelId, businessDate, id);
}
