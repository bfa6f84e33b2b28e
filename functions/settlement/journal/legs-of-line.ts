import type { Entry } from './entry.ts';
import { legOf, type RoleLeg } from './role-legs.ts';

/**
 * What the journal itself books in the ledger for a line: that a consumer paid, less what the channel kept, and that a share was
 * given. Nothing is authorised by it: it has happened. Refunds and subsidies are booked each by itself under a guard
 * (guarded-legs.ts), and what disputes hold stays where it is.
 */
export function legsOfLine({ owner, line }: Pick<Entry, 'owner' | 'line'>): RoleLeg[] {
  if (line.kind === 'PAYMENT') return legOf(`channel:${line.channelId}`, 'supervised', line.amount - line.fee);
  if (line.kind === 'SHARE') return legOf('supervised', `payable:${owner.id}`, line.amount);
  return [];
}
