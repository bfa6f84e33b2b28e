import pLimit from 'p-limit';
import { describeError, writeLog } from '../../../shared/http/log.ts';
import { HOUR_MS } from '../../../shared/time/durations.ts';
import type { PayoutTools } from '../tools.ts';
import { lookAtPayout } from './look-at-payout.ts';
import type { Settlement } from './settlement.ts';
import { takeReport } from './take-report.ts';

const settlementsPerPage = 100;
/** Of settlements, and of what a bank tells of them: each waits for the ledger, a bank or the table most of its time. */
const atOnce = 8;

/**
 * Looks at payouts that are open and due to be looked at: what was held is paid where the merchant is active again, what failed
 * where its account was mended, what waits for funds is asked for again; what may have reached the bank is handed over again as
 * the same message, and of what it has, the bank is asked. Answers what failed; the others stand.
 */
export async function reconsiderPayouts(tools: PayoutTools, now: Date): Promise<unknown[]> {
  const failures: unknown[] = [];
  const handedOver = new Set<string>();
  for (const group of groupsFrom(now, tools.store.openSettlementGroups)) {
    let after: string | undefined;
    do {
      const page = await tools.store.listOpenSettlements(group, now.toISOString(), after, settlementsPerPage);
      failures.push(...(await reconsiderPage(tools, page.settlements, handedOver, now)));
      after = page.next;
    } while (after !== undefined);
  }
  return failures;
}

/** Another one is the first each hour: where the time does not suffice for all, none is left out for good. */
function groupsFrom(now: Date, count: number): number[] {
  const first = Math.floor(now.getTime() / HOUR_MS) % count;
  return Array.from({ length: count }, (_, place) => (first + place) % count);
}

/** The settlements of a page, then the bank of each tenant once about all that it has of them. Answers what failed. */
async function reconsiderPage(
  tools: PayoutTools,
  settlements: readonly Settlement[],
  handedOver: Set<string>,
  now: Date,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  const sideBySide = takingTurns(failures);
  const sent = await sideBySide(
    settlements.map((settlement) => ({
      name: { tenant: settlement.tenant, settlementId: settlement.id },
      take: () => lookAtPayout(tools, settlement, handedOver, now),
    })),
  );
  const told = await sideBySide(
    [...Map.groupBy(sent, ({ tenant }) => tenant)].map(([tenant, own]) => ({
      name: { tenant, payouts: own.length },
      take: async () => {
        const ids = own.map(({ id }) => id);
        const reports = await tools.bank.queryPayments(tenant, ids, now);
        return reports.map((report) => ({ tenant, ...report }));
      },
    })),
  );
  await sideBySide(
    [...Map.groupBy(told, ({ orderId }) => orderId)].map(([payoutId, reports]) => ({
      name: { payoutId },
      take: async () => {
        for (const { tenant, orderId, ...report } of reports) await takeReport(tools, tenant, orderId, report, now);
        return [];
      },
    })),
  );
  return failures;
}

interface Turn<Answer> {
  readonly name: Readonly<Record<string, unknown>>;
  readonly take: () => Promise<readonly Answer[]>;
}

/** Some at once; one that fails is logged and keeps no other from its turn. */
function takingTurns(failures: unknown[]) {
  const limit = pLimit(atOnce);
  return async <Answer>(turns: readonly Turn<Answer>[]): Promise<Answer[]> => {
    const take = async ({ name, take: takeTurn }: Turn<Answer>) => {
      try {
        return await takeTurn();
      } catch (error) {
        failures.push(error);
        writeLog({ level: 'ERROR', message: 'open payouts not seen to', ...name, error: describeError(error) });
        return [];
      }
    };
    return (await Promise.all(turns.map((turn) => limit(() => take(turn))))).flat();
  };
}
