-- Reports that read what they need from an index, and a clock that the demo can turn back.

-- Who of the people did it; null when it was a key or the system.
alter table events add column user_id bigint
  generated always as (case when actor ->> 'type' = 'user' then (actor ->> 'id')::bigint end) stored;

-- The log's own order, with what the activity report counts: it never touches the events themselves, which are wide.
drop index events_occurred;
create index events_occurred on events (account_id, occurred_at, id) include (type, user_id);

-- Who came into a pipeline in a period, read from the index alone.
drop index stage_stays_entered;
create index stage_stays_entered on stage_stays (account_id, pipeline_id, entered_at, lead_id);

-- The same clock, which one transaction can set for itself: `demo` lives through six months in a few seconds.
-- Its account is new and its key not yet told, so nobody's sync has passed the instants that it writes.
create or replace function now_ms() returns timestamptz language sql volatile as
$$ select case when pg_current_xact_id() is not null then date_trunc('milliseconds',
  coalesce(nullif(current_setting('funil.now', true), '')::timestamptz, clock_timestamp())) end $$;
