import type { Plain } from '../../../shared/dynamo/items.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { keys, ownCreditsOf } from '../keys.ts';
import type { Step } from '../matches/step.ts';
import type { ReceivablesStore } from '../store.ts';
import type { ToldReceipt } from './keep-told.ts';

/** LEFT_OUT: it only changed places among own accounts. TAKEN: somebody said that it is a receipt. */
export const ownCreditStates = ['LEFT_OUT', 'TAKEN'] as const;
export type OwnCreditState = (typeof ownCreditStates)[number];

/** Money that came from an account of the tenant's own ledger, and the receipt that it would be. Minor units. */
export interface OwnCredit extends ToldReceipt {
  readonly state: OwnCreditState;
  /** By whom, and when: a person, or a report that came once the account was a customer's. */
  readonly taken?: Omit<Step, 'date'>;
  readonly createdAt: string;
  readonly revision: number;
  readonly cause: Cause;
}

/** Keeps what is left out, so that somebody finds it. Told again, it changes nothing. */
export async function keepOwnCredit(
  store: Pick<ReceivablesStore, 'keepOwnCredit'>,
  told: ToldReceipt,
  { at, cause }: Omit<Step, 'date'>,
): Promise<void> {
  await store.keepOwnCredit({ ...told, state: 'LEFT_OUT', createdAt: at, revision: 1, cause });
}

/** Items as plain objects ↔ the model. */
export function ownCreditToPlain(own: OwnCredit): Plain {
  const { tenant, id, state, createdAt } = own;
  return {
    ...keys.ownCredit(tenant, id),
    kind: 'OWN_CREDIT',
    ...own,
    listOf: ownCreditsOf(tenant, state),
    listAt: `${createdAt}#${id}`,
  };
}

export function ownCreditFromPlain(plain: Plain): OwnCredit {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _of, listAt: _at, revision, ...facts } = plain;
  return { ...(facts as unknown as OwnCredit), revision: Number(revision) };
}
