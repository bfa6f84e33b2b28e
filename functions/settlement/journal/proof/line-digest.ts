import { createHash } from 'node:crypto';
import { type Entry, ownerKey } from '../entry.ts';
import { original } from '../opposite.ts';
import { packLine } from '../pack-lines.ts';

const bits = 128;

/**
 * A number for what a line says and where it stands. That of a line that takes another back is the opposite of the other's, so the
 * sum over lines is the same exactly where the same lines stand, in whatever order they were written and taken back.
 */
export function lineDigest(entry: Pick<Entry, 'owner' | 'date' | 'line'>): bigint {
  if (entry.line.takesBack) return -lineDigest(original({ id: '', ...entry }));
  const { owner, date, line } = entry;
  const hash = createHash('sha256')
    .update(`${ownerKey(owner)} ${date} ${packLine(line)}`)
    .digest('hex');
  return BigInt(`0x${hash.slice(0, bits / 4)}`);
}
