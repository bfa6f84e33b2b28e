import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { makeCloud } from '../../../infra/cloud/cloud.ts';
import type { ServiceDescription } from '../../../shared/service/description.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** The context of cdk.json, so that tests see what a deployment would. */
export function projectContext(): Record<string, unknown> {
  const file = new URL('../../../cdk.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { context: Record<string, unknown> }).context;
}

export function makeApp(context: Readonly<Record<string, unknown>> = {}): App {
  const outdir = mkdtempSync(join(tmpdir(), 'yudao-cloud-'));
  return new App({ outdir, analyticsReporting: false, context: { ...projectContext(), ...context } });
}

/** The whole cloud with functions that do nothing. */
export function synthesise(services: readonly ServiceDescription[], tenants: readonly string[] = ['demo']) {
  const app = makeApp();
  const stacks = makeCloud(app, {
    services,
    tenants,
    name: 'Test',
    code: () => Code.fromInline('exports.handler = () => {}'),
  });
  const templates = {
    data: Template.fromStack(stacks.data),
    access: Template.fromStack(stacks.access),
    events: Template.fromStack(stacks.events),
    api: Template.fromStack(stacks.api),
    operations: Template.fromStack(stacks.operations),
  };
  return { app, stacks, templates, all: Object.values(templates) };
}

/** The resources of one type in one or more templates. */
export function resources(templates: Template | readonly Template[], type: string): readonly Resource[] {
  const list = Array.isArray(templates) ? (templates as readonly Template[]) : [templates as Template];
  return list.flatMap((template) => Object.values(template.findResources(type)) as unknown as Resource[]);
}

/** A property that must be there. */
export function property<Value>(resource: Resource | undefined, name: string): Value {
  const value = resource?.Properties[name];
  if (value === undefined) throw new Error(`There is no resource with the property ${name}`);
  return value as Value;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Every statement of every policy of a role, each with its actions as a list. */
export function statements(templates: readonly Template[]) {
  return resources(templates, 'AWS::IAM::Policy').flatMap(({ Properties }) => {
    const { Statement: list } = Properties.PolicyDocument as { Statement: readonly Statement[] };
    return list.map((statement) => ({
      ...statement,
      actions: [statement.Action].flat() as string[],
      role: JSON.stringify(Properties.Roles),
    }));
  });
}
