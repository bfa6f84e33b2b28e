import { requireAccountOfPool } from '../ledgers/find-ledger.ts';
import type { Payment } from '../payments/payment.ts';
import { problems } from '../problems.ts';
import { legName, type Run, type RunLeg } from '../runs/run.ts';
import type { PoolingTools } from '../tools.ts';
import { deriveReceipts, type ReceiptSide, type SweepReceipt } from './derive-receipts.ts';
import { movementsOfPayment, movementsOfRun } from './movements.ts';

export interface ReceiptFilter {
  readonly accountId?: string | undefined;
  readonly side?: ReceiptSide | undefined;
}

/**
 * The receipts of a run, of one account or one side if asked. Only once it has ended: a leg that is still to come could
 * change an aggregated one. Problems: `pooling/receipts-not-ready`; `pooling/not-a-member` for an account that neither has a
 * leg in the run nor belongs to the pool.
 */
export async function readRunReceipts(
  tools: PoolingTools,
  run: Run,
  { accountId, side }: ReceiptFilter,
): Promise<SweepReceipt[]> {
  if (!run.ended) {
    const detail = `The run ${run.id} is still being carried out.`;
    throw problems['receipts-not-ready'].with({ detail, runId: run.id });
  }
  const [blocks, known] = await Promise.all([tools.store.readAllLegs(run), tools.store.readOutcomes(run)]);
  const legs = blocks.flat();
  if (accountId !== undefined) await requireKnown(tools, run, legs, accountId);
  const outcomes = new Map([...known.values()].flat().map((outcome) => [outcome.number, outcome]));
  const transferIdOf = (leg: RunLeg) => tools.ledger.transferIdOf(run.tenant, ...legName(run, leg));
  const receipts = deriveReceipts(run, movementsOfRun(run, legs, outcomes, transferIdOf));
  return receipts.filter(
    (one) => (accountId === undefined || one.accountId === accountId) && (side === undefined || one.side === side),
  );
}

/** An account that has left the pool since keeps its receipts. */
async function requireKnown(tools: PoolingTools, run: Run, legs: readonly RunLeg[], accountId: string): Promise<void> {
  if (legs.some((leg) => leg.accountId === accountId || leg.parentId === accountId)) return;
  const pool = await tools.store.readPool(run.tenant, run.poolId);
  if (!pool) throw new Error(`The pool ${run.poolId} of a run is not there.`);
  await requireAccountOfPool(tools, pool, accountId);
}

/** The receipts of what came down to fund a payment; none of one that was refused. Problem: `pooling/receipts-not-ready`. */
export function receiptsOfPayment(payment: Payment): SweepReceipt[] {
  if (payment.status === 'PLANNED') {
    const detail = `The payment ${payment.id} is still being carried out.`;
    throw problems['receipts-not-ready'].with({ detail, paymentId: payment.id });
  }
  return deriveReceipts(payment, movementsOfPayment(payment));
}
