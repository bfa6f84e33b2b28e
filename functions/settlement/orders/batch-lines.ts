import type * as z from 'zod';
import { describeIssue, FAULTS_MAX, faultsIn } from '../../../shared/http/faults.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { general } from '../../../shared/problems/general.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import type { BatchResult } from './create-orders.ts';
import { type OrderRequest, orderIn, type ordersOut } from './order-shapes.ts';

/** A line of a batch: the order that it asks for, or why it is none. */
export type BatchLine = { readonly order: OrderRequest } | { readonly problem: Problem; readonly no?: string };

/** Each line by itself, so that what is wrong with one harms no other. */
export function readLines(orders: readonly unknown[]): BatchLine[] {
  return orders.map((sent) => {
    const read = orderIn.safeParse(sent, { error: describeIssue });
    if (read.success) return { order: read.data };
    const errors = faultsIn(read.error.issues, 'pointer').slice(0, FAULTS_MAX);
    const problem = general.malformed.with({ detail: errors[0]?.detail ?? '' }).at(...errors);
    const no = (sent as { no?: unknown } | null)?.no;
    return { problem, ...defined({ no: typeof no === 'string' ? no : undefined }) };
  });
}

/** `made` are the results of the lines that asked for an order, in their order. */
export function presentBatch(lines: readonly BatchLine[], made: readonly BatchResult[]): z.input<typeof ordersOut> {
  let place = 0;
  const shown = lines.map((line, index) => {
    if ('problem' in line) return refusedLine(index, line.problem, line.no);
    const result = made[place];
    place += 1;
    if (!result) throw new Error(`Line ${index} has no result.`);
    if ('problem' in result) return refusedLine(index, result.problem, line.order.no);
    const outcome = result.isReplay ? ('REPLAYED' as const) : ('CREATED' as const);
    return { line: index, no: line.order.no, outcome };
  });
  const refused = shown.filter(({ outcome }) => outcome === 'REFUSED').length;
  return { accepted: shown.length - refused, refused, lines: shown };
}

function refusedLine(line: number, { code, fields }: Problem, no: string | undefined) {
  const errors = (fields.errors ?? []).map(({ pointer = '', detail }) => ({
    pointer: `/orders/${line}${pointer}`,
    detail,
  }));
  const problem = { code, detail: fields.detail, errors };
  return { line, ...defined({ no }), outcome: 'REFUSED' as const, problem };
}
