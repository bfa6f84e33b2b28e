import type { Plain } from '../../../shared/dynamo/items.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ItemMoney } from '../items/item.ts';
import { keys, tenantOf } from '../keys.ts';
import type { Batch } from './batch.ts';
import { type BatchState, batchState } from './batch-figures.ts';

/** How many blocks of a batch have come to their end, and with which money; added to with each of them. */
export interface BatchProgress {
  readonly tenant: string;
  readonly batchId: string;
  readonly number: string;
  /** As its batch. */
  readonly single?: true;
  readonly blocks: number;
  readonly closed: number;
  readonly refused: number;
  readonly currency: CurrencyCode;
  /** Minor units. */
  readonly amount: bigint;
  readonly money: ItemMoney;
  readonly cause: Cause;
  readonly at: string;
}

/** Whether no money of the batch is open any more. */
export function isEnded({ closed, blocks }: BatchProgress): boolean {
  return closed >= blocks;
}

/** The state that the progress of a batch makes. */
export function stateOf(progress: BatchProgress): BatchState {
  const { money, amount, refused } = progress;
  return isEnded(progress) ? batchState(money, amount, refused) : 'OPEN';
}

/** The progress of a batch that begins. */
export function progressToPlain(batch: Batch): Plain {
  const { tenant, id: batchId, number, single, blocks, refused, amount, currency, cause, createdAt: at } = batch;
  const none = { closed: 0, settled: 0n, failed: 0n, returned: 0n, cancelled: 0n };
  const facts = { batchId, number, ...defined({ single }), blocks, refused, amount, currency, cause, at };
  return { ...keys.batchProgress(tenant, batchId), kind: 'BATCH_PROGRESS', ...facts, ...none };
}

export function progressFromPlain(plain: Plain): BatchProgress {
  const { pk, batchId, number, single, blocks, closed, refused, amount, currency, cause, at } = plain;
  const { settled, failed, returned, cancelled } = plain as Record<string, bigint>;
  return {
    tenant: tenantOf(String(pk)),
    batchId: String(batchId),
    number: String(number),
    ...(single === true && { single }),
    blocks: Number(blocks),
    closed: Number(closed),
    refused: Number(refused),
    currency: currency as CurrencyCode,
    amount: amount as bigint,
    money: { open: 0n, settled, failed, returned, cancelled } as ItemMoney,
    cause: cause as Cause,
    at: String(at),
  };
}
