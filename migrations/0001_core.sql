-- Accounts, people, keys, pipelines, custom fields, leads and what happened to them.
-- Every account's table has account_id first in its primary key and in every foreign key,
-- so that a row of one account cannot even point at a row of another.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- Milliseconds, cut and never rounded up: an instant that was shown never lies after the row it belongs to.
create function now_ms() returns timestamptz language sql volatile as
$$ select date_trunc('milliseconds', clock_timestamp()) $$;

create function touch() returns trigger language plpgsql as $$
begin
  new.updated_at := now_ms();
  return new;
end $$;

create table accounts (
  id bigint generated always as identity primary key,
  name text not null,
  plan text not null,
  limits jsonb not null default '{}',
  status text not null default 'active' check (status in ('active', 'suspended')),
  time_zone text not null default 'America/Sao_Paulo',
  locale text not null default 'pt-BR',
  country text not null default 'BR',
  default_pipeline_id bigint,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms()
);
create trigger accounts_touch before update on accounts for each row execute function touch();

create table users (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  name text not null,
  email text not null,
  role text not null check (role in ('admin', 'manager', 'viewer')),
  password_hash text,
  is_active boolean not null default true,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id)
);
create unique index users_email on users (account_id, lower(email));
create index users_sign_in on users (lower(email));
create trigger users_touch before update on users for each row execute function touch();

create table sign_in_links (
  account_id bigint not null,
  token_hash bytea primary key,
  user_id bigint not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create index sign_in_links_user on sign_in_links (account_id, user_id);

create table sessions (
  account_id bigint not null,
  token_hash bytea primary key,
  user_id bigint not null,
  created_at timestamptz not null default now_ms(),
  expires_at timestamptz not null,
  foreign key (account_id, user_id) references users (account_id, id) on delete cascade
);
create index sessions_user on sessions (account_id, user_id);

create table api_keys (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  name text not null,
  prefix text not null,
  hash bytea not null,
  scopes text[] not null,
  rate_limit integer not null default 60 check (rate_limit >= 1),
  created_at timestamptz not null default now_ms(),
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (account_id, id)
);
create unique index api_keys_hash on api_keys (hash);

-- One row for each key's current minute. Unlogged: a window is worth nothing after a crash, and costs no WAL.
create unlogged table rate_windows (
  account_id bigint not null,
  key_id bigint not null,
  opened_at timestamptz not null,
  quota integer not null,
  used integer not null,
  granted integer not null,
  primary key (account_id, key_id)
) with (fillfactor = 50);

create table pipelines (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  name text not null,
  position integer not null,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id)
);
create trigger pipelines_touch before update on pipelines for each row execute function touch();
alter table accounts add foreign key (id, default_pipeline_id) references pipelines (account_id, id);

create table stages (
  account_id bigint not null,
  id bigint generated always as identity,
  pipeline_id bigint not null,
  name text not null,
  color text not null,
  position integer not null,
  is_won boolean not null default false,
  is_lost boolean not null default false,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  unique (account_id, pipeline_id, id),
  foreign key (account_id, pipeline_id) references pipelines (account_id, id) on delete cascade,
  check (not (is_won and is_lost))
);
create trigger stages_touch before update on stages for each row execute function touch();

create table lost_reasons (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  name text not null,
  position integer not null,
  primary key (account_id, id)
);

create table custom_fields (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  name text not null,
  label text not null,
  field_type text not null
    check (field_type in ('text', 'number', 'currency', 'date', 'select', 'multiselect', 'checkbox')),
  options text[] not null default '{}',
  is_required boolean not null default false,
  is_active boolean not null default true,
  show_on_card boolean not null default false,
  sort_order integer not null default 0,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  unique (account_id, name)
);
create trigger custom_fields_touch before update on custom_fields for each row execute function touch();

create table leads (
  account_id bigint not null references accounts (id),
  id bigint generated by default as identity,
  name text not null,
  phone text,
  email text,
  company text,
  birthday date,
  value numeric(14, 2) not null default 0 check (value >= 0),
  source text,
  tags text[] not null default '{}',
  pipeline_id bigint not null,
  stage_id bigint not null,
  assigned_to bigint,
  status text not null check (status in ('open', 'won', 'lost', 'archived')),
  lost_reason_id bigint,
  notes text,
  utm_source text,
  utm_medium text,
  utm_campaign text,
  utm_term text,
  utm_content text,
  custom_fields jsonb not null default '{}',
  search text not null,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  stage_changed_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  foreign key (account_id, pipeline_id, stage_id) references stages (account_id, pipeline_id, id),
  foreign key (account_id, assigned_to) references users (account_id, id),
  foreign key (account_id, lost_reason_id) references lost_reasons (account_id, id)
);
create trigger leads_touch before update on leads for each row execute function touch();
-- Ids grow with creation: newest first is id order, and every filter below pages in it.
create index leads_stage on leads (account_id, stage_id, id);
create index leads_pipeline on leads (account_id, pipeline_id, id);
create index leads_assigned_to on leads (account_id, assigned_to, id);
create index leads_status on leads (account_id, status, id);
create index leads_source on leads (account_id, source, id);
create index leads_created on leads (account_id, created_at, id);
create index leads_updated on leads (account_id, updated_at, id);
create index leads_phone on leads (account_id, phone) where phone is not null;
create index leads_email on leads (account_id, lower(email)) where email is not null;
create index leads_lost_reason on leads (account_id, lost_reason_id) where lost_reason_id is not null;
create index leads_search on leads using gin (account_id, search gin_trgm_ops);
create index leads_tags on leads using gin (account_id, tags);
create index leads_custom_fields on leads using gin (account_id, custom_fields jsonb_path_ops);

-- Who a phone or an e-mail belongs to: at most one lead holds each, whatever races.
create table lead_identifiers (
  account_id bigint not null,
  kind text not null check (kind in ('phone', 'email')),
  value text not null,
  lead_id bigint not null,
  primary key (account_id, kind, value),
  foreign key (account_id, lead_id) references leads (account_id, id) on delete cascade
);
create index lead_identifiers_lead on lead_identifiers (account_id, lead_id);

-- Exact totals without counting: one row for each stage, changed with its leads in one transaction.
create table lead_counts (
  account_id bigint not null,
  stage_id bigint not null,
  pipeline_id bigint not null,
  leads bigint not null default 0 check (leads >= 0),
  primary key (account_id, stage_id),
  foreign key (account_id, pipeline_id, stage_id) references stages (account_id, pipeline_id, id)
    on delete cascade
) with (fillfactor = 50);

create table lead_tombstones (
  account_id bigint not null references accounts (id),
  lead_id bigint not null,
  deleted_at timestamptz not null default now_ms(),
  merged_into bigint,
  primary key (account_id, lead_id)
);
create index lead_tombstones_deleted on lead_tombstones (account_id, deleted_at, lead_id);

-- What happened. The timeline of a lead is this table; it outlives the lead, hence no foreign key to it.
create table events (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  type text not null,
  lead_id bigint,
  actor jsonb not null,
  data jsonb not null,
  previous jsonb,
  request_id text,
  occurred_at timestamptz not null default now_ms(),
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (account_id, id)
);
create index events_lead on events (account_id, lead_id, id) where lead_id is not null;
