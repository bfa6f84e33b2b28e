import { Aws, Duration, TimeZone } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSchedule, ContextAttribute, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ScheduleDescription } from '../../shared/service/description.ts';
import type { CapabilityFunction } from './capability-function.ts';
import { sendStatements } from './grants.ts';
import { deadLetterQueue, putAside } from './work-queue.ts';

const defaultZone = 'Asia/Shanghai';
/** Times that a run is begun again: by the scheduler when Lambda did not take it, by Lambda when the function failed. */
const RETRIES_MAX = 2;
/** Hours after which a run that could not be begun is put aside. */
const RUN_AGE_HOURS_MAX = 6;

/**
 * Runs a function by the clock, with the instant it was due as `time`. Returns the queue of the runs that failed.
 *
 * @throws Error when a daily time is not HH:MM.
 */
export function scheduleRuns(
  job: CapabilityFunction,
  { schedule, key }: { schedule: ScheduleDescription; key: IKey },
): Queue {
  const failures = deadLetterQueue(job, 'Failures', key);
  const maxEventAge = Duration.hours(RUN_AGE_HOURS_MAX);
  job.fn.configureAsyncInvoke({ retryAttempts: RETRIES_MAX, maxEventAge, onFailure: putAside(failures, key) });
  const { expressionString, timeZone } = expressionOf(schedule.every);
  new CfnSchedule(job, 'Schedule', {
    description: schedule.description,
    scheduleExpression: expressionString,
    ...(timeZone && { scheduleExpressionTimezone: timeZone.timezoneName }),
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: job.fn.functionArn,
      roleArn: schedulerRole(job, failures, key).roleArn,
      input: JSON.stringify({ time: ContextAttribute.scheduledTime }),
      deadLetterConfig: { arn: failures.queueArn },
      retryPolicy: { maximumRetryAttempts: RETRIES_MAX, maximumEventAgeInSeconds: maxEventAge.toSeconds() },
    },
  });
  return failures;
}

/** CDK's own role may call every version of the function and may not use the key of the queue. */
function schedulerRole(job: CapabilityFunction, failures: Queue, key: IKey): Role {
  const role = new Role(job, 'SchedulerRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [job.fn.functionArn] }));
  for (const statement of sendStatements(failures.queueArn, key.keyArn)) role.addToPolicy(statement);
  return role;
}

function expressionOf(every: ScheduleDescription['every']): ScheduleExpression {
  if ('minutes' in every) return ScheduleExpression.rate(Duration.minutes(every.minutes));
  const { dailyAt, zone = defaultZone } = every;
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(dailyAt) ?? [];
  if (!hour || !minute) throw new Error(`A daily schedule is at HH:MM, not at ${dailyAt}`);
  return ScheduleExpression.cron({
    hour: String(Number(hour)),
    minute: String(Number(minute)),
    timeZone: TimeZone.of(zone),
  });
}
