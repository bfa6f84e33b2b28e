import { addDays, businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { backdatingDaysMax } from '../../../shared/calendar/value-date.ts';
import type { TransferOrder, TransferResult } from '../../ledger/published.ts';
import { NotAnsweredError, notFinal } from '../ledger-answers.ts';
import type { PoolingTools } from '../tools.ts';
import {
  type InterestLine,
  type InterestRun,
  type InterestRunEnd,
  type LineOutcome,
  lineName,
} from './interest-run.ts';

/**
 * Books a run's lines block by block, in their order: each is one transfer, named after run, line and attempt, so that
 * doing it again does nothing. Lines that were posted in an earlier attempt are left; those that were refused are tried
 * under the name of this one. Answers what the whole run came to. Throws NotAnsweredError where the ledger cannot say yet.
 */
export async function bookInterest(tools: PoolingTools, run: InterestRun, now: Date): Promise<InterestRunEnd> {
  const { store } = tools;
  let total: InterestRunEnd = { at: now.toISOString(), credited: 0n, debited: 0n, posted: 0, failed: 0, zero: 0 };
  for (let block = 0; block < (run.computed?.blocks ?? 0); block++) {
    const [lines, known] = await Promise.all([store.readInterestBlock(run, block), store.readLineOutcomes(run, block)]);
    const outcomes = await bookBlock(tools, run, block, lines, known, now);
    total = addLines(total, lines, outcomes);
  }
  return total;
}

async function bookBlock(
  { store, ledger }: PoolingTools,
  run: InterestRun,
  block: number,
  lines: readonly InterestLine[],
  known: ReadonlyMap<number, LineOutcome>,
  now: Date,
): Promise<ReadonlyMap<number, LineOutcome>> {
  const due = lines.filter(({ number, amount }) => amount !== 0n && known.get(number)?.status !== 'POSTED');
  if (due.length === 0) return known;
  const orders = due.map((line) => orderOf(run, line, now));
  const results = await ledger.postTransfers(run.tenant, orders, now);
  const settled = due.map((line, index) => outcomeOf(line, results[index]));
  await store.writeLineOutcomes(run, block, settled);
  return new Map([...known, ...settled.map((outcome) => [outcome.number, outcome] as const)]);
}

/**
 * Interest is valued on the day after the period's last, as the next period counts it. What is paid late, in a later
 * attempt, is valued when it is paid: on the earlier day the money was not there.
 */
function orderOf(run: InterestRun, line: InterestLine, now: Date): TransferOrder {
  const { ownerId, ownerKind, id, to, currency, attempt, cause } = run;
  const { number, amount, debitAccountId, creditAccountId, adjusts } = line;
  const { from: first, to: end } = adjusts ?? run;
  const isValuedAtEnd = attempt === 1 && to >= addDays(businessDateOf(now), -backdatingDaysMax);
  const leg = { debitAccountId, creditAccountId, amount: amount < 0n ? -amount : amount, currency };
  return {
    name: lineName(run, number, attempt),
    fingerprint: `${debitAccountId} ${creditAccountId} ${leg.amount}`,
    legs: [leg],
    ...(isValuedAtEnd && { valueDate: to }),
    description: `${adjusts ? '利息调整 Interest adjustment' : '利息 Interest'} ${first} – ${end}`,
    references: {
      [ownerKind === 'POOL' ? 'poolId' : 'accountId']: ownerId,
      interestRunId: id,
      line: String(number),
    },
    cause,
  };
}

function outcomeOf({ number }: InterestLine, result: TransferResult | undefined): LineOutcome {
  if (!result) throw new NotAnsweredError(`The ledger gave no answer on line ${number}.`);
  const { id: transferId } = result;
  if (result.outcome === 'POSTED') return { number, status: 'POSTED', transferId };
  const { code, fields } = result.problem;
  if (notFinal.has(code)) throw new NotAnsweredError(`${code}: ${fields.detail}`);
  return { number, status: 'FAILED', transferId, problem: { code, detail: fields.detail } };
}

function addLines(
  total: InterestRunEnd,
  lines: readonly InterestLine[],
  outcomes: ReadonlyMap<number, LineOutcome>,
): InterestRunEnd {
  let { credited, debited, posted, failed, zero, refusal } = total;
  for (const { number, amount } of lines) {
    const outcome = outcomes.get(number);
    if (amount === 0n) zero += 1;
    else if (outcome?.status !== 'POSTED') {
      failed += 1;
      refusal ??= outcome?.problem;
    } else {
      posted += 1;
      if (amount > 0n) credited += amount;
      else debited -= amount;
    }
  }
  return { at: total.at, credited, debited, posted, failed, zero, ...(refusal && { refusal }) };
}
