import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { groupOf } from '../journal/groups.ts';
import { isUnderWay, type Run } from './run.ts';
import type { Settlement, SettlementRef } from './settlement.ts';
import { openRuns, openSettlements, settlementKeys } from './settlement-keys.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts stay it. */

/** What is never asked for by itself is one text. */
type ToldOfSettlement = Pick<Settlement, 'figures' | 'bill' | 'payouts' | 'netting' | 'netted'>;
type ToldOfRun = Pick<Run, 'figures' | 'days' | 'place' | 'left' | 'leftSums' | 'look'>;

export function settlementToPlain(settlement: Settlement): Plain {
  const { figures, bill, payouts, netting, netted, ...facts } = settlement;
  const { tenant, id, merchantId, askAt } = facts;
  const told: ToldOfSettlement = { figures, payouts, ...defined({ bill, netting, netted }) };
  return {
    ...settlementKeys.settlement(settlement),
    kind: 'SETTLEMENT',
    ...facts,
    told: writeText(told),
    ...(askAt !== undefined && {
      marketOf: openSettlements(groupOf(tenant, { kind: 'MERCHANT', id: merchantId })),
      marketAt: `${askAt}#${id}`,
    }),
  };
}

export function settlementFromPlain(plain: Plain): Settlement {
  const { pk: _pk, sk: _sk, kind: _kind, marketOf: _of, marketAt: _at, told, sequence, revision, ...facts } = plain;
  const [texts] = readTexts(told as TextWithAmounts);
  return {
    ...(facts as unknown as Settlement),
    ...(texts as ToldOfSettlement),
    ...{ sequence: Number(sequence), revision: Number(revision) },
  };
}

export function pointerToPlain({ tenant, id, merchantId, date, sequence }: SettlementRef & { readonly id: string }) {
  return { ...settlementKeys.pointer(tenant, id), kind: 'SETTLEMENT_ID', tenant, merchantId, date, sequence };
}

export function refFromPlain({ tenant, merchantId, date, sequence }: Plain): SettlementRef {
  return {
    ...{ tenant: String(tenant), merchantId: String(merchantId), date: String(date) },
    sequence: Number(sequence),
  };
}

export function runToPlain(run: Run): Plain {
  const { figures, days, place, left, leftSums, look, ...facts } = run;
  const { tenant, id } = facts;
  const told: ToldOfRun = { figures, days, place, left, leftSums, ...(look && { look }) };
  return {
    ...settlementKeys.run(tenant, id),
    kind: 'SETTLEMENT_RUN',
    ...facts,
    told: writeText(told),
    ...(isUnderWay(run) && { marketOf: openRuns, marketAt: `${tenant}#${id}` }),
  };
}

export function runFromPlain(plain: Plain): Run {
  const { pk: _pk, sk: _sk, kind: _kind, marketOf: _of, marketAt: _at, told, ...facts } = plain;
  const { number, looks, waited, turn, failures, revision, ...rest } = facts;
  const [texts] = readTexts(told as TextWithAmounts);
  return {
    ...(rest as unknown as Run),
    ...(texts as ToldOfRun),
    ...{ number: Number(number), looks: Number(looks), waited: Number(waited) },
    ...{ turn: Number(turn), failures: Number(failures), revision: Number(revision) },
  };
}
