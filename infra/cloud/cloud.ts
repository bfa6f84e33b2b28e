import type { Construct } from 'constructs';
import type { ServiceDescription } from '../../shared/service/description.ts';
import { AccessStack } from './access-stack.ts';
import { ApiStack } from './api-stack.ts';
import type { CodeOf } from './capability-function.ts';
import { DataStack } from './data-stack.ts';
import { EventsStack } from './events-stack.ts';
import { OperationsStack } from './operations-stack.ts';

export interface CloudProps {
  readonly services: readonly ServiceDescription[];
  readonly code: CodeOf;
  /** Tenants that clients are made for. */
  readonly tenants: readonly string[];
  /** First part of the stacks' names, so that an account can hold the system twice. */
  readonly name: string;
  /** First part of the token endpoint's host name. */
  readonly domainPrefix?: string;
  readonly alarmEmail?: string;
}

/** The system as stacks, by how they change: data and access stay, the others come and go with the code. */
export function makeCloud(scope: Construct, { services, code, tenants, name, domainPrefix, alarmEmail }: CloudProps) {
  const data = new DataStack(scope, `${name}Data`, { services });
  const access = new AccessStack(scope, `${name}Access`, { tenants, ...(domainPrefix && { domainPrefix }) });
  const events = new EventsStack(scope, `${name}Events`, { services, data, code });
  const api = new ApiStack(scope, `${name}Api`, { services, data, access, code });
  const operations = new OperationsStack(scope, `${name}Operations`, {
    services,
    data,
    events,
    api,
    ...(alarmEmail && { alarmEmail }),
  });
  return { data, access, events, api, operations };
}
