import { foldAll } from './fold-hot.ts';
import { defaultStore } from './store.ts';

/** Folds every hot account: the net under the stream consumer. */
export async function handler(): Promise<void> {
  const store = defaultStore();
  await foldAll(store, await store.listHotAccounts());
}
