import { now } from '../../shared/time/clock.ts';
import { foldHot } from './fold-hot.ts';
import { defaultStore } from './store.ts';

/** Folds every hot account: the net under the stream consumer. */
export async function handler(): Promise<void> {
  const store = defaultStore();
  for (const { tenant, accountId } of await store.listHotAccounts()) await foldHot(store, tenant, accountId, now());
}
