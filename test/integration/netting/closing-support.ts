import type { NewCentre } from '../../../functions/netting/centres/keep-centre.ts';
import { askClosing } from '../../../functions/netting/closing/ask-closing.ts';
import { carryOnClosing } from '../../../functions/netting/closing/carry-on-closing.ts';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { actOnObligation } from '../../../functions/netting/obligations/act-on-obligation.ts';
import type { ObligationAct } from '../../../functions/netting/obligations/change-obligation.ts';
import { pageRows } from '../../../functions/netting/report/page-rows.ts';
import { readReport } from '../../../functions/netting/report/read-report.ts';
import type { ClosingTools } from '../../../functions/netting/tools.ts';
import { aNewCentre, anAsked, cause, on } from '../../functions/netting/intake-samples.ts';
import { fourParties } from '../../functions/netting/samples.ts';
import { add, keepCentre, type TestNetting } from './support.ts';

export const tuesday = 'cyc_group_2026-03-31';
export const wednesday = 'cyc_group_2026-04-01';
/** Noon of Wednesday in Shanghai: the confirmation of Tuesday's cycle is over. */
export const noon = new Date('2026-04-01T04:00:00.000Z');
export const atNoon = { at: noon.toISOString(), cause };
export const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

/** The eight obligations among four, R-0 to R-7. */
export const eight = fourParties.map((owed, place) => anAsked(`R-${place}`, owed));

/** What is done to a cycle of a tenant until it is closed; Tuesday's unless told. */
export function closingSteps(netting: () => TestNetting) {
  /** The centre of the samples, by other terms where told. */
  const openCentre = (tenant: string, terms: Partial<NewCentre['facts']> = {}) => {
    const asked = aNewCentre(tenant);
    return keepCentre(netting(), tenant, { ...asked, facts: { ...asked.facts, ...terms } });
  };
  return {
    openCentre,
    /** The eight obligations in a centre of its own, none of them confirmed. */
    oweEight: async (tenant: string, terms: Partial<NewCentre['facts']> = {}) =>
      add(netting().store, await openCentre(tenant, terms), eight),
    cut: (tenant: string, cycleId = tuesday) => cutOff(netting().store, { tenant, cycleId }, on),
    ask: (tenant: string, leaveOut?: string[]) =>
      askClosing(netting().store, { tenant, cycleId: tuesday }, leaveOut ? { leaveOut } : {}, atNoon),
    carryOn: (tenant: string, tools: ClosingTools = netting().tools, now = noon, cycleId = tuesday) =>
      carryOnClosing(tools, { tenant, cycleId, stepsMax: 100 }, now),
    cycleOf: (tenant: string, cycleId = tuesday) => netting().store.readCycle(tenant, cycleId),
    act: (tenant: string, reference: string, what: ObligationAct, at = on.at) => {
      const obligationId = obligationIdOf(tenant, 'ctr_group', reference);
      return actOnObligation(netting().store, { tenant, obligationId }, what, { ...on, at });
    },
    /** All rows of its report. */
    rowsOf: async (tenant: string, cycleId = tuesday) => {
      const { rows } = await readReport(netting().tools, { tenant, cycleId });
      return (await pageRows(rows, { from: undefined, count: 1_000 })).page;
    },
  };
}
