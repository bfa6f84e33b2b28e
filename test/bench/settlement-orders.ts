import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { StreamChange } from '../../functions/settlement/journal/take-changes.ts';
import { type OrderRequest, orderIn } from '../../functions/settlement/orders/order-shapes.ts';
import { fromItem, type Plain } from '../../shared/dynamo/items.ts';
import { plannedWrites } from '../../shared/dynamo/planned-writes.ts';
import { benchCause } from './bench-collection.ts';
import { benchNow } from './bench-ledger.ts';
import { marketId, merchantId, merchants, tenant } from './bench-settlement.ts';

/** Rules that the orders of the benchmark are split by. */
export const rules = 20;
/** A batch of the stream, as `service.ts` has it. */
export const recordsPerBatch = 1_000;

/** What the table’s stream tells of orders and postings, in the order in which they were written. */
export function streamOf(client: DynamoDBClient) {
  const images = new Map<string, Plain>();
  const records: StreamChange[] = [];
  const written = new Map<string, number>();
  let last = 0;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const answer = await next(args);
        for (const { item } of plannedWrites(commandName.replace(/Command$/, ''), args.input)) {
          const kind = item?.kind?.S;
          if (!item || (kind !== 'ORDER' && kind !== 'POSTING')) continue;
          const after = fromItem(item);
          const key = `${after.pk} ${after.sk}`;
          const before = images.get(key);
          last += 1;
          const at = String(last).padStart(21, '7000000000000000000000');
          records.push({ at, isNew: !before, after, ...(before && { before }) });
          if (kind === 'ORDER') images.set(key, after);
          if (kind === 'ORDER' && before) written.set(at, performance.now());
        }
        return answer;
      },
    { step: 'initialize', name: 'streamOf' },
  );
  return {
    waiting: () => records.length,
    take: () => records.splice(0, recordsPerBatch),
    writtenAt: (taken: readonly StreamChange[]) => taken.flatMap(({ at }) => written.get(at) ?? []),
  };
}

export const orderNo = (n: number) => `SO2026030200${String(n).padStart(8, '0')}`;
export const transactionOf = (n: number) => `42000023452026030200${String(n).padStart(8, '0')}`;
const ruleId = (rule: number) => `rule_2V4K7N9QXJ5M8T3R6W1Y0ZAB${String(rule).padStart(2, '0')}`;

/** 100.00, of which 20.00 and 5.00 go to two others and the rest, less the fee, to who sells. */
export function requestOf(n: number): OrderRequest {
  const amount = { amount: '100.00', currency: 'CNY' };
  const subOrders = [{ no: '1', merchantId: merchantId((n * 7 + 62) % merchants), amount }];
  const split = { by: 'RULE', ruleId: ruleId(n % rules) };
  return orderIn.parse({ no: orderNo(n), marketId, amount, subOrders, split, references: { storeId: '7' } });
}

/** Its receivers are none of those who sell by it: modulo 20 these are 7 r + 2, and 5 r + 1 and 5 r + 9 are never that. */
export function ruleOf(rule: number) {
  const head = { tenant, id: ruleId(rule), marketId, name: '20.00 / 5.00', currency: 'CNY' as const, revision: 1 };
  const cause = benchCause;
  const line = (sequence: number, place: number, amount: bigint) => {
    return { sequence, receiver: merchantId(place % merchants), share: { kind: 'FIXED' as const, amount } };
  };
  const lines = [line(1, rule * 5 + 1, 2_000n), line(2, rule * 5 + 49, 500n)];
  const rest = { sequence: 3, share: { kind: 'REMAINDER' as const } };
  const period = { kind: 'WORKING_DAYS' as const, days: 1 };
  const clearing = { from: 'PAYMENT', mode: 'ROLLING', cutOff: '24:00', calendar: 'CN_STATE_COUNCIL', period } as const;
  const { revision: version, ...own } = head;
  return {
    head: { ...head, changedAt: benchNow.toISOString(), cause },
    versions: [
      {
        ...{ ...own, version, effectiveFrom: '2026-01-01', base: 'PAID' as const, method: 'FIXED' as const },
        ...{ lines: [...lines, rest], failureMode: 'ALL_OR_NOTHING' as const, aggregate: 'AFTER_SPLIT' as const },
        ...{ clearing, createdAt: benchNow.toISOString(), cause },
      },
    ],
  };
}
