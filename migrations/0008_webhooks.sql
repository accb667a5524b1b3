-- Webhooks: who wants to hear of what, and one row for each event that each of them is to hear.

create table webhooks (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  target_url text not null,
  events text[] not null,
  source text not null default 'api' check (source in ('api', 'n8n')),
  is_active boolean not null default true,
  -- Encrypted; the one before still signs until it expires.
  secret bytea not null,
  previous_secret bytea,
  previous_secret_until timestamptz,
  -- Attempts that failed since the last success.
  failure_count integer not null default 0,
  failing_since timestamptz,
  last_success_at timestamptz,
  last_failure_at timestamptz,
  last_failure_reason text,
  disabled_reason text,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id)
);
create trigger webhooks_touch before update on webhooks for each row execute function touch();

create table webhook_deliveries (
  account_id bigint not null,
  id bigint generated always as identity,
  webhook_id bigint not null,
  event_id bigint not null,
  event text not null,
  lead_id bigint,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
  -- When it is to be tried next; null when it is done with.
  due_at timestamptz default now_ms(),
  -- Of the present round; sending again by hand begins another.
  tries integer not null default 0,
  attempts jsonb not null default '[]',
  created_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  unique (account_id, webhook_id, event_id),
  foreign key (account_id, webhook_id) references webhooks (account_id, id) on delete cascade,
  foreign key (account_id, event_id) references events (account_id, id) on delete cascade,
  check ((status = 'pending') = (due_at is not null))
);
-- One queue for each subscription, read from its head however long another's is.
create index webhook_deliveries_due on webhook_deliveries (account_id, webhook_id, due_at, event_id)
  where due_at is not null;
create index webhook_deliveries_event on webhook_deliveries (account_id, event_id);
-- Rows come in the order of time, so this tells where the old ones are and weighs nothing.
create index webhook_deliveries_created on webhook_deliveries using brin (created_at);

-- In the very statement that writes an event: whoever writes one, from wherever, cannot forget it.
create function deliver_events() returns trigger language plpgsql as $$
begin
  insert into webhook_deliveries (account_id, webhook_id, event_id, event, lead_id)
    select e.account_id, w.id, e.id, e.type, e.lead_id
    from new_events e
    join webhooks w on w.account_id = e.account_id and w.is_active and e.type = any (w.events)
    order by e.id, w.id;
  return null;
end $$;
create trigger events_deliver after insert on events
  referencing new table as new_events for each statement execute function deliver_events();
