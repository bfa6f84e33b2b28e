import { deriveId } from '../../shared/identifiers/id.ts';
import { sources } from './centres/identity.ts';
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
  /** A part of what an earlier cycle has carried into this one; beside the gate that has let it in. */
  carriedIn: (tenant: string, cycleId: string, from: string, place: number) => ({
    pk: gatePk(tenant, cycleId, carryingGate),
    sk: `${carriedPrefix}${from}#${padded(place)}`,
  }),
  /** That a part of what a cycle carries is in a later one. */
  carriedOut: (tenant: string, cycleId: string, place: number) => ({
    pk: `${tenant}#${cycleId}#CARRIED`,
    sk: padded(place),
  }),
  /** Rows of a cycle: a key of its own for each block, for a large cycle has hundreds at once. */
  resultBlock: (tenant: string, cycleId: string, attempt: number, section: string, place: number) => ({
    pk: `${tenant}#${cycleId}#RESULT#${attempt}#${section}#${padded(place)}`,
    sk: 'R',
  }),
  /** To whom an identity leads; its value may hold anything, and stands last. */
  identity: (tenant: string, name: string) => ({ pk: `${tenant}#IDENTITY#${name}`, sk: 'IDENTITY' }),
  /** What a centre was told of and has not taken: few. */
  untaken: (tenant: string, centreId: string, reference: string) => ({
    pk: `${tenant}#${centreId}#UNTAKEN`,
    sk: reference,
  }),
  /** How far the obligations of a cycle are told; and what was told, a key of its own for each page, for many are written at once. */
  telling: (tenant: string, cycleId: string, what: string) => ({ pk: `${tenant}#${cycleId}#TOLD`, sk: what }),
  toldPage: (tenant: string, cycleId: string, what: string, name: string) => ({
    pk: `${tenant}#${cycleId}#TOLD#${what}#${name}`,
    sk: 'P',
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
  bankPayment: (tenant: string, bankPaymentId: string) => ({ pk: `${tenant}#${bankPaymentId}`, sk: 'P' }),
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

/** So that they sort as numbers. */
function padded(place: number): string {
  return String(place).padStart(6, '0');
}

/** Keys of lines begin so, and none sorts behind them: that of the gate itself and of what is carried in do not. */
export const linesPrefix = 'L#';
export const carriedPrefix = 'C#';
/** What is carried in goes through this gate. */
export const carryingGate = 0;

/** Whether an obligation of this reference comes of events: it begins with its source, and no caller's does. */
export function isOfSource(reference: string): boolean {
  return sources.some((source) => reference.startsWith(`${source}/`));
}

/**
 * A centre has one obligation of each reference. Of what events tell there is one in all centres of a tenant together: its item is
 * what keeps a second centre from taking it, and says which has it.
 */
export const obligationIdOf = (tenant: string, centreId: string, reference: string) =>
  isOfSource(reference) ? toldObligationIdOf(tenant, reference) : deriveId('obl', tenant, centreId, reference);

/** Of a reference that begins with a source. */
export const toldObligationIdOf = (tenant: string, reference: string) => deriveId('obl', tenant, reference);

/** Index `byDue`: cycles of all tenants that wait for a time, by it. */
export const openCycles = 'CYCLES#OPEN';
export const confirmingCycles = 'CYCLES#CONFIRMING';
export const settlingCycles = 'CYCLES#SETTLING';
export const openBankPayments = 'BANK_PAYMENTS#OPEN';
export const openTellings = 'TELLINGS#OPEN';
export const openResolutions = 'RESOLUTIONS#OPEN';

/** A centre has one queued payment of each reference. */
export const queuedPaymentIdOf = (tenant: string, centreId: string, reference: string) =>
  deriveId('qpm', tenant, centreId, reference);
