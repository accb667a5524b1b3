-- Sequences: steps with delays; a run is one lead in one sequence.

create table sequences (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  name text not null,
  -- A deleted one stays for the history of its runs.
  status text not null default 'active' check (status in ('active', 'paused', 'deleted')),
  version integer not null default 1,
  instance_id bigint,
  stop_on_reply boolean not null default true,
  stop_on_stage_change boolean not null default false,
  sending_hours jsonb,
  -- Runs go by their sequence's own clock, which stands still while it is paused: pausing touches no run.
  paused_at timestamptz,
  paused_ms bigint not null default 0,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  foreign key (account_id, instance_id) references instances (account_id, id),
  check ((status = 'paused') = (paused_at is not null))
);
create trigger sequences_touch before update on sequences for each row execute function touch();

-- The steps as they were when a run began: never changed.
create table sequence_versions (
  account_id bigint not null,
  sequence_id bigint not null,
  version integer not null,
  steps jsonb not null,
  created_at timestamptz not null default now_ms(),
  primary key (account_id, sequence_id, version),
  foreign key (account_id, sequence_id) references sequences (account_id, id) on delete cascade
);

-- It outlives its lead, hence no foreign key to that.
create table sequence_runs (
  account_id bigint not null,
  id bigint generated always as identity,
  sequence_id bigint not null,
  version integer not null,
  lead_id bigint not null,
  status text not null default 'active' check (status in ('active', 'done', 'stopped', 'replied', 'stage_changed',
    'won', 'lost', 'archived', 'opted_out', 'deleted', 'merged', 'failed')),
  -- What comes next, and when, by the sequence's clock.
  step_id text,
  due_at timestamptz,
  waiting_for text check (waiting_for in ('reply', 'window', 'number')),
  waiting_since timestamptz,
  -- Whether the lead has written since the run's last message.
  is_answered boolean not null default false,
  replied_at timestamptz,
  failures integer not null default 0,
  started_by jsonb not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, sequence_id, version) references sequence_versions (account_id, sequence_id, version),
  check ((status = 'active') = (due_at is not null)),
  check ((status = 'active') = (finished_at is null))
);
-- Started twice is one run.
create unique index sequence_runs_active on sequence_runs (account_id, sequence_id, lead_id) where status = 'active';
-- One queue for each sequence, read from its head: whoever sleeps costs nothing.
create index sequence_runs_due on sequence_runs (account_id, sequence_id, due_at) where status = 'active';
create index sequence_runs_lead on sequence_runs (account_id, lead_id, id);
create index sequence_runs_newest on sequence_runs (account_id, sequence_id, id);
create index sequence_runs_status on sequence_runs (account_id, sequence_id, status, id);

-- What a run did at each step: once.
create table sequence_run_steps (
  account_id bigint not null,
  run_id bigint not null,
  step_id text not null,
  type text not null,
  outcome text not null
    check (outcome in ('sent', 'done', 'replied', 'timed_out', 'skipped', 'waiting', 'failed')),
  reason text,
  detail jsonb,
  message_id bigint,
  at timestamptz not null,
  primary key (account_id, run_id, step_id),
  foreign key (account_id, run_id) references sequence_runs (account_id, id) on delete cascade
);

-- What a run has yet to hear.
create table sequence_signals (
  account_id bigint not null,
  id bigint generated always as identity,
  run_id bigint not null,
  kind text not null,
  primary key (account_id, id),
  foreign key (account_id, run_id) references sequence_runs (account_id, id) on delete cascade
);
create index sequence_signals_run on sequence_signals (account_id, run_id);

-- Calls that webhook steps asked for, until they are answered or given up.
create table sequence_calls (
  account_id bigint not null,
  id bigint generated always as identity,
  run_id bigint not null,
  step_id text not null,
  url text not null,
  body text not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  primary key (account_id, id),
  foreign key (account_id, run_id) references sequence_runs (account_id, id) on delete cascade
);
create index sequence_calls_due on sequence_calls (due_at);
create index sequence_calls_run on sequence_calls (account_id, run_id);

-- Leads that are being enrolled by filter: how far it is.
create table sequence_enrollments (
  account_id bigint not null,
  id bigint generated always as identity,
  sequence_id bigint not null,
  filters jsonb not null,
  status text not null default 'running' check (status in ('running', 'done', 'failed')),
  total bigint not null,
  seen bigint not null default 0,
  started bigint not null default 0,
  last_lead_id bigint not null default 0,
  failure text,
  actor jsonb not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, sequence_id) references sequences (account_id, id) on delete cascade
);
create index sequence_enrollments_running on sequence_enrollments (id) where status = 'running';
create index sequence_enrollments_sequence on sequence_enrollments (account_id, sequence_id, id);

-- How many runs stand how, without counting; `answered` are those whose lead ever wrote.
create table sequence_counts (
  account_id bigint not null,
  sequence_id bigint not null,
  status text not null,
  runs bigint not null default 0,
  primary key (account_id, sequence_id, status),
  foreign key (account_id, sequence_id) references sequences (account_id, id) on delete cascade
) with (fillfactor = 50);

create function count_sequence_runs() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into sequence_counts as c (account_id, sequence_id, status, runs)
      select account_id, sequence_id, status, count(*) from new_runs
      group by account_id, sequence_id, status order by 1, 2, 3
      on conflict (account_id, sequence_id, status) do update set runs = c.runs + excluded.runs;
    return null;
  end if;
  insert into sequence_counts as c (account_id, sequence_id, status, runs)
    select account_id, sequence_id, status, sum(n) from (
      select n.account_id, n.sequence_id, changed.status, changed.n
      from old_runs o join new_runs n on n.account_id = o.account_id and n.id = o.id
      cross join lateral (values
        (o.status, case when o.status <> n.status then -1 else 0 end),
        (n.status, case when o.status <> n.status then 1 else 0 end),
        ('answered', case when o.replied_at is null and n.replied_at is not null then 1 else 0 end)
      ) as changed (status, n)
    ) as changes where n <> 0
    group by account_id, sequence_id, status order by 1, 2, 3
    on conflict (account_id, sequence_id, status) do update set runs = c.runs + excluded.runs;
  return null;
end $$;
create trigger sequence_runs_count_new after insert on sequence_runs
  referencing new table as new_runs for each statement execute function count_sequence_runs();
create trigger sequence_runs_count_changed after update on sequence_runs
  referencing old table as old_runs new table as new_runs for each statement execute function count_sequence_runs();

-- In the very statement that writes an event: runs hear what happens to their lead, whoever did it.
create function signal_sequences() returns trigger language plpgsql as $$
begin
  insert into sequence_signals (account_id, run_id, kind)
    select e.account_id, r.id, case e.type
        when 'message.received' then 'replied'
        when 'lead.deleted' then 'deleted'
        when 'lead.opted_out' then 'opted_out'
        when 'lead.updated' then 'archived'
        else case when e.data -> 'lead' ->> 'status' in ('won', 'lost')
          then e.data -> 'lead' ->> 'status' else 'stage_changed' end
      end
    from new_events e
    join sequence_runs r on r.account_id = e.account_id and r.lead_id = e.lead_id and r.status = 'active'
    where e.type in ('message.received', 'lead.deleted', 'lead.stage_changed')
      or e.type = 'lead.opted_out' and e.data ->> 'reach' = 'all'
      or e.type = 'lead.updated' and e.previous ? 'status' and e.data -> 'lead' ->> 'status' = 'archived'
    order by e.id, r.id;
  return null;
end $$;
create trigger events_signal_sequences after insert on events
  referencing new table as new_events for each statement execute function signal_sequences();
