import { FAULTS_MAX } from '../../../shared/http/faults.ts';
import type { FieldFault } from '../../../shared/problems/problem.ts';
import type { AnyFault, ReadLine, Refused, Taken } from './batch-line.ts';

/** How lines of one kind are taken. */
export interface Taking<Asked, Kept extends Taken, Fault> {
  /** All that the centre has against one. */
  readonly faultsOf: (asked: Asked) => readonly Fault[];
  /** Records those that it has nothing against, and answers in their order. */
  readonly take: (asked: readonly Asked[]) => Promise<readonly (Kept | TakenNot<Fault>)[]>;
  /** Of others those that are there with the same content. */
  readonly findKnown: (asked: readonly Asked[]) => Promise<ReadonlyMap<Asked, Kept>>;
}

interface TakenNot<Fault> {
  readonly outcome: 'REFUSED';
  readonly fault: Fault;
}

/**
 * Takes the lines that the centre has nothing against; the others harm none. Answers in their order. What a centre would not take any
 * more is answered all the same where it is there: a participant may have been suspended since. Throws what taking throws; then
 * some may be recorded: sent again, it goes on.
 */
export async function takeBatch<Asked extends object, Kept extends Taken, Fault>(
  lines: readonly ReadLine<Asked, Fault>[],
  { faultsOf, take, findKnown }: Taking<Asked, Kept, Fault>,
): Promise<(Kept | Refused<Fault>)[]> {
  const asked = lines.flatMap((line) => (line.faults ? [] : [line.asked]));
  const faults = new Map(asked.map((one) => [one, faultsOf(one)]));
  const isGood = (one: Asked) => faults.get(one)?.length === 0;
  const good = asked.filter(isGood);
  const [taken, known] = await Promise.all([take(good), findKnown(asked.filter((one) => !isGood(one)))]);
  const results = new Map(good.map((one, place) => [one, taken[place]]));
  return lines.map(({ asked: one, faults: malformed = [] }): Kept | Refused<Fault> => {
    if (one === undefined) return { outcome: 'REFUSED', faults: malformed };
    const result = known.get(one) ?? results.get(one);
    if (!result) return { outcome: 'REFUSED', faults: faults.get(one) ?? [] };
    return 'fault' in result ? { outcome: 'REFUSED', faults: [result.fault] } : result;
  });
}

/** Takes one by itself. Throws what `refusal` makes of its faults, and what taking throws. */
export async function takeAlone<Asked extends object, Kept extends Taken, Fault>(
  asked: Asked,
  taking: Taking<Asked, Kept, Fault>,
  refusal: (faults: readonly Fault[]) => Error,
): Promise<Kept> {
  const [result] = await takeBatch([{ asked }], taking);
  if (!result) throw new Error('A line was neither taken nor refused.');
  if ('faults' in result) throw refusal(result.faults);
  return result;
}

/** Faults of a line as those of a request. */
export function fieldFaults(faults: readonly AnyFault[]): FieldFault[] {
  return faults
    .slice(0, FAULTS_MAX)
    .map(({ field, detail }) => ({ pointer: `/${field.replaceAll('.', '/')}`, detail }));
}
