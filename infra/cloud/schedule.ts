import { Duration, TimeZone } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ScheduleDescription } from '../../shared/service/description.ts';
import type { CapabilityFunction } from './capability-function.ts';
import { deadLetterQueue } from './work-queue.ts';

const defaultZone = 'Asia/Shanghai';
/** Runs again after a failure: by the scheduler when Lambda did not take it, by Lambda when the function failed. */
const RETRIES_MAX = 2;
/** Hours after which a run that could not be begun is put aside. The next one finds what it would have done. */
const RUN_AGE_HOURS_MAX = 6;

/** Runs a function by the clock, with the instant it was due as `time`. Returns the queue of the runs that failed. */
export function scheduleRuns(
  job: CapabilityFunction,
  { schedule, key }: { schedule: ScheduleDescription; key: IKey },
): Queue {
  const failures = deadLetterQueue(job, 'Failures', key);
  const retries = { retryAttempts: RETRIES_MAX, maxEventAge: Duration.hours(RUN_AGE_HOURS_MAX) };
  job.fn.configureAsyncInvoke({ ...retries, onFailure: new SqsDestination(failures) });
  new Schedule(job, 'Schedule', {
    description: schedule.description,
    schedule: expressionOf(schedule.every),
    target: new LambdaInvoke(job.fn, {
      ...retries,
      deadLetterQueue: failures,
      input: ScheduleTargetInput.fromObject({ time: ContextAttribute.scheduledTime }),
    }),
  });
  return failures;
}

function expressionOf(every: ScheduleDescription['every']): ScheduleExpression {
  if ('minutes' in every) return ScheduleExpression.rate(Duration.minutes(every.minutes));
  const { dailyAt, zone = defaultZone } = every;
  const [hour = '', minute = ''] = dailyAt.split(':');
  if (!/^\d\d:\d\d$/.test(dailyAt)) throw new Error(`A daily schedule is at HH:MM, not at ${dailyAt}`);
  return ScheduleExpression.cron({ hour: String(Number(hour)), minute: String(Number(minute)), timeZone: TimeZone.of(zone) });
}
