import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Plain } from '../../../shared/dynamo/items.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { Block } from '../batches/batch.ts';
import { keys, settledShard, tenantOf } from '../keys.ts';
import type { LargeValueHead } from './present-large-value.ts';

/** Whose day has money in it. */
export interface SettledDay {
  readonly tenant: string;
  readonly date: PlainDate;
}

/** A mark: a block has money that came on a day. It says nothing of how much, so it cannot be wrong; again is the same. */
export function settledDayToPlain(
  { tenant, batchId, block, changedAt }: Pick<Block, 'tenant' | 'batchId' | 'block' | 'changedAt'>,
  date: PlainDate,
): Plain {
  const kept = { kind: 'SETTLED_DAY', date, batchId, block };
  return {
    ...keys.settledDay(tenant, date, batchId, block),
    ...kept,
    timeOf: settledShard(batchId, block),
    timeAt: changedAt,
  };
}

export function settledDayFromPlain({ pk, date }: Plain): SettledDay {
  return { tenant: tenantOf(String(pk)), date: String(date) };
}

/** A payer's day that is to be reported, as it was when it was found. */
export interface ReachedLargeValue {
  readonly tenant: string;
  readonly value: LargeValueHead;
  readonly at: string;
  readonly cause: Cause;
}

export function reachedToPlain({ tenant, value, at, cause }: ReachedLargeValue): Plain {
  return { ...keys.largeValue(tenant, value.date, value.id), kind: 'LARGE_VALUE', ...value, at, cause };
}

export function reachedFromPlain(plain: Plain): ReachedLargeValue {
  const { pk, sk: _sk, kind: _kind, at, cause, count, ...value } = plain;
  return {
    tenant: tenantOf(String(pk)),
    value: { ...(value as unknown as LargeValueHead), count: Number(count) },
    at: String(at),
    cause: cause as Cause,
  };
}
