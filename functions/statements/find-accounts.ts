import pLimit from 'p-limit';
import type { StatementHeader } from '../../shared/formats/statement-events.ts';
import { numbersOf } from './account-number.ts';

export interface FoundAccount {
  readonly accountId: string;
  readonly currency: string;
}

export type FindAccount = (tenant: string, numberHash: string) => Promise<FoundAccount | undefined>;

const lookupsAtOnceMax = 8;

/**
 * Finds the accounts of a file's statements: each number is looked up once, a few at a time. A file may hold a thousand
 * statements of one account.
 */
export function accountFinder(tenant: string, findAccount: FindAccount, hashNumber: (number: string) => string) {
  const limited = pLimit(lookupsAtOnceMax);
  const asked = new Map<string, Promise<FoundAccount | undefined>>();

  function look(number: string): Promise<FoundAccount | undefined> {
    const known = asked.get(number) ?? limited(() => findAccount(tenant, hashNumber(number)));
    asked.set(number, known);
    return known;
  }

  /** The account that is known by one of the numbers, the surest first. */
  return async (account: StatementHeader['account']): Promise<FoundAccount | undefined> => {
    for (const number of numbersOf(account)) {
      const found = await look(number);
      if (found) return found;
    }
    return undefined;
  };
}
