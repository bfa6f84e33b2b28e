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
  /** To whom an identity leads; its value may hold anything, and stands last. */
  identity: (tenant: string, name: string) => ({ pk: `${tenant}#IDENTITY#${name}`, sk: 'IDENTITY' }),
  /** What a centre was told of and has not taken: few. */
  untaken: (tenant: string, centreId: string, reference: string) => ({
    pk: `${tenant}#${centreId}#UNTAKEN`,
    sk: reference,
  }),
  obligation: (tenant: string, obligationId: string) => ({ pk: `${tenant}#${obligationId}`, sk: 'O' }),
} as const;

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
