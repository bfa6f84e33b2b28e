import { describe, expect, test } from 'vitest';
import { samples } from './sample-services.ts';
import { property, resources, statements, synthesise } from './synthesise.ts';

const { templates, all } = synthesise(samples);
const text = (value: unknown) => JSON.stringify(value);

describe('every function', () => {
  const functions = resources(all, 'AWS::Lambda::Function');

  test('runs on Node 24 and arm64, is traced, and logs JSON to a group that stays', () => {
    expect(functions.map(({ Properties }) => Properties.Description).sort()).toEqual([
      'Yudao: access/authorizer',
      'Yudao: orders/api',
      'Yudao: orders/expire.job',
      'Yudao: orders/on-change',
      'Yudao: orders/on-order',
      'Yudao: orders/on-upload',
      'Yudao: parcel-shipping/hand-over.job',
      'Yudao: parcel-shipping/on-order',
    ]);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
        KmsKeyArn: expect.anything(),
      });
    }
  });

  test.each([
    ['orders/api', 768, 20],
    ['orders/on-upload', 1024, 300],
    ['orders/on-change', 512, 60],
    ['parcel-shipping/on-order', 512, 40],
  ])('%s has the memory and the time that its description asks for', (name, memory, seconds) => {
    const found = functions.find(({ Properties }) => Properties.Description === `Yudao: ${name}`);
    expect(found?.Properties).toMatchObject({ MemorySize: memory, Timeout: seconds });
  });

  const environmentOf = (name: string) => {
    const found = functions.find(({ Properties }) => Properties.Description === `Yudao: ${name}`);
    return property<{ Variables: Record<string, unknown> }>(found, 'Environment').Variables;
  };

  test('knows its own data, that of the capabilities it uses, and the bus where it publishes', () => {
    expect(Object.keys(environmentOf('orders/on-change')).sort()).toEqual([
      'BUCKET_ORDERS',
      'EVENT_BUS',
      'NUMBER_HASH_KEY',
      'TABLE_ORDERS',
    ]);
    expect(Object.keys(environmentOf('parcel-shipping/on-order')).sort()).toEqual([
      'BUCKET_ORDERS',
      'NUMBER_HASH_KEY',
      'TABLE_ORDERS',
      'TABLE_PARCEL_SHIPPING',
    ]);
    expect(Object.keys(environmentOf('access/authorizer'))).toEqual(['ISSUER_URL']);
  });

  test('a caller waits for cannot publish: what changes leaves through the table', () => {
    expect(Object.keys(environmentOf('orders/api'))).not.toContain('EVENT_BUS');
    expect(statements([templates.api]).flatMap(({ actions }) => actions)).not.toContain('events:PutEvents');
  });

  test('gets the hash key by reference to the secret, never as a text', () => {
    expect(text(environmentOf('orders/api').NUMBER_HASH_KEY)).toContain('{{resolve:secretsmanager:');
  });
});

describe('permissions', () => {
  const given = statements(all);

  test('on tables and indexes name the actions and the resources', () => {
    const onTables = given.filter(({ actions }) =>
      actions.some((action) => action.startsWith('dynamodb:') && action !== 'dynamodb:ListStreams'),
    );
    expect(onTables.length).toBeGreaterThan(5);
    for (const { actions, Resource } of onTables) {
      if (actions.includes('dynamodb:ListStreams')) continue;
      expect(actions.join()).not.toContain('*');
      expect(text(Resource)).not.toContain('*');
    }
    expect(given.flatMap(({ actions }) => actions)).not.toContain('dynamodb:Scan');
  });

  test('let a function ask an index and do nothing else to it', () => {
    const onIndexes = given.filter(({ Resource }) => text(Resource).includes('/index/'));
    expect(onIndexes.length).toBeGreaterThan(0);
    for (const { actions, Resource } of onIndexes) {
      expect(actions).toEqual(['dynamodb:Query']);
      expect(text(Resource)).toContain('/index/byBuyer');
    }
  });

  test('have no wildcard but for traces, the list of streams and the files below the prefixes', () => {
    const wild = given.filter(({ actions, Resource }) => actions.join().includes('*') || text(Resource).includes('*'));
    const rest = wild.filter(({ actions, Resource }) => {
      const isTrace = actions.every((action) => action.startsWith('xray:Put') || action === 'dynamodb:ListStreams');
      return !isTrace && !/\/(?:orders|answers)\/\*/.test(text(Resource));
    });
    expect(rest).toEqual([]);
  });

  test('on files end at the prefixes of the capability, in and out', () => {
    const onFiles = given.filter(({ actions }) => actions.includes('s3:PutObject'));
    expect(onFiles.length).toBeGreaterThan(0);
    for (const { actions, Resource } of onFiles) {
      expect(actions).toEqual(['s3:GetObject', 's3:PutObject']);
      const prefixes = (Resource as unknown[]).map((one) => text(one).match(/[/][a-z]+[/][*]/)?.[0]);
      expect(prefixes.sort()).toEqual(['/answers/*', '/orders/*']);
    }
  });

  test('to publish are for the own name only', () => {
    const publishing = given.filter(({ actions }) => actions.includes('events:PutEvents'));
    expect(publishing.length).toBeGreaterThan(0);
    for (const { Condition } of publishing)
      expect(Condition).toEqual({ StringEquals: { 'events:source': 'yudao.orders' } });
  });
});
