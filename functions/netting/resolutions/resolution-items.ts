import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys, openResolutions, type QueueName } from '../keys.ts';
import {
  type Decision,
  isUnderWay,
  type QueueHead,
  type Resolution,
  type ResolutionFigures,
  type StoredList,
} from './resolution.ts';

/** Items as plain objects ↔ the model; numbers come back from the database as bigints. */
export function resolutionToPlain(resolution: Resolution): Plain {
  const { tenant, id, createdAt } = resolution;
  const due = isUnderWay(resolution) ? { dueOf: openResolutions, dueAt: `${createdAt}#${tenant}#${id}` } : {};
  return { ...keys.resolution(tenant, id), kind: 'RESOLUTION', ...due, ...resolution };
}

export function resolutionFromPlain(plain: Plain): Resolution {
  const { pk: _pk, sk: _sk, kind: _kind, dueOf: _of, dueAt: _at, ...facts } = plain;
  const resolution = facts as unknown as Resolution;
  const { round, refusedRounds, setsDecided, turn, failures, revision, decision, settled, waiting, figures, ...rest } =
    resolution;
  return {
    ...rest,
    ...{
      round: Number(round),
      refusedRounds: Number(refusedRounds),
      setsDecided: Number(setsDecided),
      turn: Number(turn),
      failures: Number(failures),
      revision: Number(revision),
    },
    ...(decision && { decision: decisionOf(decision) }),
    ...(waiting && { waiting: listOf(waiting) }),
    settled: settled.map(listOf),
    figures: figuresOf(figures),
  };
}

function figuresOf(figures: ResolutionFigures): ResolutionFigures {
  const { settledPayments, bilateralSets, multilateralSets, waitingPayments, ...amounts } = figures;
  return {
    ...{ settledPayments: Number(settledPayments), waitingPayments: Number(waitingPayments) },
    ...{ bilateralSets: Number(bilateralSets), multilateralSets: Number(multilateralSets) },
    ...amounts,
  };
}

function decisionOf({ sets, parties, waiting, hasMore }: Decision): Decision {
  return { sets: listOf(sets), parties: listOf(parties), waiting: listOf(waiting), hasMore };
}

function listOf({ name, blocks }: StoredList): StoredList {
  return { name, blocks: Number(blocks) };
}

export function headToPlain(tenant: string, queue: QueueName, head: QueueHead): Plain {
  return { ...keys.queueHead(tenant, queue), kind: 'QUEUE_HEAD', ...head };
}

export function headFromPlain(plain: Plain | undefined): QueueHead {
  if (!plain) return { revision: 0 };
  const { pk: _pk, sk: _sk, kind: _kind, ...facts } = plain;
  const { revision, day, ...rest } = facts as unknown as QueueHead;
  return { ...rest, revision: Number(revision), ...(day && { day: { ...day, sums: listOf(day.sums) } }) };
}
