import { requireEnvironment } from '../../shared/service/environment.ts';
import { accountByNumber } from '../ledger/published.ts';
import { numberHasher } from './account-number.ts';
import type { ImportTools } from './import-file.ts';
import { defaultStore } from './store.ts';

/** The keyed hash of account numbers, with the key that the host provides. */
export function hashNumber(number: string): string {
  return numberHasher(requireEnvironment('NUMBER_HASH_KEY'))(number);
}

/** What an import works with in this process. */
export function importTools(): ImportTools {
  return { store: defaultStore(), findAccount: accountByNumber, hashNumber };
}
