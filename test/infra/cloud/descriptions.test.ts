import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../functions/catalogue.ts';
import { readSettings } from '../../../infra/cloud/settings.ts';
import type { ServiceDescription } from '../../../shared/service/description.ts';
import { orders, samples } from './sample-services.ts';
import { makeApp, synthesise } from './synthesise.ts';

const services = catalogue.map(({ service }) => service);

describe('the checks of AWS Solutions', () => {
  test.each([
    ['the catalogue', services],
    ['everything a description can say', samples],
  ])('find nothing in %s that is not explained', (_, described) => {
    const { app } = synthesise(described);
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    const found = violations.map(
      ({ ruleName, violatingResources }) =>
        `${ruleName}: ${violatingResources.map(({ constructPath, resourceLogicalId }) => constructPath ?? resourceLogicalId).join(', ')}`,
    );
    expect(found).toEqual([]);
  });

  test('would find a queue that takes what comes without TLS', () => {
    const app = makeApp();
    new Queue(new Stack(app, 'Open'), 'Queue');
    const rules = new AwsSolutionsChecks(app).validateScope(app).violations.map(({ ruleName }) => ruleName);
    expect(rules.join()).toContain('AwsSolutions-SQS4');
  });
});

describe('a description that the cloud could not host is refused', () => {
  const withStreams = (count: number): ServiceDescription => ({
    ...orders,
    streams: Array.from({ length: count }, (_, index) => ({ entry: `on-change-${index}`, batchSize: 1 })),
  });

  test('three readers of one stream', () => {
    expect(() => synthesise([withStreams(3)])).toThrow('orders has 3 stream consumers; a stream serves 2.');
    expect(() => synthesise([withStreams(2)])).not.toThrow();
  });

  test.each([0, 1.5, 901])('a tumbling window of %s seconds', (tumblingWindowSeconds) => {
    const streams = [{ entry: 'on-order', batchSize: 1, tumblingWindowSeconds }];
    expect(() => synthesise([{ ...orders, streams }])).toThrow(/window of orders\/on-order has 1 to 900 whole seconds/);
  });

  test('a tumbling window that is over before its batches are', () => {
    const streams = [{ entry: 'on-order', batchSize: 1, tumblingWindowSeconds: 5, windowSeconds: 6 }];
    expect(() => synthesise([{ ...orders, streams }])).toThrow(
      'orders/on-order waits for a batch longer than its tumbling window lasts.',
    );
  });

  test('a stream without a table', () => {
    const { table: _table, ...bare } = orders;
    expect(() => synthesise([bare])).toThrow('orders follows the stream of a table that it does not describe');
  });

  test.each(['9:05', '24:00', '09:60', 'noon'])('a daily run at %s', (dailyAt) => {
    const schedules = [{ entry: 'daily.job', description: 'Runs', every: { dailyAt } }];
    expect(() => synthesise([{ ...orders, schedules }])).toThrow(/A daily schedule is at HH:MM/);
  });
});

describe('what a deployment sets', () => {
  test('has defaults', () => {
    expect(readSettings(makeApp())).toEqual({ name: 'Yudao', tenants: ['demo'] });
  });

  test('comes as a list or as a text with commas', () => {
    expect(readSettings(makeApp({ tenants: 'acme,beta', alarmEmail: 'ops@example.com' }))).toEqual({
      name: 'Yudao',
      tenants: ['acme', 'beta'],
      alarmEmail: 'ops@example.com',
    });
    expect(readSettings(makeApp({ tenants: ['acme'], name: 'Treasury', domainPrefix: 'acme-cash' }))).toEqual({
      name: 'Treasury',
      tenants: ['acme'],
      domainPrefix: 'acme-cash',
    });
  });

  test.each([{ tenants: 7 }, { tenants: 'acme,,beta' }, { tenants: [] }, { alarmEmail: true }])(
    'is refused when it is %o',
    (context) => {
      expect(() => readSettings(makeApp(context))).toThrow(/The setting \w+ is a/);
    },
  );
});
