import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import type { largeValueContract } from './contract-large-values.ts';
import { findLargeValues } from './large-values/find-large-values.ts';
import { type LargeValuePlace, pageLargeValues } from './large-values/page-large-values.ts';
import { presentLargeValue } from './large-values/present-large-value.ts';
import { collectionTools } from './tools.ts';

type Handler<Name extends keyof typeof largeValueContract> = OperationHandler<(typeof largeValueContract)[Name]>;

const listLargeValues: Handler<'listLargeValues'> = async ({ actor: { tenant }, query: { date, limit, cursor } }) => {
  const scope = { operation: 'listLargeValues', tenant, filters: { date } };
  const after = cursor === undefined ? undefined : placeOf(decodeCursor(scope, cursor));
  const tools = collectionTools();
  const { values, last } = pageLargeValues(await findLargeValues(tools, tenant, date), after, limit);
  return {
    body: {
      largeValues: values.map((value) => presentLargeValue(value, tools.calendar)),
      ...(last && { nextCursor: encodeCursor(scope, { ...last }) }),
    },
  };
};

function placeOf({ id = '', orderId = '' }: Readonly<Record<string, string>>): LargeValuePlace {
  return { id, orderId };
}

export const largeValueHandlers = { listLargeValues };
