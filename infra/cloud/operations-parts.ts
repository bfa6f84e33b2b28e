import type { ServiceDescription } from '../../shared/service/description.ts';
import type { ApiStack } from './api-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { EventsStack } from './events-stack.ts';

/** What is watched. */
export interface OperationsParts {
  readonly services: readonly ServiceDescription[];
  readonly data: DataStack;
  readonly events: EventsStack;
  readonly api: ApiStack;
}
