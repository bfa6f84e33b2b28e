import type * as z from 'zod';
import { general } from '../../problems/general.ts';
import type { FieldFault } from '../../problems/problem.ts';
import type { Exchange, Middleware } from '../exchange.ts';
import { targetOf } from '../exchange.ts';
import { describeIssue, emptyObject, FAULTS_MAX, faultsIn } from '../faults.ts';

/** Checks path, query and body against the contract. All faults are told at once, each where it lies. */
export function checkedInput(): Middleware {
  return {
    before: ({ event: exchange }) => {
      const { contract, route } = targetOf(exchange);
      const faults: FieldFault[] = [];
      const path = check(contract.path, exchange.event.pathParameters ?? {}, 'parameter', faults);
      const query = check(contract.query ?? emptyObject, queryOf(exchange, faults), 'parameter', faults);
      const isFile = route.body === 'FILE';
      const body = isFile
        ? undefined
        : check(contract.body ?? emptyObject.optional(), exchange.content, 'pointer', faults);
      if (faults.length > 0) throw malformed(faults);
      exchange.input = {
        path,
        query: contract.query && query,
        body: contract.body && body,
      };
    },
  };
}

function check(
  schema: z.ZodType | undefined,
  value: unknown,
  place: 'pointer' | 'parameter',
  faults: FieldFault[],
): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value, { error: describeIssue });
  if (result.success) return result.data;
  faults.push(...faultsIn(result.error.issues, place));
  return undefined;
}

/** A parameter given more than once has no single meaning, so it is refused. */
function queryOf({ event }: Exchange, faults: FieldFault[]): Record<string, string | undefined> {
  for (const [parameter, values] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    if ((values?.length ?? 0) > 1) faults.push({ parameter, detail: 'Send this parameter once.' });
  }
  return event.queryStringParameters ?? {};
}

function malformed(faults: readonly FieldFault[]) {
  const first = faults[0];
  const where = first?.pointer ?? first?.parameter ?? '';
  const more = faults.length > 1 ? ` and ${faults.length - 1} more` : '';
  const detail = where === '' ? `${first?.detail}` : `${where}: ${first?.detail}`;
  return general.malformed.with({
    detail: `${detail}${more && ` (${more.trim()})`}`,
    errors: faults.slice(0, FAULTS_MAX),
  });
}
