-- Tasks, the mandatory tasks of a stage, and outcomes as history.

create table required_tasks (
  account_id bigint not null,
  id bigint generated always as identity,
  stage_id bigint not null,
  subject text not null,
  description text,
  type text not null check (type in ('call', 'email', 'task', 'visit', 'whatsapp', 'meeting')),
  priority text not null default 'medium' check (priority in ('low', 'medium', 'high')),
  due_in_days integer not null default 0 check (due_in_days between 0 and 365),
  position integer not null,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  foreign key (account_id, stage_id) references stages (account_id, id) on delete cascade
);
create index required_tasks_stage on required_tasks (account_id, stage_id, position, id);
create trigger required_tasks_touch before update on required_tasks for each row execute function touch();

create table tasks (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  subject text not null,
  description text,
  type text not null check (type in ('call', 'email', 'task', 'visit', 'whatsapp', 'meeting')),
  status text not null default 'pending' check (status in ('pending', 'completed')),
  priority text not null default 'medium' check (priority in ('low', 'medium', 'high')),
  due_date date not null,
  due_time time,
  completed_at timestamptz,
  lead_id bigint,
  assigned_to bigint,
  notes text,
  -- The requirement that made it; the task outlives the requirement.
  required_task_id bigint,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  foreign key (account_id, lead_id) references leads (account_id, id) on delete cascade,
  foreign key (account_id, assigned_to) references users (account_id, id),
  foreign key (account_id, required_task_id) references required_tasks (account_id, id)
    on delete set null (required_task_id),
  check ((status = 'completed') = (completed_at is not null))
);
create trigger tasks_touch before update on tasks for each row execute function touch();
-- A lead has each mandatory task once, whatever races and however often it comes back.
create unique index tasks_required_once on tasks (account_id, lead_id, required_task_id)
  where required_task_id is not null;
create index tasks_due on tasks (account_id, due_date, id);
create index tasks_lead on tasks (account_id, lead_id, due_date, id) where lead_id is not null;
create index tasks_assigned_to on tasks (account_id, assigned_to, due_date, id);
create index tasks_status on tasks (account_id, status, due_date, id);
create index tasks_required_task on tasks (account_id, required_task_id) where required_task_id is not null;

-- Every time a lead was won or lost: history, not a flag. A lead's deletion takes its outcomes along.
create table outcomes (
  account_id bigint not null,
  id bigint generated always as identity,
  lead_id bigint not null,
  outcome text not null check (outcome in ('won', 'lost')),
  value numeric(14, 2) not null,
  reason_id bigint,
  stage_id bigint not null,
  from_stage_id bigint,
  pipeline_id bigint not null,
  assigned_to bigint,
  source text,
  actor jsonb not null,
  occurred_at timestamptz not null default now_ms(),
  reopened_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, lead_id) references leads (account_id, id) on delete cascade,
  foreign key (account_id, reason_id) references lost_reasons (account_id, id) on delete set null (reason_id)
);
create index outcomes_lead on outcomes (account_id, lead_id, id);
create index outcomes_occurred on outcomes (account_id, occurred_at, outcome);
create index outcomes_reason on outcomes (account_id, reason_id) where reason_id is not null;

-- How long a lead stood in each stage: one row for each stay, open until it leaves.
create table stage_stays (
  account_id bigint not null,
  id bigint generated always as identity,
  lead_id bigint not null,
  pipeline_id bigint not null,
  stage_id bigint not null,
  entered_at timestamptz not null default now_ms(),
  left_at timestamptz,
  primary key (account_id, id),
  foreign key (account_id, lead_id) references leads (account_id, id) on delete cascade
);
create index stage_stays_lead on stage_stays (account_id, lead_id, id);
create index stage_stays_entered on stage_stays (account_id, pipeline_id, entered_at, stage_id);

-- A lost reason may go; who was lost for it keeps everything else.
alter table leads drop constraint leads_account_id_lost_reason_id_fkey;
alter table leads add foreign key (account_id, lost_reason_id) references lost_reasons (account_id, id)
  on delete set null (lost_reason_id);

-- Every stage has its count from the start, so that counting is one UPDATE.
create function count_new_stage() returns trigger language plpgsql as $$
begin
  insert into lead_counts (account_id, stage_id, pipeline_id) values (new.account_id, new.id, new.pipeline_id);
  return null;
end $$;
create trigger stages_count after insert on stages for each row execute function count_new_stage();
insert into lead_counts (account_id, stage_id, pipeline_id)
  select account_id, id, pipeline_id from stages on conflict do nothing;

-- What happened before this was kept: each lead's present stay, and its outcome if it stands in one.
insert into stage_stays (account_id, lead_id, pipeline_id, stage_id, entered_at)
  select account_id, id, pipeline_id, stage_id, stage_changed_at from leads;
insert into outcomes (account_id, lead_id, outcome, value, reason_id, stage_id, pipeline_id, assigned_to, source, actor, occurred_at)
  select account_id, id, status, value, lost_reason_id, stage_id, pipeline_id, assigned_to, source,
    '{"type":"system","id":null,"name":"migration"}', stage_changed_at
  from leads where status in ('won', 'lost');

create index tasks_type on tasks (account_id, type, due_date, id);
create index tasks_priority on tasks (account_id, priority, due_date, id);
