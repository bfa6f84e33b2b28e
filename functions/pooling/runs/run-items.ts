import type { Plain } from '../../../shared/dynamo/items.ts';
import { factsOf } from '../items.ts';
import { keys, openShard, place, runsOf } from '../keys.ts';
import type { Run } from './run.ts';

/** A run's item. While it is not at its end it stands in the index of open work. */
export function runToPlain(run: Run): Plain {
  const { tenant, poolId, id, businessDate, runNumber, startedAt, ended, followUp } = run;
  return {
    ...keys.run(tenant, id),
    kind: 'RUN',
    ...run,
    runsOf: runsOf(tenant, poolId),
    runAt: `${businessDate}#${runNumber === undefined ? startedAt : place(runNumber)}#${id}`,
    ...((!ended || followUp) && { timeOf: openShard(id), timeAt: startedAt }),
  };
}

export function runFromPlain(plain: Plain): Run {
  const run = factsOf(plain) as unknown as Run;
  const { ended, runNumber } = run;
  return {
    ...run,
    configVersion: Number(run.configVersion),
    legs: Number(run.legs),
    idle: Number(run.idle),
    ...(runNumber !== undefined && { runNumber: Number(runNumber) }),
    ...(ended && {
      ended: {
        ...ended,
        confirmed: Number(ended.confirmed),
        failed: Number(ended.failed),
        skipped: Number(ended.skipped),
      },
    }),
  };
}
