import type { Cause } from '../../../shared/http/cause.ts';
import { general } from '../../../shared/problems/general.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { problems } from '../problems.ts';
import type { CollectionTools } from '../tools.ts';
import { acceptBatch, type BatchRequest } from './accept-batch.ts';
import type { Batch } from './batch.ts';
import type { CollectionLine } from './line-shapes.ts';
import { askedOf } from './read-line.ts';
import type { RefusedLine } from './refused-line.ts';

/**
 * Accepts one collection, once per key: a batch of one line, under a number that no batch can have. Problems: those of a
 * batch; `collection/collection-refused`, `request/idempotency-key-reused`.
 */
export async function acceptCollection(
  tools: CollectionTools,
  tenant: string,
  request: Pick<BatchRequest, 'creditAccountId' | 'policy' | 'fingerprint'> & { readonly key: string },
  line: CollectionLine,
  cause: Cause,
  now: Date,
): Promise<Batch> {
  const { key, ...rest } = request;
  const asBatch: BatchRequest = { ...rest, number: `key:${key}`, atomic: true, single: true };
  try {
    return await acceptBatch(tools, tenant, asBatch, () => [{ line: 1, asked: askedOf(1, line) }], cause, now);
  } catch (error) {
    throw error instanceof Problem ? asOfOne(error) : error;
  }
}

function asOfOne(problem: Problem): Problem {
  if (problem.code === problems['batch-number-taken'].code) {
    const detail = 'This Idempotency-Key came with another request before.';
    return general['idempotency-key-reused'].with({ detail, errors: [{ header: 'Idempotency-Key', detail }] });
  }
  if (problem.code !== problems['lines-refused'].code) return problem;
  const [refused] = problem.fields.lines as readonly RefusedLine[];
  if (!refused) throw problem;
  const { code: reason, detail, field } = refused;
  return problems['collection-refused'].with({ detail, reason }).at({ pointer: `/collection/${field}`, detail });
}
