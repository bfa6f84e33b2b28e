import { App, Validations } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AwsSolutionsChecks } from 'cdk-nag';
import { catalogue } from '../functions/catalogue.ts';
import { bundleFunctions } from './bundle.ts';
import { makeCloud } from './cloud/cloud.ts';
import { readSettings } from './cloud/settings.ts';

/** The CDK app: every capability of the catalogue, bundled and hosted. Needs neither network nor credentials. */
const services = catalogue.map(({ service }) => service);
const bundles = new Map(
  (await bundleFunctions(services)).map(({ service, entry, directory }) => [`${service}/${entry}`, directory]),
);

const app = new App();
makeCloud(app, { services, code: ({ service, entry }) => codeIn(`${service}/${entry}`), ...readSettings(app) });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();

/** The source map stays behind: it reads a stack trace back, from the machine that built it. */
function codeIn(name: string): Code {
  const directory = bundles.get(name);
  if (!directory) throw new Error(`There is no bundle of ${name}`);
  return Code.fromAsset(directory, { exclude: ['*.map'] });
}
