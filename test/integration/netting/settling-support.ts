import { openAccountUnderName } from '../../../functions/ledger/open-account-once.ts';
import type { Centre } from '../../../functions/netting/centres/centre.ts';
import { findCentre } from '../../../functions/netting/centres/keep-centre.ts';
import { askClosing } from '../../../functions/netting/closing/ask-closing.ts';
import { carryOnClosing } from '../../../functions/netting/closing/carry-on-closing.ts';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import type { Cycle } from '../../../functions/netting/cycles/cycle.ts';
import { findCycle } from '../../../functions/netting/cycles/find-cycle.ts';
import type { Owed } from '../../../functions/netting/positions/position.ts';
import { pageRows } from '../../../functions/netting/report/page-rows.ts';
import { readReport } from '../../../functions/netting/report/read-report.ts';
import { askSettling } from '../../../functions/netting/settling/ask-settling.ts';
import { askUnwinding } from '../../../functions/netting/settling/ask-unwinding.ts';
import { carryOnSettling } from '../../../functions/netting/settling/carry-on-settling.ts';
import { payableAccount, positionAccount } from '../../../functions/netting/settling/own-accounts.ts';
import { CENTRE, ROUNDING } from '../../../functions/netting/terms/parties.ts';
import type { CycleTools } from '../../../functions/netting/tools.ts';
import type { Ratio } from '../../../shared/money/convert.ts';
import { anAsked, cause, on } from '../../functions/netting/intake-samples.ts';
import { atNoon, later, noon, tuesday } from './closing-support.ts';
import { centreId, type TestProcess, type TestQueue } from './queue-support.ts';
import { add } from './support.ts';

/** Nine in the morning in Shanghai of the value date of Tuesday's cycle, two working days later. */
export const thursday = new Date('2026-04-02T01:00:00.000Z');
export const onThursday = { at: thursday.toISOString(), cause };
export const minutesOnThursday = (minutes: number) => new Date(thursday.getTime() + minutes * 60_000);

/** What cycles are settled with in a process. */
export function cycleToolsOf({ tools, ledgerStore }: TestProcess): CycleTools {
  const openAccountOnce: CycleTools['ledger']['openAccountOnce'] = (tenant, request, moment) =>
    openAccountUnderName(ledgerStore, tenant, request, moment);
  return { store: tools.store, ledger: { ...tools.ledger, openAccountOnce } };
}

/** What is done to a cycle until it is settled; Tuesday's unless told. */
export function settlingSteps(own: () => TestQueue) {
  const rates = new Map<string, Ratio>();
  const closingTools = () => ({
    store: own().tools.store,
    rateBetween: async (_tenant: string, _set: string, date: string, base: string) => {
      const rate = rates.get(base);
      if (!rate) throw new Error(`No rate of ${base}.`);
      return { ...rate, date };
    },
  });
  const cycleOf = (tenant: string, cycleId = tuesday) => findCycle(own().tools.store, { tenant, cycleId });
  const carryOnClosingOf = async (tenant: string, cycleId = tuesday, moment = later(60)): Promise<Cycle> => {
    await carryOnClosing(closingTools(), { tenant, cycleId, stepsMax: 100 }, moment);
    return cycleOf(tenant, cycleId);
  };
  const carryOn = async (tenant: string, process: TestProcess = own(), moment = thursday, tools?: CycleTools) => {
    await carryOnSettling(tools ?? cycleToolsOf(process), { tenant, cycleId: tuesday, stepsMax: 100 }, moment);
    return cycleOf(tenant);
  };
  const openedOnce = async (tenant: string, party: string, currency: string, opening: typeof positionAccount) => {
    const centre = await findCentre(own().tools.store, { tenant, centreId });
    return cycleToolsOf(own()).ledger.openAccountOnce(tenant, opening(centre, party, currency), thursday);
  };
  const ownAccount = (tenant: string, party: string, currency: string) =>
    openedOnce(tenant, party, currency, positionAccount);
  const payableAccountId = (tenant: string, party: string, currency = 'CNY') =>
    openedOnce(tenant, party, currency, payableAccount);
  const postedOn = async (tenant: string, accountId: string): Promise<bigint> => {
    const found = (await own().tools.ledger.readAccounts(tenant, [accountId])).get(accountId);
    if (!found || found.pendingIn || found.pendingOut) throw new Error(`Something is held on ${accountId}.`);
    return found.posted;
  };
  return {
    ...{ rates, cycleOf, carryOn, carryOnClosing: carryOnClosingOf, ownAccount, payableAccountId },
    /** Records what is owed, R-0 and so on, and closes Tuesday's cycle. */
    async close(centre: Centre, owed: readonly Owed[], references = 'R'): Promise<Cycle> {
      const { tenant } = centre;
      await add(
        own().tools.store,
        centre,
        owed.map((one, place) => anAsked(`${references}-${place}`, one)),
      );
      await cutOff(own().tools.store, { tenant, cycleId: tuesday }, on);
      await askClosing(own().tools.store, { tenant, cycleId: tuesday }, {}, atNoon);
      return carryOnClosingOf(tenant, tuesday, noon);
    },
    ask: (tenant: string, moment = thursday) =>
      askSettling(own().tools.store, { tenant, cycleId: tuesday }, { ...onThursday, at: moment.toISOString() }),
    /** Asks for the settlement of Tuesday's cycle and carries it on. */
    async settle(tenant: string, moment = thursday): Promise<Cycle> {
      const asked = { ...onThursday, at: moment.toISOString() };
      await askSettling(own().tools.store, { tenant, cycleId: tuesday }, asked);
      return carryOn(tenant, own(), moment);
    },
    unwind: (tenant: string, ...leaveOut: string[]) =>
      askUnwinding(own().tools.store, { tenant, cycleId: tuesday }, leaveOut, onThursday),
    /** Posted on the account on which the centre has a party's position: '*centre' and '*rounding' among them. */
    position: async (tenant: string, party: string = CENTRE, currency = 'CNY') =>
      postedOn(tenant, await ownAccount(tenant, party, currency)),
    /** Posted on the account on which the centre owes a participant what its bank is to be paid. */
    payable: async (tenant: string, party: string, currency = 'CNY') =>
      postedOn(tenant, await payableAccountId(tenant, party, currency)),
    async rows(tenant: string, cycleId = tuesday) {
      const { rows } = await readReport(closingTools(), { tenant, cycleId });
      return (await pageRows(rows, { from: undefined, count: 10_000 })).page;
    },
  };
}

export { CENTRE, ROUNDING };
