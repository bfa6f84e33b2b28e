import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { BackgroundRun } from '../../../shared/runs/replace-run.ts';
import type { Decision } from '../matching/decision.ts';
import type { MatchRules } from '../matching/match-rules.ts';
import type { Figures } from './figures.ts';

/** DECIDING: it reads all that is open. APPLYING: its decisions are booked. FAILED: for good, see `failure`. */
export const runStates = ['DECIDING', 'APPLYING', 'ENDED', 'FAILED'] as const;
export type RunState = (typeof runStates)[number];

/** What is matched: all of a tenant's open receipts, or those of a legal entity or currency. */
export interface RunScope {
  readonly legalEntity?: string;
  readonly currency?: string;
  /** Of a dry run: receipts of these days as if nothing had been matched since. */
  readonly from?: PlainDate;
  readonly to?: PlainDate;
}

/** A run that matches many receipts at once. */
export interface Run extends BackgroundRun {
  readonly tenant: string;
  readonly id: string;
  readonly scope: RunScope;
  /** Books nothing. */
  readonly dryRun: boolean;
  /** It goes by these, whatever is put meanwhile. */
  readonly rules: MatchRules;
  readonly state: RunState;
  /** How often deciding was begun: each time its decisions have a place of their own. */
  readonly attempt: number;
  /** What was looked at. */
  readonly receipts: number;
  readonly invoices: number;
  /** Blocks of decisions, and those that are booked. */
  readonly blocks: number;
  readonly blocksDone: number;
  /** What was decided, and what came of it. */
  readonly decided: Figures;
  readonly result: Figures;
}

/** What a run decided on a receipt; kept with the run. Minor units. */
export interface RunDecision {
  readonly legalEntity: string;
  readonly currency: string;
  /** What of the receipt was not used. */
  readonly amount: bigint;
  readonly decision: Decision;
}

export function isUnderWay({ state }: Pick<Run, 'state'>): boolean {
  return state === 'DECIDING' || state === 'APPLYING';
}
