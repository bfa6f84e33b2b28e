import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { type Cause, type Mandate, type MandateState, mandateState } from './mandate.ts';

/** CONFIRM: the payer's side has agreed. */
export const mandateActions = ['CONFIRM', 'SUSPEND', 'RESUME', 'REVOKE'] as const;
export type MandateAction = (typeof mandateActions)[number];

export type MandateChange =
  | { readonly outcome: 'CHANGED'; readonly mandate: Mandate }
  /** It stands so already: asked twice. */
  | { readonly outcome: 'UNCHANGED'; readonly mandate: Mandate }
  | { readonly outcome: 'REFUSED'; readonly state: MandateState };

const leadsTo = { CONFIRM: 'ACTIVE', SUSPEND: 'SUSPENDED', RESUME: 'ACTIVE', REVOKE: 'REVOKED' } as const;

/** From where an action may be taken. */
const from: Readonly<Record<MandateAction, readonly MandateState[]>> = {
  CONFIRM: ['PENDING'],
  SUSPEND: ['ACTIVE'],
  RESUME: ['SUSPENDED'],
  REVOKE: ['PENDING', 'ACTIVE', 'SUSPENDED'],
};

/**
 * What an action does to a mandate on a day. Asking for a state that it has changes nothing, so that a call that is repeated
 * answers as the first; but an expired or revoked mandate takes no action.
 */
export function changeMandate(
  mandate: Mandate,
  action: MandateAction,
  on: { readonly date: PlainDate; readonly at: string; readonly cause: Cause },
): MandateChange {
  const state = mandateState(mandate, on.date);
  if (state === leadsTo[action]) return { outcome: 'UNCHANGED', mandate };
  if (!from[action].includes(state)) return { outcome: 'REFUSED', state };
  const changed: Mandate = {
    ...mandate,
    state: leadsTo[action],
    revision: mandate.revision + 1,
    changedAt: on.at,
    cause: on.cause,
    ...(action === 'REVOKE' && { revokedAt: on.at }),
  };
  return { outcome: 'CHANGED', mandate: changed };
}
