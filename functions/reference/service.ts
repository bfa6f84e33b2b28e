import type { ServiceDescription } from '../../shared/service/description.ts';

export const service: ServiceDescription = {
  name: 'reference',
  title: 'Reference',
  description: 'Tells what the system offers, for machines and for people, and whether it is there.',
  routes: [
    {
      operation: 'getOpenApi',
      method: 'GET',
      path: '/openapi.json',
      access: 'PUBLIC',
      summary: 'Get the OpenAPI 3.1 document of all operations',
      success: 200,
    },
    {
      operation: 'getDocs',
      method: 'GET',
      path: '/docs',
      access: 'PUBLIC',
      summary: 'Read the reference page',
      success: 200,
    },
    {
      operation: 'getHealth',
      method: 'GET',
      path: '/health',
      access: 'PUBLIC',
      summary: 'Ask whether the system answers',
      success: 200,
    },
  ],
};
