import { FAULTS_MAX } from '../../../shared/http/faults.ts';
import { jsonPointer } from '../../../shared/http/json.ts';
import type { Fault } from '../../../shared/problems/located-faults.ts';
import type { ProblemFactory } from '../../../shared/problems/problem.ts';
import { problems } from '../problems.ts';
import type { NettingTools } from '../tools.ts';
import { accountFault } from './account-fault.ts';
import type { Participant } from './participant.ts';

/** Problem: `netting/participant-account`, at each account of the body that participants cannot have. */
export async function requireAccounts(
  { ledger }: Pick<NettingTools, 'ledger'>,
  tenant: string,
  participants: readonly Participant[],
): Promise<void> {
  const named = participants.flatMap(({ accounts }, place) =>
    accounts.flatMap((account, index) =>
      account.at === 'LEDGER' ? [{ ...account, path: ['participants', place, 'accounts', index, 'accountId'] }] : [],
    ),
  );
  if (named.length === 0) return;
  const found = await ledger.readAccounts(tenant, new Set(named.map(({ accountId }) => accountId)));
  const faults = named.flatMap(({ accountId, currency, path }) => {
    const detail = accountFault(found.get(accountId), currency);
    return detail === undefined ? [] : [{ path, detail }];
  });
  refuse(faults, problems['participant-account']);
}

/** Refuses where there are faults, each at its place in the body. */
export function refuse(faults: readonly Fault[], problem: ProblemFactory = problems['centre-refused']): void {
  const [first] = faults;
  if (!first) return;
  const errors = faults.slice(0, FAULTS_MAX).map(({ path, detail }) => ({ pointer: jsonPointer(path), detail }));
  throw problem.with({ detail: first.detail }).at(...errors);
}
