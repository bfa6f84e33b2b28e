import type { BookingTools } from './book-facts.ts';
import { transferName } from './booking.ts';

/** The ids of the transfers that facts are booked by, or will be; of one that was refused, of the next try. */
export async function transferIds(
  { store, ledger }: BookingTools,
  tenant: string,
  names: readonly (readonly string[])[],
): Promise<string[]> {
  const refused = await store.readRefused(
    tenant,
    names.map((name) => name.join('/')),
  );
  return names.map((name) => {
    const { bookedAs, attempt = 1 } = refused.get(name.join('/')) ?? {};
    return ledger.transferIdOf(tenant, ...transferName({ name }, bookedAs ?? attempt));
  });
}
