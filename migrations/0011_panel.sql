-- What the panel asks for: sums for each column of the board, its orders, saved views, tags, and what a person prefers.

-- Beside how many stand in a stage, what they are worth; and how much of both is put away.
alter table lead_counts
  add column value_sum numeric not null default 0,
  add column archived bigint not null default 0,
  add column archived_value_sum numeric not null default 0;
update lead_counts c set value_sum = s.value_sum, archived = s.archived, archived_value_sum = s.archived_value_sum
  from (
    select account_id, stage_id, sum(value) as value_sum, count(*) filter (where status = 'archived') as archived,
      coalesce(sum(value) filter (where status = 'archived'), 0) as archived_value_sum
    from leads group by account_id, stage_id
  ) s
  where c.account_id = s.account_id and c.stage_id = s.stage_id;

-- A column of the board in its orders.
create index leads_stage_changed on leads (account_id, stage_id, stage_changed_at, id);
create index leads_stage_value on leads (account_id, stage_id, value, id);
-- The next thing to do for a lead.
create index tasks_lead_pending on tasks (account_id, lead_id, due_date, due_time, id)
  where status = 'pending' and lead_id is not null;

alter table users add column preferences jsonb not null default '{}';
alter table accounts add column start_dismissed_at timestamptz;

create table views (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  name text not null,
  of text not null check (of in ('leads', 'conversations', 'tasks')),
  is_shared boolean not null default false,
  user_id bigint not null,
  filters jsonb not null default '{}',
  sort text,
  columns text[] not null default '{}',
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create index views_of on views (account_id, of, id);
create index views_user on views (account_id, user_id);
create trigger views_touch before update on views for each row execute function touch();

-- How many leads have a tag: a count, and what was added to it since, so that nobody waits for anybody who tags.
create table tag_counts (
  account_id bigint not null references accounts (id),
  tag text not null,
  leads bigint not null,
  primary key (account_id, tag)
);
create table tag_changes (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  tag text not null,
  by integer not null,
  primary key (account_id, id)
);
create function note_tags() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into tag_changes (account_id, tag, by) select old.account_id, tag, -1 from unnest(old.tags) as tag;
  end if;
  if tg_op <> 'DELETE' then
    insert into tag_changes (account_id, tag, by) select new.account_id, tag, 1 from unnest(new.tags) as tag;
  end if;
  return null;
end $$;
create trigger leads_tags_new after insert on leads
  for each row when (new.tags <> '{}') execute function note_tags();
create trigger leads_tags_changed after update of tags on leads
  for each row when (old.tags <> new.tags) execute function note_tags();
create trigger leads_tags_gone after delete on leads
  for each row when (old.tags <> '{}') execute function note_tags();
insert into tag_counts (account_id, tag, leads)
  select account_id, tag, count(*) from leads, unnest(tags) as tag group by account_id, tag;
