import type { Cause } from '../../../shared/http/cause.ts';
import type { Source } from '../centres/identity.ts';
import { gateCount } from '../cycles/cycle.ts';
import type { Obligation } from '../obligations/obligation.ts';
import { silenceAfter } from '../settling/times.ts';

/**
 * What sources are told of the obligations of a cycle that came of their events. CUT_OFF: they are to be paid by it, and not
 * otherwise any more. SETTLED: they are paid.
 */
export const tellingKinds = ['CUT_OFF', 'SETTLED'] as const;
export type TellingKind = (typeof tellingKinds)[number];

/** CUT_OFF is for whoever would pay by itself meanwhile; the others hear of what is paid, and need to hear no more. */
export const toldSources: Readonly<Record<TellingKind, readonly Source[]>> = {
  CUT_OFF: ['PAYOUTS'],
  SETTLED: ['INVOICES', 'POOL_LOANS', 'PAYOUTS', 'COLLECTIONS'],
};

/** How far the obligations of a cycle are told: gate after gate, in the order of their lines. */
export interface Telling {
  readonly tenant: string;
  readonly cycleId: string;
  readonly kind: TellingKind;
  /** The gate that is next, from behind a place in it; as many as there are gates once all is told. */
  readonly gate: number;
  readonly after?: string;
  /** How often it was handed on: who carries it on is told of it. */
  readonly turn: number;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** When it is handed on again, by a job: nothing was heard of it for longer than a function lives. Nothing once all is told. */
export function askTellingAgainAt({ gate, changedAt }: Pick<Telling, 'gate' | 'changedAt'>): string | undefined {
  return gate < gateCount ? silenceAfter(new Date(changedAt)) : undefined;
}

/** An obligation by what it came of, with its revision: what is told of it by itself is older than that, or newer. */
export type ToldRow = Pick<Obligation, 'reference' | 'amount' | 'currency' | 'revision'> & { readonly subject: string };

/** Obligations of one source that are told together. Written once, and never again. */
export interface ToldPage {
  readonly telling: Pick<Telling, 'tenant' | 'cycleId' | 'kind' | 'changedAt' | 'cause'>;
  /** Made of the revision of the telling that wrote it, and its place among the pages of that. */
  readonly name: string;
  readonly source: Source;
  /** SETTLED: of which the money moved, where that was later than planned. */
  readonly valueDate: string;
  readonly rows: readonly ToldRow[];
}

/** Obligations of one event, at most. */
export const rowsPerPageMax = 100;
