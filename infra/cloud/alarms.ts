import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { periodMinutes, serverErrors, tableMetric } from './measures.ts';
import { toFunctionId } from './names.ts';
import type { OperationsParts } from './operations-parts.ts';

/** A stream's reader is late when the record it reads is this old; after a day records are gone. */
const STREAM_LAG_MINUTES_MAX = 10;
/** Periods in a row, for figures that a single bad moment must not raise. */
const LASTING_PERIODS = 3;
const period = Duration.minutes(periodMinutes);

interface AlarmSettings {
  readonly metric: IMetric;
  readonly means: string;
  /** The figure from which on it is raised; 1 unless told. */
  readonly from?: number;
  readonly periods?: number;
}

/** What someone must look at: each alarm says what it means, and is told to `action`. */
export class Alarms extends Construct {
  private readonly action: IAlarmAction;

  constructor(scope: Construct, id: string, parts: OperationsParts, action: IAlarmAction) {
    super(scope, id);
    this.action = action;
    this.watchApi(parts);
    this.watchFunctions(parts);
    this.watchWorkers(parts);
    this.watchTables(parts);
  }

  private watchApi({ api }: OperationsParts): void {
    this.raise('ApiErrors', { metric: serverErrors(api.api), means: 'The API answered requests with 5xx.' });
  }

  private watchFunctions({ api, events }: OperationsParts): void {
    const all = [...api.functions.values(), api.authorizer, ...events.workers.map(({ consumer }) => consumer)];
    for (const { fn, source } of all) {
      const name = `${source.service}/${source.entry}`;
      this.raise(`${toFunctionId(source)}Errors`, {
        metric: fn.metricErrors({ period }) as IMetric,
        means: `${name} failed or took too long.`,
      });
      this.raise(`${toFunctionId(source)}Throttles`, {
        metric: fn.metricThrottles({ period }) as IMetric,
        means: `${name} was called more often than the account's limit of functions at a time allows.`,
      });
    }
  }

  private watchWorkers({ events }: OperationsParts): void {
    for (const { consumer, deadLetters, trigger } of events.workers) {
      const { fn, source } = consumer;
      this.watchDeadLetters(
        `${toFunctionId(source)}DeadLetters`,
        deadLetters,
        `${source.service}/${source.entry} could not handle something`,
      );
      if (trigger !== 'STREAM') continue;
      this.raise(`${toFunctionId(source)}Lag`, {
        metric: fn.metric('IteratorAge', { period, statistic: Stats.MAXIMUM }) as IMetric,
        from: Duration.minutes(STREAM_LAG_MINUTES_MAX).toMilliseconds(),
        means: `${source.service}/${source.entry} is far behind the changes of its table.`,
      });
    }
    this.watchDeadLetters('UndeliveredEvents', events.undelivered, 'The bus could not take or hand over an event');
  }

  private watchDeadLetters(id: string, queue: OperationsParts['events']['undelivered'], what: string): void {
    this.raise(id, {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }) as IMetric,
      means: `${what}; it waits in ${queue.node.path} for 14 days.`,
    });
  }

  private watchTables({ services, data }: OperationsParts): void {
    for (const { name } of services) {
      const { table } = data.dataOf(name);
      if (!table) continue;
      this.raise(`${toFunctionId({ service: name, entry: 'table' })}Throttles`, {
        metric: tableMetric(table, 'WriteThrottleEvents'),
        periods: LASTING_PERIODS,
        means: `Writes to the table of ${name} are throttled: one key takes more than its 1,000 units a second.`,
      });
    }
  }

  private raise(id: string, { metric, means, from = 1, periods = 1 }: AlarmSettings): void {
    new Alarm(this, id, {
      alarmDescription: means,
      metric,
      threshold: from,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(this.action);
  }
}
