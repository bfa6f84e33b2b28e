import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import type { Step } from '../matches/step.ts';
import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import { keepTold, type ToldReceipt } from './keep-told.ts';
import type { OwnCredit } from './own-credit.ts';
import { newReceipt } from './receipt-draft.ts';

type Store = Pick<ReceivablesStore, 'readReceipt' | 'readOwnCredit' | 'writeTaken'>;

/**
 * Makes a receipt of money from an own account, once per key: a company of the group paid. Taken already, it changes nothing;
 * taken by mistake, the receipt is dismissed.
 * Problems: `receivables/own-credit-not-found`, `request/idempotency-key-reused`; those of decideAndWrite.
 */
export async function takeOwnCredit(
  store: Store & Parameters<typeof requireSameRequest>[0],
  { tenant, id }: Pick<OwnCredit, 'tenant' | 'id'>,
  claim: KeyClaim,
): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readOwnCredit(tenant, id);
    if (!before) {
      const detail = `There is no credit ${id} from an account of your own.`;
      throw problems['own-credit-not-found'].with({ detail, receiptId: id });
    }
    if ((await requireSameRequest(store, tenant, claim)) || before.state === 'TAKEN') return { answer: undefined };
    const { at, cause } = claim;
    const isThere = (await store.readReceipt(tenant, id)) !== undefined;
    const receipt = isThere ? undefined : newReceipt(tenant, id, before.draft, before.source, { at, cause });
    return { answer: undefined, write: () => store.writeTaken(taken(before, claim), before, receipt, claim) };
  });
}

/** The same where a later report tells of it, and the account is recorded with a customer by then. */
export async function takeToldOwn(
  store: Store & Parameters<typeof keepTold>[0],
  told: ToldReceipt,
  step: Parameters<typeof keepTold>[2],
): Promise<void> {
  await keepTold(store, told, step);
  await decideAndWrite(async () => {
    const before = await store.readOwnCredit(told.tenant, told.id);
    if (!before || before.state === 'TAKEN') return { answer: undefined };
    return { answer: undefined, write: () => store.writeTaken(taken(before, step), before, undefined) };
  });
}

function taken(before: OwnCredit, { at, cause }: Omit<Step, 'date'>): OwnCredit {
  return { ...before, state: 'TAKEN', taken: { at, cause }, revision: before.revision + 1 };
}
