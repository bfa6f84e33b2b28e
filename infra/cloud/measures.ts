import { Duration } from 'aws-cdk-lib';
import type { SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';

/** Over how long a figure is taken. */
export const periodMinutes = 5;
const period = Duration.minutes(periodMinutes);

/** Where functions behind routes count their requests, in the line that they log of each. */
const requestNamespace = 'Yudao/Http';

/** A figure of a capability's requests; `Latency` is in milliseconds inside the function. */
export function requestMetric(
  service: string,
  name: 'Requests' | 'Refusals' | 'Errors' | 'Latency',
  statistic = Stats.SUM,
): Metric {
  return new Metric({
    namespace: requestNamespace,
    metricName: name,
    dimensionsMap: { Service: service },
    statistic,
    period,
    label: statistic === Stats.SUM ? name : `${name} ${statistic}`,
  });
}

/** Requests that the gateway answered with 5xx, its own failures among them. */
export function serverErrors(api: SpecRestApi): IMetric {
  return api.metricServerError({ statistic: Stats.SUM, period }) as IMetric;
}

/** A figure of a table as DynamoDB counts it, added up. */
export function tableMetric(table: Table, metricName: string, label?: string): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: table.tableName },
    statistic: Stats.SUM,
    period,
    ...(label !== undefined && { label }),
  });
}
