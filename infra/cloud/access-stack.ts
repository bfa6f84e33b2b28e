import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import {
  type IUserPool,
  type IUserPoolResourceServer,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolClient,
  type UserPoolDomain,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { type Role, roles } from '../../shared/service/description.ts';
import { toConstructId } from './names.ts';

/** A token is believed for as long: what is taken from a client ends within this time. */
const TOKEN_HOURS = 1;

/** A merchant's scope names the merchant (`merchant:<id>`), so such clients are made when merchants are. */
const clientRoles = roles.filter((role) => role !== 'merchant');

export interface AccessStackProps extends StackProps {
  /** Names of the tenants: letters, digits, `-` and `_`, 64 at most. */
  readonly tenants: readonly string[];
  /** First part of the token endpoint's host name; one that is likely free, unless told. */
  readonly domainPrefix?: string;
}

/**
 * Who may call: a user pool that issues access tokens to programs (OAuth 2.0 client credentials). Each tenant is a
 * resource server and each role a scope of it, so that a token says `<tenant>/<role>`. There are no people in it.
 *
 * The secrets of the clients are made by Cognito and can be read there by who may.
 */
export class AccessStack extends Stack {
  readonly issuerUrl: string;
  readonly tokenUrl: string;
  private readonly pool: UserPool;

  constructor(scope: Construct, id: string, { tenants, domainPrefix, ...props }: AccessStackProps) {
    super(scope, id, { description: 'Yudao: who may call', terminationProtection: true, ...props });
    this.pool = this.makePool();
    this.issuerUrl = this.pool.userPoolProviderUrl;
    this.tokenUrl = tokenUrlOf(this.makeDomain(domainPrefix ?? `yudao-${Aws.ACCOUNT_ID}-${Aws.REGION}`));
    for (const tenant of tenants) this.addTenant(tenant);
    new CfnOutput(this, 'TokenUrl', { value: this.tokenUrl, description: 'Where clients fetch access tokens' });
    new CfnOutput(this, 'UserPoolId', {
      value: this.pool.userPoolId,
      description: 'Where the secrets of clients are read',
    });
  }

  private makePool(): UserPool {
    const pool = new UserPool(this, 'Programs', {
      selfSignUpEnabled: false,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      passwordPolicy: {
        minLength: 16,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
    });
    for (const id of ['AwsSolutions-COG2', 'AwsSolutions-COG8']) {
      Validations.of(pool).acknowledge({
        id,
        reason:
          'The pool has no people and no sign-in, only programs with a secret; there is nothing that a second factor or sign-in protection would guard.',
      });
    }
    return pool;
  }

  private makeDomain(domainPrefix: string): UserPoolDomain {
    return this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix } });
  }

  private addTenant(tenant: string): void {
    checkTenant(tenant);
    const id = toConstructId(tenant);
    const scopes = new Map(clientRoles.map((role) => [role, scopeOf(role)]));
    const server = this.pool.addResourceServer(`${id}Tenant`, { identifier: tenant, scopes: [...scopes.values()] });
    for (const [role, scope] of scopes) this.addClient(`${id}${toConstructId(role)}`, server, scope);
  }

  private addClient(id: string, server: IUserPoolResourceServer, scope: ResourceServerScope): void {
    const client = new UserPoolClient(this, id, {
      userPool: this.pool as IUserPool,
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, scope)] },
      accessTokenValidity: Duration.hours(TOKEN_HOURS),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    new CfnOutput(this, `${id}ClientId`, { value: client.userPoolClientId });
  }
}

function scopeOf(role: Role): ResourceServerScope {
  return new ResourceServerScope({ scopeName: role, scopeDescription: `Acts as ${role}` });
}

function tokenUrlOf(domain: UserPoolDomain): string {
  return `${domain.baseUrl()}/oauth2/token`;
}

/** The name stands in tokens and keys. */
function checkTenant(tenant: string): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(tenant))
    throw new Error(`${tenant} is no name for a tenant: letters, digits, - and _, 64 at most`);
}
