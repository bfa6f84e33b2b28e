import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import {
  closedReceiptPlace,
  customerPlace,
  exceptionPlace,
  keys,
  onAccountReceiptPlace,
  openReceiptPlace,
} from '../keys.ts';
import type { Explanation } from '../matching/decision.ts';
import type { Merged } from './merged.ts';
import { type Receipt, type Refund, unappliedOf } from './receipt.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts stay it. */
export function receiptToPlain(receipt: Receipt): Plain {
  const { tenant, id, paidOn, customerId, exception, suggestions, ...facts } = receipt;
  const place = placeOf(receipt);
  return {
    ...keys.receipt(tenant, id),
    kind: 'RECEIPT',
    ...facts,
    ...{ tenant, id, paidOn, customerId, exception },
    ...(suggestions.length > 0 && { suggestions: writeText(suggestions) }),
    ...place(tenant, paidOn, id),
    ...(customerId !== undefined && customerPlace(tenant, customerId, paidOn, 'RECEIPT', id)),
    ...(exception && exceptionPlace(tenant, exception.reason, exception.since, id)),
  };
}

function placeOf(receipt: Receipt) {
  if (unappliedOf(receipt) > 0n) return openReceiptPlace;
  return receipt.onAccount > 0n ? onAccountReceiptPlace : closedReceiptPlace;
}

export function receiptFromPlain(plain: Plain): Receipt {
  const { pk: _pk, sk: _sk, kind: _kind, openOf: _o, openAt: _oa, ...rest } = plain;
  const { customerOf: _c, customerAt: _ca, exceptionOf: _e, exceptionAt: _ea, ...told } = rest;
  const { suggestions, matchesMade, revision, merged, ...facts } = told;
  return {
    ...(facts as unknown as Receipt),
    ...(merged !== undefined && { merged: mergedFrom(merged as Merged) }),
    suggestions: suggestions === undefined ? [] : explanationsFrom(suggestions),
    matchesMade: Number(matchesMade),
    revision: Number(revision),
  };
}

function mergedFrom({ before, ...merged }: Merged): Merged {
  return { ...merged, before: { ...before, matchesMade: Number(before.matchesMade) } };
}

function explanationsFrom(packed: unknown): Explanation[] {
  return readTexts(packed as TextWithAmounts)[0] as Explanation[];
}

export function refundToPlain(refund: Refund): Plain {
  const { tenant, id, receiptId, customerId, date } = refund;
  return {
    ...keys.refund(tenant, receiptId, id),
    kind: 'REFUND',
    ...refund,
    ...(customerId !== undefined && customerPlace(tenant, customerId, date, 'REFUND', id)),
  };
}

export function refundFromPlain(plain: Plain): Refund {
  const { pk: _pk, sk: _sk, kind: _kind, customerOf: _of, customerAt: _at, ...facts } = plain;
  return facts as unknown as Refund;
}
