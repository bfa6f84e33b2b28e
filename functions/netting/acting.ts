import { type Cause, causeOf } from '../../shared/http/cause.ts';
import type { Actor } from '../../shared/http/request.ts';
import type { On } from './centres/keep-centre.ts';

/** At the request of a client. */
export function onOf(actor: Actor, now: Date): On {
  return { at: now.toISOString(), cause: causeOf(actor) };
}

/** Who does what nobody asked for by himself. */
export const nettingCause = (requestId: string): Cause => ({ client: 'netting', role: 'system', requestId });
