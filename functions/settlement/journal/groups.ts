import { createHash } from 'node:crypto';
import { type Owner, ownerKey } from './entry.ts';

/**
 * Owners fall into so many groups. Each has its position in a shard and is written by itself, so that a batch is written side by
 * side, and so many times the thousand write units of one key a second go into a market's day.
 */
export const journalGroups = 8;

/** The group of an owner, for ever the same: a change of it would write what is written already. */
export function groupOf(tenant: string, owner: Owner): number {
  return groupOfText(`${tenant}#${ownerKey(owner)}`);
}

export function groupOfText(text: string): number {
  return (createHash('sha256').update(text).digest()[0] ?? 0) % journalGroups;
}
