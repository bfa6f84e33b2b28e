import type { Problem } from '../../shared/problems/problem.ts';
import type { AccountState } from './account.ts';
import type { Command } from './commands.ts';
import { problems } from './problems.ts';

/** Why a command may not touch an account: another capability owns it. `pointer` leads to what names or changes it. */
export function findForeignOwner(
  { accountId, owner }: AccountState,
  command: Pick<Command, 'owner'>,
  pointer: string,
): Problem | undefined {
  if (owner === undefined || owner === command.owner) return undefined;
  const detail = `The account ${accountId} belongs to the capability ${owner}, which alone moves it.`;
  return problems['account-owned'].with({ detail, accountId, owner }).at({ pointer, detail });
}
