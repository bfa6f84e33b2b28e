import { type Continuity, compareWithPrevious } from './continuity.ts';
import type { StatementStore } from './store.ts';
import type { StoredStatement } from './stored-statement.ts';

/** Continuity of a stored statement with the one before it as it stands now. */
export async function compareStored(store: StatementStore, statement: StoredStatement): Promise<Continuity> {
  if (statement.chainAt === undefined) return { status: 'NOT_CHECKED' };
  const previous = await store.readPrevious(statement);
  const closing = previous?.closing?.amount;
  return compareWithPrevious(
    statement.opening?.amount,
    previous && closing !== undefined ? { id: previous.id, closing } : undefined,
  );
}
