import type { Plain } from '../../../shared/dynamo/items.ts';
import { packBlock, unpackBlock } from '../../../shared/dynamo/record-blocks.ts';
import { keys, openTellings } from '../keys.ts';
import { askTellingAgainAt, type Telling, type ToldPage, type ToldRow } from './telling.ts';

/** Items as plain objects ↔ the model. */
export function tellingToPlain({ kind: what, ...telling }: Telling): Plain {
  const { tenant, cycleId } = telling;
  const askAt = askTellingAgainAt(telling);
  const due = askAt !== undefined && { dueOf: openTellings, dueAt: `${askAt}#${tenant}#${cycleId}#${what}` };
  return { ...keys.telling(tenant, cycleId, what), kind: 'TELLING', what, ...telling, ...due };
}

export function tellingFromPlain(plain: Plain): Telling {
  const { pk: _pk, sk: _sk, kind: _kind, dueOf: _of, dueAt: _at, what, gate, turn, revision, ...facts } = plain;
  const counts = { gate: Number(gate), turn: Number(turn), revision: Number(revision) };
  return { ...(facts as unknown as Telling), kind: what as Telling['kind'], ...counts };
}

type PackedRow = readonly [subject: string, reference: string, currency: string, amount: bigint, revision: number];

export function pageToPlain({ telling, rows, ...facts }: ToldPage): Plain {
  const { tenant, cycleId, kind: what, changedAt, cause } = telling;
  const packed = rows.map(
    ({ subject, reference, currency, amount, revision }): PackedRow => [subject, reference, currency, amount, revision],
  );
  return {
    ...keys.toldPage(tenant, cycleId, what, facts.name),
    ...{ kind: 'TOLD_PAGE', what, tenant, cycleId, changedAt, cause },
    ...facts,
    ...packBlock(packed),
  };
}

export function pageFromPlain(plain: Plain): ToldPage {
  const { tenant, cycleId, what, changedAt, cause, name, source, valueDate } = plain;
  const telling = { tenant, cycleId, kind: what, changedAt, cause } as ToldPage['telling'];
  const rows = unpackBlock<PackedRow>(plain).map(
    ([subject, reference, currency, amount, revision]) =>
      ({ subject, reference, currency, amount, revision: Number(revision) }) as ToldRow,
  );
  return { ...({ name, source, valueDate } as Pick<ToldPage, 'name' | 'source' | 'valueDate'>), telling, rows };
}
