import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys } from '../keys.ts';
import { referenceOf, type Told } from './told.ts';
import type { Untaken } from './untaken.ts';

/** Items as plain objects ↔ the model. */
export function untakenToPlain(untaken: Untaken): Plain {
  const { told, centreId } = untaken;
  const key = keys.untaken(told.tenant, centreId, referenceOf(told));
  return { ...key, kind: 'UNTAKEN', version: told.version, ...untaken };
}

export function untakenFromPlain(plain: Plain): Untaken {
  const { pk: _pk, sk: _sk, kind: _kind, version, told, ...facts } = plain;
  return { ...(facts as unknown as Untaken), told: { ...(told as Told), version: Number(version) } };
}
