import type { LargeValue } from './large-value.ts';

/** The last collection that a page shows. */
export interface LargeValuePlace {
  readonly id: string;
  readonly orderId: string;
}

export interface LargeValuePage {
  /** With the collections of this page only; all other figures are of the whole day. */
  readonly values: readonly LargeValue[];
  readonly last?: LargeValuePlace;
}

/**
 * So many collections of large values from behind a place, at most. A payer with more of them goes on on the next page. The
 * place is a collection and no number, so that what comes in between pages shows nothing twice.
 */
export function pageLargeValues(
  values: readonly LargeValue[],
  after: LargeValuePlace | undefined,
  limit: number,
): LargeValuePage {
  const page: LargeValue[] = [];
  let left = limit;
  for (const value of values) {
    const settlements = behind(value, after);
    if (settlements.length === 0) continue;
    const shown = settlements.slice(0, left);
    if (shown.length === 0) return { values: page, ...lastOf(page) };
    page.push({ ...value, settlements: shown });
    left -= shown.length;
    if (shown.length < settlements.length) return { values: page, ...lastOf(page) };
  }
  return { values: page };
}

function behind({ id, settlements }: LargeValue, after: LargeValuePlace | undefined): LargeValue['settlements'] {
  if (after === undefined || id > after.id) return settlements;
  return id === after.id ? settlements.filter(({ orderId }) => orderId > after.orderId) : [];
}

function lastOf(page: readonly LargeValue[]): { readonly last?: LargeValuePlace } {
  const value = page.at(-1);
  const orderId = value?.settlements.at(-1)?.orderId;
  return value && orderId !== undefined ? { last: { id: value.id, orderId } } : {};
}
