import { type SQL, sql } from 'drizzle-orm'
import { findAccount } from '#accounts/accounts.ts'
import { firstPlace } from '#pipelines/queries.ts'
import { invalid, selectedInvalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { ratio } from '#reports/groups.ts'
import { type Period, periodOf, within } from '#reports/period.ts'
import type { Asked, FunnelStage } from '#reports/schema.ts'

type Row = Omit<FunnelStage, 'reached' | `conversion_${string}`> & {
  stood: number
  furthest: number
  entered: number
}

/** How the leads that came into a pipeline in the period, for the first time, have gone through its stages since. */
export async function reportFunnel(scope: Scope, asked: Asked) {
  const period = await periodOf(scope, asked)
  const pipeline = await pipelineOf(scope, asked)
  const { rows } = await scope.db.execute<Row>(statement(scope, asked, pipeline.id, period))
  return { period, pipeline, entered: rows[0]?.entered ?? 0, stages: withConversion(rows) }
}

async function pipelineOf(scope: Scope, asked: Asked) {
  const pipelineId = asked.pipeline_id ?? (await findAccount(scope)).default_pipeline_id
  const place = await firstPlace(scope, { pipelineId })
  if (!place) throw invalid({ pipeline_id: [selectedInvalid('pipeline_id')] })
  return place.pipeline
}

/** One row for each stage: who stood there, whose furthest it was, who stands there now, and for how long they stay. */
function statement(scope: Scope, asked: Asked, pipelineId: number, period: Period) {
  return sql`
    with places as (
      select *, row_number() over (order by position, id) as place from stages
      where account_id = ${scope.accountId} and pipeline_id = ${pipelineId}
    ), seen as materialized (
      select distinct lead_id from stage_stays
      where account_id = ${scope.accountId} and pipeline_id = ${pipelineId} and ${within('entered_at', period)}
    ), arrived as (
      select lead_id from seen
      where not exists (
        select 1 from stage_stays s
        where s.account_id = ${scope.accountId} and s.lead_id = seen.lead_id and s.pipeline_id = ${pipelineId}
          and s.entered_at < ${period.from}::date::timestamp at time zone ${period.time_zone}
      )
    ), cohort as materialized (
      select l.id, l.stage_id, l.value from leads l
      where l.account_id = ${scope.accountId} and l.id in (select lead_id from arrived)
        ${sql.join(filtersOf(asked), sql` `)}
    ), stays as materialized (
      select s.lead_id, p.id as stage_id, p.place, p.is_lost,
        extract(epoch from s.left_at - s.entered_at)::float8 as seconds
      from cohort c
      join stage_stays s on s.account_id = ${scope.accountId} and s.lead_id = c.id
      join places p on p.id = s.stage_id
    ), stood as (
      select stage_id, count(distinct lead_id) as stood, round(avg(seconds)) as average_seconds,
        round(percentile_cont(0.5) within group (order by seconds)) as median_seconds
      from stays group by stage_id
    ), furthest as (
      select place, count(*) as furthest
      from (select max(place) as place from stays where not is_lost group by lead_id) each_lead
      group by place
    ), standing as (
      select stage_id, count(*) as standing, sum(value) as standing_value from cohort group by stage_id
    )
    select p.id, p.name, p.color, p.is_won, p.is_lost,
      coalesce(stood, 0) as stood, coalesce(furthest, 0) as furthest, (select count(*) from cohort) as entered,
      coalesce(standing, 0) as standing, coalesce(standing_value, 0) as standing_value,
      average_seconds, median_seconds
    from places p
    left join stood on stood.stage_id = p.id
    left join furthest on furthest.place = p.place
    left join standing on standing.stage_id = p.id
    order by p.place`
}

const filtersOf = (asked: Asked): SQL[] =>
  (['assigned_to', 'source'] as const).flatMap((column) =>
    asked[column] === undefined ? [] : [sql`and l.${sql.identifier(column)} = ${asked[column]}`],
  )

/** Who went further has passed here, even by skipping it. Won and lost are ends: they count who stood there. */
function withConversion(rows: Row[]): FunnelStage[] {
  let previous: number | null = null
  return rows.map(({ stood, furthest: _, entered, ...stage }, index) => {
    const isEnd = stage.is_won || stage.is_lost
    const reached = isEnd ? stood : rows.slice(index).reduce((sum, row) => sum + row.furthest, 0)
    const conversion_from_previous = stage.is_lost || previous === null ? null : ratio(reached, previous)
    if (!isEnd) previous = reached
    return { ...stage, reached, conversion_from_previous, conversion_from_first: ratio(reached, entered) }
  })
}
