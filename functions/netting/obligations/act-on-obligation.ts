import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { On } from '../centres/keep-centre.ts';
import { type Cycle, gateOfTry } from '../cycles/cycle.ts';
import { findCycle } from '../cycles/find-cycle.ts';
import { problems } from '../problems.ts';
import type { NettingStore } from '../store.ts';
import { gatePolicy } from '../store-obligations.ts';
import { changeObligation, type ObligationAct, tooLate, wrongState } from './change-obligation.ts';
import type { Obligation } from './obligation.ts';

type Store = Pick<NettingStore, 'readObligation' | 'readCycle' | 'changeObligations'>;

/** Which obligation it is. */
export interface ObligationName {
  readonly tenant: string;
  readonly obligationId: string;
}

export interface PlacedObligation {
  readonly obligation: Obligation;
  readonly cycle: Cycle;
}

/** An obligation and the cycle that it stands in. Problem: `netting/obligation-not-found`. */
export async function findObligation(
  store: Pick<NettingStore, 'readObligation' | 'readCycle'>,
  { tenant, obligationId }: ObligationName,
): Promise<PlacedObligation> {
  const obligation = await store.readObligation(tenant, obligationId);
  if (obligation) return { obligation, cycle: await findCycle(store, obligation) };
  throw problems['obligation-not-found'].with({ detail: `There is no obligation ${obligationId}.`, obligationId });
}

/**
 * Withdraws, confirms, disputes an obligation or resolves its dispute; asked twice, it changes nothing the second time. What is
 * written is written while its cycle takes it: nothing changes behind a cut-off that somebody else makes meanwhile. Problems:
 * `netting/obligation-not-found`, `netting/obligation-state`, `netting/cycle-closed`; and those of decideAndWrite.
 */
export async function actOnObligation(
  store: Store,
  which: ObligationName,
  act: ObligationAct,
  on: On,
): Promise<PlacedObligation> {
  let tries = 0;
  return decideAndWrite(async () => {
    const before = await findObligation(store, which);
    const { obligation, cycle } = before;
    const change = changeObligation(obligation, cycle, act, on);
    switch (change.outcome) {
      case 'UNCHANGED':
        return { answer: before };
      case 'WRONG_STATE': {
        const { id: obligationId, state } = obligation;
        throw problems['obligation-state'].with({ detail: wrongState(obligation, act), obligationId, state });
      }
      case 'TOO_LATE': {
        const { id: cycleId, state } = cycle;
        const told = { obligationId: obligation.id, cycleId, state, until: change.until };
        throw problems['cycle-closed'].with({ detail: tooLate(cycle, act, change.until), ...told });
      }
      case 'CHANGED': {
        const { obligation: next, whileIn } = change;
        const gate = gateOfTry(obligation.gate, tries++);
        const write = () => store.changeObligations([next], gate, whileIn);
        return { answer: { obligation: next, cycle }, write };
      }
    }
  }, gatePolicy);
}
