-- Nothing lost, nothing done twice: stamps that a watermark can trust, the log of events in order, idempotency keys.

-- The transaction takes its number before it reads the clock: from then on everybody can see that it is writing,
-- so no row is ever stamped earlier than the oldest writer that a watermark knew of.
create or replace function now_ms() returns timestamptz language sql volatile as
$$ select case when pg_current_xact_id() is not null then date_trunc('milliseconds', clock_timestamp()) end $$;

-- The account's log is read in this order, up to the watermark. Transaction numbers would start again in a
-- restored copy of the database; instants do not.
create index events_occurred on events (account_id, occurred_at, id);
alter table events drop column transaction_id;

-- What was answered to a request that may come again. The row is born in the transaction that does the work and
-- has its answer when that commits: a row without an answer is seen by nobody.
create table idempotency_keys (
  account_id bigint not null references accounts (id),
  key text not null,
  route text not null,
  fingerprint bytea not null,
  status smallint,
  answer text,
  created_at timestamptz not null default now_ms(),
  primary key (account_id, key, route)
) with (fillfactor = 50);
create index idempotency_keys_created on idempotency_keys (created_at);
