import type { Plain } from '../../../shared/dynamo/items.ts';
import { packBlock, unpackBlock } from '../../../shared/dynamo/record-blocks.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { cycleIdOf, cycleOfId } from '../cycles/cycle.ts';
import { keys } from '../keys.ts';
import type { ObligationLine, ObligationState } from '../lines/obligation-line.ts';
import type { Obligation, Origin } from './obligation.ts';

/**
 * Items as plain objects ↔ the model. What an item costs to write is counted in KB, so it says nothing twice: tenant and id stand in
 * its key, its centre in the id of its cycle, and of earlier cycles the date is enough.
 */
export function obligationToPlain({ tenant, id, centreId: _, lateFor, movedFrom, ...facts }: Obligation): Plain {
  const earlier = defined({ lateFor: dateOf(lateFor), movedFrom: dateOf(movedFrom) });
  return { ...keys.obligation(tenant, id), kind: 'OBLIGATION', ...facts, ...earlier };
}

const dateOf = (cycleId: string | undefined) => (cycleId === undefined ? undefined : cycleOfId(cycleId).cutOffDate);

export function obligationFromPlain(plain: Plain): Obligation {
  const { pk, sk: _sk, kind: _kind, gate, revision, origin, lateFor, movedFrom, ...facts } = plain;
  const [tenant = '', id = ''] = String(pk).split('#');
  const { centreId } = cycleOfId(String(facts.cycleId));
  const place = { tenant, id, centreId, gate: Number(gate), revision: Number(revision) };
  const idOf = (date: unknown) => (date === undefined ? undefined : cycleIdOf(centreId, String(date)));
  const earlier = defined({ lateFor: idOf(lateFor), movedFrom: idOf(movedFrom) });
  return {
    ...(facts as unknown as Obligation),
    ...(origin !== undefined && originFromPlain(origin)),
    ...earlier,
    ...place,
  };
}

function originFromPlain(origin: unknown): Pick<Obligation, 'origin'> {
  const stored = origin as Origin;
  return { origin: { ...stored, version: Number(stored.version) } };
}

/** A line of a cycle, and whether its obligation came into the cycle with it. */
export interface CycleLine extends ObligationLine {
  readonly enters: boolean;
}

/** The line that a change of an obligation leaves in its cycle. */
export function lineOf(obligation: Obligation, state: ObligationState, enters: boolean): CycleLine {
  const { reference, payer, payee, currency, amount, revision } = obligation;
  return { reference, payer, payee, currency, amount, version: revision, state, enters };
}

type PackedLine = readonly [string, string, string, string, bigint, number, ObligationState, 0 | 1];

/** Lines that were written together, as one item. */
export function linesToPlain(
  { tenant, cycleId, gate }: Pick<Obligation, 'tenant' | 'cycleId' | 'gate'>,
  at: string,
  lines: readonly CycleLine[],
): Plain {
  const [first] = lines;
  if (!first) throw new Error('There are no lines to write.');
  // No other item holds this line, so the name is this one's alone.
  const name = `${String(first.version).padStart(6, '0')}#${first.reference}`;
  const packed = lines.map(({ reference, payer, payee, currency, amount, version, state, enters }): PackedLine => {
    return [reference, payer, payee, currency, amount, version, state, enters ? 1 : 0];
  });
  return { ...keys.lines(tenant, cycleId, gate, at, name), kind: 'LINES', ...packBlock(packed) };
}

export function linesFromPlain(plain: Plain): CycleLine[] {
  return unpackBlock<PackedLine>(plain).map(
    ([reference, payer, payee, currency, amount, version, state, enters]) =>
      ({ reference, payer, payee, currency, amount, version, state, enters: enters === 1 }) as CycleLine,
  );
}
