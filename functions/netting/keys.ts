import { deriveId } from '../../shared/identifiers/id.ts';
import { cycleOfId } from './cycles/cycle.ts';

/** Where things lie in the table. Tenant names and ids of centres hold no '#'. */
export const keys = {
  /** Centres are few: those of a tenant lie together, by id. */
  centre: (tenant: string, centreId: string) => ({ pk: `${tenant}#CENTRES`, sk: centreId }),
  centreVersion: (tenant: string, centreId: string, version: number) => ({
    pk: `${tenant}#${centreId}`,
    sk: `V#${String(version).padStart(6, '0')}`,
  }),
  /** A part of the lists of a centre, by what it says: it never changes. */
  centreBlock: (tenant: string, centreId: string, blockId: string) => ({
    pk: `${tenant}#${centreId}#BLOCKS`,
    sk: blockId,
  }),
  /** Cycles of a centre lie together, by cut-off date. */
  cycle: (tenant: string, cycleId: string) => {
    const { centreId, cutOffDate } = cycleOfId(cycleId);
    return { pk: `${tenant}#${centreId}#CYCLES`, sk: cutOffDate };
  },
  gate: (tenant: string, cycleId: string, gate: number) => ({ pk: gatePk(tenant, cycleId, gate), sk: 'GATE' }),
  /** Lines by when they were written; the name is that of the first of them. */
  lines: (tenant: string, cycleId: string, gate: number, at: string, name: string) => ({
    pk: gatePk(tenant, cycleId, gate),
    sk: `L#${at}#${name}`,
  }),
  obligation: (tenant: string, obligationId: string) => ({ pk: `${tenant}#${obligationId}`, sk: 'O' }),
  queuedPayment: (tenant: string, paymentId: string) => ({ pk: `${tenant}#${paymentId}`, sk: 'Q' }),
  /** What is done to a queue as a whole: which resolution is under way. */
  queueHead: (tenant: string, { centreId, currency }: QueueName) => ({
    pk: `${tenant}#${centreId}#QUEUE#${currency}`,
    sk: 'HEAD',
  }),
  /** Gives the numbers of some payers. */
  queueGate: (tenant: string, queue: QueueName, gate: number) => ({
    pk: queueGatePk(tenant, queue, gate),
    sk: 'GATE',
  }),
  /** Payments that wait, by the number of the first. */
  queueLines: (tenant: string, queue: QueueName, gate: number, number: number) => ({
    pk: queueGatePk(tenant, queue, gate),
    sk: `${queueLinesPrefix}${String(number).padStart(12, '0')}`,
  }),
  resolution: (tenant: string, resolutionId: string) => ({ pk: `${tenant}#${resolutionId}`, sk: 'R' }),
  /** A part of a list of a resolution; the name is made of what the list says. */
  resolutionBlock: (tenant: string, resolutionId: string, name: string, place: number) => ({
    pk: `${tenant}#${resolutionId}`,
    sk: `${name}#${String(place).padStart(4, '0')}`,
  }),
} as const;

/** Each currency of a centre has a queue of its own. */
export interface QueueName {
  readonly centreId: string;
  readonly currency: string;
}

/** Keys of payments that wait begin so. */
export const queueLinesPrefix = 'L#';

function queueGatePk(tenant: string, { centreId, currency }: QueueName, gate: number): string {
  return `${tenant}#${centreId}#QUEUE#${currency}#${String(gate).padStart(2, '0')}`;
}

function gatePk(tenant: string, cycleId: string, gate: number): string {
  return `${tenant}#${cycleId}#${String(gate).padStart(2, '0')}`;
}

/** Keys of lines begin so; that of the gate itself does not. */
export const linesPrefix = 'L#';

/** A centre has one obligation of each reference. */
export const obligationIdOf = (tenant: string, centreId: string, reference: string) =>
  deriveId('obl', tenant, centreId, reference);

/** Index `byDue`: cycles of all tenants that wait for a time, by it. */
export const openCycles = 'CYCLES#OPEN';
export const confirmingCycles = 'CYCLES#CONFIRMING';
export const openResolutions = 'RESOLUTIONS#OPEN';

/** A centre has one queued payment of each reference. */
export const queuedPaymentIdOf = (tenant: string, centreId: string, reference: string) =>
  deriveId('qpm', tenant, centreId, reference);
