import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { newId } from '../../../shared/identifiers/id.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { sum } from '../../../shared/money/sum.ts';
import { partsOf } from '../../../shared/objects/parts.ts';
import { general } from '../../../shared/problems/general.ts';
import { requireChannel } from '../channels/bank-channel.ts';
import { mandatePolicy } from '../mandates/create-mandate.ts';
import type { Mandate } from '../mandates/mandate.ts';
import { problems } from '../problems.ts';
import type { Policy } from '../routing/rank-routes.ts';
import type { CollectionTools } from '../tools.ts';
import { type Batch, type Block, itemsMax, itemsPerBlockMax } from './batch.ts';
import type { RefusalBlock } from './block-items.ts';
import { restMs } from './due-time.ts';
import { ownAccounts } from './own-accounts.ts';
import { type BatchLine, planBatch } from './plan-batch.ts';
import type { ReadLine } from './read-line.ts';
import { malformedLines, type RefusedLine, refusedLine } from './refused-line.ts';
import { requireCreditAccount } from './require-credit-account.ts';

export interface BatchRequest {
  /** The caller's own number. */
  readonly number: string;
  readonly creditAccountId: string;
  readonly policy: Policy;
  /** All lines or none. */
  readonly atomic: boolean;
  /** Of one line, by itself. */
  readonly single?: true;
  /** Of the request: the same number comes with the same one. */
  readonly fingerprint: string;
}

const refusalsPerBlock = 200;

/**
 * Accepts a batch, once per number: sent again, the first one answers. Blocks are stored first, where nobody looks; the
 * record of the batch makes them count, all at once. Lines that cannot be accepted are kept with their reasons and harm no
 * other.
 *
 * Problems, and then nothing is accepted: `collection/batch-number-taken`, `collection/bank-channel-missing`,
 * `collection/credit-account`, `collection/batch-too-large`; with `atomic` `collection/lines-refused`;
 * `request/conflict-retry`.
 */
export async function acceptBatch(
  tools: CollectionTools,
  tenant: string,
  request: BatchRequest,
  readLines: (currency: CurrencyCode) => readonly ReadLine[],
  cause: Cause,
  now: Date,
): Promise<Batch> {
  const { store } = tools;
  for (let attempt = 1; attempt <= mandatePolicy.attemptsMax; attempt++) {
    const earlier = await earlierBatch(tools, tenant, request);
    if (earlier) return earlier;
    const made = await makeBatch(tools, tenant, request, readLines, cause, now);
    await store.writeBlocks(made.blocks, made.refusals);
    try {
      await store.createBatch(made.batch);
      return made.batch;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, mandatePolicy);
    }
  }
  throw general['conflict-retry'].with({ detail: 'The batch could not be accepted at the moment. Send it again.' });
}

async function earlierBatch({ store }: CollectionTools, tenant: string, { number, fingerprint }: BatchRequest) {
  const batchId = await store.readBatchNumber(tenant, number);
  const batch = batchId === undefined ? undefined : await store.readBatch(tenant, batchId);
  if (!batch || batch.fingerprint === fingerprint) return batch;
  const detail = `The batch ${batch.id} has the number ${number} and other lines.`;
  throw problems['batch-number-taken'].with({ detail, batchId: batch.id }).at({ pointer: '/number', detail });
}

async function makeBatch(
  tools: CollectionTools,
  tenant: string,
  { number, creditAccountId, policy, atomic, single, fingerprint }: BatchRequest,
  readLines: (currency: CurrencyCode) => readonly ReadLine[],
  cause: Cause,
  now: Date,
) {
  requireChannel(await tools.store.readChannel(tenant));
  const { currency, holder } = await requireCreditAccount(tools, tenant, creditAccountId);
  const lines = readLines(currency);
  const asked = lines.flatMap((line) => line.asked ?? []);
  const mandateOf = await mandatesOf(tools, tenant, asked);
  const at = now.toISOString();
  const plan = planBatch(asked, currency, mandateOf, { date: businessDateOf(now), at });
  const refused = [...malformedLines(lines), ...plan.refused.map((one) => refusedLine(one, currency))].sort(
    (one, other) => one.line - other.line,
  );
  if (atomic) requireNone(refused);
  requireFew(plan.items.length);
  // Every attempt has blocks of its own: those of one that lost the race are never looked at.
  const id = newId('cb', now);
  const blocks = partsOf(plan.items, itemsPerBlockMax).map(
    (items, block): Block => ({
      tenant,
      batchId: id,
      block,
      revision: 1,
      items,
      ...(single && { single }),
      dueAt: later(now),
      changedAt: at,
      cause,
    }),
  );
  const refusals = partsOf(refused, refusalsPerBlock).map(
    (some, block): RefusalBlock => ({ tenant, batchId: id, block, lines: some }),
  );
  const counts = { lines: lines.length, refused: new Set(refused.map(({ line }) => line)).size };
  const batch: Batch = {
    ...{ id, tenant, number, currency, creditAccountId, policy, fingerprint, createdAt: at, cause },
    ...counts,
    ...(single && { single }),
    ...(await ownAccounts(tools, tenant, { currency, holder, cause }, now)),
    items: plan.items.length,
    amount: sum(plan.items.map(({ amount }) => amount)),
    blocks: blocks.length,
  };
  return { batch, blocks, refusals };
}

/** The mandates that lines name, by id or by the number of the agreement. */
async function mandatesOf({ store }: CollectionTools, tenant: string, lines: readonly BatchLine[]) {
  const numbers = new Set(lines.flatMap(({ agreementNumber }) => agreementNumber ?? []));
  const byNumber = await store.readAgreements(tenant, numbers);
  const idOf = ({ mandateId, agreementNumber = '' }: BatchLine) => mandateId ?? byNumber.get(agreementNumber);
  const mandates = await store.readMandates(tenant, new Set(lines.flatMap((line) => idOf(line) ?? [])));
  return (line: BatchLine): Mandate | undefined => mandates.get(idOf(line) ?? '');
}

function requireNone(refused: readonly RefusedLine[]): void {
  if (refused.length === 0) return;
  const detail = `${refused.length} ${refused.length === 1 ? 'fault' : 'faults'}; with \`atomic\` all lines are accepted or none.`;
  throw problems['lines-refused'].with({ detail, lines: refused.slice(0, refusalsPerBlock) });
}

function requireFew(items: number): void {
  if (items <= itemsMax) return;
  const detail = `Cut at the limits of their mandates, the lines make ${items} collections; at most ${itemsMax} are taken.`;
  throw problems['batch-too-large'].with({ detail, items, most: itemsMax });
}

function later(now: Date): string {
  return new Date(now.getTime() + restMs).toISOString();
}
