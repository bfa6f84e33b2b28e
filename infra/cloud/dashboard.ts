import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, type IWidget, Stats, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ServiceDescription } from '../../shared/service/description.ts';
import type { CapabilityFunction } from './capability-function.ts';
import { periodMinutes, requestMetric, tableMetric } from './measures.ts';
import type { OperationsParts } from './operations-parts.ts';
import type { Worker } from './workers.ts';

/** A dashboard is 24 columns wide: four graphs in a row. */
const WIDTH = 6;
const HEIGHT = 6;
const period = Duration.minutes(periodMinutes);

/** One row per capability: what was asked, how long it took, what waits or lies aside, what was written. */
export function makeDashboard(scope: Construct, parts: OperationsParts): Dashboard {
  const dashboard = new Dashboard(scope, 'Dashboard', { defaultInterval: Duration.hours(3) });
  for (const service of parts.services) {
    const widgets = rowOf(service, parts);
    if (widgets.length === 0) continue;
    dashboard.addWidgets(new TextWidget({ markdown: `## ${service.title}`, width: WIDTH * 4, height: 1 }));
    dashboard.addWidgets(...widgets);
  }
  return dashboard;
}

function rowOf(service: ServiceDescription, { data, events, api }: OperationsParts): readonly IWidget[] {
  const workers = events.workers.filter(({ consumer }) => consumer.source.service === service.name);
  const own = api.functions.get(service.name);
  const { table } = data.dataOf(service.name);
  return [
    ...(own ? [requestsOf(service.name), latencyOf(service.name)] : []),
    ...(own || workers.length > 0
      ? [functionsOf([...(own ? [own] : []), ...workers.map(({ consumer }) => consumer)])]
      : []),
    ...(workers.length > 0 ? [delaysOf(workers)] : []),
    ...(table ? [writesOf(table)] : []),
  ];
}

function requestsOf(service: string): IWidget {
  return graph('Requests', [
    requestMetric(service, 'Requests'),
    requestMetric(service, 'Refusals'),
    requestMetric(service, 'Errors'),
  ]);
}

function latencyOf(service: string): IWidget {
  return graph(
    'Latency, ms',
    [50, 95, 99].map((rank) => requestMetric(service, 'Latency', Stats.p(rank))),
  );
}

function functionsOf(functions: readonly CapabilityFunction[]): IWidget {
  const metrics = functions.flatMap(({ fn, source }) => [
    fn.metricErrors({ period, label: `${source.entry}: errors` }),
    fn.metricThrottles({ period, label: `${source.entry}: throttled` }),
  ]);
  return graph('Functions that failed or had to wait', metrics as IMetric[]);
}

function delaysOf(workers: readonly Worker[]): IWidget {
  const lying = workers.map(({ consumer, deadLetters }) =>
    deadLetters.metricApproximateNumberOfMessagesVisible({
      period,
      statistic: Stats.MAXIMUM,
      label: `${consumer.source.entry}: put aside`,
    }),
  );
  const ages = workers
    .filter(({ trigger }) => trigger === 'STREAM')
    .map(({ consumer: { fn, source } }) =>
      fn.metric('IteratorAge', { period, statistic: Stats.MAXIMUM, label: `${source.entry}: behind, ms` }),
    );
  return graph('Put aside (left), behind the stream (right)', lying as IMetric[], ages as IMetric[]);
}

function writesOf(table: Parameters<typeof tableMetric>[0]): IWidget {
  return graph(
    'Write units (left), conflicts and throttles (right)',
    [tableMetric(table, 'ConsumedWriteCapacityUnits', 'write units')],
    [
      tableMetric(table, 'TransactionConflict', 'conflicts'),
      tableMetric(table, 'WriteThrottleEvents', 'throttled writes'),
    ],
  );
}

function graph(title: string, left: readonly IMetric[], right: readonly IMetric[] = []): IWidget {
  return new GraphWidget({ title, left: [...left], right: [...right], width: WIDTH, height: HEIGHT });
}
