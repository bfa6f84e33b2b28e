import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../functions/catalogue.ts';
import type { ServiceDescription } from '../shared/service/description.ts';
import { isDecision, isInside, storeImport, worldlyImport, worldlyWords, wrongArrow } from './support/arrows.ts';
import { projectRoot, readProject, type SourceFile } from './support/project-files.ts';

const LINES_MAX = 300;

const files = readProject();
const byPath = new Map(files.map((file) => [file.path, file]));

/** Each fault as a line to read: the file, what it imports, why not. */
function faults(of: readonly SourceFile[], check: (file: SourceFile, index: number) => string | undefined): string[] {
  return of.flatMap((file) =>
    file.imports.flatMap(({ specifier }, index) => {
      const fault = check(file, index);
      return fault ? [`${file.path} → ${specifier}: ${fault}`] : [];
    }),
  );
}

const importOf = (file: SourceFile, index: number) =>
  file.imports[index] ?? { specifier: '', clause: '', typeOnly: false, dynamic: false };

describe('the house', () => {
  test('is read at all', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
  });

  test('has arrows that point one way', () => {
    expect(faults(files, (file, index) => wrongArrow(file, importOf(file, index)))).toEqual([]);
  });

  test('imports no file that is not there', () => {
    const sources = files.filter(({ path }) => !path.endsWith('.test.ts'));
    const missing = faults(sources, (file, index) => {
      const { target } = importOf(file, index);
      return target !== undefined && !existsSync(join(projectRoot, target)) ? 'not there' : undefined;
    });
    expect(missing).toEqual([]);
  });

  test('has a domain without I/O and clock', () => {
    const inside = files.filter(({ path }) => isInside(path));
    expect(faults(inside, (file, index) => worldlyImport(importOf(file, index)))).toEqual([]);
    const kernels = files.filter(({ path }) => /^shared\/(money|calendar|identifiers|formats)\//.test(path));
    expect(faults(kernels, (file, index) => worldlyImport(importOf(file, index)))).toEqual([]);
    expect(inside.filter(({ code }) => worldlyWords.test(code)).map(({ path }) => path)).toEqual([]);
  });

  test('has decisions that know neither store nor entry', () => {
    const decisions = files.filter(isDecision);
    expect(decisions.length).toBeGreaterThan(5);
    expect(faults(decisions, (file, index) => storeImport(importOf(file, index)))).toEqual([]);
  });

  test(`has no file above ${LINES_MAX} lines`, () => {
    expect(files.filter(({ lines }) => lines > LINES_MAX).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  test('has file names in kebab-case', () => {
    expect(
      files.filter(({ path }) => !/^([a-z0-9-]+\/)+[a-z0-9-]+(\.[a-z]+)*\.ts$/.test(path)).map(({ path }) => path),
    ).toEqual([]);
  });

  test('imports zod as a namespace, which is a fifth of the size', () => {
    const wrong = faults(files, (file, index) => {
      const { specifier, clause } = importOf(file, index);
      return specifier === 'zod' && clause !== '* as z' ? clause : undefined;
    });
    expect(wrong).toEqual([]);
  });
});

describe('every capability', () => {
  test('has one name, which is its folder', () => {
    const names = catalogue.map(({ service }) => service.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !byPath.has(`functions/${name}/service.ts`))).toEqual([]);
    const folders = files.flatMap(({ path }) => /^functions\/([^/]+)\/service\.ts$/.exec(path)?.[1] ?? []);
    expect(folders.sort()).toEqual([...names].sort());
  });

  test.each(catalogue.map((entry) => [entry.service.name, entry] as const))(
    '%s has a contract for each route and no other',
    (_, { service, contract }) => {
      const operations = (service.routes ?? []).map(({ operation }) => operation);
      expect(Object.keys(contract).sort()).toEqual(operations.sort());
    },
  );

  test.each(catalogue.map(({ service }) => [service.name, service] as const))(
    '%s has a handler at each entry',
    (_, service) => {
      const without = entriesOf(service).filter((entry) => !exportsHandler(`functions/${service.name}/${entry}.ts`));
      expect(without).toEqual([]);
    },
  );

  test.each(catalogue.map(({ service }) => [service.name, service] as const))(
    '%s names its events after itself',
    (_, service) => {
      const types = (service.publishes ?? []).map(({ type }) => type);
      expect(types.filter((type) => !new RegExp(`^${service.name}\\.[a-z]+(-[a-z]+)*\\.v[1-9]$`).test(type))).toEqual(
        [],
      );
    },
  );

  test('listens to events that someone publishes and uses capabilities that exist', () => {
    const published = catalogue.flatMap(({ service }) => (service.publishes ?? []).map(({ type }) => type));
    const heard = catalogue.flatMap(({ service }) => (service.subscriptions ?? []).flatMap(({ events }) => events));
    expect(heard.filter((type) => !published.includes(type))).toEqual([]);
    const used = catalogue.flatMap(({ service }) => service.uses ?? []);
    expect(used.filter((name) => !byPath.has(`functions/${name}/published.ts`))).toEqual([]);
  });
});

describe('a wrong arrow is seen', () => {
  const arrow = (path: string, target: string, { typeOnly = false, dynamic = false } = {}) =>
    wrongArrow({ path }, { specifier: '', clause: '', target, typeOnly, dynamic });

  test.each([
    ['shared/money/amount.ts', 'functions/ledger/account.ts'],
    ['shared/http/api.ts', 'infra/local/start.ts'],
    ['functions/ledger/api.ts', 'infra/app.ts'],
    ['functions/ledger/api.ts', 'test/support/tables.ts'],
    ['functions/statements/api.ts', 'functions/ledger/store.ts'],
    ['functions/statements/api.ts', 'functions/ledger/contract.ts'],
    ['functions/statements/api.ts', 'functions/catalogue.ts'],
    ['functions/reference/openapi.ts', 'functions/ledger/store.ts'],
    ['functions/catalogue.ts', 'functions/ledger/api.ts'],
    ['infra/cloud/data-stack.ts', 'functions/ledger/contract.ts'],
    ['infra/local/server.ts', 'functions/ledger/api.ts'],
  ])('%s → %s', (path, target) => {
    expect(arrow(path, target)).toBeTypeOf('string');
  });

  test.each([
    ['functions/statements/api.ts', 'functions/ledger/published.ts', {}],
    ['functions/statements/api.ts', 'functions/ledger/contract.ts', { typeOnly: true }],
    ['functions/reference/api.ts', 'functions/catalogue.ts', {}],
    ['functions/reference/api.ts', 'functions/ledger/service.ts', {}],
    ['infra/cloud/data-stack.ts', 'functions/ledger/service.ts', {}],
    ['infra/local/server.ts', 'functions/access/authorizer.ts', { dynamic: true }],
    ['functions/ledger/decide.ts', 'shared/money/amount.ts', {}],
  ])('and a right one passes: %s → %s', (path, target, kind) => {
    expect(arrow(path, target, kind)).toBeUndefined();
  });

  test('and so is a domain file that reads a clock or a table', () => {
    const none = { clause: '', typeOnly: false, dynamic: false };
    expect(worldlyImport({ ...none, specifier: '@aws-sdk/client-dynamodb' })).toBeTypeOf('string');
    expect(worldlyImport({ ...none, specifier: 'node:fs/promises' })).toBeTypeOf('string');
    expect(worldlyImport({ ...none, specifier: '../time/clock.ts', target: 'shared/time/clock.ts' })).toBeTypeOf(
      'string',
    );
    expect(worldlyImport({ ...none, specifier: 'node:crypto' })).toBeUndefined();
    expect(storeImport({ ...none, specifier: './store.ts', target: 'functions/ledger/store.ts' })).toBeTypeOf('string');
    const published = { ...none, specifier: '../ledger/published.ts', target: 'functions/ledger/published.ts' };
    expect(storeImport(published)).toBeTypeOf('string');
    expect(storeImport({ ...published, typeOnly: true })).toBeUndefined();
    expect(storeImport({ ...none, specifier: './stored.ts', target: 'functions/ledger/stored.ts' })).toBeUndefined();
    expect([isInside('functions/ledger/decide.ts'), isInside('functions/ledger/fold-hot.job.ts')]).toEqual([
      true,
      false,
    ]);
  });
});

function entriesOf(service: ServiceDescription): string[] {
  const { routes = [], streams = [], subscriptions = [], schedules = [], bucket } = service;
  const consumers = [...streams, ...subscriptions, ...schedules, ...(bucket ? [bucket] : [])].map(({ entry }) => entry);
  return [...(routes.length > 0 ? ['api'] : []), ...consumers];
}

function exportsHandler(path: string): boolean {
  const full = join(projectRoot, path);
  return (
    existsSync(full) &&
    /^export (const handler\b|async function handler\b|\{[^}]*\bhandler\b)/m.test(readFileSync(full, 'utf8'))
  );
}
