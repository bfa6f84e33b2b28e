import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { availableEngines, type EngineKind, startEngine } from '../../infra/local/engine.ts';
import { planTables, type TablePlan } from '../../infra/local/tables.ts';
import type { ServiceDescription } from '../../shared/service/description.ts';

declare module 'vitest' {
  interface ProvidedContext {
    engines: readonly { readonly kind: EngineKind; readonly endpoint: string }[];
    tablePlans: readonly TablePlan[];
    /** Why there are no plans: a data stack that does not synthesise fails the tests that need tables, not all. */
    tablePlansFault: string;
  }
}

const projectFolder = join(import.meta.dirname, '../..');

/** Starts every engine that can run here, in memory, and reads the tables of all services from the template, once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [engines, plans] = await Promise.all([
    Promise.all(wantedEngines().map((kind) => startEngine({ kind }))),
    readServices().then(planTables).catch(String),
  ]);
  project.provide(
    'engines',
    engines.map(({ kind, endpoint }) => ({ kind, endpoint })),
  );
  project.provide('tablePlans', typeof plans === 'string' ? [] : plans);
  project.provide('tablePlansFault', typeof plans === 'string' ? plans : '');
  return async () => {
    await Promise.all(engines.map((engine) => engine.stop()));
  };
}

/** All that can run, or those that `YUDAO_TEST_ENGINES` names (comma-separated), for a quicker start while working. */
function wantedEngines(): EngineKind[] {
  const named = process.env.YUDAO_TEST_ENGINES?.split(',');
  return availableEngines().filter((kind) => !named || named.includes(kind));
}

async function readServices(): Promise<ServiceDescription[]> {
  const files = globSync('functions/*/service.ts', { cwd: projectFolder }).sort();
  const modules: { service: ServiceDescription }[] = await Promise.all(
    files.map((file) => import(join(projectFolder, file))),
  );
  return modules.map(({ service }) => service);
}
