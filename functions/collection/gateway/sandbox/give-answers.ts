import type { CollectionStore } from '../../store.ts';
import type { DueReport } from '../../store-sandbox.ts';
import type { TakeReports } from '../bank-gateway.ts';

const perShardMax = 100;
/** Rounds of one call: what is left after them is given by the next. */
const roundsMax = 20;

type Books = Pick<CollectionStore, 'readDueAnswers' | 'noteGiven' | 'putOff'>;

/**
 * Gives every answer whose time has come: first to whoever takes it, then it is noted as given. Broken off between the
 * two, the same answer is given again, from the same source. Tenants do not stand in each other's way.
 *
 * @returns what failed; those answers are tried again the next time.
 */
export async function giveDueAnswers(store: Books, take: TakeReports, now: Date): Promise<unknown[]> {
  const failures: unknown[] = [];
  const seen = new Set<string>();
  for (let round = 1; round <= roundsMax; round++) {
    const due = await store.readDueAnswers(now.toISOString(), perShardMax);
    const fresh = due.filter((one) => !seen.has(keyOf(one)));
    if (fresh.length === 0) break;
    for (const one of fresh) seen.add(keyOf(one));
    for (const [tenant, answers] of Map.groupBy(fresh, (one) => one.tenant)) {
      try {
        await giveOf(store, take, tenant, answers, now);
      } catch (error) {
        failures.push(error);
        for (const one of answers) await store.putOff(one, now.toISOString());
      }
    }
  }
  return failures;
}

async function giveOf(store: Books, take: TakeReports, tenant: string, answers: readonly DueReport[], now: Date) {
  const inTurn = answers.toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
  await take(
    tenant,
    inTurn.map(({ report }) => report),
    now,
  );
  for (const one of inTurn) await store.noteGiven(one, now.toISOString());
}

function keyOf({ tenant, name, report }: DueReport): string {
  return `${tenant}#${report.orderId}#${name}`;
}
