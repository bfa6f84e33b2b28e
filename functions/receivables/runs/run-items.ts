import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { keys, openRuns, runsOf } from '../keys.ts';
import { isUnderWay, type Run } from './run.ts';

/** What is never asked for by itself is one text. */
type Told = Pick<Run, 'decided' | 'result' | 'rules'>;

/** Items as plain objects ↔ the model. Counts come back from N as bigint. */
export function runToPlain({ decided, result, rules, ...facts }: Run): Plain {
  const { tenant, id, createdAt } = facts;
  const told: Told = { decided, result, rules };
  return {
    ...keys.run(tenant, id),
    kind: 'RUN',
    ...facts,
    told: writeText(told),
    listOf: runsOf(tenant),
    listAt: `${createdAt}#${id}`,
    ...(isUnderWay(facts) && { openOf: openRuns, openAt: `${tenant}#${id}` }),
  };
}

export function runFromPlain(plain: Plain): Run {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _l, listAt: _la, openOf: _o, openAt: _oa, told, ...facts } = plain;
  const { attempt, receipts, invoices, blocks, blocksDone, turn, failures, revision, ...rest } = facts;
  const [texts] = readTexts(told as TextWithAmounts);
  return {
    ...(rest as unknown as Run),
    ...(texts as Told),
    ...{ attempt: Number(attempt), receipts: Number(receipts), invoices: Number(invoices) },
    ...{ blocks: Number(blocks), blocksDone: Number(blocksDone) },
    ...{ turn: Number(turn), failures: Number(failures), revision: Number(revision) },
  };
}
