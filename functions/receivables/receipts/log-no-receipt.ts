import type { DomainEvent } from '../../../shared/events/event.ts';
import { writeLog } from '../../../shared/http/log.ts';
import type { ToldEntry } from './receipt-of-statement-entry.ts';

/** Notes that what a statement tells of is no receipt, and why, so that nobody looks for it in vain. */
export function logNoReceipt({ id, tenant }: DomainEvent, { entryId }: ToldEntry, message: string): void {
  writeLog({ level: 'WARN', message, eventId: id, tenant, entryId });
}
