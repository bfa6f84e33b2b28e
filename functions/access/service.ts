import type { ServiceDescription } from '../../shared/service/description.ts';

export const service: ServiceDescription = {
  name: 'access',
  title: 'Access',
  description:
    'Tells who calls: verifies the access token of OAuth 2.0 client credentials and reads tenant and role from its scope.',
};
