-- WhatsApp: the account's numbers, conversations and their messages, what the providers told us, templates, opt-outs.

create table instances (
  account_id bigint not null references accounts (id),
  id bigint generated always as identity,
  provider text not null check (provider in ('waha', 'cloud_api', 'sandbox')),
  display_name text not null,
  phone_number text,
  is_primary boolean not null default false,
  status text not null default 'connecting'
    check (status in ('connected', 'connecting', 'waiting_scan', 'disconnected', 'failed')),
  -- Why it is not connected: a word of ours, and what the provider says.
  status_reason text,
  status_detail text,
  status_since timestamptz not null default now_ms(),
  -- The provider's own ids, by which its webhooks find us: phone_number_id and business account, or WAHA's session.
  number_key text not null,
  business_key text,
  -- What is no secret, and what is: encrypted JSON.
  settings jsonb not null default '{}',
  secrets bytea,
  -- Until when its throughput is spoken for, and until when the provider asked us to wait.
  paced_until timestamptz not null default '-infinity',
  paused_until timestamptz,
  last_heard_at timestamptz,
  templates_synced_at timestamptz,
  -- A removed number keeps its history and comes back under the same id.
  removed_at timestamptz,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  unique (account_id, provider, number_key)
);
create unique index instances_primary on instances (account_id) where is_primary;
create index instances_number on instances (provider, number_key);
create index instances_business on instances (provider, business_key) where business_key is not null;
create trigger instances_touch before update on instances for each row execute function touch();

create table whatsapp_templates (
  account_id bigint not null,
  id bigint generated always as identity,
  instance_id bigint not null,
  external_id text not null,
  name text not null,
  language text not null,
  category text not null,
  status text not null,
  parameter_format text not null,
  components jsonb not null,
  variables jsonb not null,
  variables_count integer not null,
  rejected_reason text,
  quality text,
  -- Gone at Meta; messages still point at it.
  removed_at timestamptz,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  unique (account_id, instance_id, name, language),
  foreign key (account_id, instance_id) references instances (account_id, id)
);
create trigger whatsapp_templates_touch before update on whatsapp_templates for each row execute function touch();

create table conversations (
  account_id bigint not null,
  id bigint generated always as identity,
  instance_id bigint not null,
  -- Null for somebody who is no lead: where new ones are not taken up, or beyond the plan.
  lead_id bigint,
  -- Where answers go, exactly as it was delivered; before the first answer the phone in E.164.
  address text not null,
  contact_name text,
  contact_phone text,
  contact_username text,
  identities jsonb not null default '[]',
  -- The official API's 24 hours for free text, opened by the customer.
  window_until timestamptz,
  unread_count integer not null default 0 check (unread_count >= 0),
  last_message_id bigint,
  last_message_at timestamptz not null default now_ms(),
  last_inbound_at timestamptz,
  -- Until when the recipient's own limit is spoken for.
  paced_until timestamptz not null default '-infinity',
  -- What a search looks in: letters and digits only, without case or accents.
  search text not null generated always as (
    lower(regexp_replace(normalize(coalesce(contact_name, ''), NFKD), '[^[:alnum:]]+', '', 'g')) || ' '
    || lower(regexp_replace(coalesce(contact_username, ''), '[^[:alnum:]]+', '', 'g')) || ' '
    || regexp_replace(coalesce(contact_phone, ''), '\D+', '', 'g') || ' '
    || lower(regexp_replace(address, '[^[:alnum:]]+', '', 'g'))
  ) stored,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  foreign key (account_id, instance_id) references instances (account_id, id),
  foreign key (account_id, lead_id) references leads (account_id, id) on delete cascade
);
create index conversations_newest on conversations (account_id, last_message_at, id);
create index conversations_unread on conversations (account_id, last_message_at, id) where unread_count > 0;
create index conversations_lead on conversations (account_id, lead_id, last_message_at) where lead_id is not null;
create index conversations_search on conversations using gin (account_id, search gin_trgm_ops);
create index conversations_address on conversations (account_id, instance_id, address);
create trigger conversations_touch before update on conversations for each row execute function touch();

create table messages (
  account_id bigint not null,
  id bigint generated always as identity,
  conversation_id bigint not null,
  instance_id bigint not null,
  direction text not null check (direction in ('in', 'out')),
  state text not null check (state in ('received', 'queued', 'sent', 'delivered', 'read', 'failed', 'unknown')),
  -- The provider's id: known before the send where the provider allows it.
  provider_id text,
  -- Whoever queues a message under the same word again means the same message.
  once text,
  kind text not null,
  content jsonb not null,
  -- What is shown and searched.
  text text,
  template_id bigint,
  reply_to text,
  -- Of ours: which person, key, sequence or phone wrote it.
  author jsonb,
  is_forwarded boolean not null default false,
  ad jsonb,
  reactions jsonb not null default '[]',
  -- When each side reacted last: what comes late changes nothing.
  reacted_at jsonb not null default '{}',
  edited_at timestamptz,
  revoked_at timestamptz,
  failure jsonb,
  pricing jsonb,
  -- The provider's time, which puts them in order; many share a second, so the id decides.
  happened_at timestamptz not null default now_ms(),
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz,
  is_played boolean not null default false,
  -- The outbox: when it may go out, and since when somebody is at it.
  send_after timestamptz,
  sending_since timestamptz,
  tries integer not null default 0,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  foreign key (account_id, conversation_id) references conversations (account_id, id) on delete cascade,
  foreign key (account_id, instance_id) references instances (account_id, id),
  foreign key (account_id, template_id) references whatsapp_templates (account_id, id),
  check ((direction = 'in') = (state = 'received')),
  check ((state = 'queued') = (send_after is not null))
);
create unique index messages_provider_id on messages (account_id, instance_id, provider_id) where provider_id is not null;
create unique index messages_once on messages (account_id, once) where once is not null;
create index messages_conversation on messages (account_id, conversation_id, happened_at, id);
create index messages_queued on messages (account_id, conversation_id, id) where send_after is not null;
create index messages_due on messages (account_id, instance_id, send_after) where send_after is not null;
create index messages_sending on messages (sending_since) where sending_since is not null;
create trigger messages_touch before update on messages for each row execute function touch();

-- One row for each image, audio or document: fetched by a job, kept as a file.
create table message_media (
  account_id bigint not null,
  message_id bigint not null,
  state text not null default 'waiting' check (state in ('waiting', 'kept', 'failed')),
  source jsonb not null,
  mime_type text,
  filename text,
  size_bytes bigint,
  sha256 text,
  storage_key text,
  problem text,
  tries integer not null default 0,
  -- When it is to be fetched; null when that is done or given up.
  due_at timestamptz,
  created_at timestamptz not null default now_ms(),
  updated_at timestamptz not null default now_ms(),
  primary key (account_id, message_id),
  foreign key (account_id, message_id) references messages (account_id, id) on delete cascade
);
create index message_media_due on message_media (due_at) where due_at is not null;
create trigger message_media_touch before update on message_media for each row execute function touch();

-- Files of messages that are gone: removed when nobody can still be writing them.
create table forgotten_files (
  account_id bigint not null references accounts (id),
  storage_key text not null,
  due_at timestamptz not null default now_ms() + interval '1 hour',
  primary key (account_id, storage_key)
);
create index forgotten_files_due on forgotten_files (due_at);
create function forget_file() returns trigger language plpgsql as $$
begin
  insert into forgotten_files (account_id, storage_key) values (old.account_id, old.storage_key)
  on conflict do nothing;
  return null;
end $$;
create trigger message_media_forget after delete on message_media for each row
  when (old.storage_key is not null) execute function forget_file();

-- What a provider or the sandbox's phone told us, as it came; a job reads it and keeps what it means.
create table whatsapp_hooks (
  account_id bigint not null,
  id bigint generated always as identity,
  instance_id bigint not null,
  body bytea not null,
  -- When it is to be read; null when that is done.
  due_at timestamptz default now_ms(),
  tries integer not null default 0,
  trouble text,
  received_at timestamptz not null default now_ms(),
  primary key (account_id, id),
  foreign key (account_id, instance_id) references instances (account_id, id)
);
create index whatsapp_hooks_due on whatsapp_hooks (account_id, instance_id, due_at, id) where due_at is not null;
create index whatsapp_hooks_given_up on whatsapp_hooks (id) where due_at is null and trouble is not null;
create index whatsapp_hooks_received on whatsapp_hooks using brin (received_at);

-- What was heard once is not heard twice: Meta repeats for seven days.
create table whatsapp_heard (
  account_id bigint not null,
  instance_id bigint not null,
  key text not null,
  heard_at timestamptz not null default now_ms(),
  primary key (account_id, instance_id, key),
  foreign key (account_id, instance_id) references instances (account_id, id)
);
create index whatsapp_heard_at on whatsapp_heard (heard_at);

-- Who asked not to be written to, by what they are known by: it outlives the lead.
create table opt_outs (
  account_id bigint not null references accounts (id),
  kind text not null,
  value text not null,
  -- Everything, or only Meta's marketing messages.
  reach text not null default 'all' check (reach in ('all', 'marketing')),
  source text not null,
  at timestamptz not null default now_ms(),
  primary key (account_id, kind, value)
);

alter table lead_identifiers drop constraint lead_identifiers_kind_check;
alter table lead_identifiers add constraint lead_identifiers_kind_check
  check (kind in ('phone', 'email', 'wa_id', 'lid', 'bsuid', 'chat_id', 'username', 'name_company', 'name_birthday'));

-- Words that opt out and in, and whether who writes first becomes a lead.
alter table accounts add column whatsapp jsonb not null default '{}';

-- An answer that is still to come from the network stands in for until then; after this instant it is the answer.
alter table idempotency_keys add column pending_until timestamptz;
